"""The catalogue page by page, as the public will see it: entries in force only, newest first, with their open texts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from reviewflow.domain.people import Actor
from reviewflow.domain.terms import Category, Status
from reviewflow.errors import MissingError
from reviewflow.records import models as rows
from reviewflow.services.access import check_reviewer
from reviewflow.services.catalogue.entries import EntryFilters, visible_entries
from reviewflow.services.catalogue.export import MASK_FIRST, ON_REQUEST, body_of
from reviewflow.services.office import Office
from reviewflow.writing.cells import plain_text

SIZE = 50
HITS = 300
"""entries found by a search that are looked at: whoever finds more has to ask more exactly"""

_SEARCHED = ("title", "doc_number", "index_number", "keywords", "summary")

Key = tuple[date, int]
"""An entry's place in the catalogue: day of decision, id."""


@dataclass(frozen=True, slots=True)
class CatalogueFilters:
    """Which entries: of one status, of a category (None: all five), with a text in one of their fields."""

    status: Status = Status.PROACTIVE
    category: Category | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """Some entries, how many each category has, and the key after which the next page begins. ``narrowed`` says that a
    search had more hits than HITS; the newest are shown and counted then."""

    entries: tuple[rows.CatalogueEntry, ...]
    counts: Mapping[Category, int]
    next_after: Key | None
    narrowed: bool = False

    @property
    def total(self) -> int:
        """The entries of all categories."""
        return sum(self.counts.values())


def browse_catalogue(office: Office, actor: Actor, wanted: CatalogueFilters, after: Key | None = None) -> CataloguePage:
    """The first entries that this person may see, or the first after a key.

    Raises ReviewflowError ``review.administrator``, ``review.inactive``.
    """
    check_reviewer(actor)
    seen = visible_entries(office, actor, EntryFilters(wanted.status, out_of_force=True))
    query: QuerySet[rows.CatalogueEntry] = seen.in_force()
    narrowed = False
    if wanted.text:
        hits = list(query.filter(_any_field_contains(wanted.text)).values_list("pk", "category")[: HITS + 1])
        narrowed = len(hits) > HITS
        counts = Counter(category for _, category in hits[:HITS])
        query = query.filter(pk__in=[number for number, _ in hits[:HITS]])
    else:
        counts = Counter(dict(query.order_by().values_list("category").annotate(number=Count("pk"))))
    if wanted.category is not None:
        query = query.filter(category=wanted.category.value)
    found = list((query if after is None else _entries_after(query, after))[: SIZE + 1])
    last = found[SIZE - 1] if len(found) > SIZE else None
    return CataloguePage(
        entries=tuple(found[:SIZE]),
        counts={category: counts[category.value] for category in Category},
        next_after=(last.decided_on, last.pk) if last else None,
        narrowed=narrowed,
    )


def entry_by_id(office: Office, actor: Actor, number: int) -> rows.CatalogueEntry:
    """An entry that this person may see, in force or not.

    Raises ReviewflowError ``review.administrator``, ``review.inactive``, ``catalogue.no_entry``.
    """
    check_reviewer(actor)
    seen = visible_entries(office, actor, EntryFilters(out_of_force=True)).select_related("case__section")
    entry = seen.filter(pk=number).first()
    if entry is None:
        raise MissingError("catalogue.no_entry", "没有这一条，或它不属于您的科室。", "请从目录中查找。")
    return entry


def public_body(entry: rows.CatalogueEntry) -> str:
    """The text that goes out with an entry, empty where none does; ``why_no_body`` says why."""
    if not (entry.in_force and entry.body_open) or entry.status != Status.PROACTIVE.value:
        return ""
    return plain_text(body_of(entry))


def why_no_body(entry: rows.CatalogueEntry) -> str:
    """Why the public will not see the text of an entry that has none to show."""
    if not entry.in_force:
        return "这一条已撤下，公众看不到它，也看不到正文"
    if entry.status != Status.PROACTIVE.value:
        return ON_REQUEST
    return "" if entry.body_open else MASK_FIRST


def _any_field_contains(text: str) -> Q:
    """Whether one of the fields holds the text."""
    condition = Q()
    for name in _SEARCHED:
        condition |= Q(**{f"{name}__icontains": text})
    return condition


def _entries_after(query: QuerySet[rows.CatalogueEntry], key: Key) -> QuerySet[rows.CatalogueEntry]:
    """The entries after a key: said so that the index begins at its day."""
    day, number = key
    return query.filter(decided_on__lte=day).exclude(decided_on=day, pk__gte=number)
