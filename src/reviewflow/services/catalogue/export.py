"""Exporting the catalogue: only entries in force, each by its own three signatures, and only their public fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import QuerySet

from reviewflow.domain.catalogue import Attachment, CarrierType, Channel, Entry, RecordForm
from reviewflow.domain.people import Actor
from reviewflow.domain.terms import Category, Status
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.access import WIDE, require
from reviewflow.services.catalogue.description import SEPARATOR
from reviewflow.services.catalogue.recorded_export import RecordedExport, record_export
from reviewflow.services.office import Office
from reviewflow.writing.catalogue import write_catalogue
from reviewflow.writing.heading import CatalogueHeading

_CHUNK = 200
_WITHOUT_BODY = frozenset(("csv", "xlsx"))
_TITLES = {Status.PROACTIVE: "政府信息公开目录", Status.ON_REQUEST: "依申请公开政府信息目录"}
MASK_FIRST = "正文含须遮盖的内容，遮盖后另行公开"
ON_REQUEST = "依申请公开，正文不在目录中"


@dataclass(frozen=True, slots=True)
class ExportSelection:
    """Which entries go out: days of decision from ``since`` to ``until`` (None: open), a category (None: all five)."""

    since: date | None = None
    until: date | None = None
    category: Category | None = None
    status: Status = Status.PROACTIVE
    include_retired: bool = True


def export_catalogue(office: Office, actor: Actor, path: Path, form: str, selection: ExportSelection) -> RecordedExport:
    """Write the catalogue in one of reviewflow.writing.catalogue.FORMS.

    Raises ReviewflowError ``permission.denied``, ``export.withheld``, ``write.*``, ``ledger.*``.
    """
    require(actor, office.now(), WIDE)
    if selection.status not in _TITLES:
        raise ReviewflowError(
            "export.withheld", "不予公开的信息不进入目录，不能导出。", "内部登记簿请用 reviewflow register export。"
        )
    heading = CatalogueHeading(
        office.settings.office.name,
        _TITLES[selection.status],
        office.today(),
        selection.since,
        selection.until,
    )

    def write(temporary: Path) -> int:
        entries = public_entries(selection, bodies=form not in _WITHOUT_BODY)
        return write_catalogue(entries, temporary, form, heading)

    details = {
        "form": form,
        "since": selection.since.isoformat() if selection.since else "",
        "until": selection.until.isoformat() if selection.until else "",
        "category": selection.category.value if selection.category else "",
        "status": selection.status.value,
        "retired": selection.include_retired,
    }
    return record_export(office, actor, "export", path, write, details, folder=form == "html")


def public_entries(selection: ExportSelection, *, bodies: bool) -> Iterator[Entry]:
    """The public entries of a selection by day of decision, streamed. Without ``bodies`` no text is read at all."""
    query = _entries_of(selection).prefetch_related("publications")
    for row in query.iterator(chunk_size=_CHUNK):
        yield _entry(row, body_of(row) if bodies and row.body_open else "")


def _entries_of(selection: ExportSelection) -> QuerySet[rows.CatalogueEntry]:
    query = rows.CatalogueEntry.objects.in_force().filter(status=selection.status.value)
    if selection.since:
        query = query.filter(decided_on__gte=selection.since)
    if selection.until:
        query = query.filter(decided_on__lte=selection.until)
    if selection.category:
        query = query.filter(category=selection.category.value)
    if not selection.include_retired:
        query = query.filter(valid=True)
    return query.order_by("decided_on", "id")


def body_of(row: rows.CatalogueEntry) -> str:
    """The text of the file that was decided, without what stands outside its body."""
    text = rows.DocumentText.objects.get(pk=row.document_id)
    return text.content[: text.body_length]


def _entry(row: rows.CatalogueEntry, body: str) -> Entry:
    publications = list(row.publications.all())
    return Entry(
        index_number=row.index_number,
        title=row.title,
        doc_number=row.doc_number,
        category=Category(row.category),
        subclass=row.subclass,
        status=Status(row.status),
        keywords=tuple(filter(None, row.keywords.split(SEPARATOR))),
        summary=row.summary,
        carrier=CarrierType(row.carrier),
        record_form=RecordForm(row.record_form),
        channels=channels_of(publications),
        duty_department=row.duty_department,
        formed_on=row.formed_on,
        published_on=published_on(row, publications),
        valid=row.valid,
        body=body,
        attachments=tuple(Attachment(name, "") for name in row.attachments.splitlines()),
        remark=_remark(row),
    )


def channels_of(publications: list[rows.Publication]) -> tuple[Channel, ...]:
    """The channels on which an entry stands now, in the order of ``Channel``."""
    standing = {one.channel for one in publications if one.withdrawn_on is None}
    return tuple(channel for channel in Channel if channel.value in standing)


def published_on(row: rows.CatalogueEntry, publications: list[rows.Publication]) -> date:
    """The earliest publication that still stands or was made under this decision; the decision's day without any."""
    counting = [one for one in publications if one.withdrawn_on is None or one.published_on >= row.decided_on]
    return min((one.published_on for one in counting), default=row.decided_on)


def _remark(row: rows.CatalogueEntry) -> str:
    why = ON_REQUEST if row.status == Status.ON_REQUEST.value else "" if row.body_open else MASK_FIRST
    return SEPARATOR.join(filter(None, (row.remark, why)))
