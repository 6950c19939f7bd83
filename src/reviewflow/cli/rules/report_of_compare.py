"""The report of ``reviewflow rules compare``."""

import os
from collections.abc import Iterator
from pathlib import Path

from reviewflow.batch.documents import iter_documents
from reviewflow.batch.sources import find_files
from reviewflow.batch.troubles import Trouble
from reviewflow.configuration.configuration import Configuration
from reviewflow.domain.document import Document
from reviewflow.rules.compare import RuleChange, compare, tally
from reviewflow.rules.matcher import Matcher
from reviewflow.rules.reader import load_rules

_MOST_LISTED = 200


def comparison_report(old: Path, new: Path, paths: tuple[str, ...], configuration: Configuration) -> str:
    """What would change between two rule files over the documents under the paths."""
    matchers = [Matcher(load_rules(path, configuration.bases)) for path in (old, new)]
    files, troubles = find_files(paths)
    results = list(compare(_documents(files, configuration, troubles), *matchers))
    changes = [change for change in results if change]
    lines = [f"比较了 {len(results)} 件，{len(changes)} 件会变化。"]
    lines.extend(f"  {what}：{number} 件" for what, number in tally(changes).most_common())
    lines.extend(_line(change) for change in changes[:_MOST_LISTED])
    if len(changes) > _MOST_LISTED:
        lines.append(f"……其余 {len(changes) - _MOST_LISTED} 件未列出。")
    lines.extend(f"读不了：{trouble.source}：{trouble.message}" for trouble in troubles)
    return "\n".join(lines)


def _documents(files: list[Path], configuration: Configuration, troubles: list[Trouble]) -> Iterator[Document]:
    """The documents that can be read; what is wrong with others goes to the troubles."""
    for result in iter_documents(files, configuration, os.cpu_count() or 1):
        if isinstance(result, Trouble):
            troubles.append(result)
        else:
            yield result


def _line(change: RuleChange) -> str:
    parts = []
    if change.before.categories != change.after.categories:
        was, now = ("/".join(c) or "未定" for c in (change.before.categories, change.after.categories))
        parts.append(f"类别 {was}→{now}")
    if change.before.status != change.after.status:
        parts.append(f"公开属性 {change.before.status}→{change.after.status}")
    if change.before.flags != change.after.flags:
        parts.append(f"标记 {'、'.join(change.before.flags) or '无'}→{'、'.join(change.after.flags) or '无'}")
    why = f"（不再命中 {' '.join(change.gone) or '无'}；新命中 {' '.join(change.new) or '无'}）"
    return f"  {change.id} {change.title[:40]}：{'；'.join(parts)}{why}"
