"""The end of a document at its bounds."""

from datetime import date

import pytest

from reviewflow.text.tidy.closing import attachments, note, signature
from reviewflow.text.tidy.genre import genre_of
from reviewflow.text.tidy.lines import lines_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青岚区水务局\n2018年5月3日", ("青岚区水务局", date(2018, 5, 3))),
        ("青岚区水务局（印章）\n2018年5月3日", ("青岚区水务局", date(2018, 5, 3))),
        ("青岚区水务局（盖章） 2018年5月3日", ("青岚区水务局", date(2018, 5, 3))),
        ("正文一句话\n2018年5月3日", (None, date(2018, 5, 3))),
        ("2018年5月3日", (None, date(2018, 5, 3))),
        ("2018年5月3日（此件公开发布）", (None, date(2018, 5, 3))),
        ("2018年5月3日起施行", (None, None)),
        ("2017年5月3日\n2018年5月3日\n某年某日", (None, date(2018, 5, 3))),
        ("二〇一八年十月十日", (None, date(2018, 10, 10))),
        ("二〇一八年十月三十一日", (None, date(2018, 10, 31))),
        ("二〇一八年十月二十日", (None, date(2018, 10, 20))),
        ("2018年2月30日", (None, None)),
    ],
)
def test_the_signature_is_the_last_line_that_is_a_date(text: str, expected: tuple[str | None, date | None]) -> None:
    assert signature(lines_of(text)) == expected


def test_a_note_stands_in_brackets_on_one_of_the_last_twelve_lines() -> None:
    assert note(lines_of("（此件公开发布）\n" + "一行\n" * 11)) == "此件公开发布"
    assert note(lines_of("（此件公开发布）\n" + "一行\n" * 12)) is None
    assert note(lines_of("(此件删减后公开)")) == "此件删减后公开"
    assert note(lines_of("此件公开发布")) is None
    assert note(lines_of("（见附表）")) is None


def test_attachments_are_listed_below_the_word_and_the_last_list_counts() -> None:
    assert attachments(lines_of("附件：1.排查表\n2.联系人名单\n正文")) == ("排查表", "联系人名单")
    assert attachments(lines_of("附件：排查表\n正文\n2.不是附件")) == ("排查表",)
    assert attachments(lines_of("附件：甲表\n附件：乙表")) == ("乙表",)
    assert attachments(lines_of("附件\n1、甲表")) == ("甲表",)
    assert attachments(lines_of("附近有一条河")) == ()


def test_an_attachment_has_at_most_eighty_characters_and_a_document_thirty_of_them() -> None:
    assert attachments(lines_of("附件：" + "甲" * 80)) == ("甲" * 80,)
    assert attachments(lines_of("附件：" + "甲" * 81)) == ()
    listed = "附件：" + "\n".join(f"{number}.表{number}" for number in range(1, 33))
    assert attachments(lines_of(listed)) == tuple(f"表{number}" for number in range(1, 31))


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("绿化办法（试行）（2020年）", "办法"),
        ("（绿化办法）", None),
        ("甲（绿化办法）", None),
        ("绿化办法》", "办法"),
        ("办法(试行", None),
        ("办法试行)", None),
        ("", None),
        ("令", "令"),
    ],
)
def test_remarks_in_brackets_behind_a_genre_are_passed_over(title: str, genre: str | None) -> None:
    assert genre_of(title) == genre
