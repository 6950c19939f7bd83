"""Detectors over any text: they never fail, spans are sound, and what is planted is found."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from reviewflow.domain.document import Document
from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive import shipped_detectors
from reviewflow.text.sensitive.numbers.id_number import check_digit

anything = st.text(max_size=300)
han = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=40)
days_of_birth = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def findings(text: str):
    return shipped_detectors().find(Document(id="x", source="x", text=text))


@given(anything)
def test_any_text_gives_spans_inside_it(text: str) -> None:
    for one in findings(text):
        assert 0 <= one.start < one.end <= len(text)


@given(st.text(alphabet="0123456789０１２Xx -－\n★密机身份证号卡手家@.京A王", max_size=120))
def test_tangled_numbers_and_labels_do_no_harm(text: str) -> None:
    found = findings(text)
    assert list(found) == sorted(found, key=lambda one: (one.start, one.end, one.kind.value))


@given(han, han, days_of_birth, st.integers(0, 999))
def test_a_planted_identity_number_is_found_in_any_chinese_text(before, after, born, sequence) -> None:
    first = f"999999{born:%Y%m%d}{sequence:03d}"
    number = first + check_digit(first)
    text = f"{before}{number}{after}"
    spans = {(one.start, one.end) for one in findings(text) if one.kind is Kind.ID_NUMBER}
    assert (len(before), len(before) + 18) in spans


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_planted_mobile_number_is_found(number: str) -> None:
    text = f"联系方式：{number}。"
    assert any(one.kind is Kind.MOBILE and text[one.start : one.end] == number for one in findings(text))
