"""Writing down what a reader finds: text, where each part stands, and where pages begin."""

import re

from reviewflow.domain.document import Part, PartKind, Reading
from reviewflow.text.characters import without_surrogates

# Zero-width characters and direction marks do not show, and hide words and numbers from every search.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\x85\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffd]"
)


class Draft:
    """A reading in the making. Pieces are tidied as they come, so that offsets are those of the final text."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._parts: list[Part] = []
        self._pages: list[int] = []
        self._notes: list[str] = []
        self._body_length: int | None = None
        self._invisible = self._nul = self._gaps = False

    @property
    def length(self) -> int:
        """Characters so far."""
        return self._length

    def add(self, text: str, kind: PartKind = PartKind.BODY) -> None:
        """Append text to the body, marked as of this kind unless it is plain body."""
        text = self._sound(text)
        if not text:
            return
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        if kind is PartKind.BODY:
            return
        if self._parts and self._parts[-1].kind is kind and self._parts[-1].end == start:
            start = self._parts.pop().start
        self._parts.append(Part(kind, start, self._length))

    def line(self, text: str, kind: PartKind = PartKind.BODY) -> None:
        """Append text as a line of its own."""
        self.add(text, kind)
        self.add("\n")

    def apart(self, kind: PartKind, text: str) -> None:
        """Append a part that stands outside the body. The body ends where the first of these begins."""
        text = text.strip()
        if not text:
            return
        if self._body_length is None:
            self._body_length = self._length
        if self._pieces and not self._pieces[-1].endswith("\n"):
            self.add("\n")
        self.line(text, kind)

    def page(self) -> None:
        """A page or sheet begins here."""
        self._pages.append(self._length)

    def note(self, sentence: str) -> None:
        """Tell the clerk something about the file."""
        if sentence not in self._notes:
            self._notes.append(sentence)

    def finish(self) -> Reading:
        """The reading."""
        if self._invisible:
            self.note("文中有看不见的控制字符（零宽或方向符），已去掉后再查找。")
        if self._nul:
            self.note("文中有空字符等控制字符，已去掉。")
        if self._gaps:
            self.note("文中有无法识别的字符，请对照原件。")
        parts = tuple(sorted(self._parts, key=lambda part: part.start))
        return Reading("".join(self._pieces), parts, tuple(self._pages), tuple(self._notes), self._body_length)

    def _sound(self, text: str) -> str:
        if not _SUSPECT.search(text):
            return text
        # A byte-order mark or a soft hyphen is nobody's trick and not worth telling.
        self._invisible = self._invisible or bool(_INVISIBLE.search(text.replace("\ufeff", "").replace("\u00ad", "")))
        self._nul = self._nul or bool(_CONTROL.search(text))
        text = sound(text)
        self._gaps = self._gaps or "\ufffd" in text
        return text


def sound(text: str) -> str:
    """Text with line ends as \\n, without controls, zero-width characters and direction marks, fit to be written out."""
    if not _SUSPECT.search(text):
        return text
    text = without_surrogates(_BREAKS.sub("\n", text))
    return _CONTROL.sub("", _INVISIBLE.sub("", text))
