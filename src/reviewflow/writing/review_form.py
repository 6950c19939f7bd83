"""政府信息公开保密审查表: which rows the form has and what stands in them. The Word and PDF writers only lay it out.

Fields follow the forms that offices use for the review before publication (Art. 17 of the 2019 regulations asks for the
review; it prescribes no form). An empty field stays blank, to be filled in by hand.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from reviewflow.domain.catalogue import CarrierType, Channel, ReviewForm, WrittenOpinion
from reviewflow.domain.clock import local_day
from reviewflow.domain.terms import Category, Status
from reviewflow.writing.cells import plain_text
from reviewflow.writing.dates import chinese_date

TITLE = "政府信息公开保密审查表"
COLUMNS = 24
_LABEL = 5
TICKED, OPEN = "☑", "□"
_CHOICES_A_LINE = 34
_NO_DATE = "　　　　年　　月　　日"
_STAGES = ("科室初审意见", "办公室汇总审查意见", "主管局长确定意见")
_CONCERNS = ("国家秘密", "工作秘密", "商业秘密", "个人隐私", "三安全一稳定")
_USUAL_CHANNELS = (
    Channel.WEBSITE,
    Channel.GAZETTE,
    Channel.BOARD,
    Channel.PRESS_CONFERENCE,
    Channel.NEWSPAPER,
    Channel.RADIO,
    Channel.TELEVISION,
    Channel.WEIBO,
    Channel.WECHAT,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """``width`` is in 24ths of the table. A label is centred on a tint; ``signature`` stands at the right, below."""

    width: int
    text: str = ""
    label: bool = False
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells whose widths make 24, and the least height in millimetres."""

    cells: tuple[Cell, ...]
    height: int = 8


def form_rows(form: ReviewForm) -> list[Row]:
    """All rows of the form, top to bottom. The first is repeated on further pages."""
    return [
        Row((*_pair("编号", form.number), *_pair("填表日期", chinese_date(form.filled_on)))),
        Row(
            (*_pair("拟公开信息单位", form.agency), *_short("承办科室", form.section), *_short("承办人", form.handler))
        ),
        _wide("信息名称", form.title, 10),
        Row((*_pair("文号", form.doc_number), *_pair("信息形成日期", chinese_date(form.formed_on)))),
        _wide("信息载体形式", _choices(_labels(CarrierType), (form.carrier,))),
        _wide("内容摘要", form.summary, 16),
        _wide("所属类别", _choices(_labels(Category), (form.category,))),
        _wide("拟公开方式", _choices([*_labels(_USUAL_CHANNELS), Channel.OTHER.label], form.channels)),
        Row((Cell(9, "保密审查事项", True), Cell(5, "是否涉及", True), Cell(10, "说明", True))),
        *_concern_rows(form.concerns),
        _wide("征求意见情况", "\n".join(form.consultations)),
        _wide("建议公开属性", _choices(_labels(Status), (form.proposed_status,))),
        _wide("需删减内容", form.to_remove),
        *_opinion_rows(form.opinions),
        _wide("审查结论", _choices(_labels(Status), (form.decided_status,))),
        _wide("法律依据", "\n".join(form.citations)),
        Row((*_pair("索引号", form.index_number), *_pair("公开日期", chinese_date(form.published_on)))),
        _wide("备注", form.remark),
    ]


def footer(form: ReviewForm) -> str:
    """What stands at the foot of every page: which file the signatures are for."""
    return f"所签文件校验值（SHA-256）：{plain_text(form.file_digest)}" if form.file_digest else ""


def _pair(label: str, text: str) -> tuple[Cell, Cell]:
    """A label and its value: half a row."""
    return Cell(_LABEL, label, True), _text(COLUMNS // 2 - _LABEL, text)


def _short(label: str, text: str) -> tuple[Cell, Cell]:
    """A label and its value: a quarter of a row."""
    return Cell(3, label, True), _text(3, text)


def _wide(label: str, text: str, height: int = 8) -> Row:
    return Row((Cell(_LABEL, label, True), _text(COLUMNS - _LABEL, text)), height)


def _text(width: int, text: str) -> Cell:
    return Cell(width, plain_text(text).strip())


def _labels(terms: Iterable[CarrierType | Category | Channel | Status]) -> list[str]:
    return [term.label for term in terms]


def _choices(offered: Sequence[str], chosen: Sequence[str]) -> str:
    """A box for each choice, ticked where chosen; what was chosen beyond those offered comes last. Lines break between
    choices only."""
    extra = [name for name in chosen if name and name not in offered]
    lines = [""]
    for name in (*offered, *extra):
        box = (TICKED if name in chosen else OPEN) + plain_text(name)
        if lines[-1] and len(lines[-1]) + len(box) > _CHOICES_A_LINE:
            lines.append("")
        lines[-1] += ("　" if lines[-1] else "") + box
    return "\n".join(lines)


def _concern_rows(concerns: Sequence[tuple[str, bool, str]]) -> Iterator[Row]:
    answered = {question: (yes, explanation) for question, yes, explanation in concerns}
    for question in dict.fromkeys((*_CONCERNS, *answered)):
        yes, explanation = answered.get(question, (None, ""))
        boxes = f"{TICKED if yes else OPEN}是　{TICKED if yes is False else OPEN}否"
        yield Row((Cell(9, f"是否涉及{question}", True), Cell(5, boxes), _text(10, explanation)), 7)


def _opinion_rows(opinions: Sequence[WrittenOpinion]) -> Iterator[Row]:
    unwritten = [WrittenOpinion(stage, "", "", "", None) for stage in _STAGES[len(opinions) :]]
    for opinion in (*opinions, *unwritten):
        cell = Cell(COLUMNS - _LABEL, plain_text(opinion.text).strip(), signature=_signature(opinion))
        yield Row((Cell(_LABEL, plain_text(opinion.stage), True), cell), 21)


def _signature(opinion: WrittenOpinion) -> str:
    name = plain_text(opinion.name)
    if opinion.stand_in_for:
        name += f"（代理{plain_text(opinion.stand_in_for)}）"
    return f"签字：{name or '　　　　　　'}　　{_signed_on(opinion.signed_at) or _NO_DATE}"


def _signed_on(moment: datetime | None) -> str:
    """The day in China; a moment without a zone is taken as one there."""
    if moment is None:
        return ""
    return chinese_date(local_day(moment) if moment.tzinfo else moment.date())
