"""A change is completed by what stands, and codes of bases are helped along."""

from datetime import date

import pytest

from reviewflow.domain.change import Change
from reviewflow.domain.review import Action, Decision
from reviewflow.domain.signing import Intent, sign
from reviewflow.domain.terms import Category, Status
from reviewflow.errors import ReviewflowError
from tests.unit.domain.reviews import AT, BASES, LI, code_of, fresh

_DAY = date(2025, 10, 20)
_OPEN = Decision(Category.ACTIVITIES, Status.PROACTIVE, ("OPEN",))
_CLOSED = Decision(Category.DUTIES, Status.NON_PUBLIC, ("SECRET",))


@pytest.mark.parametrize(
    ("current", "change", "meant"),
    [
        (_OPEN, Change(category=Category.PLANS), Decision(Category.PLANS, Status.PROACTIVE, ("OPEN",))),
        (_CLOSED, Change(category=Category.PLANS), Decision(Category.PLANS, Status.NON_PUBLIC, ("SECRET",))),
        (_CLOSED, Change(status=Status.NON_PUBLIC), _CLOSED),
        (_CLOSED, Change(status=Status.PROACTIVE), Decision(Category.DUTIES, Status.PROACTIVE)),
        (_CLOSED, Change(bases=("PRIVACY",)), Decision(Category.DUTIES, Status.NON_PUBLIC, ("PRIVACY",))),
        (
            _OPEN,
            Change(status=Status.ON_REQUEST, bases=(" request ",)),
            Decision(Category.ACTIVITIES, Status.ON_REQUEST, ("REQUEST",)),
        ),
    ],
)
def test_what_is_not_named_stays_and_bases_go_with_their_status(
    current: Decision, change: Change, meant: Decision
) -> None:
    assert change.applied_to(current, BASES, _DAY) == meant


def test_a_change_of_nothing_is_refused() -> None:
    assert code_of(fresh(), Intent(Action.CHANGE, "理由", Change()), LI) == "review.nothing_changed"


def test_a_code_that_is_none_is_answered_with_those_near() -> None:
    with pytest.raises(ReviewflowError, match="没有代码为 PRIVCY 的依据") as refused:
        Change(bases=("PRIVCY",)).applied_to(_CLOSED, BASES, _DAY)
    assert (refused.value.code, refused.value.hint) == ("review.unknown_basis", "是不是 PRIVACY？")
    with pytest.raises(ReviewflowError) as refused:
        Change(bases=("99",)).applied_to(_CLOSED, BASES, _DAY)
    assert refused.value.hint == "依据见 configs/legal_bases.yaml。"


@pytest.mark.parametrize(
    ("day", "offered", "not_offered"), [(_DAY, "PRIVACY  个人隐私", "OLD"), (date(2012, 5, 4), "OLD", "PRIVACY")]
)
def test_a_status_without_basis_is_answered_with_the_bases_of_the_documents_day(
    day: date, offered: str, not_offered: str
) -> None:
    with pytest.raises(ReviewflowError) as refused:
        Change(status=Status.NON_PUBLIC).applied_to(_OPEN, BASES, day)
    assert refused.value.code == "review.no_basis"
    assert offered in refused.value.hint
    assert not_offered not in refused.value.hint


def test_what_is_signed_for_is_the_whole_decision() -> None:
    change = Change(status=Status.NON_PUBLIC, bases=("privacy",))
    signature = sign(fresh(), Intent(Action.CHANGE, "理由", change), LI, BASES, AT)
    assert signature.decision == Decision(Category.ACTIVITIES, Status.NON_PUBLIC, ("PRIVACY",))
