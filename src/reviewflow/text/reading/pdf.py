"""PDF through pdfium: text page by page, notes pinned to it, properties. A scan is said to be one."""

import re
from typing import Any

from reviewflow.domain.document import PartKind, Reading
from reviewflow.errors import ReviewflowError
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading.draft import Draft
from reviewflow.text.reading.sniff import encrypted

_PROPERTIES = {"Title": "标题", "Author": "作者", "Subject": "主题", "Keywords": "关键词"}
_PASSWORD_ERROR = 4
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_FEW = 2
# Links and form fields carry contents of their own making.
_NOT_NOTES = (2, 20)


def read(content: bytes, limits: ReadingLimits) -> Reading:
    """All pages in order; scanned ones through text recognition if it is installed.

    Raises ReviewflowError ``read.encrypted``, ``read.truncated``, ``read.too_large``, ``read.scanned``.
    """
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "assword" in str(error):
            raise encrypted() from None
        raise ReviewflowError("read.truncated", "PDF 不完整或已损坏。", "请重新取得完整的文件。") from None
    try:
        return _read(document, limits)
    finally:
        document.close()


def _read(document: Any, limits: ReadingLimits) -> Reading:
    if len(document) > limits.max_pages:
        raise ReviewflowError(
            "read.too_large", f"PDF 有 {len(document)} 页，超过 {limits.max_pages} 页的上限。", "请拆分后提交。"
        )
    draft = Draft()
    texts = [_page_text(document[number]) for number in range(len(document))]
    silent = [number for number, text in enumerate(texts) if len(text.strip()) < _FEW]
    recognised = _recognise(document, silent, everything=len(silent) == len(texts))
    notes = []
    for number, text in enumerate(texts):
        draft.page()
        draft.line(recognised.get(number, text).rstrip("\n"))
        notes.extend(_annotations(document[number]))
    for note in notes:
        draft.apart(PartKind.COMMENT, note)
    for key, value in document.get_metadata_dict(skip_empty=True).items():
        if key in _PROPERTIES:
            draft.apart(PartKind.PROPERTY, f"{_PROPERTIES[key]}：{value}")
    if recognised:
        draft.note(f"{len(recognised)} 页是扫描件，文字由图像识别得出，请对照原件。")
    elif silent:
        pages = "、".join(str(number + 1) for number in silent[:10])
        draft.note(f"第 {pages} 页没有文字，可能是扫描页，未读取。")
    return draft.finish()


def _page_text(page: Any) -> str:
    text = page.get_textpage().get_text_range().replace("\r\n", "\n").replace("\ufffe", "")
    # Justified lines come with a space between characters; Chinese has none.
    return _SPACED.sub("", text)


def _recognise(document: Any, silent: list[int], *, everything: bool) -> dict[int, str]:
    """Text of pages without any, by recognition; without the extra an error if no page has text."""
    if not silent:
        return {}
    from reviewflow.text.reading.image import available, recognise

    if available():
        scale = 200 / 72
        pages = {number: recognise(document[number].render(scale=scale).to_numpy()) for number in silent}
        return {number: text for number, text in pages.items() if text}
    if everything:
        raise ReviewflowError(
            "read.scanned",
            "这是扫描件，里面只有图像，没有文字。",
            "安装文字识别后重试：pip install 'reviewflow[ocr]'；或提交原始电子文件。",
        )
    return {}


def _annotations(page: Any) -> list[str]:
    """Contents of the notes pinned to a page."""
    import ctypes

    import pypdfium2.raw as raw

    found = []
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        size = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
        if size > 2 and raw.FPDFAnnot_GetSubtype(annotation) not in _NOT_NOTES:
            buffer = ctypes.create_string_buffer(size)
            raw.FPDFAnnot_GetStringValue(
                annotation, b"Contents", ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
            )
            found.append(buffer.raw[: size - 2].decode("utf-16-le", "replace"))
        raw.FPDFPage_CloseAnnot(annotation)
    return found
