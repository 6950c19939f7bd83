"""A text that can hardly be Chinese is said to be one, and never passes as clear."""

from pathlib import Path

import pytest

from reviewflow import propose
from reviewflow.domain.terms import Lane
from tests.unit.reading.made import read_as

NOTE = "文中几乎没有汉字，请对照原件。"
WRONG = "关于节水的通知，各乡镇遵照执行。".encode("gbk").decode("cp1252", "replace")


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        (WRONG, True),
        ("机密★5年".encode("gbk").decode("cp1252", "replace"), True),
        ("Notice on saving water", True),
        ("Notice on saving water, 水", True),
        ("通知", False),
        (
            "关于采购 HP LaserJet Pro 打印机和 Microsoft Windows 软件的通知，请各科室于月底前报送需要的数量和型号。",
            False,
        ),
        ("2024\t12.5\t13.0\n2025\t14.1\t13.9\n", False),
        ("2024\t12.5 kg\n", False),
        ("No. 7", False),
    ],
)
def test_letters_that_are_hardly_chinese_are_noted(tmp_path: Path, text: str, noted: bool) -> None:
    assert (NOTE in read_as(tmp_path, "a.txt", text.encode()).notes) is noted


def test_such_a_text_is_looked_at_by_a_person(at_home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WRONG * 20, "utf-8")
    proposal = propose(tmp_path / "a.txt").proposal
    assert proposal.lane is Lane.ATTENTION
    assert any(NOTE.rstrip("。") in reason for reason in proposal.reasons)
