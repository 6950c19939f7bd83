"""Whatever people try in whatever order, the invariants of the review hold."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from reviewflow.domain.people import Actor, HeldRole, Role
from reviewflow.domain.review import SIGNING, TABLE, Action, Case, Decision, Signature, Stage, apply, replay
from reviewflow.domain.signing import Intent, sign
from reviewflow.domain.terms import Category, Status
from reviewflow.errors import ReviewflowError
from tests.unit.domain.reviews import AT, BASES, DIRECTOR, LI, OFFICE, OFFICER, SUN, WANG, fresh, full

_ALL_ROLES = Actor("5", "吴一人", (*LI.held, *OFFICE.held, *DIRECTOR.held, HeldRole(Role.OFFICER)))
_PEOPLE = (LI, WANG, OFFICE, DIRECTOR, OFFICER, SUN, _ALL_ROLES, Actor("12", "停用者", LI.held, active=False))

_decisions = st.builds(
    Decision,
    st.sampled_from([*Category, None]),
    st.sampled_from(Status),
    st.lists(st.sampled_from(sorted(BASES.by_code)), max_size=2).map(tuple),
)


@st.composite
def _attempts(draw: st.DrawFn) -> tuple[Actor, Intent]:
    action = draw(st.sampled_from(Action))
    intent = full(action)
    if action is Action.CHANGE:
        intent = Intent(action, "理由", draw(_decisions))
    if action is Action.AGREE:
        intent = Intent(action, side=draw(st.sampled_from([None, Role.SECTION, Role.OFFICE])))
    return draw(st.sampled_from(_PEOPLE)), intent


def _play(case: Case, attempts: list[tuple[Actor, Intent]]) -> tuple[Case, list[Signature]]:
    history = []
    for number, (actor, intent) in enumerate(attempts):
        try:
            signature = sign(case, intent, actor, BASES, AT + timedelta(minutes=number))
        except ReviewflowError as refused:
            assert refused.code.startswith("review.")
            assert refused.hint
            continue
        history.append(signature)
        case = apply(case, signature)
        _hold_invariants(case)
    return case, history


def _hold_invariants(case: Case) -> None:
    signers = [one.by for one in case.standing]
    assert len(signers) == len(set(signers)) <= 3
    assert all(one.action in SIGNING for one in case.standing)
    assert SUN.id not in signers
    assert "12" not in signers
    assert all(one.role is not Role.SECTION or one.by != WANG.id for one in case.standing)
    if case.stage is Stage.DECIDED:
        assert [one.role for one in case.standing] == [Role.SECTION, Role.OFFICE, Role.DIRECTOR]
        assert case.current.category is not None
        assert case.current.status is Status.PROACTIVE or case.current.bases
        assert not case.held or case.current.status is Status.NON_PUBLIC
    if case.stage is Stage.WITHDRAWN:
        assert not [action for stage, action in TABLE if stage is Stage.WITHDRAWN]


@given(st.booleans(), st.lists(_attempts(), max_size=40))
def test_no_sequence_of_attempts_breaks_the_rules(hold: bool, attempts: list[tuple[Actor, Intent]]) -> None:
    _play(fresh(hold=hold), attempts)


@given(st.booleans(), st.lists(_attempts(), max_size=40))
def test_a_case_is_always_what_its_signatures_say(hold: bool, attempts: list[tuple[Actor, Intent]]) -> None:
    opened = fresh(hold=hold)
    case, history = _play(opened, attempts)
    assert replay(opened, history) == case


@given(st.lists(_attempts(), max_size=40))
def test_a_marked_document_is_never_decided_open_without_a_record(attempts: list[tuple[Actor, Intent]]) -> None:
    case, history = _play(fresh(hold=True), attempts)
    if case.stage is Stage.DECIDED and case.current.status is not Status.NON_PUBLIC:
        assert any(one.action is Action.DECLASSIFY for one in history)
