"""我的工作台."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from reviewflow.services.access import own_sections
from reviewflow.services.queue.lists import QueueFilters, list_cases
from reviewflow.services.queue.start_page import DUE_WITHIN, month_of, returned_cases, upkeep
from reviewflow.web.context import role_names
from reviewflow.web.http.requests import DeskRequest
from reviewflow.web.office import office

_FIRST = 8
_TALL = 60


@dataclass(frozen=True, slots=True)
class DayBar:
    """A bar of the month's chart, in units of its picture."""

    day: date
    number: int
    x: int
    y: int
    tall: int
    tallest: bool
    """whether its number is written over it: the first of those that nothing exceeds"""

    @property
    def middle(self) -> int:
        """Where its label stands."""
        return self.x + 3

    @property
    def labelled(self) -> bool:
        """Whether its day is written under it: every fifth, and the first."""
        return self.day.day == 1 or self.day.day % 5 == 0


def _bars(days: list[tuple[date, int]]) -> list[DayBar]:
    """The bars of a month to its end, so that every month's picture has the same measure."""
    signed = dict(days)
    most = max([*signed.values(), 1])
    peak = next((day for day, number in days if number == most), None)
    first = days[0][0]
    bars = []
    for place in range(monthrange(first.year, first.month)[1]):
        day = first.replace(day=place + 1)
        number = signed.get(day, 0)
        tall = max(round(_TALL * number / most), 1 if number else 0)
        bars.append(DayBar(day, number, 5 + 8 * place, _TALL + 16 - tall, tall, day == peak))
    return bars


@require_GET
def workbench(request: DeskRequest) -> HttpResponse:
    """What waits, what came back, this month. An administrator has accounts to look after instead."""
    if request.actor.is_administrator:
        return redirect("people")
    page = list_cases(office(), request.actor, QueueFilters(), size=_FIRST)
    days = month_of(office(), request.actor)
    bars = _bars(days)
    shown = {
        "page": page,
        "has_section": bool(own_sections(request.actor, office().now())),
        "came_back": returned_cases(office(), request.actor),
        "upkeep": upkeep(office(), request.actor),
        "due_within": DUE_WITHIN,
        "bars": bars,
        "signed": sum(number for _, number in days),
        "roles": role_names(request.actor),
    }
    return render(request, "web/workbench.html", shown)
