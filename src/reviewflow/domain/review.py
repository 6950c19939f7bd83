"""The review: one table says who may do what at which stage, and where the case goes next.

科室初审 → 办公室汇总审查 → 主管局长确定, as in the confidentiality review of 政府信息公开条例(2019) Art. 17. A case's state is
nothing but its signatures read in order (``replay``). Going back a stage leaves later signatures on record and void.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce

from reviewflow.domain.people import Role
from reviewflow.domain.terms import Category, Status, Term


class Stage(Term):
    """Where a case stands."""

    SECTION = "section", "科室初审"
    OFFICE = "office", "办公室汇总审查"
    DIRECTOR = "director", "主管局长确定"
    DECIDED = "decided", "已确定"
    RETURNED = "returned", "退回补正"
    REFERRED = "referred", "报请确定"
    CONSULTING = "consulting", "征求意见"
    WITHDRAWN = "withdrawn", "已撤回"


class Action(Term):
    """What a person does with a case. Every action is signed."""

    AGREE = "agree", "同意"
    CHANGE = "change", "变更"
    RETURN = "return", "退回"
    REFER = "refer", "报请"
    CONSULT = "consult", "征求意见"
    ANSWER = "answer", "记录答复"
    WITHDRAW = "withdraw", "撤回"
    REOPEN = "reopen", "重新审查"
    DECLASSIFY = "declassify", "附解密记录"
    SUPERSEDE = "supersede", "更换文件"
    UNDO = "undo", "收回签字"


class Reopening(Term):
    """Why a decided case is opened again."""

    REASSESSMENT = "reassessment", "定期评估"
    CORRECTION = "correction", "更正"
    RETRACTION = "retraction", "撤回公开"


class ReturnReason(Term):
    """With what the reason for a return begins. A beginning alone is none: it says not where, nor what to do."""

    STATUS = "status", "公开属性不当"
    BASIS = "basis", "法律依据不准"
    CONTENT = "content", "有内容须删减后再报"
    MATERIAL = "material", "材料不全"
    CATEGORY = "category", "类别不对"


class Asked(Term):
    """Who is consulted: a third party (2019 regulations Art. 32, 15 working days) or another organ (Art. 11)."""

    THIRD_PARTY = "third_party", "第三方"
    OTHER_AGENCY = "other_agency", "其他机关"


SIGNING = frozenset({Action.AGREE, Action.CHANGE})
"""The actions that carry a case to the next stage and count among the three signatures."""

OPEN_STAGES = frozenset(Stage) - {Stage.DECIDED, Stage.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Move:
    """Who may act, and the stage that follows; ``to`` None means the stage from which the question was asked."""

    roles: tuple[Role, ...]
    to: Stage | None


_SECTION_WORK: Mapping[Action, Move] = {
    Action.AGREE: Move((Role.SECTION,), Stage.OFFICE),
    Action.CHANGE: Move((Role.SECTION,), Stage.OFFICE),
    Action.REFER: Move((Role.SECTION,), Stage.REFERRED),
    Action.CONSULT: Move((Role.SECTION,), Stage.CONSULTING),
    Action.WITHDRAW: Move((Role.SECTION,), Stage.WITHDRAWN),
    Action.DECLASSIFY: Move((Role.OFFICE,), Stage.SECTION),
    Action.SUPERSEDE: Move((Role.SECTION,), Stage.SECTION),
}

TABLE: Mapping[tuple[Stage, Action], Move] = {
    **{(Stage.SECTION, action): move for action, move in _SECTION_WORK.items()},
    **{(Stage.RETURNED, action): move for action, move in _SECTION_WORK.items()},
    (Stage.OFFICE, Action.AGREE): Move((Role.OFFICE,), Stage.DIRECTOR),
    (Stage.OFFICE, Action.CHANGE): Move((Role.OFFICE,), Stage.DIRECTOR),
    (Stage.OFFICE, Action.RETURN): Move((Role.OFFICE,), Stage.RETURNED),
    (Stage.OFFICE, Action.REFER): Move((Role.OFFICE,), Stage.REFERRED),
    (Stage.OFFICE, Action.CONSULT): Move((Role.OFFICE,), Stage.CONSULTING),
    (Stage.OFFICE, Action.DECLASSIFY): Move((Role.OFFICE,), Stage.SECTION),
    (Stage.OFFICE, Action.SUPERSEDE): Move((Role.SECTION,), Stage.SECTION),
    (Stage.OFFICE, Action.UNDO): Move((Role.SECTION,), Stage.SECTION),
    (Stage.DIRECTOR, Action.AGREE): Move((Role.DIRECTOR,), Stage.DECIDED),
    (Stage.DIRECTOR, Action.CHANGE): Move((Role.DIRECTOR,), Stage.DECIDED),
    (Stage.DIRECTOR, Action.RETURN): Move((Role.DIRECTOR,), Stage.RETURNED),
    (Stage.DIRECTOR, Action.REFER): Move((Role.DIRECTOR,), Stage.REFERRED),
    (Stage.DIRECTOR, Action.CONSULT): Move((Role.DIRECTOR,), Stage.CONSULTING),
    (Stage.DIRECTOR, Action.DECLASSIFY): Move((Role.OFFICE,), Stage.SECTION),
    (Stage.DIRECTOR, Action.SUPERSEDE): Move((Role.SECTION,), Stage.SECTION),
    (Stage.DIRECTOR, Action.UNDO): Move((Role.OFFICE,), Stage.OFFICE),
    (Stage.REFERRED, Action.ANSWER): Move((Role.OFFICE,), None),
    (Stage.REFERRED, Action.DECLASSIFY): Move((Role.OFFICE,), Stage.SECTION),
    (Stage.REFERRED, Action.SUPERSEDE): Move((Role.SECTION,), Stage.SECTION),
    (Stage.CONSULTING, Action.ANSWER): Move((Role.SECTION, Role.OFFICE), None),
    (Stage.CONSULTING, Action.SUPERSEDE): Move((Role.SECTION,), Stage.SECTION),
    (Stage.DECIDED, Action.REOPEN): Move((Role.OFFICE, Role.DIRECTOR, Role.OFFICER), Stage.SECTION),
    (Stage.DECIDED, Action.SUPERSEDE): Move((Role.SECTION,), Stage.SECTION),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """A category (None: not yet known), a status and the codes of the legal bases that it rests on."""

    category: Category | None
    status: Status
    bases: tuple[str, ...] = ()

    def agrees_with(self, other: "Decision") -> bool:
        """Whether category and status are the same; bases may be worded differently."""
        return self.category is other.category and self.status is other.status


@dataclass(frozen=True, slots=True)
class Particulars:
    """What an action needs beyond its reason: whom was asked until when, why reopened, the declassification record."""

    asked: Asked | None = None
    whom: str = ""
    due_on: date | None = None
    reopening: Reopening | None = None
    record: str = ""
    """authority, number and date of a formal declassification (or of a referral's answer)"""
    hold: bool = False
    """of a superseding file: whether it carries a state-secret mark"""


NO_PARTICULARS = Particulars()


@dataclass(frozen=True, slots=True)
class Signature:
    """One action of one person, as kept for good. ``stage`` is where the case stood; ``decision`` what was signed for."""

    stage: Stage
    action: Action
    by: str
    name: str
    role: Role
    stand_in_for: str
    at: datetime
    decision: Decision | None
    note: str = ""
    particulars: Particulars = NO_PARTICULARS


@dataclass(frozen=True, slots=True)
class Case:
    """A case as its signatures have made it.

    ``standing`` are the signatures that count; ``proposal`` is the machine's, or the last decision once reopened.
    """

    section: str
    proposal: Decision
    hold: bool
    formed_on: date | None
    stage: Stage = Stage.SECTION
    asked_from: Stage | None = None
    declassified: bool = False
    standing: tuple[Signature, ...] = ()
    last: Signature | None = None

    @property
    def current(self) -> Decision:
        """What would be decided if everybody further on agreed."""
        signed = self.standing[-1].decision if self.standing else None
        return signed or self.proposal

    @property
    def held(self) -> bool:
        """Whether a state-secret mark still stands: nothing but 不予公开 can be signed."""
        return self.hold and not self.declassified

    @property
    def split(self) -> bool:
        """Whether section and office signed for different things: the director hears both (分歧意见)."""
        by_role = {one.role: one.decision for one in self.standing}
        section, office = by_role.get(Role.SECTION), by_role.get(Role.OFFICE)
        return section is not None and office is not None and not section.agrees_with(office)

    def opinion_of(self, role: Role) -> Signature | None:
        """The standing signature of a role, if there is one."""
        return next((one for one in self.standing if one.role is role), None)


def apply(case: Case, signature: Signature) -> Case:
    """The case after a signature. Checks nothing: see reviewflow.domain.signing.sign for that."""
    move = TABLE[case.stage, signature.action]
    case = replace(case, stage=move.to or case.asked_from or Stage.SECTION, asked_from=None, last=signature)
    match signature.action:
        case Action.AGREE | Action.CHANGE:
            return replace(case, standing=(*case.standing, signature))
        case Action.UNDO:
            return replace(case, standing=case.standing[:-1])
        case Action.REFER | Action.CONSULT:
            return replace(case, asked_from=signature.stage)
        case Action.RETURN:
            return replace(case, standing=())
        case Action.DECLASSIFY:
            return replace(case, standing=(), declassified=True)
        case Action.REOPEN:
            return replace(case, standing=(), proposal=case.current)
        case Action.SUPERSEDE:
            marked = signature.particulars.hold
            return replace(
                case,
                standing=(),
                proposal=signature.decision or case.proposal,
                # A copy without its mark is no declassification: only a record of one lifts the hold.
                hold=case.hold or marked,
                declassified=case.declassified and not marked,
            )
        case _:
            return case


def replay(opened: Case, signatures: Iterable[Signature]) -> Case:
    """The case that results from all its signatures, in order."""
    return reduce(apply, signatures, opened)
