"""State-secret marks on a document's own face (domain rules: pitfalls 1, 2, 4, 11 and 20)."""

import pytest

from reviewflow.domain.document import Document, Part, PartKind, Reading
from reviewflow.text.sensitive import shipped_detectors
from reviewflow.text.tidy import tidy


def marks(text: str) -> list[str]:
    document = tidy(Reading(text), "x")
    return [text[f.start : f.end] for f in shipped_detectors().find(document) if f.kind.value == "secret_mark"]


BODY = "\n关于做好有关工作的通知\n各科室：\n请认真落实。"


@pytest.mark.parametrize(
    "mark",
    [
        "机密★10年", "秘密★1年", "绝密★长期", "机 密 ★ 5年", "秘密☆3年", "机密＊10年", "机密*", "秘密★会议开始前",
        "机密★2020年5月1日前", "★机密 10年", "秘密1年", "机密", "密级：秘密", "絕密★", "000012 机密★3年", "秘密★六个月", "密级：秘密  保密期限：三年", "云水发〔2007〕9号      机密★叁年", "密件",
    ],
)  # fmt: skip
def test_a_mark_on_a_line_of_its_own_in_the_head_is_found(mark: str) -> None:
    assert len(marks(mark + BODY)) == 1


def test_a_paragraph_may_carry_a_mark_of_its_own() -> None:
    assert marks("通报" + BODY + "\n" * 3 + "（机密★5年）以下内容\n")


def test_a_mark_in_the_page_header_counts() -> None:
    text = "关于工作的通知\n正文\n" * 30 + "秘密★3年"
    start = text.rindex("秘密")
    reading = Reading(text, (Part(PartKind.HEADER, start, len(text)),))
    assert tidy(reading, "x").secret_mark


def test_a_struck_mark_is_declassified_but_still_shown() -> None:
    document = tidy(Reading("机密★5年 解密" + BODY), "x")
    assert document.secret_mark
    assert document.secret_mark.declassified
    assert [f.kind.value for f in shipped_detectors().find(document)] == ["secret_mark"]


@pytest.mark.parametrize(
    "text",
    [
        "区保密局开展保密法宣传周\n讲解国家秘密的密级分为绝密、机密、秘密三级",
        "涉及国家秘密\n件\n0",
        "关于商业秘密保护的意见\n商业秘密★",
        "电影《绝密任务》上映",
        "数据机密性和完整性要求\n机密性",
        "培训材料：标注“机密★10年”的文件不得复印",
        "《保守国家秘密法》\n第十条 国家秘密的密级分为绝密、机密、秘密三级。",
        "政府信息公开保密审查办法\n先审查、后公开",
        "秘密花园游园活动",
        "技术秘密许可合同",
        "全年接收密件46份，清退45份",
        "附表  名称  级别  机密★标志样式说明文字很长",
    ],
)
def test_talk_about_secrecy_is_not_a_mark(text: str) -> None:
    assert marks(text) == []


def test_level_and_period_are_read_off() -> None:
    mark = tidy(Reading("秘 密★3 年" + BODY), "x").secret_mark
    assert mark
    assert (mark.level, mark.period) == ("秘密", "3年")


def test_a_document_without_the_word_has_no_mark() -> None:
    assert Document(id="x", source="x", text="通知").secret_mark is None
