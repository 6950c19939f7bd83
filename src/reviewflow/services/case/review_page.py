"""What the review page shows beyond a case's view: its text with the proposal's record, its original, the criteria."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from reviewflow.domain.legal import LegalBasis
from reviewflow.domain.people import Actor
from reviewflow.domain.terms import Status
from reviewflow.errors import MissingError
from reviewflow.records import models as rows
from reviewflow.records.originals import Originals
from reviewflow.services.access import find_case
from reviewflow.services.case.case_view import CaseView, view_of
from reviewflow.services.case.dossier import dossier
from reviewflow.services.office import Office
from reviewflow.text.pictures import page_count, page_picture

MOST_SHOWN_MB = 50


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A case with its whole text (body, then the parts that do not show), the record of its proposal, and how many pages
    of the original can be shown as pictures; 0 for what cannot."""

    view: CaseView
    row: rows.Case
    content: str
    body_length: int
    record: dict[str, Any]
    pages: int


@dataclass(frozen=True, slots=True)
class Original:
    """An original file: its name and content."""

    name: str
    content: bytes


def review_page(office: Office, actor: Actor, case_id: int) -> ReviewPage:
    """All that the page shows of a case. Raises ReviewflowError ``review.no_case``, ``ledger.*``."""
    opened = dossier(office, actor, case_id)
    record = json.loads(opened.document.proposal.record)
    view = view_of(office, actor, opened)
    return ReviewPage(view, opened.row, opened.content, opened.body_length, record, _pages_of(office, opened.document))


def original(office: Office, actor: Actor, case_id: int) -> Original:
    """The file as it came in. Raises ReviewflowError ``review.no_case`` and those of the store of originals.

    A row of a table has none of its own: the table holds other sections' rows too and is not given out.
    """
    row = find_case(actor, case_id, office.now())
    document = rows.Document.objects.only("original", "digest", "row", "source").get(pk=row.document_id)
    if document.row:
        raise MissingError("original.of_table", "这一件来自表格，没有单独的原件。", "正文就是表格里的内容。")
    with Originals(office.originals).open(document.original) as file:
        content = file.read()
    return Original(document.source, content)


def page_of(office: Office, actor: Actor, case_id: int, number: int) -> bytes:
    """A page of the original as PNG. Raises ReviewflowError ``review.no_case``, ``picture.*``."""
    return page_picture(original(office, actor, case_id).content, number)


def _pages_of(office: Office, document: rows.Document) -> int:
    if document.row or document.size > MOST_SHOWN_MB * 1_000_000:
        return 0
    path = Originals(office.originals).path(document.original)
    return _counted(str(path)) if path.exists() else 0


@lru_cache(maxsize=512)
def _counted(path: str) -> int:
    with open(path, "rb") as file:  # noqa: PTH123 - the key of the cache is text
        return page_count(file.read())


def criteria(office: Office, formed_on: date | None) -> list[tuple[Status, tuple[LegalBasis, ...]]]:
    """For each status the bases in force on the document's day: when a document belongs there."""
    day = formed_on or office.today()
    return [(status, tuple(_in_order(office.bases.offered(status, day)))) for status in Status]


def _in_order(bases: Iterable[LegalBasis]) -> list[LegalBasis]:
    return sorted(bases, key=lambda basis: basis.code)
