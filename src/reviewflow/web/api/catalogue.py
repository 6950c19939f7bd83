"""The public catalogue: page by page as JSON, or as a file."""

from django.db.models import prefetch_related_objects
from django.http import HttpResponseBase

from reviewflow.domain.clock import local_day
from reviewflow.errors import ReviewflowError
from reviewflow.services.accounts.tokens import Scope
from reviewflow.services.catalogue.export import Selection, export_catalogue
from reviewflow.web.api import answers
from reviewflow.web.api.requests import ApiRequest, require
from reviewflow.web.api.shape import answer
from reviewflow.web.forms.fields import period_from
from reviewflow.web.http.sending import sent
from reviewflow.web.office import office
from reviewflow.web.pages.catalogue import entries_shown, wanted_from

_OF_PAGES = ("text", "after")
_OF_FILES = ("since", "until", "retired")


def catalogue(request: ApiRequest) -> HttpResponseBase:
    """A page of entries, newest first; with ``format`` a file, which stands in the audit chain."""
    form = request.GET.get("format")
    require(request, Scope.EXPORT if form else Scope.READ)
    if any(name in request.GET for name in (_OF_PAGES if form else _OF_FILES)):
        one, other = "、".join(_OF_FILES), "、".join(_OF_PAGES)
        raise ReviewflowError("catalogue.parameters", "这些参数不能一起用。", f"{one} 只用于文件，{other} 只用于列表。")
    return _file(request, form) if form else _page(request)


def _page(request: ApiRequest) -> HttpResponseBase:
    shown = entries_shown(request, wanted_from(request.GET))
    page = shown["page"]
    prefetch_related_objects(page.entries, "publications")
    return answer(
        {
            "entries": [answers.entry(row) for row in page.entries],
            "counts": {category.value: number for category, number in page.counts.items()},
            "narrowed": page.narrowed,
            "next_after": shown["next_after"] or None,
        }
    )


def _file(request: ApiRequest, form: str) -> HttpResponseBase:
    wanted = wanted_from(request.GET)
    since, until = period_from(request.GET.get("since", ""), request.GET.get("until", ""))
    retired = request.GET.get("retired", "1") == "1"
    selection = Selection(since, until, wanted.category, wanted.status, retired)
    name = f"政府信息公开目录-{wanted.status.label}-{local_day(office().now()).isoformat()}.{form}"
    return sent(lambda folder: export_catalogue(office(), request.actor, folder / name, form, selection).path)
