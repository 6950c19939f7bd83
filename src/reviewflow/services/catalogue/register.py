"""The internal register of 不予公开 items, and what of it is due to be assessed again (2019 regulations, Art. 18)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from reviewflow.domain.catalogue import Withheld
from reviewflow.domain.clock import local_day
from reviewflow.domain.people import Actor
from reviewflow.domain.review import Stage
from reviewflow.domain.terms import Category
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.access import WIDE, require, sections_seen
from reviewflow.services.catalogue.recorded_export import Exported, export
from reviewflow.services.office import Office
from reviewflow.writing.heading import CatalogueHeading
from reviewflow.writing.registers import FORMS, write_withheld

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class RegisterFilters:
    """Which items: days of decision (None: open), the code of a legal basis, due for assessment by a day."""

    since: date | None = None
    until: date | None = None
    basis: str = ""
    due_by: date | None = None


def withheld_items(office: Office, actor: Actor, filters: RegisterFilters) -> Iterator[Withheld]:
    """The items that this person may see, by number; those due, by the day on which they are.

    Raises ReviewflowError ``register.no_basis`` for a code that no legal basis has.
    """
    if filters.basis and filters.basis not in office.bases.by_code:
        raise ReviewflowError("register.no_basis", f"没有代码为 {filters.basis} 的依据。", "依据见 legal_bases.yaml。")
    seen = rows.WithheldItem.objects.of_sections(sections_seen(actor, office.now()))
    query = seen.in_force().select_related("case__section")
    if filters.since:
        query = query.filter(decided_on__gte=filters.since)
    if filters.until:
        query = query.filter(decided_on__lte=filters.until)
    if filters.basis:
        query = query.filter(bases__contains=filters.basis)
    if filters.due_by:
        query = query.filter(reassess_on__lte=filters.due_by)
    ordered = query.order_by(*(("reassess_on", "number") if filters.due_by else ("number",)))
    return _items(office, ordered.iterator(chunk_size=_CHUNK), filters.basis)


def due_items(office: Office, actor: Actor, days: int) -> Iterator[Withheld]:
    """The items due for assessment within so many days, overdue ones included."""
    due_by = local_day(office.now()) + timedelta(days=days)
    return withheld_items(office, actor, RegisterFilters(due_by=due_by))


def export_register(office: Office, actor: Actor, path: Path, form: str, filters: RegisterFilters) -> Exported:
    """Write the register, for internal use, as ``csv`` or ``xlsx``.

    Raises ReviewflowError ``permission.denied``, ``register.no_basis``, ``write.*``, ``ledger.*``.
    """
    require(actor, office.now(), WIDE)
    if form not in FORMS:
        raise ReviewflowError("write.unknown_form", f"没有“{form}”这种格式。", f"可用的格式：{'、'.join(FORMS)}。")
    items = withheld_items(office, actor, filters)
    heading = CatalogueHeading(
        office.settings.office.name, "不予公开信息登记簿", local_day(office.now()), filters.since, filters.until
    )
    details = {
        "form": form,
        "basis": filters.basis,
        "since": filters.since.isoformat() if filters.since else "",
        "until": filters.until.isoformat() if filters.until else "",
        "due_by": filters.due_by.isoformat() if filters.due_by else "",
    }
    return export(
        office,
        actor,
        "register_export",
        path,
        lambda temporary: write_withheld(items, temporary, form, heading),
        details,
    )


def _items(office: Office, found: Iterator[rows.WithheldItem], basis: str) -> Iterator[Withheld]:
    for item in found:
        codes = item.bases.split()
        if basis and basis not in codes:
            continue
        case = item.case
        yield Withheld(
            number=item.number,
            title=case.title,
            doc_number=case.doc_number,
            category=_category(case),
            section=case.section.name,
            citations=office.bases.citations(codes),
            reason=item.reason,
            decided_on=item.decided_on,
            reassess_on=item.reassess_on,
        )


def _category(case: rows.Case) -> Category:
    """The category decided; that of the last decision where the case is open again with none proposed."""
    if case.category:
        return Category(case.category)
    decided = case.signatures.filter(stage=Stage.DIRECTOR.value).exclude(category="")
    return Category(decided.order_by("-position").values_list("category", flat=True)[0])
