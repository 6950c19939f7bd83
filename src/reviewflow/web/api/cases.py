"""Cases: the queue, one case, what is done with it, and search."""

from django.http import HttpResponseBase

from reviewflow.services.case.dossier import dossier
from reviewflow.services.case.view import view_of
from reviewflow.services.catalogue.browse import check_reader
from reviewflow.services.queue.lists import lines_of, list_cases
from reviewflow.services.queue.search import search as find
from reviewflow.services.review.acts import act
from reviewflow.web.api import answers
from reviewflow.web.api.bodies import json_of
from reviewflow.web.api.description.bodies import ACTION
from reviewflow.web.api.requests import ApiRequest
from reviewflow.web.api.shape import answer
from reviewflow.web.forms.intent import wish_from
from reviewflow.web.office import office
from reviewflow.web.pages.queue import filters_from

_SIZE = 50


def queue(request: ApiRequest) -> HttpResponseBase:
    """A page of the queue, in its order."""
    after = request.GET.get("after")
    page = list_cases(office(), request.actor, filters_from(request.GET), int(after) if after else None, _SIZE)
    return answer(
        {
            "cases": [answers.line(one) for one in page.lines],
            "counts": {lane.value: number for lane, number in page.counts.items()},
            "capped": page.capped,
            "narrowed": page.narrowed,
            "next_after": page.next_after,
        }
    )


def case(request: ApiRequest, case_id: int) -> HttpResponseBase:
    """One case, with its text where that is asked for."""
    opened = dossier(office(), request.actor, case_id)
    text = (opened.body, opened.outside) if request.GET.get("text") == "1" else None
    return answer(answers.case(view_of(office(), request.actor, opened), text))


def action(request: ApiRequest, case_id: int) -> HttpResponseBase:
    """Do one thing with a case."""
    given = json_of(request, ACTION)
    bases: list[str] = given.pop("bases", [])
    wish = wish_from(office(), request.actor, case_id, {name: str(value) for name, value in given.items()}, bases)
    done = act(office(), request.actor, case_id, wish.intent, wish.version)
    return answer({"id": done.row.pk, "version": done.row.version, "stage": done.row.stage, "number": done.number})


def search(request: ApiRequest) -> HttpResponseBase:
    """Cases by their title or text, newest document first."""
    check_reader(request.actor)
    page = find(office(), request.actor, request.GET["text"], int(request.GET.get("page", "1")))
    lines = lines_of(office(), request.actor, [row.pk for row in page.cases])
    return answer({"cases": [answers.line(one) for one in lines], "page": page.number, "more": page.more})
