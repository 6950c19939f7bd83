"""The first and the last lines of a text."""

from reviewflow.text.tidy.lines import HEAD_LENGTH, HEAD_LINES, TAIL_LENGTH, bare, lines_of


def test_lines_are_stripped_and_blank_ones_left_out() -> None:
    lines = lines_of("  甲 \n\n\u3000乙\n")
    assert lines.head == lines.tail == ("甲", "乙")


def test_the_head_holds_sixteen_lines() -> None:
    assert HEAD_LINES == 16
    assert lines_of("\n".join(map(str, range(17)))).head == tuple(map(str, range(16)))


def test_the_head_is_looked_for_among_sixty_four_lines_blank_ones_included() -> None:
    assert lines_of("\n" * 63 + "甲\n乙").head == ("甲",)
    assert lines_of("\n" * 64 + "甲").head == ()


def test_the_head_ends_after_four_thousand_characters() -> None:
    assert HEAD_LENGTH == 4000
    assert lines_of("甲" * 4001).head == ("甲" * 4000,)


def test_the_tail_holds_the_whole_lines_of_the_last_six_hundred_characters() -> None:
    assert TAIL_LENGTH == 600
    assert lines_of("乙" * 600).tail == ("乙" * 600,)
    assert lines_of("首行\n" + "乙" * 600).tail == ("乙" * 600,)
    assert lines_of("首行\n" + "乙" * 601).tail == ()
    assert lines_of("首行\n" + "乙" * 600 + "\n末行").tail == ("末行",)


def test_a_bare_line_has_no_white_space() -> None:
    assert bare(" 特\u3000急 \t") == "特急"
