"""Tidying: the formal parts of a document (GB/T 9704-2012), and None where a part is missing."""

from datetime import date

import pytest

from reviewflow.domain.document import Reading, inner_title
from reviewflow.text.tidy import Given, tidy

FULL = """000123
机密★5年
特急
青岚区水务局文件
青水发〔2018〕12号
签发人：赵某
青岚区水务局关于开展
城区排水管网隐患排查的通知
各街道办事处、各镇人民政府：
为保障汛期安全，现就有关事项通知如下。
一、排查范围。
附件：1.排查表
2.联系人名单
青岚区水务局（印章）
2018年5月3日
（此件公开发布）
"""


def parts(text: str):
    return tidy(Reading(text), "x")


def test_every_part_of_a_complete_document_is_found() -> None:
    document = parts(FULL)
    assert document.title == "青岚区水务局关于开展城区排水管网隐患排查的通知"
    assert document.doc_number == "青水发〔2018〕12号"
    assert document.agency == "青岚区水务局"
    assert document.addressee == "各街道办事处、各镇人民政府"
    assert document.genre == "通知"
    assert document.formed_on == date(2018, 5, 3)
    assert document.urgency == "特急"
    assert document.note == "此件公开发布"
    assert document.attachments == ("排查表", "联系人名单")
    assert document.secret_mark
    assert document.secret_mark.period == "5年"


def test_what_is_not_there_is_none_and_never_guessed() -> None:
    document = parts("昨天下午下了一场大雨，河水涨了不少。\n没有人受伤。\n")
    assert document.title is None
    assert document.doc_number is None
    assert document.agency is None
    assert document.addressee is None
    assert document.genre is None
    assert document.formed_on is None
    assert document.urgency is None
    assert document.note is None
    assert document.attachments == ()
    assert document.secret_mark is None


def test_an_agency_may_be_named_by_the_title_alone() -> None:
    assert parts("青岚区水务局关于某事的通知\n正文。").agency == "青岚区水务局"
    assert tidy(Reading("正文。"), "x", Given(title="青岚区水务局关于某事的通知")).agency == "青岚区水务局"


def test_an_empty_text_has_no_parts() -> None:
    assert parts("").title is None


def test_what_a_table_row_gives_comes_first() -> None:
    given = Given(
        title="另一个标题", doc_number="甲〔2020〕1号", agency="乙局", formed_on="2020-01-02", id="7", section="大气科"
    )
    document = tidy(Reading(FULL), "x", given)
    assert (document.title, document.doc_number, document.agency) == ("另一个标题", "甲〔2020〕1号", "乙局")
    assert (document.formed_on, document.id, document.section) == (date(2020, 1, 2), "7", "大气科")


def test_a_date_that_cannot_be_read_is_none_rather_than_today() -> None:
    assert tidy(Reading("某标题的通知\n正文。"), "x", Given(formed_on="去年")).formed_on is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("云溪县教育局 2019年12月1日", date(2019, 12, 1)),
        ("二〇一八年十二月二十三日", date(2018, 12, 23)),
        ("二○○九年三月五日", date(2009, 3, 5)),
        ("2018 年 5 月 3 日", date(2018, 5, 3)),
        ("日期：2021年7月8日", date(2021, 7, 8)),
        ("2018年13月3日", None),
        ("自2018年5月3日起施行。", None),
        ("根据2018年5月3日会议精神", None),
    ],
)
def test_the_date_formed_is_a_signature_and_not_a_date_in_the_text(line: str, expected: date | None) -> None:
    assert parts(f"关于某事的通知\n各单位：\n正文一句话。\n{line}").formed_on == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云发改〔2020〕7号\n关于某事的通知\n正文。", "云发改〔2020〕7号"),
        ("关于某事的通知\n云发改[2020]7号\n正文。", "云发改[2020]7号"),
        ("云发改（2020）7号关于某事的通知各单位：正文。", "云发改（2020）7号"),
        ("2020年第5号\n关于某事的公告\n正文。", "2020年第5号"),
        ("关于某项目的批复（云环审〔2018〕12号）\n正文。", "云环审〔2018〕12号"),
        ("关于某事的通知\n根据云发改〔2020〕7号要求，现通知如下。", None),
    ],
)
def test_the_document_number_is_its_own_and_not_one_it_cites(text: str, expected: str | None) -> None:
    assert parts(text).doc_number == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("关于印发《青岚区扬尘管理办法》的通知", "青岚区扬尘管理办法"),
        ("县政府办公室关于印发云溪县2024年工作要点的通知", "云溪县2024年工作要点"),
        ("关于转发《关于印发〈节水方案〉的通知》的通知", "节水方案"),
        ("关于公布2023年名单的通知", "2023年名单"),
        ("关于举办歌咏比赛的通知", "关于举办歌咏比赛的通知"),
        ("《城市绿化办法》政策解读", "《城市绿化办法》政策解读"),
        ("关于印发《某某行动方案》的通", "某某行动方案"),
        ("", ""),
    ],
)
def test_the_inner_title_of_a_carrier_is_what_it_is_about(title: str, expected: str) -> None:
    assert inner_title(title) == expected


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("关于某事的批复", "批复"),
        ("行政处罚决定书", "决定书"),
        ("询问笔录", "笔录"),
        ("关于某事的复函", "复函"),
        ("某某管理办法（试行）", "办法"),
        ("某某管理办法(试行)", "办法"),
        ("主任办公会会议纪要（2020年第4次）", "会议纪要"),
        ("拟聘用人员公示", "公示"),
        ("工作简报", "简报"),
        ("我区河水清了", None),
    ],
)
def test_the_genre_is_read_off_the_end_of_the_title(title: str, genre: str | None) -> None:
    assert tidy(Reading("正文。"), "x", Given(title=title)).genre == genre


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    document = tidy(Reading("甲\udc80乙"), "x", Given(title="标\ud800题"))
    assert document.text == "甲\ufffd乙"
    assert document.title == "标\ufffd题"
