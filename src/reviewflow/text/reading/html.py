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
    lines = _Lines()
    if tree.body is not None:
        _walk(tree.body, lines, apart)
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


class _Lines:
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


def _walk(node: Any, lines: _Lines, apart: list[tuple[PartKind, str]], *, in_cell: bool = False) -> None:
    child = node.child
    while child is not None:
        tag = child.tag
        if tag == "-text":
            lines.words(child.text_content or "")
        elif tag == "-comment":
            apart.append((PartKind.COMMENT, child.comment_content or ""))
        elif _is_hidden(child):
            apart.append((PartKind.HIDDEN, child.text(separator=" ")))
        elif tag not in _DROPPED:
            _element(child, tag, lines, apart, in_cell)
        child = child.next


def _element(node: Any, tag: str | None, lines: _Lines, apart: list[tuple[PartKind, str]], in_cell: bool) -> None:
    """One element. A row of a table is one line, whatever paragraphs its cells hold."""
    if tag in _CELLS:
        lines.tab()
    block = tag in _BLOCKS and (not in_cell or tag == "tr")
    if block:
        lines.end_line()
    _walk(node, lines, apart, in_cell=(in_cell or tag in _CELLS) and tag != "table")
    if block:
        lines.end_line()


def _is_hidden(node: Any) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN_STYLE.search(attributes.get("style") or ""))
