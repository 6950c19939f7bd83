"""Near-duplicates and titles of one template."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewflow.text.search.similar import bands, resemblance, sketch, template_key

ROOT = Path(__file__).resolve().parents[3]
DECISION = (
    "青岚区甲木业有限公司：你单位报送的家具项目环境影响报告表收悉。经研究，批复如下：一、同意在平岳路18号建设，年产家具3000套。"
    "二、喷漆废气收集处理后由15米高排气筒排放。三、生活污水经化粪池处理后排入市政管网。四、危险废物交有资质单位处置。"
)
OTHER = (
    "全区空气质量优良天数比例上升，细颗粒物平均浓度下降，降尘量居全市前列，各镇街扬尘巡查力度加大，群众投诉减少。" * 3
)


def test_a_sketch_is_64_signed_64_bit_numbers() -> None:
    drawn = sketch(DECISION)
    assert len(drawn) == 64
    assert all(0 <= number < 2**63 for number in drawn)


def test_bands_are_16_signed_64_bit_numbers() -> None:
    keys = bands(sketch(DECISION))
    assert len(set(keys)) == 16
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_sketches_are_the_same_on_every_machine() -> None:
    assert sketch("政府信息公开")[:3] == (4047760198290638825, 6663726807652058581, 6663726807652058581)
    assert bands(sketch("政府信息公开"))[0] == -7086885744724867932


def test_form_white_space_and_numbers_make_no_difference() -> None:
    changed = DECISION.replace("18号", "９７号").replace("。", "。\n　").replace("3000", "4500")
    assert sketch(changed) == sketch(DECISION)


def test_a_decision_on_another_project_resembles_the_first() -> None:
    changed = DECISION.replace("甲木业有限公司", "乙家居有限公司").replace("平岳路", "临川路")
    assert resemblance(sketch(changed), sketch(DECISION)) > 0.6
    assert set(bands(sketch(changed))) & set(bands(sketch(DECISION)))


def test_another_text_does_not() -> None:
    assert resemblance(sketch(OTHER), sketch(DECISION)) < 0.1
    assert not set(bands(sketch(OTHER))) & set(bands(sketch(DECISION)))


@pytest.mark.parametrize("nothing", ["", " \n", "\u200b"])
def test_texts_with_nothing_in_them_resemble_nothing(nothing: str) -> None:
    assert sketch(nothing) == bands(sketch(nothing)) == ()
    assert resemblance(sketch(nothing), sketch(nothing)) == 0.0


@pytest.mark.parametrize("short", ["批", "批复", "同意备案", "同意备案。"])
def test_the_shortest_texts_have_sketches(short: str) -> None:
    assert resemblance(sketch(short), sketch(short)) == 1.0
    assert resemblance(sketch(short), sketch(DECISION)) < 0.1


@pytest.mark.parametrize("length", [30, 100, 2000])
def test_resemblance_is_near_the_share_of_common_shingles(length: int) -> None:
    source = random.Random(length)
    errors = []
    for _ in range(60):
        one = [chr(0x4E00 + source.randrange(3000)) for _ in range(length)]
        other = [*one[: length * 4 // 5], *(chr(0x6E00 + source.randrange(3000)) for _ in range(length // 5))]
        true = len(shingles(one) & shingles(other)) / len(shingles(one) | shingles(other))
        errors.append(resemblance(sketch("".join(one)), sketch("".join(other))) - true)
    assert abs(sum(errors) / len(errors)) < 0.04
    assert max(map(abs, errors)) < 0.25


def shingles(characters: list[str]) -> set[tuple[str, ...]]:
    return {tuple(characters[at : at + 4]) for at in range(len(characters) - 3)}


@given(st.text(), st.text())
def test_resemblance_is_symmetric_and_a_share(one: str, other: str) -> None:
    share = resemblance(sketch(one), sketch(other))
    assert share == resemblance(sketch(other), sketch(one))
    assert 0 <= share <= 1


@pytest.mark.parametrize(
    "titles",
    [
        (
            "关于甲公司家具项目环境影响报告表的批复",
            "关于乙食品厂扩建项目环境影响报告表的批复",
            "平岳市生态环境局青岚分局关于丙医院新增射线装置环境影响报告表的批复（平青环审〔2018〕12号）",
        ),
        ("2018年9月青岚区空气质量状况", "2019年10月临川县空气质量状况"),
        ("行政处罚决定书（平青环罚〔2018〕35号）", "青岚区市场监督管理局行政处罚决定书（某食品店案）"),
        ("关于成立县大气污染防治领导小组的通知", "青岚区人民政府办公室关于成立水污染防治领导小组的通知"),
        ("关于对甲公司的行政处罚决定书", "关于对周某某未经许可从事客运经营的行政处罚决定书"),
        ("青岚区教育局2018年度部门决算公开说明", "环境监测站2017年度部门决算公开说明"),
        ("关于二〇一八年第一季度水质状况的通报", "关于2018年第2季度水质状况的通报"),
    ],
)
def test_titles_of_one_template_agree(titles: tuple[str, ...]) -> None:
    assert len({template_key(title) for title in titles}) == 1
    assert template_key(titles[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("关于甲项目环境影响报告表的批复", "关于甲项目环境影响报告书的批复"),
        ("关于甲项目环境影响报告表的批复", "关于甲项目环境影响报告表的请示"),
        ("关于甲工程初步设计的批复", "关于甲工程可行性研究报告的批复"),
        ("2018年9月空气质量状况", "2018年空气质量状况"),
        ("关于成立大气污染防治领导小组的通知", "关于撤销大气污染防治领导小组的通知"),
        ("行政处罚决定书", "行政处罚事先告知书"),
        ("关于转发市生态环境局关于加强扬尘管控的通知", "关于加强扬尘管控的通知"),
    ],
)
def test_titles_of_two_templates_differ(one: str, other: str) -> None:
    assert template_key(one) != template_key(other)


@pytest.mark.parametrize(
    "title",
    ["", "通知", "批复", "关于有关问题的通知", "青岚区教育局", "关于印发《某某管理规定》的通知", "2018年工作计划"],
)
def test_titles_with_nothing_of_their_own_have_no_template(title: str) -> None:
    assert template_key(title) == ""


def test_titles_of_one_template_have_one_status_in_the_training_texts() -> None:
    statuses: dict[str, set[str]] = {}
    members: dict[str, set[str]] = {}
    for path in sorted((ROOT / "data/training/documents").glob("*.txt")):
        heads = [block.split("---")[0].splitlines() for block in path.read_text("utf-8").split("\n=== ")]
        for head in heads:
            values = dict(line.split(": ", 1) for line in head if ": " in line)
            if key := template_key(values["标题"]):
                statuses.setdefault(key, set()).add(values["状态"])
                members.setdefault(key, set()).add(values["标题"])
    groups = [key for key, titles in members.items() if len(titles) > 1]
    assert len(groups) >= 15
    assert [key for key in groups if len(statuses[key]) > 1] == []


@given(st.text(st.sampled_from("关于对的项目工程公司局市县区、《》（）()[]“”年月一1批复通知"), max_size=150))
def test_any_title_has_a_key(title: str) -> None:
    assert template_key(title) == template_key(f" {title}\n")
