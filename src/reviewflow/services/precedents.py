"""What was decided on cases of the same template or of nearly the same text, and whether it was decided otherwise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import QuerySet

from reviewflow.domain.clock import local_day
from reviewflow.domain.people import Actor
from reviewflow.domain.review import Stage
from reviewflow.domain.terms import Category, Status, Term
from reviewflow.records import models as rows
from reviewflow.records import search_index
from reviewflow.services.arriving import drawn_of
from reviewflow.services.office import Office
from reviewflow.services.permission import sections_seen
from reviewflow.text.similar import bands, resemblance, sketch

NEAR = 0.5
"""resemblance from which a text counts as near"""
SAME = 0.8
"""resemblance from which another conclusion is worth a warning"""
ELSEWHERE = "其他科室的一件"

_CANDIDATES = 500
_COMPARED = 50
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


def precedents(office: Office, actor: Actor, row: rows.Case, limit: int = 5) -> Precedents:
    """The nearest decided cases, as this person may see them; one that was decided otherwise is always among them."""
    like = _of_template(row, limit)
    text = rows.DocumentText.objects.get(pk=row.document_id)
    near = _of_text(row, sketch(text.content[: text.body_length]))
    weighed = _weighed(row, {**near, **like}, like)
    other = [one for one in weighed if _otherwise(row, *one)]
    chosen = weighed[:limit]
    if other and other[0] not in chosen:
        chosen = [*chosen[: limit - 1], other[0]]
    return Precedents(_shown(office, actor, chosen), _warning(other))


Weighed = tuple[float, Likeness, rows.Case]


def _decided(row: rows.Case) -> "QuerySet[rows.Case]":
    return rows.Case.objects.filter(stage=Stage.DECIDED.value).exclude(pk=row.pk).select_related("section")


def _of_template(row: rows.Case, limit: int) -> dict[int, rows.Case]:
    """By document the newest few of each status: a status given but once must not be lost among many of another."""
    if not row.template:
        return {}
    found: dict[int, rows.Case] = {}
    for status in Status:
        same = _decided(row).filter(template=row.template, status=status.value).order_by("-id")[:limit]
        found.update({one.document_id: one for one in same})
    return found


def _of_text(row: rows.Case, drawn: tuple[int, ...]) -> dict[int, rows.Case]:
    """By document the newest that share a band of the sketch."""
    if not drawn:
        return {}
    candidates = list(islice(search_index.sharing(bands(drawn), _AFTER_ALL), _CANDIDATES))
    near = _decided(row).filter(document_id__in=candidates).order_by("-id")[:_COMPARED]
    return {one.document_id: one for one in near}


def _weighed(row: rows.Case, cases: Mapping[int, rows.Case], like: Mapping[int, rows.Case]) -> list[Weighed]:
    """Those of the template, and of the others those that are near indeed; the nearest and newest first."""
    query = rows.Document.objects.filter(pk__in=[row.document_id, *cases])
    sketches = {number: drawn_of(text) for number, text in query.values_list("pk", "sketch")}
    own = sketches[row.document_id]
    weighed = []
    for document_id, case in cases.items():
        similarity = resemblance(own, sketches[document_id])
        if document_id in like:
            weighed.append((similarity, Likeness.TEMPLATE, case))
        elif similarity >= NEAR:
            weighed.append((similarity, Likeness.TEXT, case))
    return sorted(weighed, key=lambda one: (-one[0], -one[2].pk))


def _otherwise(row: rows.Case, similarity: float, likeness: Likeness, case: rows.Case) -> bool:
    alike = likeness is Likeness.TEMPLATE or similarity >= SAME
    return alike and case.status != row.status


def _warning(other: list[Weighed]) -> str:
    if not other:
        return ""
    statuses = "、".join(dict.fromkeys(Status(case.status).label for _, _, case in other))
    same = any(likeness is Likeness.TEMPLATE for _, likeness, _ in other)
    return f"{'同一模板' if same else '文字几乎相同'}，不同结论：此前曾定为{statuses}，请核对。"


def _shown(office: Office, actor: Actor, chosen: list[Weighed]) -> tuple[Precedent, ...]:
    seen = sections_seen(actor, office.now())
    numbers = numbers_of(case.pk for _, _, case in chosen)
    return tuple(
        _precedent(case, likeness, similarity, numbers.get(case.pk, ""))
        if seen is None or case.section.name in seen
        else Precedent(0, ELSEWHERE, "", None, Status(case.status), None, likeness, similarity)
        for similarity, likeness, case in chosen
    )


def _precedent(case: rows.Case, likeness: Likeness, similarity: float, number: str) -> Precedent:
    category = Category(case.category) if case.category else None
    decided_on = local_day(case.decided_at) if case.decided_at else None
    return Precedent(case.pk, case.title, number, category, Status(case.status), decided_on, likeness, similarity)


def numbers_of(case_ids: Iterable[int]) -> dict[int, str]:
    """The numbers of the cases' entries in catalogue or register, as far as they are in force."""
    ids = list(case_ids)
    entries = rows.CatalogueEntry.objects.filter(case_id__in=ids, in_force=True).values_list("case_id", "index_number")
    withheld = rows.WithheldItem.objects.filter(case_id__in=ids, in_force=True).values_list("case_id", "number")
    return {**dict(entries), **dict(withheld)}
