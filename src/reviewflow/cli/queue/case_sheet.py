"""One case on a terminal, in the order in which a person decides: what it is, what is proposed and why, who said what."""

import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from reviewflow.cli.queue.signed import next_in_words
from reviewflow.cli.queue.timeline import cited, decision_in_words, step_in_words
from reviewflow.cli.terminal.table import draw
from reviewflow.domain.people import Role
from reviewflow.domain.review import OPEN_STAGES, Action
from reviewflow.domain.terms import Term

if TYPE_CHECKING:
    from reviewflow.services.case.case_view import CaseView, Proposed
    from reviewflow.services.case.precedents import Precedents

_COMMANDS = {action: f"queue {action.value}" for action in Action} | {Action.SUPERSEDE: "import --supersedes"}


def case_sheet(view: "CaseView") -> str:
    """The whole sheet."""
    parts = [
        _head(view),
        _proposed(view.proposed),
        _opinions(view),
        _precedents(view.precedents),
        _excerpt(view),
        _ending(view),
    ]
    return "\n\n".join("\n".join(lines) for lines in map(list, parts) if lines)


def case_json(view: "CaseView") -> str:
    """Everything on the sheet for other programs: terms by their codes, days as ISO 8601."""
    return json.dumps(asdict(view), ensure_ascii=False, indent=2, default=_plain)


def printable(text: str) -> str:
    """A document's text as a terminal may be given it: control and format characters could change the screen."""
    kept = (c for c in text.replace("\r\n", "\n") if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf"))
    return "".join(kept)


def _plain(value: Any) -> str:
    return str(value.value) if isinstance(value, Term) else value.isoformat()


def _head(view: "CaseView") -> Iterator[str]:
    yield f"第 {view.id} 件  {view.lane.label}道  {view.stage.label}{'·分歧' if view.split else ''}  版本 {view.version}"
    yield f"标题：{printable(view.title)}"
    about = (
        ("文号", view.doc_number),
        ("发文机关", view.agency),
        ("生成日期", _day(view.formed_on)),
        ("科室", view.section),
        ("来源", f"{view.source}（第 {view.file_version} 版）" if view.file_version > 1 else view.source),
        ("目录或登记编号", view.number),
    )
    yield from (f"{name}：{printable(content)}" for name, content in about if content)
    yield from _deadlines(view)
    if view.held:
        yield "！带有国家秘密标志：不得公开，可以不予公开、报请，或附正式解密记录。"


def _deadlines(view: "CaseView") -> Iterator[str]:
    if view.days_left is not None:
        provisional = "（暂定：该年放假安排尚未公布）" if view.provisional else ""
        yield f"公开期限：{_day(view.due_on)}，{_days_in_words(view.days_left)}{provisional}"
    if view.answer_due_on and view.answer_days_left is not None:
        yield f"答复期限：{_day(view.answer_due_on)}，{_days_in_words(view.answer_days_left)}"


def _days_in_words(days: int) -> str:
    """Workdays to a day, or since."""
    return f"已逾期 {-days} 个工作日" if days < 0 else f"剩余 {days} 个工作日" if days else "今天到期"


def _proposed(proposed: "Proposed") -> Iterator[str]:
    category = proposed.category.label if proposed.category else "未定，请审查人确定"
    yield f"建议：{category} {proposed.category_confidence if proposed.category else ''}".rstrip()
    yield f"　　　{proposed.status.label} {proposed.status_confidence}".rstrip()
    yield from cited(proposed.bases, proposed.citations)
    yield from (f"理由：{printable(reason)}" for reason in proposed.reasons)
    if proposed.findings:
        yield f"发现：{proposed.findings}"
    if proposed.flags:
        yield f"标记：{'、'.join(flag.label for flag in proposed.flags)}"
    if proposed.summary:
        yield f"概述：{printable(proposed.summary)}"
    if proposed.keywords:
        yield f"关键词：{printable('、'.join(proposed.keywords))}"


def _opinions(view: "CaseView") -> Iterator[str]:
    if view.split:
        yield "意见不一致，请主管局长看双方理由，写明采纳科室还是办公室："
        for role, name in ((Role.SECTION, "科室"), (Role.OFFICE, "办公室")):
            opinion = view.opinion_of(role)
            if opinion is not None and opinion.decision is not None:
                reason = printable(opinion.note) or "（没有写理由）"
                yield f"  {name}（{opinion.name}）：{decision_in_words(opinion.decision)}。{reason}"
    yield "经过："
    yield from (f"  {line}" for step in view.steps for line in step_in_words(step).splitlines())
    if len(view.steps) > 1:
        yield f"目前：{decision_in_words(view.current)}"
        yield from cited(view.current.bases, view.current_citations)


def _precedents(precedents: "Precedents") -> Iterable[str]:
    if not precedents.found:
        return ()
    rows = [
        (
            str(one.case_id or "—"),
            one.title,
            one.status.label,
            one.category.label if one.category else "—",
            _day(one.decided_on) or "—",
            f"{one.likeness.label} {one.similarity:.0%}",
        )
        for one in precedents.found
    ]
    table = draw(("编号", "先例", "公开属性", "类别", "确定日期", "相似"), rows, (0, 40, 0, 0, 0, 0))
    return (*((f"！{precedents.warning}",) if precedents.warning else ()), table)


def _excerpt(view: "CaseView") -> Iterator[str]:
    yield "正文："
    yield printable(view.excerpt).strip()
    if view.text_length > len(view.excerpt):
        yield f"……（全文 {view.text_length} 字，用 queue show {view.id} --text 看全文）"


def _ending(view: "CaseView") -> Iterator[str]:
    if view.stage in OPEN_STAGES:
        yield next_in_words(view.stage, view.section, view.split)
    if view.actions:
        possible = "、".join(f"{action.label}（{_COMMANDS[action]}）" for action in view.actions)
        yield f"您现在可以：{possible}。"
    else:
        yield "您现在不能办理这一件。"


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""
