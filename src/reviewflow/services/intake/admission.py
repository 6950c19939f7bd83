"""Taking documents in: document, proposal, case, search keys and audit entry in one transaction a batch."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import repeat
from typing import Any

from reviewflow.domain.clock import local_day
from reviewflow.domain.people import Actor
from reviewflow.domain.review import Action, Case, Decision, Particulars, Stage, apply
from reviewflow.domain.signing import Intent, sign
from reviewflow.domain.terms import Lane
from reviewflow.domain.workdays import Deadline
from reviewflow.errors import ForbiddenError, ReviewflowError
from reviewflow.records import models as rows
from reviewflow.records import search_index
from reviewflow.records.bulk import insert, next_ids
from reviewflow.records.chain.entries import Event, append
from reviewflow.records.ledger import transaction
from reviewflow.records.projection import decision_of, file_columns, opened_case, opened_columns, replay_case
from reviewflow.records.seals import seal_proposal, seal_text
from reviewflow.services.access import find_case
from reviewflow.services.intake.arrival import Arrival
from reviewflow.services.office import Office
from reviewflow.services.review.acts import details_of, save_signature
from reviewflow.services.review.outcome import conclude


@dataclass(frozen=True, slots=True)
class Admitted:
    """How a batch went: ids of new cases with the lane of each, of cases whose file was replaced, and of those of
    documents that were known already."""

    new: tuple[int, ...] = ()
    lanes: tuple[str, ...] = ()
    superseded: tuple[int, ...] = ()
    known_cases: tuple[int, ...] = ()

    @property
    def known(self) -> int:
        """How many documents were known already."""
        return len(self.known_cases)


def known_cases(section: rows.Section, digests: Sequence[str]) -> dict[str, int]:
    """By digest the case of each document that the section has brought in already."""
    query = rows.Document.objects.filter(section=section, digest__in=digests)
    return dict(query.values_list("digest", "case_id"))


def admit(
    office: Office, actor: Actor, section: rows.Section, arrivals: Sequence[Arrival], supersedes: int | None = None
) -> Admitted:
    """Keep a batch of arrivals (a few hundred at most) and queue them: all or none.

    The same file twice is one document. A changed file from the same source and about the same matter supersedes: its
    case goes back to the section with both versions on record. ``supersedes`` names the case of the first arrival,
    wherever that came from. Raises ReviewflowError ``intake.known``, ``review.*``, ``ledger.*``.
    """
    at = office.now()
    with transaction():
        # Two who bring in the same files at once: the second one waits, and finds them known.
        rows.Section.objects.select_for_update(no_key=True).get(pk=section.pk)
        present = known_cases(section, [one.digest for one in arrivals])
        fresh = [one for one in {one.digest: one for one in arrivals}.values() if one.digest not in present]
        named = supersedes is not None and _named(actor, section, arrivals[0], supersedes, present, at)
        replaced = named or _replaced(section, fresh)
        events = [_supersede(office, actor, replaced[one.digest], one, at) for one in fresh if one.digest in replaced]
        new = [one for one in fresh if one.digest not in replaced]
        case_ids = _open_cases(office, actor, section, new, at)
        events += [
            Event("import", f"case:{case_id}", _import_details(one)) for case_id, one in zip(case_ids, new, strict=True)
        ]
        if events:
            append(office.key, actor.name, at, events)
    cases = {digest: row.pk for digest, row in replaced.items()}
    cases |= {one.digest: case_id for one, case_id in zip(new, case_ids, strict=True)}
    again = Counter(one.digest for one in arrivals) - Counter(one.digest for one in fresh)
    known = tuple((present | cases)[digest] for digest in again.elements())
    return Admitted(tuple(case_ids), tuple(one.lane for one in new), tuple(row.pk for row in replaced.values()), known)


def _named(
    actor: Actor, section: rows.Section, arrival: Arrival, case_id: int, present: Mapping[str, int], at: datetime
) -> dict[str, rows.Case]:
    """The case that a person said the arrival replaces."""
    row = find_case(actor, case_id, at, lock=True)
    if row.section_id != section.pk:
        raise ForbiddenError("intake.other_section", f"第 {case_id} 件不属于{section.name}。", "请核对案件号和科室。")
    if arrival.digest in present:
        raise ReviewflowError(
            "intake.known", "这份文件此前已提交过，不能再用来更换。", "请核对是否选对了文件；内容没有改动时不必更换。"
        )
    return {arrival.digest: row}


def _import_details(arrival: Arrival) -> dict[str, Any]:
    return {
        "file": arrival.digest,
        "original": arrival.original,
        "category": arrival.category,
        "status": arrival.status,
        "lane": arrival.lane,
        "model": arrival.model,
        "rules": arrival.rules_digest,
        "program": arrival.program,
        "text": seal_text(arrival.content, arrival.body_length, arrival.parts),
        "proposed": seal_proposal(
            (arrival.title, arrival.doc_number, arrival.agency, arrival.source),
            arrival.formed_on,
            " ".join(arrival.bases),
            arrival.record,
        ),
    }


def _replaced(section: rows.Section, arrivals: Sequence[Arrival]) -> dict[str, rows.Case]:
    """By digest of the arrival, the case whose current file it replaces."""
    by_source = {one.source: one for one in arrivals}
    known = rows.Document.objects.filter(section=section, source__in=list(by_source))
    replaces = {
        one.pk: by_source[one.source].digest
        for one in known.only("id", "source", "title", "doc_number", "formed_on")
        if _same_matter(one, by_source[one.source])
    }
    cases = rows.Case.objects.select_related("section").select_for_update(of=("self",))
    standing = cases.filter(document_id__in=list(replaces)).exclude(stage=Stage.WITHDRAWN.value)
    return {replaces[row.document_id]: row for row in standing.order_by("id")}


def _same_matter(document: rows.Document, arrival: Arrival) -> bool:
    """Whether a file from the same source is a corrected one: same number, or where a number lacks, same title and date.

    Reports of every month have one title and one file name; taking one for a correction would undo a decision.
    """
    if document.doc_number and arrival.doc_number:
        return document.doc_number == arrival.doc_number
    dated = document.formed_on and arrival.formed_on
    return document.title == arrival.title and (not dated or document.formed_on == arrival.formed_on)


def _supersede(office: Office, actor: Actor, row: rows.Case, arrival: Arrival, at: datetime) -> Event:
    before = replay_case(row)
    hold = Lane(arrival.lane) is Lane.HOLD
    intent = Intent(
        Action.SUPERSEDE,
        decision=_proposed(arrival),
        particulars=Particulars(hold=hold),
    )
    signature = sign(before, intent, actor, office.bases, at)
    version = row.documents.count() + 1
    (document_id,) = next_ids(rows.Document, 1)
    _insert_documents(actor, row.section, [(row.pk, document_id, version, arrival)], at)
    due = office.due(arrival.formed_on or local_day(at))
    columns = {**file_columns(document_id, arrival, arrival.lane), **_due_columns(arrival, due)}
    for name, value in columns.items():
        setattr(row, name, value)
    kept = save_signature(row, apply(before, signature), signature)
    _, outcome = conclude(office, row, apply(before, signature), signature)
    return Event("supersede", f"case:{row.pk}", {**_import_details(arrival), **details_of(kept, row), **outcome})


def _open_cases(
    office: Office, actor: Actor, section: rows.Section, arrivals: Sequence[Arrival], at: datetime
) -> list[int]:
    case_ids = next_ids(rows.Case, len(arrivals))
    document_ids = next_ids(rows.Document, len(arrivals))
    kept = list(zip(case_ids, document_ids, repeat(1, len(arrivals)), arrivals, strict=True))
    days = {one.formed_on or local_day(at) for one in arrivals}
    due = {day: office.due(day) for day in days}
    insert(
        rows.Case,
        [
            {
                "id": case_id,
                "section_id": section.pk,
                **opened_columns(_opened(section, arrival), document_id, arrival, arrival.lane, at),
                **_due_columns(arrival, due[arrival.formed_on or local_day(at)]),
            }
            for case_id, document_id, _, arrival in kept
        ],
    )
    _insert_documents(actor, section, kept, at)
    return case_ids


def _opened(section: rows.Section, arrival: Arrival) -> Case:
    return opened_case(section.name, _proposed(arrival), arrival.lane, arrival.formed_on)


def _proposed(arrival: Arrival) -> Decision:
    return decision_of(arrival.category, arrival.status, " ".join(arrival.bases))


def _due_columns(arrival: Arrival, due: Deadline) -> dict[str, Any]:
    """The columns that need the calendar, or the text, as they were on the day of arrival."""
    return {"template": arrival.template, "due_on": due.day, "due_provisional": due.provisional}


def _insert_documents(
    actor: Actor, section: rows.Section, kept: Sequence[tuple[int, int, int, Arrival]], at: datetime
) -> None:
    """Write documents (case id, document id, version, arrival) with their texts, proposals and keys."""
    insert(
        rows.Document,
        [
            {
                "id": document_id,
                "case_id": case_id,
                "version": version,
                "section_id": section.pk,
                "imported_by_id": int(actor.id),
                "imported_at": at,
                **_columns(one, _DOCUMENT_COLUMNS),
            }
            for case_id, document_id, version, one in kept
        ],
    )
    insert(
        rows.DocumentText,
        [{"document_id": document_id, **_columns(one, _TEXT_COLUMNS)} for _, document_id, _, one in kept],
    )
    insert(
        rows.Proposal,
        [
            {
                "document_id": document_id,
                "bases": " ".join(one.bases),
                "made_at": at,
                **_columns(one, _PROPOSAL_COLUMNS),
            }
            for _, document_id, _, one in kept
        ],
    )
    search_index.add((document_id, one.grams, one.bands) for _, document_id, _, one in kept)


def _columns(arrival: Arrival, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(arrival, name) for name in names}


_DOCUMENT_COLUMNS = (
    "digest", "original", "row", "source", "size", "title", "doc_number", "agency", "formed_on", "sketch",
)  # fmt: skip
_TEXT_COLUMNS = ("content", "body_length", "parts")
_PROPOSAL_COLUMNS = ("category", "status", "lane", "record", "model", "rules_digest", "program")
