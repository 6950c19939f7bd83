"""我的工作台."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from reviewflow.services.listing import Filters, list_cases
from reviewflow.services.workbench import came_back, month_of
from reviewflow.web.context import role_names
from reviewflow.web.office import office
from reviewflow.web.requests import DeskRequest

_FIRST = 8
_TALL = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the month's chart, in units of its picture."""

    day: date
    number: int
    x: int
    y: int
    tall: int

    @property
    def middle(self) -> int:
        """Where its label stands."""
        return self.x + 7

    @property
    def labelled(self) -> bool:
        """Whether its day is written under it: every fifth, and the first."""
        return self.day.day == 1 or self.day.day % 5 == 0


def _bars(days: list[tuple[date, int]]) -> list[Bar]:
    most = max([number for _, number in days] + [1])
    bars = []
    for place, (day, number) in enumerate(days):
        tall = round(_TALL * number / most)
        bars.append(Bar(day, number, 6 + 20 * place, _TALL + 16 - tall, tall))
    return bars


@require_GET
def workbench(request: DeskRequest) -> HttpResponse:
    """What waits, what came back, this month. An administrator has accounts to look after instead."""
    if request.actor.is_administrator:
        return redirect("people")
    page = list_cases(office(), request.actor, Filters(), size=_FIRST)
    days = month_of(office(), request.actor)
    bars = _bars(days)
    shown = {
        "page": page,
        "came_back": came_back(office(), request.actor),
        "bars": bars,
        "wide": 20 * len(days) + 8,
        "signed": sum(number for _, number in days),
        "roles": role_names(request.actor),
    }
    return render(request, "web/workbench.html", shown)
