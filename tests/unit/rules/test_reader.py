"""Reading the rule files: each kind of fault with its line and a suggestion, all of a file at once."""

from datetime import date
from pathlib import Path

import pytest

from reviewflow.domain.legal import LegalBases
from reviewflow.domain.terms import Flag, Status
from reviewflow.errors import FaultyFileError
from reviewflow.rules.catalogue import load_catalogue
from reviewflow.rules.reader import load_legal_bases, load_rules

ROOT = Path(__file__).resolve().parents[3]
BASES = load_legal_bases(ROOT / "configs" / "legal_bases.yaml")

GOOD = """规则:
- 编号: A1
  名称: 请示
  标题结尾: [请示]
  状态: 不予公开
  标记: [过程性信息]
  依据: [OGI19-16.2-REQUESTREPORT]
  正例:
  - 关于经费的请示
  反例:
  - 关于经费的通知
"""


def rules(folder: Path, content: str, bases: LegalBases = BASES):
    path = folder / "rules.yaml"
    path.write_text(content, "utf-8")
    return load_rules(path, bases)


def faults(folder: Path, content: str) -> list[tuple[int, str]]:
    with pytest.raises(FaultyFileError) as caught:
        rules(folder, content)
    return [(fault.line, str(fault)) for fault in caught.value.faults]


def test_a_good_file_is_read(tmp_path: Path) -> None:
    rule = rules(tmp_path, GOOD).rules[0]
    assert (rule.id, rule.name, rule.line) == ("A1", "请示", 2)
    assert rule.examples == ("关于经费的请示",)


@pytest.mark.parametrize(
    ("change", "line", "told"),
    [
        (("名称: 请示", "名子: 请示"), 3, "名称"),
        (("状态: 不予公开", "状态: 不与公开"), 5, "是不是“不予公开”"),
        (("[过程性信息]", "[过程信息]"), 6, "过程性信息"),
        (("OGI19-16.2-REQUESTREPORT", "OGI19-16.2-REQUEST"), 7, "OGI19-16.2-REQUESTREPORT"),
        (("OGI19-16.2-REQUESTREPORT", "OGI19-20-02"), 7, "不支持"),
        (("状态: 不予公开", "状态: 主动公开"), 5, "放宽"),
        (("  标题结尾: [请示]\n", ""), 2, "没有写要找的词"),
        (("  状态: 不予公开\n  标记: [过程性信息]\n", ""), 2, "没有写结论"),
        (("  依据: [OGI19-16.2-REQUESTREPORT]\n", ""), 2, "依据"),
        (("  正例:\n  - 关于经费的请示\n", ""), 2, "正例"),
        (("- 关于经费的请示", "- 关于经费的公告"), 2, "正例没有匹配上"),
        (("- 关于经费的通知", "- 关于人员的请示"), 2, "反例被匹配上了"),
        (("标题结尾: [请示]", "全文: [请]"), 4, "一个字"),
        (("标题结尾: [请示]", "标题结尾: [请示, 请示]"), 4, "重复"),
        (("标题结尾: [请示]", "标题结尾: [[请示]]"), 4, "嵌套"),
        (("名称: 请示", "名称: [请示]"), 3, "一个值"),
        (("名称: 请示", "名称: ''"), 3, "空的"),
        (("  名称: 请示\n", "  名称: 请示\n  名称: 请示\n"), 4, "重复"),
        (("规则:", "规矩:"), 1, "规则"),
        (("- 编号: A1", "- 编号: A1\n - 错: [缩进"), None, "YAML"),
    ],
)
def test_each_fault_is_told_with_its_line(tmp_path: Path, change: tuple[str, str], line: int | None, told: str) -> None:
    found = faults(tmp_path, GOOD.replace(*change))
    assert any(told in text and (line is None or at == line) for at, text in found), found


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    second = GOOD.split("\n", 1)[1].replace("不予公开", "不公开").replace("过程性信息", "过程")
    found = faults(tmp_path, GOOD.replace("名称", "名子").replace("OGI19-16.2-REQUESTREPORT", "X") + second)
    assert len(found) >= 5


def test_a_repeated_id_names_the_first_line(tmp_path: Path) -> None:
    found = faults(tmp_path, GOOD + GOOD.split("\n", 1)[1])
    assert "第 2 行" in found[0][1]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "规则: 甲",
        "- 甲",
        "规则:\n- 甲",
        "规则:\n- 编号: A\n  键: &x 1\n",
        "\x00",
        "规则: !!python/object:os.system {}",
    ],
)
def test_a_file_that_is_no_rule_file_is_refused(tmp_path: Path, content: str) -> None:
    assert faults(tmp_path, content)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(FaultyFileError, match="UTF-8"):
        load_rules(path, BASES)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FaultyFileError, match="读不到"):
        load_rules(tmp_path / "none.yaml", BASES)


def test_bases_need_dates_that_fit(tmp_path: Path) -> None:
    path = tmp_path / "legal_bases.yaml"
    path.write_text(
        "依据:\n- 代码: A\n  引文: 甲\n  状态: [不予公开]\n  起: 2020-13-01\n- 代码: B\n  引文: 乙\n  状态: [不予公开]\n  起: 2020-01-02\n  止: 2020-01-01\n",
        "utf-8",
    )
    with pytest.raises(FaultyFileError) as caught:
        load_legal_bases(path)
    assert [fault.line for fault in caught.value.faults] == [5, 10]


def test_bases_of_one_place_are_offered_to_its_offices_only(tmp_path: Path) -> None:
    path = tmp_path / "legal_bases.yaml"
    path.write_text(
        "依据:\n- 代码: A\n  引文: 甲\n  状态: [不予公开]\n  标记: [工作秘密]\n"
        "- 代码: B\n  引文: 乙\n  状态: [不予公开]\n  标记: [工作秘密]\n  地区: 青岚\n",
        "utf-8",
    )
    for office, codes in (("平岳市生态环境局青岚分局", ("A", "B")), ("平岳市生态环境局", ("A",)), ("", ("A",))):
        bases = load_legal_bases(path, office)
        assert tuple(bases.by_code) == ("A", "B")
        assert tuple(one.code for one in bases.offered(Status.NON_PUBLIC, date(2025, 1, 1))) == codes
        assert bases.for_flags([Flag.WORK_SECRET], Status.NON_PUBLIC, date(2025, 1, 1)) == codes


def test_the_catalogue_has_the_five_classes_in_order(tmp_path: Path) -> None:
    shipped = (ROOT / "configs" / "catalogue.yaml").read_text("utf-8")
    assert len(load_catalogue(ROOT / "configs" / "catalogue.yaml")) == 5
    path = tmp_path / "catalogue.yaml"
    path.write_text(shipped.replace("代码: plans", "代码: plan", 1), "utf-8")
    with pytest.raises(FaultyFileError, match="plan"):
        load_catalogue(path)
    path.write_text(shipped[: shipped.index("- 代码: activities")], "utf-8")
    with pytest.raises(FaultyFileError, match="不全"):
        load_catalogue(path)
