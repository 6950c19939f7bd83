"""The report of ``reviewflow rules try``."""

from pathlib import Path

from reviewflow.configuration.configuration import Configuration
from reviewflow.domain.document import Document, Reading
from reviewflow.rules.explain import conclusion, surroundings
from reviewflow.text.tidy import Given, tidy


def trial_report(file: Path | None, text: str | None, configuration: Configuration) -> str:
    """Which rules match, each with its words as they stand in the document."""
    matcher = configuration.matcher
    document = _document(file, text or "", configuration)
    hits = matcher.hits(document)
    lines = [
        f"标题：{document.title or '（没有看出标题）'}",
        f"主题：{document.subject or '（无）'}",
        f"命中 {len(hits)} 条规则：",
    ]
    for hit in hits:
        lines.append(f"  {hit.rule.id} {hit.rule.name} → {conclusion(hit.rule)}")
        lines.extend(f"      “{word}”：{surroundings(document, word)}" for word in hit.words[:6])
    return "\n".join(lines)


def _document(file: Path | None, text: str, configuration: Configuration) -> Document:
    if file is not None:
        from reviewflow.batch.documents import read_document

        return read_document(file, configuration)
    return tidy(Reading(text), "文字", Given(title=text.split("\n", 1)[0].strip()))
