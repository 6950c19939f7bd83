"""Web pages: what shows, and apart from it what is hidden or commented out. Nothing is run or fetched."""

import re
from typing import Any

from reviewflow.domain.document import PartKind, Reading
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading.draft import Draft
from reviewflow.text.reading.encoding import decode

_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""", re.IGNORECASE)
_DROPPED = frozenset(("script", "style", "noscript", "template", "svg", "head"))
_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p "
    "pre section table tr ul title caption".split()
)
# Menus and the foot of a page; LibreOffice and WPS name the header and footer of the page in a title.
_ASIDE = {"nav": PartKind.HEADER, "footer": PartKind.FOOTER}
_OFFICE_DIVS = {"header": PartKind.HEADER, "footer": PartKind.FOOTER}
_CELLS = frozenset(("td", "th"))
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\xa0]+")


def read(content: bytes, _limits: ReadingLimits) -> Reading:
    """Text with a line for each block and tabs between cells; the page's title is kept as a property."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(_decoded(content))
    draft = Draft()
    draft.page()
    apart: list[tuple[PartKind, str]] = []
    lines = _Layout()
    if tree.body is not None:
        _read_node(tree.body, lines, apart)
    draft.add(lines.text())
    title = tree.css_first("title")
    if title is not None and title.text().strip():
        apart.append((PartKind.PROPERTY, f"标题：{title.text().strip()}"))
    for kind, text in apart:
        draft.apart(kind, text)
    return draft.finish()


def _decoded(content: bytes) -> str:
    declared = _CHARSET.search(content[:4096])
    if declared and not content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode("ascii").lower()
        try:
            return content.decode("gb18030" if name in ("gb2312", "gbk", "gb18030") else name)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(content)


class _Layout:
    """Text being laid out: blanks folded, a line end for each block."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def words(self, text: str) -> None:
        folded = _BLANKS.sub(" ", text)
        if self._at_start():
            folded = folded.lstrip(" ")
        if folded:
            self._pieces.append(folded)

    def end_line(self) -> None:
        if not self._at_start():
            self._pieces.append("\n")

    def tab(self) -> None:
        if not self._at_start():
            self._pieces.append("\t")

    def text(self) -> str:
        return re.sub(r" +(?=[\n\t])|(?<=[\t]) +", "", "".join(self._pieces))

    def _at_start(self) -> bool:
        return not self._pieces or self._pieces[-1].endswith("\n")


def _read_node(body: Any, lines: _Layout, apart: list[tuple[PartKind, str]]) -> None:
    """Everything below the body in order. On a stack of its own: pages nest deeper than Python calls may."""
    # Each level: the next node, whether a line ends after the level, whether it lies within a table cell.
    levels: list[tuple[Any, bool, bool]] = [(body.child, False, False)]
    while levels:
        node, block, in_cell = levels.pop()
        if node is None:
            if block:
                lines.end_line()
            continue
        levels.append((node.next, block, in_cell))
        tag = node.tag
        if tag == "-text":
            lines.words(node.text_content or "")
        elif tag == "-comment":
            apart.append((PartKind.COMMENT, node.comment_content or ""))
        elif (kind := _aside(node, tag)) is not None:
            apart.append((kind, _BLANKS.sub(" ", node.text(separator=" "))))
        elif tag not in _DROPPED:
            levels.append(_open(node, tag, lines, in_cell))


def _open(node: Any, tag: str, lines: _Layout, in_cell: bool) -> tuple[Any, bool, bool]:
    """Begin an element. A row of a table is one line, whatever paragraphs its cells hold."""
    if tag in _CELLS:
        lines.tab()
    block = tag in _BLOCKS and (not in_cell or tag == "tr")
    if block:
        lines.end_line()
    return node.child, block, (in_cell or tag in _CELLS) and tag != "table"


def _aside(node: Any, tag: str) -> PartKind | None:
    """The kind of an element that is not part of what the page says: hidden, a menu, a page header or footer."""
    if _is_hidden(node):
        return PartKind.HIDDEN
    if tag == "div":
        return _OFFICE_DIVS.get(str(node.attributes.get("title")))
    return _ASIDE.get(tag)


def _is_hidden(node: Any) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN_STYLE.search(attributes.get("style") or ""))
