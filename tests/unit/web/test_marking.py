"""Marks on a text: every character is kept, in its line, with what marks it."""

from hypothesis import given
from hypothesis import strategies as st

from reviewflow.web.words.marking import Mark, MarkedPiece, marked_lines, marks_of

_texts = st.text("甲乙丙1\n<&", max_size=60)


def test_overlapping_marks_give_pieces_of_several_kinds() -> None:
    marks = [Mark(0, 3, "rule", "规则：处罚"), Mark(2, 4, "finding", "手机号")]
    assert marked_lines("甲乙丙丁戊", marks, 0, 5) == [
        [
            MarkedPiece("甲乙", "rule", "规则：处罚"),
            MarkedPiece("丙", "finding rule", "规则：处罚；手机号"),
            MarkedPiece("丁", "finding", "手机号"),
            MarkedPiece("戊"),
        ]
    ]


def test_a_mark_over_a_line_end_marks_both_lines() -> None:
    assert marked_lines("甲\n乙", [Mark(0, 3, "finding", "住址")], 0, 3) == [
        [MarkedPiece("甲", "finding", "住址")],
        [MarkedPiece("乙", "finding", "住址")],
    ]


@given(
    _texts,
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=8),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_no_character_is_lost_or_doubled(text: str, spans: list[tuple[int, int]], start: int, length: int) -> None:
    marks = [Mark(at, min(at + size, len(text)), "finding", "x") for at, size in spans if at < len(text)]
    start = min(start, len(text))
    end = min(start + length, len(text))
    shown = "\n".join("".join(piece.text for piece in line) for line in marked_lines(text, marks, start, end))
    assert shown == text[start:end]


def test_marks_come_from_findings_rules_and_evidence() -> None:
    record = {
        "findings": [{"kind": "mobile", "start": 4, "end": 6, "where": "正文"}],
        "rules": [{"id": "P01", "words": ["处罚"]}],
        "evidence": [{"word": "决定", "weight": 1.0}],
    }
    marks = marks_of(record, "处罚决定甲乙处罚", {"P01": "处罚决定书"})
    assert marks == [
        Mark(4, 6, "finding", "手机号"),
        Mark(0, 2, "rule", "规则：处罚决定书"),
        Mark(6, 8, "rule", "规则：处罚决定书"),
        Mark(2, 4, "evidence", "类别依据词"),
    ]


def test_offsets_beyond_the_text_are_passed_over() -> None:
    assert marks_of({"findings": [{"kind": "mobile", "start": 4, "end": 60, "where": "正文"}]}, "甲乙丙", {}) == []
