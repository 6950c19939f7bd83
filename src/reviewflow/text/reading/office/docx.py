"""Word documents (.docx): body, tables, tracked changes, comments, notes, headers, footers, text boxes, properties."""

from collections.abc import Iterator
from typing import Any

from reviewflow.domain.document import PartKind, Reading
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading.draft import Draft
from reviewflow.text.reading.office.archive import Archive
from reviewflow.text.reading.office.properties import properties_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SPACES = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-", _W + "ptab": "\t"}
_APART = (
    ("word/footnotes", _W + "footnote", PartKind.FOOTNOTE),
    ("word/endnotes", _W + "endnote", PartKind.FOOTNOTE),
    ("word/comments", _W + "comment", PartKind.COMMENT),
)
_MARGINS = (("word/header", PartKind.HEADER), ("word/footer", PartKind.FOOTER))

MarkedText = tuple[str, PartKind]


def read(content: bytes, limits: ReadingLimits) -> Reading:
    """Everything that stands in the file, also what does not show."""
    archive = Archive(content, limits)
    draft = Draft()
    draft.page()
    boxes: list[str] = []
    _blocks(archive.xml(archive.main_part("word/document.xml")).find(_W + "body"), draft, boxes)
    for name, kind in _MARGINS:
        for member in archive.matching(name):
            root = archive.xml(member)
            draft.apart(kind, _plain(root))
            boxes.extend(_watermarks(root))
    for text in boxes:
        draft.apart(PartKind.TEXT_BOX, text)
    for name, tag, kind in _APART:
        for member in archive.matching(name):
            for element in archive.xml(member).iter(tag):
                if element.get(_W + "type") not in ("separator", "continuationSeparator", "continuationNotice"):
                    draft.apart(kind, _plain(element))
    for member in archive.matching("word/diagrams/data"):
        draft.apart(PartKind.TEXT_BOX, _drawn(archive.xml(member)))
    for line in properties_of(archive):
        draft.apart(PartKind.PROPERTY, line)
    embedded = len(archive.matching("word/embeddings/", ""))
    if embedded:
        draft.note(f"文件里嵌有 {embedded} 个附件（如表格），其中内容未读取，公开前请打开检查。")
    return draft.finish()


def _blocks(parent: Any, draft: Draft, boxes: list[str]) -> None:
    """Paragraphs and tables in their order; content controls are looked into."""
    for element in parent if parent is not None else ():
        if element.tag == _W + "p":
            _paragraph(element, draft, boxes)
            draft.add("\n")
        elif element.tag == _W + "tbl":
            _table(element, draft, boxes)
        elif element.tag in (_W + "sdt", _W + "sdtContent", _W + "ins", _W + "customXml", _W + "smartTag"):
            _blocks(element, draft, boxes)


def _table(table: Any, draft: Draft, boxes: list[str]) -> None:
    """A line for each row, cells by tab."""
    for row in table.iter(_W + "tr"):
        if next(row.iterancestors(_W + "tbl")) is not table:
            continue
        for number, cell in enumerate(row.iterchildren(_W + "tc", _W + "sdt")):
            if number:
                draft.add("\t")
            for place, paragraph in enumerate(_paragraphs(cell)):
                if place:
                    draft.add(" ")
                _paragraph(paragraph, draft, boxes)
        draft.add("\n")


def _paragraphs(parent: Any) -> Iterator[Any]:
    """All paragraphs, also of tables within, but not those of text boxes."""
    for child in parent:
        if child.tag == _W + "p":
            yield child
        elif isinstance(child.tag, str):
            yield from _paragraphs(child)


def _watermarks(root: Any) -> list[str]:
    """Words painted across the page; a secrecy mark may stand in one."""
    return [element.get("string") or "" for element in root.iter(_V + "textpath")]


def _drawn(root: Any) -> str:
    return "\n".join("".join(run.text or "" for run in paragraph.iter(_A + "t")) for paragraph in root.iter(_A + "p"))


def _paragraph(paragraph: Any, draft: Draft, boxes: list[str]) -> None:
    for text, kind in _pieces(paragraph, PartKind.BODY, boxes):
        draft.add(text, kind)


def _pieces(element: Any, kind: PartKind, boxes: list[str]) -> Iterator[MarkedText]:
    """Text in order with its kind. A text box is set aside; its older copy for old programs is passed over."""
    for child in element:
        tag = child.tag
        if tag in (_W + "t", _W + "delText"):
            yield child.text or "", kind
        elif tag in _SPACES:
            yield _SPACES[tag], kind
        elif tag in (_W + "ins", _W + "moveTo"):
            yield from _pieces(child, PartKind.INSERTED, boxes)
        elif tag in (_W + "del", _W + "moveFrom"):
            yield from _pieces(child, PartKind.DELETED, boxes)
        elif tag == _W + "txbxContent":
            if not any(above.tag == _MC_FALLBACK for above in child.iterancestors()):
                boxes.append(_plain(child))
        elif tag == _W + "r":
            yield from _pieces(child, PartKind.HIDDEN if _vanishes(child) else kind, boxes)
        elif tag not in (_MC_FALLBACK, _W + "pPr", _W + "rPr", _W + "instrText") and isinstance(tag, str):
            yield from _pieces(child, kind, boxes)


def _vanishes(run: Any) -> bool:
    """Whether a run of text is set as hidden (the switch may also be there and off)."""
    switch = run.find(f"{_W}rPr/{_W}vanish")
    return switch is not None and switch.get(_W + "val", "1") not in ("0", "false", "off")


def _plain(element: Any) -> str:
    """The text of an element, a line for each paragraph."""
    boxes: list[str] = []
    paragraphs = [p for p in element.iter(_W + "p") if not any(a.tag == _MC_FALLBACK for a in p.iterancestors())]
    lines = ["".join(text for text, _ in _pieces(paragraph, PartKind.BODY, boxes)) for paragraph in paragraphs]
    return "\n".join(line for line in lines if line.strip())
