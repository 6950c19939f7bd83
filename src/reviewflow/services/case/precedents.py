"""What was decided on cases of the same template or of nearly the same text, and whether it was decided otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import NamedTuple

from django.db.models import QuerySet

from reviewflow.domain.clock import local_day
from reviewflow.domain.people import Actor
from reviewflow.domain.review import Stage
from reviewflow.domain.terms import Category, Status, Term
from reviewflow.records import models as rows
from reviewflow.records import search_index
from reviewflow.services.access import sections_seen
from reviewflow.services.case.dossier import Dossier
from reviewflow.services.intake.arrival import drawn_of
from reviewflow.services.office import Office
from reviewflow.text.search.similar import bands, resemblance, sketch

NEAR = 0.5
"""resemblance from which a text counts as near"""
SAME = 0.8
"""resemblance from which another conclusion is worth a warning"""
ELSEWHERE = "其他科室的一件"

_CANDIDATES = 500
_COMPARED = 50
_AT_ONCE = 100
_AFTER_ALL = 1 << 62


class Likeness(Term):
    """In what a precedent is like the case."""

    TEMPLATE = "template", "同一模板"
    TEXT = "text", "文字相近"


@dataclass(frozen=True, slots=True)
class Precedent:
    """A decided case. ``similarity`` is the share of text in common, 0 to 1; ``number`` its index or register number.

    Of another section's case a person learns the likeness and the status alone: ``case_id`` is 0 then, ``number`` empty.
    """

    case_id: int
    title: str
    number: str
    category: Category | None
    status: Status
    decided_on: date | None
    likeness: Likeness
    similarity: float


@dataclass(frozen=True, slots=True)
class Precedents:
    """The nearest first. ``warning`` is a sentence when one of them was decided otherwise than this case stands now."""

    found: tuple[Precedent, ...] = ()
    warning: str = ""


def precedents(office: Office, actor: Actor, opened: Dossier, limit: int = 5) -> Precedents:
    """The nearest decided cases, as this person may see them; one that was decided otherwise is always among them."""
    row = opened.row
    like = _of_template(row, limit)
    near = _of_text(row, sketch(opened.body))
    weighed = _weighed(opened.document, near, like)
    other = [one for one in weighed if _otherwise(row, one)]
    chosen = weighed[:limit]
    if other and other[0] not in chosen:
        chosen = [*chosen[: limit - 1], other[0]]
    return Precedents(_shown(office, actor, chosen), _warning(other))


class _Candidate(NamedTuple):
    """A decided case with the sketch of its text: all that is compared, of many."""

    case_id: int
    status: str
    sketch: str


class _Weighed(NamedTuple):
    similarity: float
    likeness: Likeness
    case_id: int
    status: str


def _decided(row: rows.Case) -> "QuerySet[rows.Case]":
    return rows.Case.objects.filter(stage=Stage.DECIDED.value).exclude(pk=row.pk).order_by("-id")


def _read(cases: "QuerySet[rows.Case]", limit: int) -> list[_Candidate]:
    return [_Candidate(*one) for one in cases.values_list("id", "status", "document__sketch")[:limit]]


def _of_template(row: rows.Case, limit: int) -> list[_Candidate]:
    """The newest few of each status: a status given but once must not be lost among many of another."""
    if not row.template:
        return []
    same = _decided(row).filter(template=row.template)
    return [one for status in Status for one in _read(same.filter(status=status.value), limit)]


def _of_text(row: rows.Case, drawn: tuple[int, ...]) -> list[_Candidate]:
    """The newest that share a band of the sketch."""
    if not drawn:
        return []
    candidates = islice(search_index.documents_sharing(bands(drawn), _AFTER_ALL), _CANDIDATES)
    found: list[_Candidate] = []
    while len(found) < _COMPARED and (chunk := list(islice(candidates, _AT_ONCE))):
        found += _read(_decided(row).filter(document_id__in=chunk), _COMPARED - len(found))
    return found


def _weighed(document: rows.Document, near: list[_Candidate], like: list[_Candidate]) -> list[_Weighed]:
    """Those of the template, and of the others those that are near indeed; the nearest and newest first."""
    own = drawn_of(document.sketch)
    of_template = {one.case_id for one in like}
    weighed = []
    for one in {found.case_id: found for found in (*near, *like)}.values():
        similarity = resemblance(own, drawn_of(one.sketch))
        if one.case_id in of_template:
            weighed.append(_Weighed(similarity, Likeness.TEMPLATE, one.case_id, one.status))
        elif similarity >= NEAR:
            weighed.append(_Weighed(similarity, Likeness.TEXT, one.case_id, one.status))
    return sorted(weighed, key=lambda one: (-one.similarity, -one.case_id))


def _otherwise(row: rows.Case, found: _Weighed) -> bool:
    alike = found.likeness is Likeness.TEMPLATE or found.similarity >= SAME
    return alike and found.status != row.status


def _warning(other: list[_Weighed]) -> str:
    if not other:
        return ""
    statuses = "、".join(dict.fromkeys(Status(one.status).label for one in other))
    same = any(one.likeness is Likeness.TEMPLATE for one in other)
    return f"{'同一模板' if same else '文字几乎相同'}，不同结论：此前曾定为{statuses}，请核对。"


def _shown(office: Office, actor: Actor, chosen: list[_Weighed]) -> tuple[Precedent, ...]:
    seen = sections_seen(actor, office.now())
    ids = [one.case_id for one in chosen]
    cases = rows.Case.objects.select_related("section").in_bulk(ids)
    numbers = numbers_of(ids)
    return tuple(
        _precedent(cases[one.case_id], one, numbers.get(one.case_id, ""))
        if seen is None or cases[one.case_id].section.name in seen
        else Precedent(0, ELSEWHERE, "", None, Status(one.status), None, one.likeness, one.similarity)
        for one in chosen
    )


def _precedent(case: rows.Case, found: _Weighed, number: str) -> Precedent:
    category = Category(case.category) if case.category else None
    decided_on = local_day(case.decided_at) if case.decided_at else None
    status = Status(case.status)
    return Precedent(case.pk, case.title, number, category, status, decided_on, found.likeness, found.similarity)


def numbers_of(case_ids: Iterable[int]) -> dict[int, str]:
    """The numbers of the cases' entries in catalogue or register, as far as they are in force."""
    ids = list(case_ids)
    entries = rows.CatalogueEntry.objects.in_force().filter(case_id__in=ids).values_list("case_id", "index_number")
    withheld = rows.WithheldItem.objects.in_force().filter(case_id__in=ids).values_list("case_id", "number")
    return dict(entries.union(withheld))
