"""Cases, lists and entries as JSON: every field is named here, so that nothing is given away by being added elsewhere."""

from datetime import date, datetime
from typing import Any

from reviewflow.domain.people import Actor
from reviewflow.domain.review import Action, Decision
from reviewflow.domain.terms import Term
from reviewflow.records import models as rows
from reviewflow.services.case.precedents import Precedent
from reviewflow.services.case.view import CaseView, Proposed, Step
from reviewflow.services.catalogue.description import SEPARATOR
from reviewflow.services.catalogue.export import channels_of, published_on
from reviewflow.services.queue.lists import Line


def line(one: Line) -> dict[str, Any]:
    """A case in a list."""
    return {
        "id": one.id,
        "version": one.version,
        "lane": one.lane.value,
        "title": one.title,
        "section": one.section,
        "category": _code(one.category),
        "status": one.status.value,
        "stage": one.stage.value,
        "due_on": one.due_on.isoformat(),
        "days_left": one.days_left,
        "provisional": one.provisional,
        "split": one.split,
        "attention": one.attention,
    }


def case(view: CaseView, text: tuple[str, str] | None) -> dict[str, Any]:
    """A case; ``text`` is its body and what stands outside of it, None where it was not asked for."""
    return {
        "id": view.id,
        "version": view.version,
        "stage": view.stage.value,
        "lane": view.lane.value,
        "held": view.held,
        "split": view.split,
        "section": view.section,
        "title": view.title,
        "doc_number": view.doc_number,
        "agency": view.agency,
        "formed_on": _day(view.formed_on),
        "source": view.source,
        "file_version": view.file_version,
        "file_digest": view.file_digest,
        "proposal": _proposal(view.proposed),
        "current": {**_decision(view.current), "citations": list(view.current_citations)},
        "steps": [_step(one) for one in view.steps],
        "precedents": [_precedent(one) for one in view.precedents.found],
        "warning": view.precedents.warning,
        # A file is replaced by submitting another one.
        "actions": [action.value for action in view.actions if action is not Action.SUPERSEDE],
        "due_on": view.due_on.isoformat(),
        "days_left": view.days_left,
        "provisional": view.provisional,
        "answer_due_on": _day(view.answer_due_on),
        "answer_days_left": view.answer_days_left,
        "number": view.number,
        "text_length": view.text_length,
        "text": {"body": text[0], "outside": text[1]} if text else None,
    }


def entry(row: rows.CatalogueEntry) -> dict[str, Any]:
    """The public fields of an entry of the catalogue. Its publications should have been fetched with it."""
    publications = list(row.publications.all())
    return {
        "id": row.pk,
        "index_number": row.index_number,
        "title": row.title,
        "doc_number": row.doc_number,
        "category": row.category,
        "subclass": row.subclass,
        "status": row.status,
        "keywords": [word for word in row.keywords.split(SEPARATOR) if word],
        "summary": row.summary,
        "carrier": row.carrier,
        "record_form": row.record_form,
        "channels": [channel.value for channel in channels_of(publications)],
        "duty_department": row.duty_department,
        "formed_on": row.formed_on.isoformat(),
        "published_on": published_on(row, publications).isoformat(),
        "decided_on": row.decided_on.isoformat(),
        "valid": row.valid,
        "attachments": row.attachments.splitlines(),
        "remark": row.remark,
    }


def person(actor: Actor, scopes: list[str]) -> dict[str, Any]:
    """Who one is, with every role held and the days for which it is."""
    return {
        "name": actor.name,
        "roles": [
            {
                "role": held.role.value,
                "section": held.section,
                "since": _day(held.since),
                "until": _day(held.until),
                "stand_in_for": held.stand_in_for,
            }
            for held in actor.held
        ],
        "scopes": scopes,
    }


def _proposal(one: Proposed) -> dict[str, Any]:
    return {
        "category": _code(one.category),
        "category_confidence": one.category_confidence,
        "status": one.status.value,
        "status_confidence": one.status_confidence,
        "citations": list(one.citations),
        "reasons": list(one.reasons),
        "flags": [flag.value for flag in one.flags],
        "findings": one.findings,
        "keywords": list(one.keywords),
        "summary": one.summary,
        "model": one.model,
        "rules_digest": one.rules_digest,
    }


def _step(one: Step) -> dict[str, Any]:
    return {
        "at": _moment(one.at),
        "name": one.name,
        "stage": one.stage.value,
        "action": _code(one.action),
        "role": _code(one.role),
        "stand_in_for": one.stand_in_for,
        "decision": _decision(one.decision) if one.decision else None,
        "citations": list(one.citations),
        "note": one.note,
        "asked": one.asked,
        "due_on": _day(one.due_on),
        "record": one.record,
        "void": one.void,
    }


def _precedent(one: Precedent) -> dict[str, Any]:
    return {
        "id": one.case_id or None,
        "title": one.title,
        "number": one.number,
        "category": _code(one.category),
        "status": one.status.value,
        "decided_on": _day(one.decided_on),
        "likeness": one.likeness.value,
        "similarity": round(one.similarity, 4),
    }


def _decision(one: Decision) -> dict[str, Any]:
    return {"category": _code(one.category), "status": one.status.value, "bases": list(one.bases)}


def _code(term: Term | None) -> str | None:
    return str(term.value) if term else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
