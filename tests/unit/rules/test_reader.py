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
        (("  反例:", "  反列:"), 11, "不认识的键“反列”。 是不是“反例”？"),
        (("  反例:", "  甲乙丙:"), 11, "不认识的键“甲乙丙”。 可用的键：编号、名称、"),
        (("状态: 不予公开", "状态: 不与公开"), 5, "是不是“不予公开”"),
        (("[过程性信息]", "[过程信息]"), 6, "是不是“过程性信息”？"),
        (("[过程性信息]", "[甲]"), 6, "可用：国家秘密标志、"),
        (("[过程性信息]", "['']"), 6, "“标记”里有空的一项"),
        (("OGI19-16.2-REQUESTREPORT", "OGI19-16.2-REQUEST"), 7, "是不是“OGI19-16.2-REQUESTREPORT”？"),
        (("OGI19-16.2-REQUESTREPORT", "甲乙"), 7, "依据“甲乙”不在 legal_bases.yaml 里。"),
        (("OGI19-16.2-REQUESTREPORT", "OGI19-20-02"), 7, "不支持"),
        (("状态: 不予公开", "状态: 主动公开"), 5, "放宽"),
        (("  标题结尾: [请示]\n", ""), 2, "没有写要找的词"),
        (("  状态: 不予公开\n  标记: [过程性信息]\n", ""), 2, "没有写结论"),
        (("  依据: [OGI19-16.2-REQUESTREPORT]\n", ""), 2, "缺少“依据”"),
        (("[OGI19-16.2-REQUESTREPORT]", "[]"), 7, "“依据”是空的"),
        (("  正例:\n  - 关于经费的请示\n", ""), 2, "缺少“正例”"),
        (("- 关于经费的请示", "- 关于经费的公告"), 2, "正例没有匹配上"),
        (("- 关于经费的通知", "- 关于人员的请示"), 2, "反例被匹配上了"),
        (("标题结尾: [请示]", "全文: [请]"), 4, "一个字"),
        (("标题结尾: [请示]", "标题结尾: [请示, 请示]"), 4, "重复"),
        (("[过程性信息]", "[[过程性信息]]"), 6, "嵌套"),
        (("  反例:", "  ? [反例]\n  :"), 10, "键应是一个词"),
        (("名称: 请示", "名称: [请示]"), 3, "一个值"),
        (("名称: 请示", "名称: ''"), 3, "“名称”是空的"),
        (("  名称: 请示\n", "  名称: 请示\n  名称: 请示\n"), 4, "重复"),
        (("规则:", "规矩:"), 1, "规则"),
        (("- 编号: A1", "- 编号: A1\n - 错: [缩进"), 3, "不是有效的 YAML"),
    ],
)
def test_each_fault_is_told_with_its_line(tmp_path: Path, change: tuple[str, str], line: int, told: str) -> None:
    [(at, text)] = faults(tmp_path, GOOD.replace(*change))
    assert at == line
    assert told in text


@pytest.mark.parametrize(
    "change",
    [
        ("  标记: [过程性信息]\n", ""),
        ("  标记: [过程性信息]\n", "  标记: []\n"),
        ("  标记: [过程性信息]\n", "  类别: ''\n"),
        ("  状态: 不予公开\n", ""),
        ("  状态: 不予公开\n  标记: [过程性信息]\n", "  类别: 规划计划\n"),
        ("标题结尾: [请示]", "标题结尾: [示]"),
    ],
)
def test_one_conclusion_is_enough_and_a_title_may_end_with_one_character(
    tmp_path: Path, change: tuple[str, str]
) -> None:
    assert len(rules(tmp_path, GOOD.replace(*change)).rules) == 1


def test_of_a_long_example_thirty_characters_are_shown(tmp_path: Path) -> None:
    long = "甲" * 31
    [(_, unmatched)] = faults(tmp_path, GOOD.replace("- 关于经费的请示", f"- {long}"))
    [(_, matched)] = faults(tmp_path, GOOD.replace("- 关于经费的通知", f"- {long}请示"))
    assert f"“{'甲' * 30}”" in unmatched
    assert f"“{'甲' * 30}”" in matched


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    second = GOOD.split("\n", 1)[1].replace("不予公开", "不公开").replace("过程性信息", "过程")
    found = faults(tmp_path, GOOD.replace("名称", "名子").replace("OGI19-16.2-REQUESTREPORT", "X") + second)
    assert len(found) >= 5


def test_a_repeated_id_names_the_first_line(tmp_path: Path) -> None:
    found = faults(tmp_path, GOOD + GOOD.split("\n", 1)[1])
    assert "第 2 行" in found[0][1]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "rules.yaml 文件是空的。"),
        ("规则: 甲", "rules.yaml:1 “规则”下面应是以“- ”开头的列表。"),
        ("- 甲", "rules.yaml:1 文件应只有一个顶层键“规则”，下面是一个列表。"),
        ("规则:\n- 甲", "rules.yaml:2 这一条应由“键： 值”组成。"),
        ("规则:\n- 编号: A\n  键: &x 1\n", "rules.yaml:2 缺少“名称”。"),
        ("\x00", "rules.yaml 文件中有 YAML 不允许的字符。 请删除控制字符后重试。"),
        ("规则: !!python/object:os.system {}", "rules.yaml:1 “规则”下面应是以“- ”开头的列表。"),
    ],
)
def test_a_file_that_is_no_rule_file_is_refused(tmp_path: Path, content: str, told: str) -> None:
    assert faults(tmp_path, content)[0][1] == told


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(FaultyFileError, match=r"rules\.yaml 文件不是 UTF-8 编码"):
        load_rules(path, BASES)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FaultyFileError, match=r"none\.yaml 读不到这个文件"):
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


@pytest.mark.parametrize("days", ["起: 2020-01-02", "止: 2020-01-02", "起: 2020-01-02\n  止: 2020-01-02"])
def test_a_basis_may_lack_either_day_and_hold_for_one(tmp_path: Path, days: str) -> None:
    path = tmp_path / "legal_bases.yaml"
    path.write_text(f"依据:\n- 代码: A\n  引文: 甲\n  状态: [不予公开]\n  {days}\n", "utf-8")
    assert load_legal_bases(path).by_code["A"].in_force(date(2020, 1, 2))


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
    line = shipped[: shipped.index("- 代码: plans")].count("\n") + 1
    known = "functions、regulations、plans、duties、activities"
    for content, told in (
        (shipped.replace("代码: plans", "代码: plan"), f":{line} 不认识的类别代码“plan”。 可用：{known}。"),
        (shipped.replace("名称: 规划计划", "名称: 计划"), f":{line} 代码 plans 的名称应是“规划计划”。"),
        (shipped[: shipped.index("- 代码: activities")], ":1 五个类别不全、重复或次序不对。 应依次为：机构职能、"),
    ):
        path.write_text(content, "utf-8")
        with pytest.raises(FaultyFileError) as caught:
            load_catalogue(path)
        [fault] = caught.value.faults
        assert str(fault).startswith(f"catalogue.yaml{told}")
