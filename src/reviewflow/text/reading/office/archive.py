"""Opening zip containers (docx, xlsx, ofd) safely: bounded size, no entities, no network."""

import io
import posixpath
import zipfile
import zlib
from typing import Any

from lxml import etree

from reviewflow.errors import DocumentError, ReviewflowError
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading.sniff import encrypted

_MOST_MEMBERS = 20_000
_MEGABYTE = 1_000_000
_ENCRYPTED_BIT = 0x1
_STRICT_NAMES = tuple(
    (f"http://purl.oclc.org/ooxml/{strict}".encode(), f"http://schemas.openxmlformats.org/{usual}".encode())
    for strict, usual in (
        ("wordprocessingml/main", "wordprocessingml/2006/main"),
        ("spreadsheetml/main", "spreadsheetml/2006/main"),
        ("drawingml/main", "drawingml/2006/main"),
        ("officeDocument/relationships", "officeDocument/2006/relationships"),
    )
)


class Archive:
    """A zip container whose unpacked size is bounded by the limits."""

    def __init__(self, content: bytes, limits: ReadingLimits) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
            raise _truncated() from None
        members = self._zip.infolist()
        self._left = limits.max_unpacked_mb * _MEGABYTE
        if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > self._left:
            raise _bomb(limits)
        if any(member.flag_bits & _ENCRYPTED_BIT for member in members):
            raise encrypted()
        self._limits = limits
        self.names = frozenset(self._zip.namelist())

    def matching(self, start: str, end: str = ".xml") -> list[str]:
        """Names of members that begin and end so, sorted."""
        return sorted(name for name in self.names if name.startswith(start) and name.endswith(end))

    def read(self, name: str) -> bytes:
        """A member's content; what it really unpacks to is counted, whatever the directory says of it."""
        try:
            with self._zip.open(name) as member:
                content = member.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError, NotImplementedError, ValueError):
            raise _truncated() from None
        except RuntimeError:
            raise encrypted() from None
        self._left -= len(content)
        if self._left < 0:
            raise _bomb(self._limits)
        return content

    def main_part(self, usual: str) -> str:
        """The member that the package names as its document (Office 365 may write word/document2.xml)."""
        if "_rels/.rels" in self.names:
            for relation in self.xml("_rels/.rels"):
                target = str(relation.get("Target") or "").lstrip("/")
                if str(relation.get("Type")).endswith("/officeDocument") and target in self.names:
                    return target
        return usual

    def targets(self, part: str) -> dict[str, str]:
        """What a part refers to: relation id to member name."""
        folder, name = posixpath.split(part)
        relations = f"{folder}/_rels/{name}.rels"
        if relations not in self.names:
            return {}
        return {
            str(relation.get("Id")): posixpath.normpath(
                posixpath.join("/" + folder, relation.get("Target") or "")
            ).lstrip("/")
            for relation in self.xml(relations)
        }

    def xml(self, name: str) -> Any:
        """The root element of an XML member. Raises ReviewflowError ``read.external_entity``, ``read.truncated``."""
        return parse_xml(self.read(name))


def parse_xml(content: bytes) -> Any:
    """The root element. Office formats have no document type; one that has may try to pull in other files."""
    content = transitional(content)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise _truncated() from None
    refuse_doctype(root)
    return root


def transitional(content: bytes) -> bytes:
    """XML of the strict variant of OOXML under the names of the usual one (ISO/IEC 29500-1 against 29500-4)."""
    if b"http://purl.oclc.org/ooxml/" not in content[:4000]:
        return content
    for strict, usual in _STRICT_NAMES:
        content = content.replace(strict, usual)
    return content


def refuse_doctype(element: Any) -> None:
    """Raise ReviewflowError ``read.external_entity`` if the element's document declares a document type."""
    if element.getroottree().docinfo.doctype:
        raise DocumentError(
            "read.external_entity",
            "文件里有外部实体声明，可能会读取别的文件，已拒绝打开。",
            "请用办公软件打开后另存一份再提交。",
        )


def _truncated() -> ReviewflowError:
    return DocumentError("read.truncated", "文件不完整或已损坏。", "请重新取得完整的文件。")


def _bomb(limits: ReadingLimits) -> ReviewflowError:
    return DocumentError(
        "read.zip_bomb",
        f"文件解开后超过 {limits.max_unpacked_mb} MB，可能是压缩炸弹。",
        "确认无误时可调大 reading.max_unpacked_mb。",
    )
