"""Small files made on the spot, for what the samples do not hold."""

import io
import zipfile
from pathlib import Path

from reviewflow.domain.document import PartKind, Reading
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading import read_file

FORMATS = Path(__file__).parents[2] / "data" / "formats"
LIMITS = ReadingLimits()
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MORE = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
W = f'xmlns:w="{_W}" {_MORE}'
STRICT_W = f'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main" {_MORE}'
_M = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def zipped(members: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def docx(body: str, more: dict[str, str] | None = None, *, main: str = "word/document.xml", names: str = W) -> bytes:
    relations = (
        f'<Relationships {_RELATIONS}><Relationship Id="a" Type="{_R}/officeDocument" Target="{main}"/></Relationships>'
    )
    document = f"<w:document {names}><w:body>{body}</w:body></w:document>"
    return zipped({"_rels/.rels": relations, main: document, **(more or {})})


def xlsx(sheet: str, more: dict[str, str] | None = None, workbook: str = "") -> bytes:
    """A workbook of one sheet; ``sheet`` is what stands within <worksheet>."""
    sheets = f'{workbook}<sheets><sheet name="表" sheetId="1" r:id="r"/></sheets>'
    relation = f'<Relationship Id="r" Type="{_R}/worksheet" Target="/xl/worksheets/s.xml"/>'
    return zipped(
        {
            "xl/workbook.xml": f'<workbook {_M} xmlns:r="{_R}">{sheets}</workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships {_RELATIONS}>{relation}</Relationships>",
            "xl/worksheets/s.xml": f"<worksheet {_M}>{sheet}</worksheet>",
            **(more or {}),
        }
    )


def ofd(pages: dict[str, str], document: str = "") -> bytes:
    """An OFD of these pages (name in the document's folder, and what stands within its layer)."""
    names = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="{name}"/>' for n, name in enumerate(pages) if "Tpl" not in name)
    members = {
        "OFD.xml": f"<ofd:OFD {names}><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {names}>{document}<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    for name, layer in pages.items():
        place = name.lstrip("/") if name.startswith("/") else f"Doc_0/{name}"
        members[place] = f"<ofd:Page {names}>{layer}</ofd:Page>"
    return zipped(members)


def read_as(folder: Path, name: str, content: bytes, limits: ReadingLimits = LIMITS) -> Reading:
    path = folder / name
    path.write_bytes(content)
    return read_file(path, limits)


def parts(reading: Reading) -> list[tuple[PartKind, str]]:
    return [(part.kind, reading.text[part.start : part.end]) for part in reading.parts]


def texts(reading: Reading, kind: PartKind) -> list[str]:
    return [text for found, text in parts(reading) if found is kind]
