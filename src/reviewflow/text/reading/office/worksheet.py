"""One sheet of an .xlsx workbook, row by row. Only cells that exist are held, however far apart they stand."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from reviewflow.errors import DocumentError
from reviewflow.text.reading.office.archive import Archive, refuse_doctype, transitional
from reviewflow.text.reading.office.cells import cell_text, date_of, is_date_format

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_COLUMN = re.compile(r"[A-Z]{1,3}")
_LAST_COLUMN = 16_384
_MARGINS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_TRUE = ("1", "true")


@dataclass(frozen=True, slots=True)
class Styles:
    """What is needed to read values: the shared strings, and which cell styles show dates."""

    strings: list[str]
    dates: frozenset[int]
    since_1904: bool


@dataclass(slots=True)
class Worksheet:
    """Rows as they come; ``hidden_columns`` and ``margins`` are filled by the time the rows are through."""

    hidden_columns: set[int] = field(default_factory=set)
    margins: list[tuple[str, str]] = field(default_factory=list)

    def rows(self, content: bytes, styles: Styles) -> Iterator[tuple[bool, dict[int, str]]]:
        """For each row that holds something: whether it is hidden, and text by column (from 0)."""
        source = io.BytesIO(transitional(content))
        tags = [M + name for name in ("row", "col", *_MARGINS)]
        try:
            for _, element in etree.iterparse(
                source, tag=tags, resolve_entities=False, no_network=True, load_dtd=False
            ):
                refuse_doctype(element)
                if element.tag == M + "row":
                    cells = dict(_cells(element, styles))
                    if cells:
                        yield element.get("hidden") in _TRUE, cells
                    element.clear()
                elif element.tag == M + "col":
                    self._column(element)
                elif element.text:
                    self.margins.append((str(element.tag).removeprefix(M), element.text))
        except etree.XMLSyntaxError:
            raise DocumentError("read.truncated", "文件不完整或已损坏。", "请重新取得完整的文件。") from None

    def _column(self, element: Any) -> None:
        if element.get("hidden") in _TRUE:
            last = min(int(element.get("max")), _LAST_COLUMN)
            self.hidden_columns.update(range(int(element.get("min")) - 1, last))


def styles_of(archive: Archive, workbook: Any) -> Styles:
    """The shared strings and date styles of a workbook."""
    strings = []
    if "xl/sharedStrings.xml" in archive.names:
        strings = [_text(item) for item in archive.xml("xl/sharedStrings.xml").iter(M + "si")]
    dates: frozenset[int] = frozenset()
    if "xl/styles.xml" in archive.names:
        root = archive.xml("xl/styles.xml")
        codes = {int(one.get("numFmtId")): one.get("formatCode") or "" for one in root.iter(M + "numFmt")}
        kinds = [int(one.get("numFmtId") or 0) for group in root.iter(M + "cellXfs") for one in group.iter(M + "xf")]
        dates = frozenset(place for place, kind in enumerate(kinds) if is_date_format(kind, codes.get(kind, "")))
    properties = workbook.find(M + "workbookPr")
    return Styles(strings, dates, properties is not None and properties.get("date1904") in _TRUE)


def _cells(row: Any, styles: Styles) -> Iterator[tuple[int, str]]:
    place = -1
    for cell in row.iterchildren(M + "c"):
        place = _column_of(cell.get("r"), place + 1)
        text = _value(cell, styles)
        if text:
            yield place, text


def _column_of(reference: str | None, expected: int) -> int:
    letters = _COLUMN.match(reference or "")
    if not letters:
        return expected
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _value(cell: Any, styles: Styles) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(M + "is")
        return "" if inline is None else _text(inline).strip()
    raw = cell.findtext(M + "v") or ""
    if not raw:
        return ""
    if kind == "s":
        return styles.strings[int(raw)].strip() if int(raw) < len(styles.strings) else ""
    if kind == "b":
        return "TRUE" if raw == "1" else "FALSE"
    if kind != "n":
        return raw.strip()
    if raw.isdigit() and len(raw) > 15 and int(cell.get("s") or 0) not in styles.dates:
        return raw  # an identity or card number: a float would lose its last digits
    try:
        number = float(raw)
    except ValueError:
        return raw
    if int(cell.get("s") or 0) in styles.dates:
        return cell_text(date_of(number, since_1904=styles.since_1904))
    return cell_text(number)


def _text(item: Any) -> str:
    """The text of a shared or inline string, without the phonetic guide of Japanese and Chinese editions."""
    return "".join(
        run.text or "" for run in item.iter(M + "t") if not any(up.tag == M + "rPh" for up in run.iterancestors())
    )
