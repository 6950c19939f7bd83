"""Typefaces for PDF files.

By default the font is named, not embedded: every PDF viewer for Chinese brings one for STSong-Light, and the text can be
searched. It knows the characters of GBK; others (rare characters in names) are printed as 〓, so that nobody takes a
gap for nothing. A TrueType font given by the office is embedded and brings its own characters.
"""

from collections.abc import Callable
from pathlib import Path

from reviewflow.errors import ReviewflowError


class Typeface:
    """A registered font and what it can print."""

    def __init__(self, name: str, has: Callable[[str], bool]) -> None:
        self.name = name
        self._has = has
        self._missing = "〓" if has("〓") else "?"

    def printable(self, text: str) -> str:
        """The text with 〓 for what the font does not have."""
        return "".join(sign if self._has(sign) else self._missing for sign in text)


def named_typeface() -> Typeface:
    """STSong-Light, to be supplied by the viewer."""
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont

    registerFont(UnicodeCIDFont("STSong-Light"))
    return Typeface("STSong-Light", _in_gbk)


def _in_gbk(sign: str) -> bool:
    try:
        sign.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def embedded_typeface(path: Path) -> Typeface:
    """A font file to embed. Raises ReviewflowError ``write.unfit_font``."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    try:
        font = TTFont(str(path), str(path))
    except (TTFError, OSError):
        raise ReviewflowError(
            "write.unfit_font",
            f"字体 {path} 不能嵌入 PDF。",
            "请换成 TrueType 轮廓的 .ttf 或 .ttc 字体，或不设字体，由阅读器自带的宋体显示。",
        ) from None
    registerFont(font)
    known = font.face.charToGlyph
    return Typeface(str(path), lambda sign: ord(sign) in known)
