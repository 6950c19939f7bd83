"""The review walked exhaustively: every stage, every action, every role."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

import pytest

from reviewflow.domain.change import Change
from reviewflow.domain.people import Actor, HeldRole, Role
from reviewflow.domain.review import (
    OPEN_STAGES,
    TABLE,
    Action,
    Asked,
    Case,
    Decision,
    Particulars,
    ReturnReason,
    Stage,
    apply,
    replay,
)
from reviewflow.domain.signing import Intent, permitted, sign
from reviewflow.domain.terms import Category, Status
from reviewflow.errors import ReviewflowError
from tests.unit.domain.reviews import (
    AT,
    BASES,
    DIRECTOR,
    LI,
    OFFICE,
    OFFICER,
    SUN,
    WANG,
    change,
    code_of,
    fresh,
    full,
    ready_for,
    walk_to,
)

PEOPLE = {Role.SECTION: LI, Role.OFFICE: OFFICE, Role.DIRECTOR: DIRECTOR, Role.OFFICER: OFFICER}


@pytest.mark.parametrize(("stage", "action"), list(product(Stage, Action)), ids=lambda one: one.value)
def test_every_pair_of_stage_and_action_is_in_the_table_or_refused(stage: Stage, action: Action) -> None:
    case = ready_for(stage, action)
    move = TABLE.get((stage, action))
    for role, actor in PEOPLE.items():
        attempt = replace(actor, id=f"other-{role.value}")
        if move is not None and role in move.roles and action is not Action.UNDO:
            after = apply(case, sign(case, full(action), attempt, BASES, AT))
            assert after.stage is (move.to or case.asked_from)
        elif move is None:
            assert code_of(case, full(action), attempt) in ("review.not_now", "review.withdrawn")
        elif action is not Action.UNDO:
            assert code_of(case, full(action), attempt) in ("review.no_role", "review.other_section")


@pytest.mark.parametrize(("stage", "action"), list(TABLE), ids=lambda one: one.value)
def test_an_administrator_never_signs(stage: Stage, action: Action) -> None:
    everything = Actor("9", "孙管理员", (*SUN.held, *(one for actor in PEOPLE.values() for one in actor.held)))
    assert code_of(walk_to(stage), full(action), everything) == "review.administrator"


@pytest.mark.parametrize(("stage", "action"), list(TABLE), ids=lambda one: one.value)
def test_a_deactivated_account_does_nothing(stage: Stage, action: Action) -> None:
    gone = Actor("9", "某人", tuple(one for actor in PEOPLE.values() for one in actor.held), active=False)
    assert code_of(walk_to(stage), full(action), gone) == "review.inactive"


@pytest.mark.parametrize(
    ("stage", "action"),
    [pair for pair, move in TABLE.items() if move.roles == (Role.SECTION,)],
    ids=lambda one: one.value,
)
def test_a_section_does_not_touch_another_sections_case(stage: Stage, action: Action) -> None:
    assert code_of(walk_to(stage), full(action), WANG) == "review.other_section"


def test_every_stage_can_be_reached_and_every_open_stage_left() -> None:
    reached = {move.to for move in TABLE.values() if move.to} | {Stage.SECTION}
    assert reached == set(Stage)
    assert {stage for stage, _ in TABLE} == set(Stage) - {Stage.WITHDRAWN}
    assert set(Stage) - {Stage.DECIDED, Stage.WITHDRAWN} == OPEN_STAGES
    assert not [action for (stage, action), move in TABLE.items() if stage is move.to is Stage.DECIDED]


def test_only_three_signatures_of_three_people_decide() -> None:
    case = fresh()
    for actor in (LI, OFFICE, DIRECTOR):
        case = apply(case, sign(case, Intent(Action.AGREE), actor, BASES, AT))
    assert case.stage is Stage.DECIDED
    assert [one.name for one in case.standing] == ["李科员", "赵主任", "钱局长"]


def test_one_person_with_all_roles_signs_once() -> None:
    both = Actor("5", "吴一人", (*LI.held, *OFFICE.held, *DIRECTOR.held))
    case = apply(fresh(), sign(fresh(), Intent(Action.AGREE), both, BASES, AT))
    assert code_of(case, Intent(Action.AGREE), both) == "review.same_person"


def test_the_same_person_may_sign_again_after_a_return() -> None:
    case = walk_to(Stage.RETURNED)
    assert sign(case, Intent(Action.AGREE), LI, BASES, AT).stage is Stage.RETURNED


def test_going_back_voids_the_later_signatures() -> None:
    case = walk_to(Stage.DIRECTOR)
    assert len(case.standing) == 2
    returned = apply(case, sign(case, Intent(Action.RETURN, "属性不当"), DIRECTOR, BASES, AT))
    assert returned.standing == ()
    assert returned.current == returned.proposal


@pytest.mark.parametrize(
    "action", sorted(set(Action) - {Action.AGREE, Action.UNDO, Action.SUPERSEDE}, key=lambda a: a.value)
)
def test_everything_but_agreement_needs_a_reason(action: Action) -> None:
    stage = next(stage for stage, one in TABLE if one is action)
    actor = PEOPLE[TABLE[stage, action].roles[0]]
    assert (
        code_of(ready_for(stage, action), replace(full(action), note="  "), replace(actor, id="77"))
        == "review.no_reason"
    )


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (Action.CONSULT, "review.no_party"),
        (Action.REFER, "review.no_party"),
        (Action.DECLASSIFY, "review.no_record"),
        (Action.REOPEN, "review.no_kind"),
    ],
    ids=lambda one: getattr(one, "value", one),
)
def test_particulars_are_asked_for(action: Action, code: str) -> None:
    stage = next(stage for stage, one in TABLE if one is action)
    actor = PEOPLE[TABLE[stage, action].roles[0]]
    assert code_of(ready_for(stage, action), Intent(action, "有理由"), replace(actor, id="77")) == code


@pytest.mark.parametrize("status", [Status.ON_REQUEST, Status.NON_PUBLIC], ids=lambda one: one.value)
def test_a_status_other_than_public_needs_a_basis(status: Status) -> None:
    assert code_of(fresh(), change(status), LI) == "review.no_basis"


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("NOWHERE", "review.unknown_basis"),
        ("OLD", "review.basis_not_in_force"),
        ("OPEN", "review.basis_not_for_status"),
    ],
)
def test_a_basis_must_exist_be_in_force_and_support_the_status(code: str, error: str) -> None:
    assert code_of(fresh(), change(Status.NON_PUBLIC, code), LI) == error


def test_a_basis_in_force_on_the_documents_day_is_enough() -> None:
    case = replace(fresh(), formed_on=date(2015, 3, 2))
    assert sign(case, change(Status.NON_PUBLIC, "OLD"), LI, BASES, AT).decision is not None


def test_a_case_without_category_cannot_be_agreed_to() -> None:
    case = fresh(category=None)
    assert code_of(case, Intent(Action.AGREE), LI) == "review.no_category"


@pytest.mark.parametrize("status", [Status.PROACTIVE, Status.ON_REQUEST], ids=lambda one: one.value)
def test_a_marked_document_is_never_opened(status: Status) -> None:
    case = fresh(hold=True)
    assert code_of(case, change(status, "REQUEST"), LI) == "review.hold"
    assert sign(case, change(Status.NON_PUBLIC, "SECRET"), LI, BASES, AT).decision is not None


def test_a_marked_document_can_be_opened_after_formal_declassification() -> None:
    case = fresh(hold=True)
    case = apply(case, sign(case, full(Action.DECLASSIFY), OFFICE, BASES, AT))
    assert case.stage is Stage.SECTION
    assert sign(case, change(Status.PROACTIVE), LI, BASES, AT).decision is not None


def test_a_replaced_file_with_a_mark_holds_again() -> None:
    case = fresh(hold=True)
    case = apply(case, sign(case, full(Action.DECLASSIFY), OFFICE, BASES, AT))
    again = replace(full(Action.SUPERSEDE), particulars=Particulars(hold=True))
    case = apply(case, sign(case, again, LI, BASES, AT))
    assert case.held


def test_a_copy_without_its_mark_is_still_held() -> None:
    case = fresh(hold=True)
    case = apply(case, sign(case, full(Action.SUPERSEDE), LI, BASES, AT))
    assert code_of(case, change(Status.PROACTIVE), LI) == "review.hold"


def test_only_a_mark_that_stands_is_declassified() -> None:
    assert code_of(fresh(), full(Action.DECLASSIFY), OFFICE) == "review.not_held"
    case = fresh(hold=True)
    case = apply(case, sign(case, full(Action.DECLASSIFY), OFFICE, BASES, AT))
    assert code_of(case, full(Action.DECLASSIFY), OFFICE) == "review.not_held"


def test_a_replaced_file_without_a_proposal_leaves_what_was_proposed() -> None:
    case = walk_to(Stage.OFFICE)
    replaced = replace(sign(case, full(Action.SUPERSEDE), LI, BASES, AT), decision=None)
    assert apply(case, replaced).proposal == case.proposal


@pytest.mark.parametrize("reason", ReturnReason, ids=lambda one: one.value)
def test_the_beginning_of_a_reason_alone_is_none(reason: ReturnReason) -> None:
    case = walk_to(Stage.OFFICE)
    for note in (reason.label, f" {reason.label}： "):
        assert code_of(case, Intent(Action.RETURN, note), OFFICE) == "review.no_reason"
    assert sign(case, Intent(Action.RETURN, f"{reason.label}：见第二段"), OFFICE, BASES, AT).note


def test_disagreement_goes_to_the_director_with_both_opinions() -> None:
    case = split_case()
    assert case.split
    assert case.stage is Stage.DIRECTOR
    assert code_of(case, Intent(Action.AGREE), DIRECTOR) == "review.split"
    assert [one.note for one in case.standing] == ["", "涉及个人隐私"]


@pytest.mark.parametrize(("side", "status"), [(Role.SECTION, Status.PROACTIVE), (Role.OFFICE, Status.NON_PUBLIC)])
def test_the_director_says_whose_opinion_holds(side: Role, status: Status) -> None:
    case = split_case()
    case = apply(case, sign(case, Intent(Action.AGREE, side=side), DIRECTOR, BASES, AT))
    assert case.stage is Stage.DECIDED
    assert case.current.status is status
    assert not replace(case, standing=case.standing[:1]).split
    assert not replace(case, standing=case.standing[1:2]).split


def test_a_side_is_not_taken_where_all_agree() -> None:
    assert code_of(walk_to(Stage.DIRECTOR), Intent(Action.AGREE, side=Role.OFFICE), DIRECTOR) == "review.not_split"


def test_another_basis_alone_is_no_disagreement() -> None:
    case = fresh()
    case = apply(case, sign(case, change(Status.NON_PUBLIC, "SECRET"), LI, BASES, AT))
    case = apply(case, sign(case, change(Status.NON_PUBLIC, "PRIVACY"), OFFICE, BASES, AT))
    assert not case.split


def test_one_takes_back_ones_own_last_signature_alone() -> None:
    case = walk_to(Stage.OFFICE)
    undone = apply(case, sign(case, Intent(Action.UNDO), LI, BASES, AT))
    assert (undone.stage, undone.standing) == (Stage.SECTION, ())
    colleague = Actor("8", "孟科员", LI.held)
    assert code_of(case, Intent(Action.UNDO), colleague) == "review.not_own"


def test_nothing_is_taken_back_after_somebody_acted() -> None:
    case = walk_to(Stage.OFFICE)
    case = apply(case, sign(case, full(Action.CONSULT), OFFICE, BASES, AT))
    case = apply(case, sign(case, full(Action.ANSWER), OFFICE, BASES, AT))
    assert case.stage is Stage.OFFICE
    assert code_of(case, Intent(Action.UNDO), LI) == "review.not_own"


def test_a_question_comes_back_to_the_stage_that_asked() -> None:
    for stage, actor in ((Stage.SECTION, LI), (Stage.OFFICE, OFFICE), (Stage.DIRECTOR, DIRECTOR)):
        for action in (Action.REFER, Action.CONSULT):
            case = walk_to(stage)
            asked = apply(case, sign(case, full(action), actor, BASES, AT))
            answered = apply(asked, sign(asked, full(Action.ANSWER), OFFICE, BASES, AT))
            assert answered.stage is stage
            assert answered.standing == case.standing


def test_a_reopened_case_starts_from_what_was_decided() -> None:
    case = fresh()
    case = apply(case, sign(case, change(Status.NON_PUBLIC, "SECRET"), LI, BASES, AT))
    for actor in (OFFICE, DIRECTOR):
        case = apply(case, sign(case, Intent(Action.AGREE), actor, BASES, AT))
    case = apply(case, sign(case, full(Action.REOPEN), OFFICER, BASES, AT))
    assert (case.stage, case.standing) == (Stage.SECTION, ())
    assert case.current.status is Status.NON_PUBLIC


def test_a_stand_in_signs_within_the_days_and_for_the_person() -> None:
    lent = HeldRole(Role.OFFICE, since=date(2025, 11, 1), until=date(2025, 11, 7), stand_in_for="赵主任")
    stand_in = Actor("6", "孙副主任", (lent,))
    case = walk_to(Stage.OFFICE)
    assert sign(case, Intent(Action.AGREE), stand_in, BASES, AT).stand_in_for == "赵主任"
    for day in (date(2025, 11, 1), date(2025, 11, 7)):
        at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        assert sign(case, Intent(Action.AGREE), stand_in, BASES, at).role is Role.OFFICE
    for early_or_late in (datetime(2025, 10, 31, 9, tzinfo=UTC), datetime(2025, 11, 8, 9, tzinfo=UTC)):
        with pytest.raises(ReviewflowError, match=r"review\.no_role"):
            sign(case, Intent(Action.AGREE), stand_in, BASES, early_or_late)


def test_ones_own_role_comes_before_a_lent_one() -> None:
    lent = HeldRole(Role.OFFICE, stand_in_for="赵主任")
    actor = Actor("6", "孙副主任", (lent, HeldRole(Role.OFFICE)))
    assert sign(walk_to(Stage.OFFICE), Intent(Action.AGREE), actor, BASES, AT).stand_in_for == ""


def test_a_case_is_what_its_signatures_say() -> None:
    case = walk_to(Stage.DECIDED)
    assert replay(fresh(), case.standing) == case


def test_a_section_is_permitted_its_work_once_each() -> None:
    assert permitted(fresh(), LI, AT) == (
        Action.AGREE,
        Action.CHANGE,
        Action.REFER,
        Action.CONSULT,
        Action.WITHDRAW,
        Action.SUPERSEDE,
    )


@pytest.mark.parametrize(
    ("stage", "action", "actor", "code", "hint"),
    [
        (Stage.WITHDRAWN, Action.AGREE, LI, "review.withdrawn", "需要公开时，请重新提交文件。"),
        (Stage.DECIDED, Action.AGREE, LI, "review.not_now", "需要改变时，请用“重新审查”并写明理由。"),
        (Stage.REFERRED, Action.AGREE, LI, "review.not_now", "这一步可以：记录答复、附解密记录、更换文件。"),
        (Stage.OFFICE, Action.AGREE, WANG, "review.no_role", "请等待，或联系该审查人。"),
        (Stage.SECTION, Action.AGREE, OFFICE, "review.no_role", "请等待，或联系该审查人。"),
        (Stage.SECTION, Action.AGREE, WANG, "review.other_section", "请由该科室办理。"),
    ],
)
def test_who_may_not_is_told_why_and_what_to_do(
    stage: Stage, action: Action, actor: Actor, code: str, hint: str
) -> None:
    with pytest.raises(ReviewflowError) as refused:
        sign(walk_to(stage), Intent(action), actor, BASES, AT)
    assert (refused.value.code, refused.value.hint) == (code, hint)


@pytest.mark.parametrize("particulars", [Particulars(asked=Asked.OTHER_AGENCY, whom=" "), Particulars(whom="某公司")])
def test_who_is_consulted_is_named_with_its_kind(particulars: Particulars) -> None:
    assert code_of(fresh(), Intent(Action.CONSULT, "理由", particulars=particulars), LI) == "review.no_party"


def test_nothing_is_taken_back_after_one_wrote_an_answer_oneself() -> None:
    case = walk_to(Stage.OFFICE)
    for action, actor in ((Action.CONSULT, OFFICE), (Action.ANSWER, LI)):
        case = apply(case, sign(case, full(action), actor, BASES, AT))
    assert code_of(case, Intent(Action.UNDO), LI) == "review.not_own"


def test_opinions_differ_in_category_or_in_status() -> None:
    one = Decision(Category.DUTIES, Status.NON_PUBLIC, ("SECRET",))
    assert one.agrees_with(replace(one, bases=("PRIVACY",)))
    assert not one.agrees_with(replace(one, category=Category.PLANS))
    assert not one.agrees_with(replace(one, status=Status.ON_REQUEST))


def test_another_file_brings_its_own_proposal_which_may_lack_a_category() -> None:
    proposed = Decision(None, Status.PROACTIVE)
    intent = Intent(Action.SUPERSEDE, decision=proposed, particulars=Particulars(hold=True))
    case = apply(fresh(), sign(fresh(), intent, LI, BASES, AT))
    assert case.proposal == proposed
    assert case.held


def test_a_document_without_a_day_is_judged_by_the_law_of_today() -> None:
    case = replace(fresh(), formed_on=None)
    assert sign(case, change(Status.NON_PUBLIC, "SECRET"), LI, BASES, AT).decision is not None
    assert code_of(case, change(Status.NON_PUBLIC, "OLD"), LI) == "review.basis_not_in_force"


@pytest.mark.parametrize(
    ("formed_on", "offered"), [(None, "SECRET  国家秘密"), (date(2012, 5, 4), "OLD  旧条例"), (AT.date(), "SECRET  国")]
)
def test_the_bases_offered_for_a_change_are_those_of_the_documents_day(formed_on: date | None, offered: str) -> None:
    case = replace(fresh(), formed_on=formed_on)
    with pytest.raises(ReviewflowError) as refused:
        sign(case, Intent(Action.CHANGE, "理由", Change(status=Status.NON_PUBLIC)), LI, BASES, AT)
    assert refused.value.hint.splitlines()[1].strip().startswith(offered)


def split_case() -> Case:
    case = walk_to(Stage.OFFICE)
    other = replace(change(Status.NON_PUBLIC, "PRIVACY"), note="涉及个人隐私")
    return apply(case, sign(case, other, OFFICE, BASES, AT))
