"""Persons, homes and illnesses in any text: sound spans, no masked name, and every mention of a known name."""

from hypothesis import given
from hypothesis import strategies as st

from reviewflow.domain.document import Document
from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive import shipped_detectors

KINDS = (Kind.PERSON_PRIVATE, Kind.ADDRESS_HOME, Kind.HEALTH)
surnames = st.sampled_from("王李张刘陈杨赵周徐孙欧司诸")
pieces = st.sampled_from(
    "王 小明 李 某 某某 × ＊ 张 家 的 住 投诉人 申请人 其妻 ： 、 ， 。 （ ） 女 男 岁 3 号楼 单元 村 二组 患 糖尿病 残疾 二级 局长 签到 · 阿里 \n \t 姓名 你 等 和 13900012345".split(
        " "
    )
)


def findings(text: str):
    return [one for one in shipped_detectors().find(Document(id="x", source="x", text=text)) if one.kind in KINDS]


@given(st.lists(pieces, max_size=40))
def test_tangled_cues_give_spans_inside_the_text_that_do_not_overlap(parts: list[str]) -> None:
    text = "".join(parts)
    for kind in KINDS:
        end = 0
        for one in findings(text):
            if one.kind is kind:
                assert end <= one.start < one.end <= len(text)
                end = one.end


@given(surnames, st.sampled_from(("某", "某某", "×", "××", "＊＊", "*", "**", "某1")), st.text(max_size=20))
def test_a_masked_name_is_never_found(surname: str, mask: str, tail: str) -> None:
    text = f"投诉人{surname}{mask}，电话13900012345，其妻{surname}{mask}代收。{tail}"
    masked = f"{surname}{mask}"
    assert all(masked not in text[one.start : one.end] for one in findings(text) if one.kind is Kind.PERSON_PRIVATE)


@given(st.lists(st.sampled_from(("", "，", "。", "的", "和", "\n", "又")), min_size=1, max_size=6))
def test_every_mention_of_a_name_once_known_is_found(between: list[str]) -> None:
    text = "申请人：孟庆丰。" + "".join(f"{mark}孟庆丰" for mark in between)
    named = [one for one in findings(text) if text[one.start : one.end] == "孟庆丰"]
    assert len(named) == 1 + len(between)
