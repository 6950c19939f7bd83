"""登记簿: what is not published and why, what of it is due to be assessed again, and what is given on request."""

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from reviewflow.domain.review import TABLE, Action, Stage
from reviewflow.domain.terms import Status, Term
from reviewflow.errors import ReviewflowError
from reviewflow.services.access import WIDE, check_reviewer, holds_one_of, require
from reviewflow.services.catalogue.browse import CatalogueFilters
from reviewflow.services.catalogue.register import RegisterFilters, export_register, list_due, list_register
from reviewflow.web.forms.fields import number_from, period_from
from reviewflow.web.forms.intent import member
from reviewflow.web.http.requests import DeskRequest
from reviewflow.web.http.sending import send_file
from reviewflow.web.office import office
from reviewflow.web.pages.catalogue import entries_context

_LONGEST = 120
_PERIODS = (0, 30, 90, 180, 365)
_USUAL = 30
_FORMS = {"xlsx": "Excel 表格（xlsx）", "csv": "CSV 表格"}


class Tab(Term):
    """The parts of the page."""

    WITHHELD = "withheld", "不予公开登记簿"
    DUE = "due", "到期评估"
    ON_REQUEST = "on_request", "依申请公开目录"


@require_GET
def register(request: DeskRequest) -> HttpResponse:
    """One of the parts."""
    check_reviewer(request.actor)
    tab = member(Tab, request.GET.get("tab", "")) or Tab.WITHHELD
    at = office().now()
    reopens = holds_one_of(request.actor, at, TABLE[Stage.DECIDED, Action.REOPEN].roles)
    shown = {"tab": tab, "tabs": list(Tab), "exports": holds_one_of(request.actor, at, WIDE), "reopens": reopens}
    if tab is Tab.ON_REQUEST:
        wanted = CatalogueFilters(Status.ON_REQUEST, text=request.GET.get("text", "").strip()[:_LONGEST])
        return render(request, "web/register_on_request.html", {**shown, **entries_context(request, wanted)})
    if tab is Tab.DUE:
        return render(request, "web/register_due.html", {**shown, **_due_context(request)})
    return render(request, "web/register.html", {**shown, **_withheld_context(request)})


def _withheld_context(request: DeskRequest) -> dict[str, object]:
    """The items in the order of their numbers, from the one after which the page begins."""
    filters = _filters(request.GET)
    page = list_register(office(), request.actor, filters, number_from(request.GET.get("after", "")))
    kept = request.GET.copy()
    kept.pop("after", None)
    return {
        "lines": page.lines,
        "next_after": page.next_after,
        "kept": kept.urlencode(),
        "filters": filters,
        "bases": office().bases.by_code.values(),
    }


def _due_context(request: DeskRequest) -> dict[str, object]:
    """The items that are due soonest."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, _PERIODS) else _USUAL
    page = list_due(office(), request.actor, days)
    return {"lines": page.lines, "more": page.next_after is not None, "days": days, "periods": _PERIODS}


def _filters(query: QueryDict) -> RegisterFilters:
    """Conditions from a query. Raises ReviewflowError ``web.field``."""
    since, until = period_from(query.get("since", ""), query.get("until", ""))
    return RegisterFilters(since, until, query.get("basis", "")[:_LONGEST])


@require_http_methods(["GET", "POST"])
def export(request: DeskRequest) -> HttpResponseBase:
    """Choose what of the internal register is wanted, and send it. Whatever is sent stands in the audit chain."""
    require(request.actor, office().now(), WIDE)
    if request.method == "GET":
        shown = {"forms": _FORMS.items(), "bases": office().bases.by_code.values()}
        return render(request, "web/register_export.html", shown)
    form, filters = request.POST.get("form", ""), _filters(request.POST)
    if form not in _FORMS:
        raise ReviewflowError("web.field", "没有选择格式。", "请从列表中选择。")
    name = f"不予公开登记簿（内部）-{office().today().isoformat()}.{form}"
    return send_file(lambda folder: export_register(office(), request.actor, folder / name, form, filters).path)
