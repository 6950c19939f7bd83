"""One case as a person needs it to decide: document, proposal in words, opinions so far, days left, what can be done."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from reviewflow.domain.clock import local
from reviewflow.domain.people import Actor, Role
from reviewflow.domain.proposal import confidence_in_words
from reviewflow.domain.review import SIGNING, Action, Decision, Signature, Stage
from reviewflow.domain.signing import permitted
from reviewflow.domain.terms import Category, Flag, Lane, Status
from reviewflow.explained.words import findings_in_words
from reviewflow.records import models as rows
from reviewflow.services.case.dossier import Dossier, Story, story_of
from reviewflow.services.case.precedents import Precedents, numbers_of, precedents
from reviewflow.services.office import Office

EXCERPT = 600
"""characters of a text that are shown unasked"""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the machine proposed for the file that is before the reviewer, in words; ``findings`` are kinds and numbers."""

    category: Category | None
    category_confidence: str
    status: Status
    status_confidence: str
    bases: tuple[str, ...]
    citations: tuple[str, ...]
    reasons: tuple[str, ...]
    flags: tuple[Flag, ...]
    findings: str
    keywords: tuple[str, ...]
    summary: str
    model: str
    rules_digest: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something done with a case; ``action`` and ``role`` are None for its coming in. ``void`` marks a signature that
    no longer counts."""

    at: datetime
    name: str
    stage: Stage
    decision: Decision | None
    action: Action | None = None
    role: Role | None = None
    stand_in_for: str = ""
    citations: tuple[str, ...] = ()
    note: str = ""
    asked: str = ""
    due_on: date | None = None
    record: str = ""
    void: bool = False


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything that a person needs to decide on a case. Days left are workdays, None when nothing is due any more."""

    id: int
    version: int
    stage: Stage
    lane: Lane
    held: bool
    section: str
    title: str
    doc_number: str
    agency: str
    formed_on: date | None
    source: str
    file_version: int
    file_digest: str
    proposed: Proposed
    current: Decision
    current_citations: tuple[str, ...]
    excerpt: str
    text_length: int
    steps: tuple[Step, ...]
    split: bool
    due_on: date
    days_left: int | None
    provisional: bool
    answer_due_on: date | None
    answer_days_left: int | None
    precedents: Precedents
    actions: tuple[Action, ...]
    number: str

    def opinion_of(self, role: Role) -> Step | None:
        """The standing signature of a role, if there is one."""
        signed = (one for one in self.steps if one.action in SIGNING and one.role is role and not one.void)
        return next(signed, None)


def view_of(office: Office, actor: Actor, opened: Dossier) -> CaseView:
    """All that is shown of a case. Its dossier was opened for the same person."""
    row, case, document = opened.row, opened.story.case, opened.document
    today = office.today()
    left = office.calendar.workdays_between
    return CaseView(
        id=row.pk,
        version=row.version,
        stage=case.stage,
        lane=Lane(row.lane),
        held=case.held,
        section=case.section,
        title=row.title,
        doc_number=row.doc_number,
        agency=document.agency,
        formed_on=row.formed_on,
        source=document.source,
        file_version=document.version,
        file_digest=document.digest,
        proposed=_proposed(office, document.proposal),
        current=case.current,
        current_citations=office.bases.citations(case.current.bases),
        excerpt=opened.body[:EXCERPT],
        text_length=opened.body_length,
        steps=_steps(office, row, opened.story),
        split=case.split,
        due_on=row.due_on,
        days_left=left(today, row.due_on) if row.is_open else None,
        provisional=row.due_provisional,
        answer_due_on=row.answer_due_on,
        answer_days_left=left(today, row.answer_due_on) if row.answer_due_on else None,
        precedents=precedents(office, actor, opened),
        actions=permitted(case, actor, office.now()),
        number=numbers_of([row.pk]).get(row.pk, ""),
    )


def case_history(office: Office, actor: Actor, case_id: int) -> tuple[Step, ...]:
    """All that was done with a case, in order. Raises ReviewflowError ``review.no_case``, ``ledger.*``."""
    told = story_of(office, actor, case_id)
    return _steps(office, told.first.case, told)


def _proposed(office: Office, proposal: rows.Proposal) -> Proposed:
    record: dict[str, Any] = json.loads(proposal.record)
    bases = tuple(proposal.bases.split())
    return Proposed(
        category=Category(proposal.category) if proposal.category else None,
        category_confidence=_confidence(record, "category_confidence"),
        status=Status(proposal.status),
        status_confidence=_confidence(record, "status_confidence"),
        bases=bases,
        citations=office.bases.citations(bases),
        reasons=tuple(record["reasons"]),
        flags=tuple(Flag(code) for code in record["flags"]),
        findings=findings_in_words(record["findings"]),
        keywords=tuple(record["keywords"]),
        summary=record["summary"],
        model=proposal.model,
        rules_digest=proposal.rules_digest,
    )


def _confidence(record: dict[str, Any], name: str) -> str:
    return confidence_in_words(record[name]) if record.get(name) is not None else ""


def _steps(office: Office, row: rows.Case, told: Story) -> tuple[Step, ...]:
    coming = Step(local(row.opened_at), told.first.imported_by.name, Stage.SECTION, told.opened.proposal)
    return (coming, *(_step(office, one, told.case.standing) for one in told.signatures))


def _step(office: Office, signature: Signature, standing: Sequence[Signature]) -> Step:
    asked = signature.particulars
    kind = asked.asked or asked.reopening
    return Step(
        at=signature.at,
        name=signature.name,
        stand_in_for=signature.stand_in_for,
        role=signature.role,
        stage=signature.stage,
        action=signature.action,
        decision=signature.decision,
        citations=office.bases.citations(signature.decision.bases if signature.decision else ()),
        note=signature.note,
        asked=" ".join(part for part in (kind.label if kind else "", asked.whom) if part),
        due_on=asked.due_on,
        record=asked.record,
        void=signature.action in SIGNING and all(signature is not one for one in standing),
    )
