"""The guard: found text does not come out again, however it is spelled or cut."""

import pytest

from reviewflow.domain.document import Finding, Part, PartKind
from reviewflow.domain.terms import Kind
from reviewflow.text.masking import MASK, Guard, masked_name

ID_NUMBER = "99999919900307002X"


def guard(content: str, *secrets: tuple[str, Kind], said: tuple[str, ...] = (), body_length: int = -1) -> Guard:
    findings = tuple(Finding(kind, content.index(text), content.index(text) + len(text)) for text, kind in secrets)
    return Guard(content, len(content) if body_length < 0 else body_length, findings, (), said)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张某"),
        ("王小明", "王某某"),
        ("欧阳锋", "欧阳某"),
        ("司马小明", "司马某某"),
        ("欧阳", "欧某"),
        ("王 小 明", "王某某"),
        ("阿依古丽·买买提", "阿某某"),
        ("爱新觉罗溥心", "爱新觉罗某某"),
        ("王", MASK),
    ],
)
def test_a_masked_name_keeps_its_surname(name: str, masked: str) -> None:
    assert masked_name(name) == masked


def test_what_was_found_is_masked_wherever_it_recurs() -> None:
    one = guard(f"信访人王小明，身份证号{ID_NUMBER}", ("王小明", Kind.PERSON_PRIVATE), (ID_NUMBER, Kind.ID_NUMBER))
    assert one.masked("关于王小明信访事项的答复") == "关于王某某信访事项的答复"
    assert one.masked("关于王 小\u3000明信访事项的答复") == "关于王某某信访事项的答复"
    assert one.masked("证号９９９９９９-19900307-002x的答复") == f"证号{MASK}的答复"
    assert one.masked("关于开展检查的通知") == "关于开展检查的通知"


def test_a_summary_that_was_cut_gives_no_piece_away() -> None:
    content = f"信访人反映油烟问题多次，其身份证号为{ID_NUMBER}，请予处理。"
    one = guard(content, (ID_NUMBER, Kind.ID_NUMBER))
    assert (
        one.masked("信访人反映油烟问题多次，其身份证号为999999199003…")
        == f"信访人反映油烟问题多次，其身份证号为{MASK}…"
    )


def test_a_sentence_that_began_amid_a_finding_gives_no_piece_away() -> None:
    content = "联系电话139\n00001234请在工作日拨打。"
    one = guard(content, ("139\n00001234", Kind.MOBILE))
    assert one.masked("00001234请在工作日拨打。") == f"{MASK}请在工作日拨打。"


def test_a_title_is_searched_itself() -> None:
    title = "关于李志强反映扬尘问题的答复意见"
    one = guard("答复如下：经查，李志强反映属实。", said=(title,))
    assert one.masked(title) == "关于李某某反映扬尘问题的答复意见"
    assert one.must_be_masked


def test_hidden_text_does_not_show_in_title_or_summary() -> None:
    content = "关于开展内部讨论稿甲方案的通知\n正文。"
    part = Part(PartKind.DELETED, content.index("内部讨论稿"), content.index("甲方案"))
    one = Guard(content, len(content), (), (part,))
    assert one.masked("关于开展内部讨论稿甲方案的通知") == f"关于开展{MASK}甲方案的通知"
    assert one.is_unfinished
    assert one.words(("甲方案", "讨论稿")) == ("甲方案",)


def test_keywords_neither_hold_nor_are_a_piece_of_what_was_found() -> None:
    content = "住松林路12号的王小明反映油烟问题。"
    one = guard(content, ("松林路12号", Kind.ADDRESS_HOME), ("王小明", Kind.PERSON_PRIVATE))
    assert one.words(("松林路", "王小明", "小明", "王小明反映", "油烟", "不在文中")) == ("油烟",)


def test_the_body_is_closed_by_what_stands_in_it_or_recurs_in_it() -> None:
    outside = "通知正文。\n批注：王小明已读。"
    assert not guard(outside, ("王小明", Kind.PERSON_PRIVATE), body_length=6).must_be_masked
    recurring = "王 小明的通知。\n批注：王小明已读。"
    at = recurring.rindex("王小明")
    assert Guard(recurring, 9, (Finding(Kind.PERSON_PRIVATE, at, at + 3),)).must_be_masked
    assert guard("王小明。", ("王小明", Kind.PERSON_PRIVATE)).must_be_masked


def test_what_cannot_be_masked_is_left_out_whole() -> None:
    one = guard("甲乙某某丙", ("甲乙", Kind.HEALTH), ("某某", Kind.HEALTH))
    assert one.masked("某某") == ""
    stubborn = guard("王小明与王某某", ("王小明", Kind.PERSON_PRIVATE), ("王某某", Kind.PERSON_PRIVATE))
    assert stubborn.masked("关于王小明的答复") == ""


def test_overlapping_findings_are_masked_as_one() -> None:
    one = guard("王小明住松林路", ("王小明住", Kind.ADDRESS_HOME), ("小明住松林路", Kind.ADDRESS_HOME))
    assert one.masked("有关王小明住松林路的事") == f"有关{MASK}的事"


def test_kinds_are_named_for_new_text() -> None:
    one = guard("信访人王小明反映。", ("王小明", Kind.PERSON_PRIVATE))
    assert one.kinds_in("王小明，手机13900001234") == (Kind.MOBILE, Kind.PERSON_PRIVATE)
    assert one.kinds_in("王某某") == ()


def test_a_title_that_stands_in_the_properties_too_is_no_secret() -> None:
    title = "2025年9月青岚区环境空气质量月报"
    content = f"{title}\n九月空气质量优良。\n标题：{title}"
    parts = (Part(PartKind.PROPERTY, content.rindex("标题"), len(content)),)
    guard = Guard(content, content.rindex("标题"), (), parts, (title,))
    assert guard.masked(title) == title


def test_what_stands_in_the_properties_alone_is_not_said() -> None:
    content = "通知正文在此。\n标题：关于内部分工的方案"
    parts = (Part(PartKind.PROPERTY, content.index("标题"), len(content)),)
    assert "内部分工" not in Guard(content, 7, (), parts).masked("关于内部分工的方案")
