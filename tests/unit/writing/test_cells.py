"""Cells: no formula, no lost digit, no forbidden character."""

import pytest

from reviewflow.writing.cells import csv_cell, excel_text, plain_text, safe_cell


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2", "@SUM", "\t=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == "'" + text
    assert csv_cell(text) == "'" + text
    assert excel_text(text) == "'" + text


@pytest.mark.parametrize("hidden", ["\x00=1+1", "\x1f\x01=1+1", "\ud800=1+1", "\x9f=1+1"])
def test_a_formula_behind_control_characters_is_caught_as_well(hidden: str) -> None:
    assert safe_cell(hidden) == "'=1+1"
    assert excel_text(hidden) == "'=1+1"


@pytest.mark.parametrize(
    "digits", ["0142768", "201809030001", "113417020032563511", "1E5", "2018-9", "2018-0004", "1/2/2018"]
)
def test_digits_that_excel_would_change_get_an_apostrophe_in_csv(digits: str) -> None:
    assert csv_cell(digits) == "'" + digits
    assert safe_cell(digits) == digits


@pytest.mark.parametrize(
    "text", ["35", "014416330/2018-04736", "11Q027-4-2018-00035", "20191202-189769", "第0012号", ""]
)
def test_ordinary_texts_stay_as_they_are_in_csv(text: str) -> None:
    assert csv_cell(text) == text


def test_every_line_break_becomes_a_line_feed_and_tabs_stay() -> None:
    assert plain_text("甲\r\n乙\r丙\x0b丁\x0c戊\t己") == "甲\n乙\n丙\n丁\n戊\t己"


def test_emoji_and_rare_characters_stay() -> None:
    assert plain_text("😀𬭩\ufeff") == "😀𬭩\ufeff"


def test_a_cell_is_cut_before_excel_refuses_it() -> None:
    assert len(excel_text("长" * 40_000)) == 32_000


def test_values_that_are_no_text_stay_as_they_are() -> None:
    assert [excel_text(value) for value in (1.5, None, True)] == [1.5, None, True]
