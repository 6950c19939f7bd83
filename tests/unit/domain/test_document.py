"""Titles that carry other titles, and where the body of a text ends."""

import pytest

from reviewflow.domain.document import Document, Reading, inner_title


@pytest.mark.parametrize(("length", "body"), [(None, "正文页眉"), (2, "正文"), (0, ""), (4, "正文页眉")])
def test_the_body_ends_where_the_other_parts_begin(length: int | None, body: str) -> None:
    reading = Reading("正文页眉", body_length=length)
    assert reading.body == body
    assert Document("a", "a", reading.text, reading=reading).body == body


@pytest.mark.parametrize(
    ("title", "inner"),
    [
        ("关于印发《节水办法》的通知", "节水办法"),
        ("转发《关于印发〈节水办法〉的通知》的通知", "节水办法"),
        ("关于印发《节水办法", "节水办法"),
        ("关于印发》节水《办法", "办法"),
        ("印发《节水办法》的通知", "节水办法"),
        ("关于印发节水办法的通知", "节水办法"),
        ("关于学习《节水办法》的通知", "关于学习《节水办法》的通知"),
        ("关于节水的通知", "关于节水的通知"),
        ("关于印发《》的通知", "关于印发《》的通知"),
        ("《关于印发节水办法的通知》", "《关于印发节水办法的通知》"),
    ],
)
def test_what_a_title_carries(title: str, inner: str) -> None:
    assert inner_title(title) == inner
    assert Document("a", "a", "", title=title).subject == inner


def test_a_document_without_a_title_has_no_subject() -> None:
    assert Document("a", "a", "").subject == ""
