"""The real format of a file, told by its content and not by its name."""

import io
import re
import unicodedata
import zipfile

import olefile

from reviewflow.errors import DocumentError, ReviewflowError
from reviewflow.text.reading.encoding import decode

TEXT, HTML, MHT, RTF, DOCX, DOC, PDF, XLSX, XLS, OFD, IMAGE, PARQUET = (
    "txt", "html", "mht", "rtf", "docx", "doc", "pdf", "xlsx", "xls", "ofd", "image", "parquet",
)  # fmt: skip
SUFFIX_FORMATS = {
    ".txt": TEXT, ".text": TEXT, ".md": TEXT, ".html": HTML, ".htm": HTML, ".mht": MHT, ".mhtml": MHT,
    ".rtf": RTF, ".docx": DOCX, ".doc": DOC, ".wps": DOC,
    ".pdf": PDF, ".xlsx": XLSX, ".xlsm": XLSX, ".xls": XLS, ".et": XLS, ".ofd": OFD, ".png": IMAGE, ".jpg": IMAGE,
    ".jpeg": IMAGE, ".tif": IMAGE, ".tiff": IMAGE, ".bmp": IMAGE,
}  # fmt: skip
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_MARKUP = re.compile(rb"<\s*(?:!doctype\s+html|html|head|meta\s|body|title)[\s>]?", re.IGNORECASE)
# A web page with its pictures in one file, as Word and office systems save it, often under .doc.
_ARCHIVED_PAGE = re.compile(
    rb"(?:[A-Za-z-]+:[^\n]*\n|[ \t][^\n]*\n){0,20}?Content-Type:\s*multipart/related", re.IGNORECASE
)
_OFFICE_XML = re.compile(rb"<\?mso-application|<pkg:package")
_SAMPLE = 8192
_MOST_NUL = 0.6
TABLES_TOO = "，以及表格 jsonl、csv、parquet"
"""what a hint on readable files says beyond them; the desk takes no tables"""
_ODD = ("Cc", "Cn", "Co", "Cs")
_LAYOUT = "\t\n\r\f\x0b"


def sniff(content: bytes) -> str:
    """One of the formats above. Raises ReviewflowError ``read.encrypted``, ``read.truncated``, ``read.unknown_format``."""
    if content.startswith(b"PK\x03\x04") or content.startswith(b"PK\x05\x06"):
        return _zip_format(content)
    if content.startswith(olefile.MAGIC):
        return _ole_format(content)
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.startswith(_IMAGES) or _is_bitmap(content):
        return IMAGE
    if content.startswith(b"PAR1"):
        return PARQUET
    if content.startswith(b"{\\rtf"):
        return RTF
    if _ARCHIVED_PAGE.match(content):
        return MHT
    if _OFFICE_XML.search(content[:4096]):
        raise _unknown("这是单个 XML 文件形式的 Office 文档，请用办公软件另存为 docx 或 xlsx")
    if _MARKUP.search(content[:4096].replace(b"\0", b"")):
        return HTML
    if _looks_like_text(content):
        return TEXT
    raise _unknown("内容不是可以识别的格式")


def _zip_format(content: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        raise DocumentError("read.truncated", "文件不完整或已损坏。", "请重新取得完整的文件。") from None
    for start, form in (("word/document", DOCX), ("xl/workbook", XLSX), ("OFD.xml", OFD)):
        if any(name.startswith(start) and name.endswith(".xml") for name in names):
            return form
    raise _unknown("这是压缩包，不是文档")


def _ole_format(content: bytes) -> str:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            if ole.exists("EncryptedPackage"):
                raise encrypted()
            for stream, form in (("WordDocument", DOC), ("Workbook", XLS), ("Book", XLS)):
                if ole.exists(stream):
                    return form
    except OSError:
        raise DocumentError("read.truncated", "文件不完整或已损坏。", "请重新取得完整的文件。") from None
    raise _unknown("不是 Word 或 Excel 文件")


def _is_bitmap(content: bytes) -> bool:
    """Whether this is a .bmp: BM and then the file's own size, so that a text about BMW is none."""
    return content.startswith(b"BM") and int.from_bytes(content[2:6], "little") == len(content)


def _looks_like_text(content: bytes) -> bool:
    """Whether the beginning decodes to characters of which hardly any are controls or unassigned."""
    sample = content[:_SAMPLE]
    if sample.count(0) > len(sample) * _MOST_NUL:
        return False
    text = decode(sample, sample=True).replace("\0", "")
    odd = sum(unicodedata.category(character) in _ODD and character not in _LAYOUT for character in text)
    return odd <= len(text) // 100


def encrypted() -> ReviewflowError:
    """The error of a file that needs a password."""
    return DocumentError("read.encrypted", "文件设有密码，打不开。", "请去掉密码另存后重新提交。")


def _unknown(what: str) -> ReviewflowError:
    known = "、".join(sorted({suffix.lstrip(".") for suffix in SUFFIX_FORMATS}))
    return DocumentError("read.unknown_format", f"{what}。", f"可以读取：{known}{TABLES_TOO}。")
