"""OFD layout documents (GB/T 33190-2016): the text of each page, ordered by place on the page."""

import posixpath
from typing import Any

from reviewflow.domain.document import PartKind, Reading
from reviewflow.errors import ReviewflowError
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading.archive import Archive
from reviewflow.text.reading.draft import Draft

_SAME_LINE = 2.0
"""Millimetres of difference in height within which two pieces of text stand on one line."""


def read(content: bytes, limits: ReadingLimits) -> Reading:
    """Pages in the order of Document.xml; annotations as comments. Raises ReviewflowError ``read.scanned``."""
    archive = Archive(content, limits)
    draft = Draft()
    notes: list[str] = []
    for root in _document_roots(archive):
        folder = posixpath.dirname(root)
        for page in archive.xml(root).iter():
            if _name(page) == "Page" and page.get("BaseLoc"):
                member = posixpath.normpath(posixpath.join(folder, page.get("BaseLoc").lstrip("/")))
                draft.page()
                draft.add(_page_text(archive.xml(_member(archive, member))))
        notes.extend(_annotations(archive, folder))
    if not draft.length and not notes:
        raise ReviewflowError(
            "read.scanned", "这个 OFD 只有图像，没有文字。", "请提交原始电子文件，或先转成图片再识别。"
        )
    for text in notes:
        draft.apart(PartKind.COMMENT, text)
    return draft.finish()


def _document_roots(archive: Archive) -> list[str]:
    roots = [e.text.strip().lstrip("/") for e in archive.xml("OFD.xml").iter() if _name(e) == "DocRoot" and e.text]
    return [_member(archive, root) for root in roots]


def _member(archive: Archive, name: str) -> str:
    if name not in archive.names:
        raise ReviewflowError("read.truncated", "OFD 缺少页面内容，文件不完整。", "请重新取得完整的文件。")
    return name


def _page_text(root: Any) -> str:
    """Lines from top to bottom, pieces of a line from left to right."""
    pieces = []
    for element in root.iter():
        if _name(element) != "TextObject":
            continue
        box = [float(value) for value in (element.get("Boundary") or "0 0 0 0").split()]
        text = "".join(code.text or "" for code in element.iter() if _name(code) == "TextCode")
        pieces.append((box[1], box[0], text))
    lines: list[list[tuple[float, float, str]]] = []
    for piece in sorted(pieces):
        if lines and abs(lines[-1][0][0] - piece[0]) <= _SAME_LINE:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return "".join("".join(text for _, _, text in sorted(line, key=lambda p: p[1])) + "\n" for line in lines)


def _annotations(archive: Archive, folder: str) -> list[str]:
    found = []
    for member in archive.matching(f"{folder}/Annot"):
        for element in archive.xml(member).iter():
            if _name(element) == "Remark" and (element.text or "").strip():
                found.append(element.text.strip())
    return found


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
