"""Whatever people try in whatever order, the invariants of the review hold."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewflow.domain.people import Actor, HeldRole, Role
from reviewflow.domain.review import SIGNING, TABLE, Action, Case, Decision, Signature, Stage, apply, replay
from reviewflow.domain.signing import Intent, permitted, sign
from reviewflow.domain.terms import Category, Status
from reviewflow.errors import ReviewflowError
from tests.unit.domain.reviews import AT, BASES, DIRECTOR, LI, OFFICE, OFFICER, SUN, WANG, fresh, full, walk_to

_NOT_NOW_OR_NOT_YOU = {
    f"review.{fault}"
    for fault in "not_now withdrawn inactive administrator same_person no_role other_section not_own not_held".split()
}
_ALL_ROLES = Actor("5", "吴一人", (*LI.held, *OFFICE.held, *DIRECTOR.held, HeldRole(Role.OFFICER)))
_ON_LOAN = (
    Actor("13", "将代者", (HeldRole(Role.OFFICE, since=AT.date() + timedelta(days=1), stand_in_for="赵主任"),)),
    Actor("14", "曾代者", (HeldRole(Role.DIRECTOR, until=AT.date() - timedelta(days=1), stand_in_for="钱局长"),)),
    Actor("15", "今代者", (HeldRole(Role.DIRECTOR, since=AT.date(), until=AT.date(), stand_in_for="钱局长"),)),
)
_PEOPLE = (
    LI,
    WANG,
    OFFICE,
    DIRECTOR,
    OFFICER,
    SUN,
    _ALL_ROLES,
    Actor("12", "停用者", LI.held, active=False),
    *_ON_LOAN,
)

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


def _refusal(case: Case, action: Action, actor: Actor) -> str:
    """The code with which an intent that lacks nothing is refused; empty where it is signed."""
    intent = full(action)
    if action is Action.AGREE and case.stage is Stage.DIRECTOR and case.split:
        intent = replace(intent, side=Role.OFFICE)
    try:
        sign(case, intent, actor, BASES, AT)
    except ReviewflowError as refused:
        return refused.code
    return ""


def _check_permitted(case: Case) -> None:
    """What is permitted is signed, or is refused for what would be decided; what is not permitted is refused."""
    for actor, action in product(_PEOPLE, Action):
        code = _refusal(case, action, actor)
        if action not in permitted(case, actor, AT):
            assert code in _NOT_NOW_OR_NOT_YOU
        elif action is Action.AGREE:
            assert code in ("", "review.hold", "review.no_basis", "review.no_category")
        else:
            assert code == ""


@given(st.booleans(), st.lists(_attempts(), max_size=40))
def test_what_is_permitted_is_what_is_not_refused(hold: bool, attempts: list[tuple[Actor, Intent]]) -> None:
    case, _ = _play(fresh(hold=hold), attempts)
    _check_permitted(case)


@pytest.mark.parametrize("stage", Stage, ids=lambda one: one.value)
@pytest.mark.parametrize(("hold", "declassified"), [(False, False), (True, False), (True, True)])
def test_what_is_permitted_at_each_stage_is_what_is_not_refused(stage: Stage, hold: bool, declassified: bool) -> None:
    _check_permitted(replace(walk_to(stage), hold=hold, declassified=declassified))


@pytest.mark.parametrize("stage", [Stage.DIRECTOR, Stage.DECIDED], ids=lambda one: one.value)
def test_what_is_permitted_on_a_split_case_is_what_is_not_refused(stage: Stage) -> None:
    case = walk_to(stage)
    other = replace(case.standing[1], decision=Decision(Category.DUTIES, Status.NON_PUBLIC, ("PRIVACY",)))
    split = replace(case, standing=(case.standing[0], other, *case.standing[2:]))
    assert split.split
    _check_permitted(split)
