"""Signing: every condition that an action must meet, checked before a signature comes into being.

Three different people sign; an administrator never does; a section sees and signs its own documents; a status other
than 主动公开 needs a basis in force; a state-secret mark allows 不予公开 alone until a declassification is on record.
"""

from dataclasses import dataclass
from datetime import datetime

from reviewflow.domain.change import Change
from reviewflow.domain.clock import local_day
from reviewflow.domain.legal import LegalBases
from reviewflow.domain.people import Actor, HeldRole, Role
from reviewflow.domain.review import (
    NO_PARTICULARS,
    SIGNING,
    TABLE,
    Action,
    Case,
    Decision,
    Move,
    Particulars,
    ReturnReason,
    Signature,
    Stage,
)
from reviewflow.domain.terms import Status
from reviewflow.errors import ForbiddenError, IncompleteError, ReviewflowError


@dataclass(frozen=True, slots=True)
class Intent:
    """What a person wants to do. ``decision`` belongs to CHANGE, which a Change suffices for, and to SUPERSEDE; ``side``
    (SECTION or OFFICE) says with whom a director agrees when opinions are split."""

    action: Action
    note: str = ""
    decision: Decision | Change | None = None
    side: Role | None = None
    particulars: Particulars = NO_PARTICULARS


def sign(case: Case, intent: Intent, actor: Actor, bases: LegalBases, at: datetime) -> Signature:
    """The signature that comes of an intent.

    Raises ReviewflowError ``review.*``: not_now, withdrawn, inactive, administrator, same_person, no_role,
    other_section, not_own, not_held, no_reason, no_category, nothing_changed, split, not_split, no_basis,
    unknown_basis, basis_not_in_force, basis_not_for_status, hold, no_party, no_record, no_kind.
    """
    held = _right(case, intent.action, actor, at)
    _check_reason(intent)
    decision = _decision(case, intent, bases, at)
    if intent.action in SIGNING and decision is not None:
        check_decision(case, decision, bases, at)
    return Signature(
        stage=case.stage,
        action=intent.action,
        by=actor.id,
        name=actor.name,
        role=held.role,
        stand_in_for=held.stand_in_for,
        at=at,
        decision=decision,
        note=intent.note.strip(),
        particulars=intent.particulars,
    )


def permitted(case: Case, actor: Actor, at: datetime) -> tuple[Action, ...]:
    """What this person may do with the case now, in the order of the table: what ``sign`` refuses whatever the intent
    says is not among it."""
    return tuple(action for stage, action in TABLE if stage is case.stage and _may(case, action, actor, at))


def _may(case: Case, action: Action, actor: Actor, at: datetime) -> bool:
    try:
        _right(case, action, actor, at)
    except ReviewflowError:
        return False
    return True


def _right(case: Case, action: Action, actor: Actor, at: datetime) -> HeldRole:
    """The role in which the actor may do this now. Raises ReviewflowError ``review.*`` where there is none."""
    held = _role(case, action, _move(case, action), actor, at)
    if action is Action.UNDO:
        _check_own_last(case, actor)
    if action is Action.DECLASSIFY and not case.held:
        raise ReviewflowError(
            "review.not_held", "这一件没有国家秘密标志，或已附过解密记录。", "不需要解密记录，请按常规办理。"
        )
    return held


def _move(case: Case, action: Action) -> Move:
    move = TABLE.get((case.stage, action))
    if move is not None:
        return move
    if case.stage is Stage.WITHDRAWN:
        raise ReviewflowError("review.withdrawn", "这一件已撤回，不能再办理。", "需要公开时，请重新提交文件。")
    if case.stage is Stage.DECIDED:
        hint = "需要改变时，请用“重新审查”并写明理由。"
    else:
        possible = "、".join(one.label for stage, one in TABLE if stage is case.stage)
        hint = f"这一步可以：{possible}。"
    raise ReviewflowError("review.not_now", f"这一件在“{case.stage.label}”，不能“{action.label}”。", hint)


def _role(case: Case, action: Action, move: Move, actor: Actor, at: datetime) -> HeldRole:
    """The role in which the actor acts."""
    if not actor.active:
        raise ForbiddenError("review.inactive", f"{actor.name}的账号已停用。", "请联系系统管理员。")
    if actor.is_administrator:
        raise ForbiddenError("review.administrator", "系统管理员不参加审查。", "请由科室、办公室或主管局长办理。")
    if action in SIGNING and any(one.by == actor.id for one in case.standing):
        raise ReviewflowError(
            "review.same_person", f"{actor.name}在这一件上已经签过。", "三道审查须由三个不同的人签字。"
        )
    for role in move.roles:
        held = actor.holding(role, local_day(at), case.section)
        if held is not None:
            return held
    if Role.SECTION in move.roles and actor.sections(local_day(at)):
        raise ForbiddenError("review.other_section", f"这一件属于{case.section}，不是您的科室。", "请由该科室办理。")
    wanted = "或".join(role.label for role in move.roles)
    raise ForbiddenError(
        "review.no_role",
        f"这一件在“{case.stage.label}”，“{action.label}”须由{wanted}办理。",
        "请等待，或联系该审查人。",
    )


_NEED_REASON = frozenset(Action) - {Action.AGREE, Action.UNDO, Action.SUPERSEDE}


def _check_reason(intent: Intent) -> None:
    if intent.action in _NEED_REASON and not intent.note.strip():
        raise IncompleteError("review.no_reason", f"“{intent.action.label}”须写明理由。", "请填写理由后再办。")
    if intent.action is Action.RETURN and ReturnReason.from_label(intent.note.strip().rstrip("：")) is not None:
        raise IncompleteError("review.no_reason", "理由只有开头。", "请写明是什么地方、要怎样改。")
    asked = intent.particulars
    if intent.action is Action.CONSULT and (asked.asked is None or not asked.whom.strip()):
        raise IncompleteError("review.no_party", "没有写明征求谁的意见。", "请写明是第三方还是其他机关，以及名称。")
    if intent.action is Action.REFER and not asked.whom.strip():
        raise IncompleteError("review.no_party", "没有写明报请哪个机关。", "请写明上级主管部门或保密行政管理部门。")
    if intent.action is Action.DECLASSIFY and not asked.record.strip():
        raise IncompleteError("review.no_record", "没有解密记录。", "请写明解密机关、文号和日期。")
    if intent.action is Action.REOPEN and asked.reopening is None:
        raise IncompleteError("review.no_kind", "没有写明重新审查的缘由。", "请选择：定期评估、更正、撤回公开。")


def _check_own_last(case: Case, actor: Actor) -> None:
    last = case.last
    if last is None or last.action not in SIGNING or last.by != actor.id:
        raise ReviewflowError(
            "review.not_own", "只能收回自己刚签的、其后无人办理的签字。", "其后已有人办理的，请其退回。"
        )


def _decision(case: Case, intent: Intent, bases: LegalBases, at: datetime) -> Decision | None:
    """What is signed for: one's own words, the side taken, or what stands."""
    if intent.action in (Action.CHANGE, Action.SUPERSEDE):
        if intent.decision is None:
            raise IncompleteError("review.no_category", "没有写明变更为什么。", "请写明类别、公开属性和依据。")
        if isinstance(intent.decision, Change):
            return intent.decision.applied_to(case.current, bases, case.formed_on or local_day(at))
        return intent.decision
    if intent.action is not Action.AGREE:
        return None
    if case.split:
        opinion = case.opinion_of(intent.side) if intent.side else None
        if opinion is None:
            raise IncompleteError(
                "review.split", "科室与办公室意见不一致。", "请看双方理由，写明采纳科室还是办公室的意见。"
            )
        return opinion.decision
    if intent.side is not None:
        raise ReviewflowError("review.not_split", "这一件没有分歧意见。", "直接同意，或变更并写明理由。")
    return case.current


def check_decision(case: Case, decision: Decision, bases: LegalBases, at: datetime) -> None:
    """Raise unless the decision may be signed: category known, mark respected, bases in force.

    A basis counts when it was in force on the day of the document or on the day of the decision.
    """
    if decision.category is None:
        raise IncompleteError("review.no_category", "类别还没有确定。", "请用“变更”写明类别。")
    if case.held and decision.status is not Status.NON_PUBLIC:
        raise ReviewflowError(
            "review.hold",
            "文件带有国家秘密标志，不能公开。",
            "可以不予公开、报请保密行政管理部门，或先附正式解密记录。",
        )
    if decision.status is not Status.PROACTIVE and not decision.bases:
        raise IncompleteError("review.no_basis", f"“{decision.status.label}”须有法律依据。", "请用“变更”写明依据代码。")
    days = {local_day(at), case.formed_on or local_day(at)}
    for code in decision.bases:
        basis = bases.by_code.get(code)
        if basis is None:
            raise ReviewflowError("review.unknown_basis", f"没有代码为 {code} 的依据。", "依据见 legal_bases.yaml。")
        if decision.status not in basis.statuses:
            raise IncompleteError(
                "review.basis_not_for_status", f"依据 {code} 不支持“{decision.status.label}”。", "请换一条依据。"
            )
        if not any(basis.in_force(day) for day in days):
            raise IncompleteError(
                "review.basis_not_in_force", f"依据 {code} 在文件日和今天都不是现行有效的。", "请换一条当时有效的依据。"
            )
