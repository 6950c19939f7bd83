"""The internal register of 不予公开 items, and what of it is due to be assessed again (2019 regulations, Art. 18)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from reviewflow.domain.catalogue import Withheld
from reviewflow.domain.people import Actor
from reviewflow.domain.review import Stage
from reviewflow.domain.terms import Category
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.records.querysets import OutcomeQuerySet
from reviewflow.services.access import WIDE, require, sections_seen
from reviewflow.services.catalogue.recorded_export import RecordedExport, record_export
from reviewflow.services.office import Office
from reviewflow.writing.heading import CatalogueHeading
from reviewflow.writing.registers import FORMS, write_withheld

SIZE = 50
"""lines of a page"""
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class RegisterFilters:
    """Which items: days of decision (None: open), the code of a legal basis, due for assessment by a day."""

    since: date | None = None
    until: date | None = None
    basis: str = ""
    due_by: date | None = None


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """An item with its case and the days until it is to be assessed again, negative once that day has passed."""

    item: Withheld
    case_id: int
    days_left: int

    @property
    def days_late(self) -> int:
        """The days since it was to be assessed again."""
        return -self.days_left


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """Some lines; ``next_after`` is where the next page begins, None on the last."""

    lines: tuple[RegisterLine, ...]
    next_after: int | None


def withheld_items(office: Office, actor: Actor, filters: RegisterFilters) -> Iterator[Withheld]:
    """The items that this person may see, in the order in which their numbers were given; those due, by the day on
    which they are.

    Raises ReviewflowError ``register.no_basis`` for a code that no legal basis has.
    """
    found = _selected(office, actor, filters).iterator(chunk_size=_CHUNK)
    return (_item(office, row) for row in found)


def due_items(office: Office, actor: Actor, days: int) -> Iterator[Withheld]:
    """The items due for assessment within so many days, overdue ones included."""
    return withheld_items(office, actor, _due_within(office, days))


def list_register(office: Office, actor: Actor, filters: RegisterFilters, after: int = 0) -> RegisterPage:
    """A page of ``withheld_items``, from the line after the one that ``next_after`` of the page before named.

    Raises as ``withheld_items``.
    """
    return _page(office, _selected(office, actor, filters).filter(pk__gt=after))


def list_due(office: Office, actor: Actor, days: int) -> RegisterPage:
    """The first page of ``due_items``; whoever sees to these is shown the following ones."""
    return _page(office, _selected(office, actor, _due_within(office, days)))


def export_register(office: Office, actor: Actor, path: Path, form: str, filters: RegisterFilters) -> RecordedExport:
    """Write the register, for internal use, as ``csv`` or ``xlsx``.

    Raises ReviewflowError ``permission.denied``, ``register.no_basis``, ``write.*``, ``ledger.*``.
    """
    require(actor, office.now(), WIDE)
    if form not in FORMS:
        raise ReviewflowError("write.unknown_form", f"没有“{form}”这种格式。", f"可用的格式：{'、'.join(FORMS)}。")
    items = withheld_items(office, actor, filters)
    heading = CatalogueHeading(
        office.settings.office.name, "不予公开信息登记簿", office.today(), filters.since, filters.until
    )
    details = {
        "form": form,
        "basis": filters.basis,
        "since": filters.since.isoformat() if filters.since else "",
        "until": filters.until.isoformat() if filters.until else "",
        "due_by": filters.due_by.isoformat() if filters.due_by else "",
    }
    return record_export(
        office,
        actor,
        "register_export",
        path,
        lambda temporary: write_withheld(items, temporary, form, heading),
        details,
    )


def _due_within(office: Office, days: int) -> RegisterFilters:
    return RegisterFilters(due_by=office.today() + timedelta(days=days))


def _selected(office: Office, actor: Actor, filters: RegisterFilters) -> OutcomeQuerySet[rows.WithheldItem]:
    if filters.basis and filters.basis not in office.bases.by_code:
        raise ReviewflowError("register.no_basis", f"没有代码为 {filters.basis} 的依据。", "依据见 legal_bases.yaml。")
    query = rows.WithheldItem.objects.of_sections(sections_seen(actor, office.now())).select_related("case__section")
    if filters.since:
        query = query.filter(decided_on__gte=filters.since)
    if filters.until:
        query = query.filter(decided_on__lte=filters.until)
    if filters.basis:
        query = query.citing(filters.basis)
    if filters.due_by:
        return query.in_force().filter(reassess_on__lte=filters.due_by).order_by("reassess_on", "pk")
    # A number is given under its counter's lock, with the row that bears it ever after: the order of the rows is that
    # of the numbers, also where 不予-2025-100000 follows 不予-2025-99999.
    return query.in_force_as_entered()


def _page(office: Office, query: OutcomeQuerySet[rows.WithheldItem]) -> RegisterPage:
    found, today = list(query[: SIZE + 1]), office.today()
    lines = tuple(RegisterLine(_item(office, row), row.case_id, (row.reassess_on - today).days) for row in found[:SIZE])
    return RegisterPage(lines, found[SIZE - 1].pk if len(found) > SIZE else None)


def _item(office: Office, row: rows.WithheldItem) -> Withheld:
    case = row.case
    return Withheld(
        number=row.number,
        title=case.title,
        doc_number=case.doc_number,
        category=_category(case),
        section=case.section.name,
        citations=office.bases.citations(row.bases.split()),
        reason=row.reason,
        decided_on=row.decided_on,
        reassess_on=row.reassess_on,
    )


def _category(case: rows.Case) -> Category:
    """The category decided; that of the last decision where the case is open again with none proposed."""
    if case.category:
        return Category(case.category)
    decided = case.signatures.filter(stage=Stage.DIRECTOR.value).exclude(category="")
    return Category(decided.order_by("-position").values_list("category", flat=True)[0])
