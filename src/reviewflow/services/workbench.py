"""What a person sees first: how much waits, what came back and why, and the month so far."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from reviewflow.domain.clock import CHINA, local_day
from reviewflow.domain.people import Actor
from reviewflow.domain.review import SIGNING, Action, Stage
from reviewflow.records import models as rows
from reviewflow.services.office import Office

MOST_RETURNED = 20


@dataclass(frozen=True, slots=True)
class CameBack:
    """A case that was returned to one's section: by whom, when and why."""

    case_id: int
    title: str
    by: str
    at: datetime
    note: str


def came_back(office: Office, actor: Actor) -> list[CameBack]:
    """The returned cases of one's sections, the latest first."""
    own = actor.sections(office.now().date())
    returned = rows.Case.objects.filter(stage=Stage.RETURNED.value, section__name__in=own).order_by("-changed_at")
    titles = dict(returned.values_list("id", "title")[:MOST_RETURNED])
    latest: dict[int, rows.Signature] = {}
    for signature in rows.Signature.objects.filter(case_id__in=titles, action=Action.RETURN.value).order_by("position"):
        latest[signature.case_id] = signature
    found = [CameBack(one.case_id, titles[one.case_id], one.name, one.at, one.note) for one in latest.values()]
    return sorted(found, key=lambda one: one.at, reverse=True)


def month_of(office: Office, actor: Actor) -> list[tuple[date, int]]:
    """For each day of this month up to today, how many cases one signed."""
    today = office.now().date()
    first = today.replace(day=1)
    since = datetime.combine(first, time(), CHINA)
    signed = rows.Signature.objects.filter(
        user_id=int(actor.id), at__gte=since, action__in=[action.value for action in SIGNING]
    )
    counted = Counter(local_day(at) for at in signed.values_list("at", flat=True))
    days = [first + timedelta(days=number) for number in range((today - first).days + 1)]
    return [(day, counted[day]) for day in days]
