"""The internal register of what is withheld."""

import csv
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reviewflow.errors import ReviewflowError
from reviewflow.writing.finished_export import finished_export
from reviewflow.writing.registers import HEADINGS, INTERNAL, write_withheld
from tests.limits import files_no_longer_than
from tests.unit.writing.samples import AGENCY, HEADING, WITHHELD

REGISTER = replace(HEADING, title="不予公开登记簿")


def test_the_csv_register_says_first_that_it_must_not_go_out(tmp_path: Path) -> None:
    assert write_withheld(WITHHELD, tmp_path / "r.csv", "csv", REGISTER) == 1
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == [INTERNAL]
    assert rows[1] == list(HEADINGS)
    assert rows[2] == [
        "B2018-0007", "关于锅炉改造补助资金的请示", "青环文〔2018〕9号", "业务动态", "大气科",
        "《政府信息公开条例》（2019年）第十六条第二款；《政府信息公开条例》（2019年）第十四条",
        "'=属于请示，为行政管理过程中形成的过程性信息。", "2019-06-03", "2020-06-03",
    ]  # fmt: skip


def test_the_sheet_says_in_its_title_and_on_every_page_that_it_must_not_go_out(tmp_path: Path) -> None:
    assert write_withheld(WITHHELD, tmp_path / "r.xlsx", "xlsx", REGISTER) == 1
    page = load_workbook(tmp_path / "r.xlsx").active
    assert page is not None
    assert page["A1"].value == f"{AGENCY}不予公开登记簿（{INTERNAL}）"
    assert page.oddHeader.center.text == INTERNAL
    assert page["H4"].value == datetime(2019, 6, 3)
    assert page["G4"].value == "'=属于请示，为行政管理过程中形成的过程性信息。"
    assert page["F4"].value == "\n".join(WITHHELD[0].citations)
    assert (page["F4"].alignment.indent, page["G4"].alignment.indent) == (1, 1)


def test_a_register_is_never_a_web_page(tmp_path: Path) -> None:
    for form in ("html", "xml", "json"):
        with pytest.raises(ReviewflowError) as caught:
            write_withheld(WITHHELD, tmp_path / "r", form, REGISTER)
        assert caught.value.code == "write.unknown_form"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_full_disk_leaves_the_register_that_was_there(tmp_path: Path, form: str) -> None:
    (tmp_path / "r").write_text("旧", "utf-8")
    with (
        files_no_longer_than(600),
        pytest.raises(ReviewflowError, match="无法写入"),
        finished_export(tmp_path / "r") as temporary,
    ):
        write_withheld(WITHHELD * 9, temporary, form, REGISTER)
    assert (tmp_path / "r").read_text("utf-8") == "旧"
