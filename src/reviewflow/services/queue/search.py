"""Finding cases by what stands in their title or text, from one character up: all that hold it, and no others.

Texts are compared as ``reviewflow.text.search.grams.fold`` makes them. The newest documents are read through first: words that
many texts hold fill a page there, whatever the ledger's size; for the others the index has few candidates.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain, islice, repeat

from reviewflow.domain.people import Actor
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.records import search_index
from reviewflow.services.access import sections_seen
from reviewflow.services.office import Office
from reviewflow.text.search.grams import fold, query_grams

PAGE = 20
LONGEST = 100
"""Characters of a query that count."""

READ_THROUGH = 200
_READ_AT_ONCE = (20, 50)
"""texts that are read at once, first and from then on: a page is often full with the first"""
_OFTEN = 20
"""a word that one in so many of the newest documents holds is common"""
_TYPED = 10 * LONGEST


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Cases found, newest first; ``number`` counts from 1; ``more`` tells whether another page follows."""

    cases: tuple[rows.Case, ...]
    number: int
    more: bool


def find_cases(office: Office, actor: Actor, text: str, page: int = 1) -> SearchPage:
    """A page of the cases whose current title or text holds ``text``, of those that this person may see.

    Raises ReviewflowError ``search.empty``, ``search.page``.
    """
    if page < 1:
        raise ReviewflowError("search.page", "页码从 1 开始。", "请改正页码。")
    start = (page - 1) * PAGE
    ids = list(islice(search_ids(text, start + PAGE + 1, sections_seen(actor, office.now())), start, None))
    found = rows.Case.objects.select_related("section").in_bulk(ids[:PAGE])
    return SearchPage(tuple(found[number] for number in ids if number in found), page, len(ids) > PAGE)


def search_ids(text: str, limit: int, sections: Collection[str] | None = None) -> Iterator[int]:
    """The ids of at most ``limit`` cases whose current title or text holds ``text``, newest document first.

    ``sections`` names those whose cases are looked at; None for all. Raises ReviewflowError ``search.empty``.
    """
    wanted = fold(text[:_TYPED])[:LONGEST]
    if not wanted:
        raise ReviewflowError("search.empty", "没有可以查找的字。", "请输入至少一个字、数字或标点。")
    places = (
        None if sections is None else set(rows.Section.objects.filter(name__in=sections).values_list("pk", flat=True))
    )
    return islice(_holding(wanted, places), limit)


def _holding(wanted: str, places: Collection[int] | None) -> Iterator[int]:
    """Case ids, newest document first, without end but that of the ledger."""
    newest = list(rows.Case.objects.order_by("-document_id").values_list("document_id", flat=True)[:READ_THROUGH])
    hits = 0
    for case_id in _verified(iter(newest), wanted, places):
        hits += 1
        yield case_id
    if len(newest) == READ_THROUGH:
        often = hits * _OFTEN >= len(newest)
        yield from _verified(
            search_index.documents_holding(query_grams(wanted), newest[-1], often=often), wanted, places
        )


def _verified(documents: Iterator[int], wanted: str, places: Collection[int] | None) -> Iterator[int]:
    """The cases of those documents that are current, may be seen, and hold what is wanted. Newest first, as given."""
    sizes = chain(_READ_AT_ONCE, repeat(_READ_AT_ONCE[-1]))
    while chunk := list(islice(documents, next(sizes))):
        current = rows.Case.objects.filter(document_id__in=chunk).order_by("-document_id")
        if places is not None:
            current = current.filter(section_id__in=places)
        for number, title, content in current.values_list("pk", "title", "document__text__content"):
            if wanted in fold(f"{title}\n{content}"):
                yield number
