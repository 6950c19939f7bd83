"""Cases and people for tests of the review."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from reviewflow.domain.legal import LegalBases, LegalBasis
from reviewflow.domain.people import Actor, HeldRole, Role
from reviewflow.domain.review import Action, Asked, Case, Decision, Particulars, Reopening, Stage, apply
from reviewflow.domain.signing import Intent, sign
from reviewflow.domain.terms import Category, Status
from reviewflow.errors import ReviewflowError

AT = datetime(2025, 11, 3, 9, tzinfo=UTC)

LI = Actor("1", "李科员", (HeldRole(Role.SECTION, "大气科"),))
WANG = Actor("2", "王科员", (HeldRole(Role.SECTION, "水科"),))
OFFICE = Actor("3", "赵主任", (HeldRole(Role.OFFICE),))
DIRECTOR = Actor("4", "钱局长", (HeldRole(Role.DIRECTOR),))
OFFICER = Actor("10", "周信息员", (HeldRole(Role.OFFICER),))
SUN = Actor("11", "孙管理员", (HeldRole(Role.ADMINISTRATOR),))

_CLOSED = frozenset({Status.NON_PUBLIC})
BASES = LegalBases(
    {
        basis.code: basis
        for basis in (
            LegalBasis("SECRET", "国家秘密", _CLOSED, frozenset(), date(2019, 5, 15), None),
            LegalBasis("PRIVACY", "个人隐私", _CLOSED, frozenset(), date(2019, 5, 15), None),
            LegalBasis("REQUEST", "依申请", frozenset({Status.ON_REQUEST}), frozenset(), date(2019, 5, 15), None),
            LegalBasis("OPEN", "主动公开", frozenset({Status.PROACTIVE}), frozenset(), date(2019, 5, 15), None),
            LegalBasis("OLD", "旧条例", _CLOSED, frozenset(), None, date(2019, 5, 14)),
        )
    }
)


def fresh(*, hold: bool = False, category: Category | None = Category.ACTIVITIES) -> Case:
    """A case as it comes in."""
    return Case("大气科", Decision(category, Status.PROACTIVE), hold, date(2025, 10, 20))


def change(status: Status, *bases: str) -> Intent:
    """The intent to sign for another status."""
    return Intent(Action.CHANGE, "理由充分", Decision(Category.DUTIES, status, bases))


def full(action: Action) -> Intent:
    """An intent that lacks nothing."""
    if action in (Action.CHANGE, Action.SUPERSEDE):
        return replace(change(Status.NON_PUBLIC, "SECRET"), action=action)
    particulars = Particulars(
        asked=Asked.THIRD_PARTY if action is Action.CONSULT else None,
        whom="平岳云杉食品有限公司" if action in (Action.CONSULT, Action.REFER) else "",
        reopening=Reopening.CORRECTION if action is Action.REOPEN else None,
        record="平岳市保密局 平密解〔2025〕3号 2025-10-30" if action is Action.DECLASSIFY else "",
    )
    return Intent(action, "理由充分", particulars=particulars)


_WAYS: dict[Stage, list[tuple[Actor, Intent]]] = {
    Stage.SECTION: [],
    Stage.OFFICE: [(LI, Intent(Action.AGREE))],
    Stage.DIRECTOR: [(LI, Intent(Action.AGREE)), (OFFICE, Intent(Action.AGREE))],
    Stage.DECIDED: [(LI, Intent(Action.AGREE)), (OFFICE, Intent(Action.AGREE)), (DIRECTOR, Intent(Action.AGREE))],
    Stage.RETURNED: [(LI, Intent(Action.AGREE)), (OFFICE, full(Action.RETURN))],
    Stage.REFERRED: [(LI, full(Action.REFER))],
    Stage.CONSULTING: [(LI, full(Action.CONSULT))],
    Stage.WITHDRAWN: [(LI, full(Action.WITHDRAW))],
}


def walk_to(stage: Stage) -> Case:
    """A case that has got to a stage by the shortest way."""
    case = fresh()
    for actor, intent in _WAYS[stage]:
        case = apply(case, sign(case, intent, actor, BASES, AT))
    assert case.stage is stage
    return case


def ready_for(stage: Stage, action: Action) -> Case:
    """A case at a stage for which the action makes sense: a declassification needs a mark that stands."""
    case = walk_to(stage)
    return replace(case, hold=True) if action is Action.DECLASSIFY else case


def code_of(case: Case, intent: Intent, actor: Actor) -> str:
    """The code of the error with which an intent is refused."""
    with pytest.raises(ReviewflowError) as refused:
        sign(case, intent, actor, BASES, AT)
    return refused.value.code
