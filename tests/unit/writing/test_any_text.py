"""Whatever stands in a document comes back out of every format, but for the characters that files cannot hold."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from openpyxl import load_workbook

from reviewflow.writing.catalogue_html.names import page_name
from reviewflow.writing.cells import csv_cell, excel_text, plain_text
from tests.unit.writing.samples import HEADING, entry, write_whole

ANY = st.text(st.characters(exclude_categories=()), max_size=60) | st.sampled_from(
    ["</script>", "]]>", "<!--", "&lt;", "=1", "\r\n", "\x00=1", "'=1", '"', "\ufeff甲", "\u2028", "_x000D_"]
)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


def lines(text: str) -> list[str]:
    return [line for line in plain_text(text).split("\n") if line.strip()]


@given(ANY)
def test_cleaned_text_is_text_that_xml_accepts_and_cleaning_twice_changes_nothing(text: str) -> None:
    clean = plain_text(text)
    etree.Element("a").text = clean
    clean.encode("utf-8")
    assert plain_text(clean) == clean


@given(title=ANY, body=ANY)
@settings(max_examples=60, deadline=None)
def test_any_text_survives_csv_json_and_xml(folder: Path, title: str, body: str) -> None:
    one = entry(title=title, summary=body, body=body)
    for form in ("csv", "json", "xml"):
        write_whole([one], folder / form, form, HEADING)
    with (folder / "csv").open(encoding="utf-8-sig", newline="") as file:
        row = list(csv.reader(file))[1]
    assert (row[1], row[7]) == (csv_cell(title), csv_cell(body))
    (read,) = json.loads((folder / "json").read_text("utf-8"))["entries"]
    assert (read["title"], read["body"]) == (plain_text(title), plain_text(body))
    info = etree.parse(folder / "xml").getroot()[0]
    assert (info.findtext("INFO_NAME"), info.findtext("CONT_SUMRY")) == (plain_text(title), plain_text(body))


@given(title=ANY)
@settings(max_examples=25, deadline=None)
def test_any_text_survives_xlsx(folder: Path, title: str) -> None:
    write_whole([entry(title=title)], folder / "xlsx", "xlsx", HEADING)
    cell = load_workbook((folder / "xlsx").open("rb"), rich_text=True).active["B4"]
    assert (cell.value or "", cell.data_type == "f") == (excel_text(title), False)


@given(title=ANY, body=ANY)
@settings(max_examples=40, deadline=None)
def test_any_text_survives_html(folder: Path, title: str, body: str) -> None:
    one = entry(title=title, body=body)
    write_whole([one], folder / "html", "html", HEADING)
    page = html.fromstring((folder / "html" / "entries" / page_name(one.index_number)).read_bytes())
    assert [p.text or "" for p in page.xpath("//section[@class='body']/p")] == lines(body)
    assert "".join(page.xpath("//h1/text()")) == plain_text(title)
    script = (folder / "html" / "entries.js").read_text("utf-8")
    assert json.loads(script.splitlines()[1].rstrip(","))[1] == plain_text(title)
