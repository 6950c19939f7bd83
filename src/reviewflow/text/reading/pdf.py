"""PDF through pdfium: text page by page, form fields, notes pinned to it, properties. A scan is said to be one."""

import ctypes
import re
from typing import Any

from reviewflow.domain.document import PartKind, Reading
from reviewflow.errors import DocumentError, ReviewflowError
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading.draft import Draft
from reviewflow.text.reading.gaps import close_gaps
from reviewflow.text.reading.sniff import encrypted
from reviewflow.text.reading.wrapped import join_wrapped

_PROPERTIES = {"Title": "标题", "Author": "作者", "Subject": "主题", "Keywords": "关键词"}
_PASSWORD_ERROR = 4
_FEW = 20
"""A page with fewer characters and a picture may be a scan with a page number or a scanner's name under it."""
_NONE = 2
_ODD = re.compile("[\ufffd\ue000-\uf8ff]")
_ODD_SHARE = 0.1
_LINK, _WIDGET = 2, 20
_DPI = 200


def read(content: bytes, limits: ReadingLimits) -> Reading:
    """All pages in order; scanned ones through text recognition if it is installed.

    Raises ReviewflowError ``read.encrypted``, ``read.truncated``, ``read.too_large``, ``read.scanned``,
    ``read.no_text``.
    """
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "assword" in str(error):
            raise encrypted() from None
        raise _damaged() from None
    try:
        return _read(document, limits)
    except pdfium.PdfiumError:
        raise _damaged() from None
    finally:
        document.close()


def _read(document: Any, limits: ReadingLimits) -> Reading:
    if len(document) > limits.max_pages:
        raise DocumentError(
            "read.too_large", f"PDF 有 {len(document)} 页，超过 {limits.max_pages} 页的上限。", "请拆分后提交。"
        )
    draft = Draft()
    texts: list[str] = []
    pictures: list[int] = []
    notes: list[str] = []
    for number in range(len(document)):
        page = document[number]
        fields = _annotations(page, notes)
        texts.append("\n".join([_page_text(page), *fields]).strip("\n"))
        if len(texts[-1].strip()) < _FEW and _has_picture(page):
            pictures.append(number)
        page.close()
    silent = [number for number, text in enumerate(texts) if len(text.strip()) < _NONE]
    recognised = _recognise(document, pictures, everything=len(silent) == len(texts))
    for number, text in enumerate(texts):
        draft.page()
        draft.line(recognised.get(number, text))
    for note in notes:
        draft.apart(PartKind.COMMENT, note)
    for key, value in document.get_metadata_dict(skip_empty=True).items():
        if key in _PROPERTIES:
            draft.apart(PartKind.PROPERTY, f"{_PROPERTIES[key]}：{value}")
    _remark(draft, texts, recognised, [number for number in silent if number not in recognised])
    attached = document.count_attachments()
    if attached:
        draft.note(f"PDF 里附有 {attached} 个文件，其中内容未读取，公开前请打开检查。")
    return draft.finish()


def _page_text(page: Any) -> str:
    textpage = page.get_textpage()
    text = textpage.get_text_range().replace("\r\n", "\n").replace("\ufffe", "")
    textpage.close()
    return join_wrapped(close_gaps(text).rstrip("\n"))


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as raw

    return any(True for _ in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3))


def _recognise(document: Any, pictures: list[int], *, everything: bool) -> dict[int, str]:
    """Text of pages that are pictures, by recognition. An error if no page has text and none can be had."""
    from reviewflow.text.reading.image import available, recognise

    if not pictures and everything:
        raise DocumentError(
            "read.no_text", "PDF 里没有文字，也没有图像，可能已损坏。", "请重新取得完整的文件，或提交原始电子文件。"
        )
    if pictures and available():
        pages = {
            number: recognise(document[number].render(scale=_DPI / 72, rev_byteorder=False).to_numpy())
            for number in pictures
        }
        return {number: text for number, text in pages.items() if text}
    if everything:
        raise DocumentError(
            "read.scanned",
            "这是扫描件，里面只有图像，没有文字。",
            "安装文字识别后重试：pip install 'reviewflow[ocr]'；或提交原始电子文件。",
        )
    return {}


def _remark(draft: Draft, texts: list[str], recognised: dict[int, str], unread: list[int]) -> None:
    if recognised:
        draft.note(f"{len(recognised)} 页是扫描件，文字由图像识别得出，请对照原件。")
    if unread:
        pages = "、".join(str(number + 1) for number in unread[:10]) + ("等" if len(unread) > 10 else "")
        draft.note(f"第 {pages} 页没有文字，可能是扫描页或空白页，未读取。")
    odd = sum(len(_ODD.findall(text)) for text in texts)
    if odd > sum(map(len, texts)) * _ODD_SHARE:
        draft.note("PDF 的字体没有给出对应的文字，读出的多为乱码，请提交原始电子文件。")


def _annotations(page: Any, notes: list[str]) -> list[str]:
    """What is filled into the form fields of a page; the contents of notes pinned to it are put on the list."""
    import pypdfium2.raw as raw

    fields = []
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        # Links and form fields carry contents of their own making.
        key = b"V" if kind == _WIDGET else b"Contents"
        text = "" if kind == _LINK else _annotation_text(annotation, key)
        if text and kind == _WIDGET:
            fields.append(text)
        elif text:
            notes.append(text)
        raw.FPDFPage_CloseAnnot(annotation)
    return fields


def _annotation_text(annotation: Any, key: bytes) -> str:
    import pypdfium2.raw as raw

    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _damaged() -> ReviewflowError:
    return DocumentError("read.truncated", "PDF 不完整或已损坏。", "请重新取得完整的文件。")
