"""The head of a document: title, document number, issuing agency, addressee, genre (GB/T 9704-2012, 7.2 and 7.3)."""

import re
from dataclasses import dataclass

from reviewflow.text.tidy.genre import genre_of
from reviewflow.text.tidy.lines import Lines, bare

_NUMBER = re.compile(
    r"[\u4e00-\u9fa5A-Za-z]{1,24}[〔\[［【(（]\s*(?:19|20)\d{2}\s*[〕\]］】)）]\s*第?\s*\d{1,5}\s*号"
    r"|[\u4e00-\u9fa5]{0,24}令?\s*第\s*\d{1,4}\s*号令?"
    r"|(?:19|20)\d{2}年\s*第\s*\d{1,4}\s*号"
)
_SIGNER = re.compile(r"签发人[:：].*$")
_ADDRESSEE = re.compile(r"^(?=.{2,160}$)[^。;；!！?？]+[:：]$")
_LABEL = re.compile(r"^[\u4e00-\u9fa5]{1,8}[:：]")
_COPY_NUMBER = re.compile(r"^(?:份号[:：]?|№|No\.?)?\s*\d{6}$")
_AGENCY_END = (
    "人民政府", "人民政府办公室", "人民政府办公厅", "委员会", "委员会办公室", "管理局", "管委会", "办公室", "办公厅",
    "局", "厅", "部", "委", "署", "院", "站", "队", "中心", "街道办事处", "领导小组", "指挥部", "法院", "检察院", "学校", "大学",
)  # fmt: skip
_RED_HEAD = ("文件", "公文", "红头文件", "函", "令", "会议纪要", "公报")
_SENTENCE_MARKS = "。;；!！?？"
_LONGEST_TITLE = 90


@dataclass(frozen=True, slots=True)
class Heading:
    """What the head of a document shows; what it does not show is None."""

    title: str | None
    doc_number: str | None
    addressee: str | None
    genre: str | None


def heading(lines: Lines, given_title: str | None) -> Heading:
    """The parts of the head. A title that is known from elsewhere (``given_title``) is used as it is."""
    head = lines.head
    number_at, number = _document_number(head)
    title, behind = (given_title, _behind(head, given_title)) if given_title else _title(head, number_at)
    return Heading(
        title=title or None,
        doc_number=number or _bracketed_number(title or ""),
        addressee=_addressee(head[behind : behind + 6]),
        genre=genre_of(title or ""),
    )


def _document_number(head: tuple[str, ...]) -> tuple[int, str | None]:
    """Place among the lines and text of a document number that begins a line."""
    for place, line in enumerate(head[:12]):
        if "号" not in line:
            continue
        text = _SIGNER.sub("", line).strip(" \u3000()（）")
        match = _NUMBER.match(text)
        if match and (match.end() == len(text) or place == 0 or _runs_on(text[match.end() :])):
            return place, "".join(match[0].split())
    return -1, None


def _runs_on(rest: str) -> bool:
    """Whether the title or addressee follows on the same line, as in texts whose line breaks were lost."""
    return not rest.lstrip().startswith((")", "）", "》", "文", "要求", "规定", "精神", "、", "，", "。"))


def _bracketed_number(title: str) -> str | None:
    match = re.search(r"[(（]([^()（）]*[〔\[]\d{4}[〕\]]\d+号)[)）]$", title)
    return match[1] if match else None


def _title(head: tuple[str, ...], number_at: int) -> tuple[str | None, int]:
    """The title and the place of the line behind it."""
    for place, line in enumerate(head[:10]):
        if place == number_at or _is_furniture(line) or (place < number_at and is_agency(bare(line))):
            continue
        if line[-1] in _SENTENCE_MARKS or len(line) > _LONGEST_TITLE or _ADDRESSEE.match(line):
            return None, place
        if _LABEL.match(line):
            return None, place
        return _joined(head, place)
    return None, len(head)


def _joined(head: tuple[str, ...], place: int) -> tuple[str, int]:
    """A title that runs over up to three lines, joined."""
    title = head[place]
    behind = place + 1
    while behind < min(len(head), place + 3) and _goes_on(title, head[behind]):
        title += head[behind]
        behind += 1
    return title, behind


def _goes_on(title: str, following: str) -> bool:
    if genre_of(title) is not None or len(following) > 44 or following[-1] in _SENTENCE_MARKS + ":：":
        return False
    return is_agency(bare(title)) or genre_of(following) is not None or title[-1] in "关于的和、与"


def _is_furniture(line: str) -> bool:
    """Lines above the title: copy number, secrecy mark, urgency, red head, number, signer."""
    bare_line = bare(line)
    return (
        bool(_COPY_NUMBER.match(bare_line))
        or "★" in bare_line
        or bare_line in ("特急", "加急", "特提", "平急", "绝密", "机密", "秘密", "内部资料", "注意保存")
        or (
            bare_line.endswith(_RED_HEAD)
            and len(bare_line) <= 30
            and "关于" not in bare_line
            and _is_red_head(bare_line)
        )
        or bare_line.startswith(("签发人", "内部资料", "内部事项", "内部文件", "[", "【"))
        or not any("\u4e00" <= character <= "\u9fff" for character in bare_line)
    )


def _is_red_head(bare_line: str) -> bool:
    return any(bare_line.removesuffix(end).endswith(_AGENCY_END) for end in _RED_HEAD if bare_line.endswith(end))


def is_agency(bare_line: str) -> bool:
    """Whether a line without white space reads like the name of an agency."""
    return 3 <= len(bare_line) <= 40 and bare_line.endswith(_AGENCY_END) and "关于" not in bare_line


def _behind(head: tuple[str, ...], title: str) -> int:
    """The place behind the line that ends the known title, or the first line."""
    whole = bare(title)
    for place, line in enumerate(head[:8]):
        if len(line) > 3 and whole.endswith(bare(line)):
            return place + 1
    return 0


def _addressee(head: tuple[str, ...]) -> str | None:
    for line in head:
        if _ADDRESSEE.match(line) and not _NUMBER.search(line):
            return line[:-1]
        if line[-1] in "。;；":
            break
    return None


def agency_in_head(head: tuple[str, ...], title: str) -> str | None:
    """From the red head, a line of its own above the title, or the title's own beginning."""
    for line in head[:5]:
        name = bare(line)
        if is_agency(name):
            return name
        ending = next((end for end in _RED_HEAD if is_agency(name.removesuffix(end))), None)
        if ending and len(name) <= 34:
            return name.removesuffix(ending)
    before = title.partition("关于")[0] if "关于" in title else ""
    return before if is_agency(before) else None
