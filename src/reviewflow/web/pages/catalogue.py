"""目录: the public catalogue as the public will see it, the one on request, and the files of both."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from reviewflow.domain.terms import Category
from reviewflow.errors import ReviewflowError
from reviewflow.services.access import WIDE, holds_one_of, require
from reviewflow.services.catalogue.browse import CatalogueFilters, browse_catalogue
from reviewflow.services.catalogue.export import ExportSelection, export_catalogue
from reviewflow.web.forms.catalogue_filters import PUBLIC, key_from, text_of, wanted_from
from reviewflow.web.forms.fields import period_from
from reviewflow.web.http.requests import DeskRequest
from reviewflow.web.http.sending import send_file
from reviewflow.web.office import office

_FORMS = {
    "xlsx": "Excel 表格（xlsx）",
    "csv": "CSV 表格",
    "html": "网页（zip，解开后可放到网站上）",
    "json": "JSON",
    "xml": "XML",
}


@require_GET
def catalogue(request: DeskRequest) -> HttpResponse:
    """The list."""
    wanted = wanted_from(request.GET)
    shown = {"statuses": PUBLIC, "exports": holds_one_of(request.actor, office().now(), WIDE)}
    return render(request, "web/catalogue.html", {**entries_context(request, wanted), **shown})


def entries_context(request: DeskRequest, wanted: CatalogueFilters) -> dict[str, Any]:
    """What the list of entries shows; shared with the register's list of those on request."""
    page = browse_catalogue(office(), request.actor, wanted, key_from(request.GET.get("after", "")))
    kept = QueryDict(mutable=True)
    kept["status"] = wanted.status.value
    if wanted.text:
        kept["text"] = wanted.text
    return {"page": page, "wanted": wanted, "kept": kept.urlencode(), "next_after": text_of(page.next_after)}


@require_http_methods(["GET", "POST"])
def export(request: DeskRequest) -> HttpResponseBase:
    """Choose what goes out, and send it. Whatever is sent stands in the audit chain."""
    require(request.actor, office().now(), WIDE)
    if request.method == "GET":
        status = wanted_from(request.GET).status
        shown = {"forms": _FORMS.items(), "statuses": PUBLIC, "categories": list(Category), "status": status}
        return render(request, "web/catalogue_export.html", shown)
    form, wanted = request.POST.get("form", ""), wanted_from(request.POST)
    if form not in _FORMS:
        raise ReviewflowError("web.field", "没有选择格式。", "请从列表中选择。")
    since, until = period_from(request.POST.get("since", ""), request.POST.get("until", ""))
    selection = ExportSelection(since, until, wanted.category, wanted.status, request.POST.get("retired") == "1")
    name = f"政府信息公开目录-{wanted.status.label}-{office().today().isoformat()}"
    file_name = name if form == "html" else f"{name}.{form}"
    return send_file(lambda folder: export_catalogue(office(), request.actor, folder / file_name, form, selection).path)
