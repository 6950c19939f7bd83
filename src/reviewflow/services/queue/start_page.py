"""What a person sees first: how much waits, what came back and why, the month so far, and what an officer has to keep."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef

from reviewflow.domain.clock import CHINA, local_day
from reviewflow.domain.people import Actor, Role
from reviewflow.domain.review import SIGNING, Action, Stage
from reviewflow.domain.terms import Status
from reviewflow.records import models as rows
from reviewflow.services.access import holds_one_of
from reviewflow.services.catalogue.entries import EntryFilters, visible_entries
from reviewflow.services.office import Office
from reviewflow.services.queue.shelves import COUNTED

MOST_RETURNED = 20
DUE_WITHIN = 30
"""days before an item of the register is due for assessment from which on it is told"""
_FIRST = 5


@dataclass(frozen=True, slots=True)
class ReturnedCase:
    """A case that was returned to one's section: by whom, when and why."""

    case_id: int
    title: str
    by: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What the 信息公开员 has to see to: items due for assessment, entries published nowhere (both counted up to COUNTED),
    and the first of these."""

    due: int
    unpublished: int
    first: tuple[rows.CatalogueEntry, ...]


def returned_cases(office: Office, actor: Actor) -> list[ReturnedCase]:
    """The returned cases of one's sections, the latest first."""
    own = actor.sections(office.today())
    returned = rows.Case.objects.filter(stage=Stage.RETURNED.value, section__name__in=own).order_by("-changed_at")
    titles = dict(returned.values_list("id", "title")[:MOST_RETURNED])
    latest: dict[int, rows.Signature] = {}
    for signature in rows.Signature.objects.filter(case_id__in=titles, action=Action.RETURN.value).order_by("position"):
        latest[signature.case_id] = signature
    found = [ReturnedCase(one.case_id, titles[one.case_id], one.name, one.at, one.note) for one in latest.values()]
    return sorted(found, key=lambda one: one.at, reverse=True)


def month_of(office: Office, actor: Actor) -> list[tuple[date, int]]:
    """For each day of this month up to today, how many cases one signed."""
    today = office.today()
    first = today.replace(day=1)
    since = datetime.combine(first, time(), CHINA)
    signed = rows.Signature.objects.filter(
        user_id=int(actor.id), at__gte=since, action__in=[action.value for action in SIGNING]
    )
    counted = Counter(local_day(at) for at in signed.values_list("at", flat=True))
    days = [first + timedelta(days=number) for number in range((today - first).days + 1)]
    return [(day, counted[day]) for day in days]


def upkeep(office: Office, actor: Actor) -> Upkeep | None:
    """What an officer has to keep, None for anybody else. Entries that wait longest to be published come first."""
    day = office.today()
    if not holds_one_of(actor, office.now(), (Role.OFFICER,)):
        return None
    due = rows.WithheldItem.objects.in_force().filter(reassess_on__lte=day + timedelta(days=DUE_WITHIN))
    open_channels = rows.Publication.objects.filter(entry=OuterRef("pk"), withdrawn_on=None)
    listed = visible_entries(office, actor, EntryFilters(Status.PROACTIVE)).filter(~Exists(open_channels), valid=True)
    waiting = list(listed.order_by("decided_on", "id").values_list("pk", flat=True)[:COUNTED])
    first = rows.CatalogueEntry.objects.filter(pk__in=waiting[:_FIRST]).order_by("decided_on", "id")
    return Upkeep(due[:COUNTED].count(), len(waiting), tuple(first))
