"""Legal bases: where and when they are offered, how they are cited and spelled."""

from datetime import date

import pytest

from reviewflow.domain.legal import LegalBases, LegalBasis
from reviewflow.domain.terms import Status
from reviewflow.errors import ReviewflowError

_ART_13 = LegalBasis("R13", "《条例》第十三条", frozenset({Status.PROACTIVE}), frozenset(), None, None)


def test_a_code_that_the_configuration_no_longer_has_is_cited_as_it_is() -> None:
    bases = LegalBases({"R13": _ART_13})
    assert bases.citations(["GONE-1", "R13"]) == ("GONE-1", "《条例》第十三条")


@pytest.mark.parametrize(
    ("status", "day", "office", "offered"),
    [
        (Status.NON_PUBLIC, date(2020, 1, 1), "平岳市青岚分局", ("A",)),
        (Status.NON_PUBLIC, date(2020, 12, 31), "平岳市青岚分局", ("A",)),
        (Status.NON_PUBLIC, date(2019, 12, 31), "平岳市青岚分局", ()),
        (Status.NON_PUBLIC, date(2021, 1, 1), "平岳市青岚分局", ()),
        (Status.NON_PUBLIC, date(2020, 1, 1), "平岳市", ()),
        (Status.ON_REQUEST, date(2020, 1, 1), "平岳市青岚分局", ()),
    ],
)
def test_a_basis_is_offered_for_its_status_in_its_days_and_place(
    status: Status, day: date, office: str, offered: tuple[str, ...]
) -> None:
    local = LegalBasis(
        "A", "甲", frozenset({Status.NON_PUBLIC}), frozenset(), date(2020, 1, 1), date(2020, 12, 31), "青岚"
    )
    assert tuple(one.code for one in LegalBases({"A": local}, office).offered(status, day)) == offered


def test_of_many_codes_that_are_near_three_are_named() -> None:
    bases = LegalBases(dict.fromkeys(("R130", "R131", "R132", "R133"), _ART_13))
    with pytest.raises(ReviewflowError) as refused:
        bases.find_codes(["R13"])
    assert refused.value.hint.count("R13") == 3
