"""审查页: the document on the left, the proposal and what can be done on the right."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from reviewflow.domain.people import Role
from reviewflow.domain.review import Action, Asked, Reopening, ReturnReason
from reviewflow.domain.terms import Category, Status
from reviewflow.errors import ErrorKind, ReviewflowError
from reviewflow.services.case.case_view import CaseView
from reviewflow.services.case.review_page import ReviewPage, criteria, original, page_of, review_page
from reviewflow.services.queue.neighbours import list_order
from reviewflow.services.review.acts import sign_case
from reviewflow.services.rulebook import rule_names
from reviewflow.web.forms.intent import intent_from, version_from
from reviewflow.web.forms.queue_filters import filters_from
from reviewflow.web.http.refusals import record_refused_request
from reviewflow.web.http.requests import DeskRequest
from reviewflow.web.http.statuses import status_of
from reviewflow.web.office import office
from reviewflow.web.words.marking import marked_lines, marks_of

TEXT_PAGE = 12_000
_QUERY = (
    "view",
    "stage",
    "section",
    "lane",
    "category",
    "status",
    "older_than",
    "due_within",
    "overdue",
    "split",
    "text",
)


@require_GET
def case(request: DeskRequest, case_id: int) -> HttpResponse:
    """One case."""
    return _page(request, case_id)


def _page(request: DeskRequest, case_id: int, failure: ReviewflowError | None = None) -> HttpResponse:
    """The page; after something that a person can put right, with what was filled in."""
    page = review_page(office(), request.actor, case_id)
    view = page.view
    kept = _list_filters(request.POST if failure else request.GET)
    before, after = list_order(office(), request.actor, filters_from(kept)).neighbours(page.row)
    shown = {
        "case": view,
        "kept": kept.urlencode(),
        "in_query": list(kept.items()),
        "before": before,
        "after": after,
        "section_opinion": view.opinion_of(Role.SECTION),
        "office_opinion": view.opinion_of(Role.OFFICE),
        "pages": range(1, page.pages + 1),
        "look": request.GET.get("look", "text"),
        "failure": failure,
        "typed": request.POST.dict() if failure else {},
        **_text(page, request.GET.get("from", "0")),
        **_choices(view, request.POST),
    }
    return render(request, "web/case.html", shown, status=status_of(failure) if failure else None)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: DeskRequest, case_id: int) -> HttpResponse:
    """Carry out one action, say what came of it, and go on to the next case.

    The page told after a fault stands at this address: asked for again, it is the page of the case.
    """
    if request.method != "POST":
        return redirect("case", case_id)
    form, kept = request.POST, _list_filters(request.POST)
    intent, version = intent_from(form.dict(), _bases(form)), version_from(form)
    order = list_order(office(), request.actor, filters_from(kept))
    try:
        signed = sign_case(office(), request.actor, case_id, intent, version)
    except ReviewflowError as error:
        if error.kind is not ErrorKind.INCOMPLETE:  # every other refusal has a page of its own
            raise
        record_refused_request(request, error)
        return _page(request, case_id, error)
    number = f"，编号 {signed.number}" if signed.number else ""
    request.session["notice"] = f"第 {case_id} 件已{intent.action.label}，现在：{signed.case.stage.label}{number}。"
    _, after = order.neighbours(signed.row)
    stays = intent.action is Action.UNDO or after is None
    address = reverse("case", args=[case_id if stays else after])
    return redirect(f"{address}?{kept.urlencode()}" if kept else address)


@require_GET
def original_file(request: DeskRequest, case_id: int) -> HttpResponse:
    """The original, to be kept and opened with office software: never shown as a page of this server."""
    found = original(office(), request.actor, case_id)
    response = HttpResponse(found.content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = _attachment(found.name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_GET
def page_picture(request: DeskRequest, case_id: int, number: int) -> HttpResponse:
    """A page of the original as a picture."""
    return HttpResponse(page_of(office(), request.actor, case_id, number), content_type="image/png")


def _bases(form: QueryDict) -> list[str]:
    """The codes that are ticked for the status chosen, sent as ``status:code``. Ticks in the list of another status do
    not count: without the script, those of the status before stay ticked."""
    pairs = [value.rpartition(":") for value in form.getlist("basis")]
    return [code for status, _, code in pairs if status in ("", form.get("status", ""))]


def _attachment(name: str) -> str:
    from django.utils.http import content_disposition_header

    plain = name.replace("\\", "/").rsplit("/", 1)[-1].replace("\r", "").replace("\n", "")
    return content_disposition_header(as_attachment=True, filename=plain or "original") or "attachment"


def _list_filters(query: QueryDict) -> QueryDict:
    """The filters of the list that the person came from; a form, which has fields of the same names, calls them in_…"""
    prefix = "in_" if "action" in query else ""
    kept = QueryDict(mutable=True)
    for name in _QUERY:
        value = query.get(prefix + name, "")
        if value:
            kept[name] = value[:100]
    return kept


def _text(text: ReviewPage, asked: str) -> dict[str, Any]:
    """A page of the text with its marks, from a character asked for."""
    start = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
    start = min(start - start % TEXT_PAGE, len(text.content))
    end = min(start + TEXT_PAGE, len(text.content))
    marks = marks_of(text.record, text.content, rule_names(office()))
    body = max(start, min(end, text.body_length))
    return {
        "lines": marked_lines(text.content, marks, start, body) if start < text.body_length else [],
        "hidden_lines": marked_lines(text.content, marks, body, end) if end > text.body_length else [],
        "earlier": max(0, start - TEXT_PAGE) if start else None,
        "later": end if end < len(text.content) else None,
        "shown_from": start,
        "shown_to": end,
        "length": len(text.content),
    }


def _choices(view: CaseView, typed: QueryDict) -> dict[str, Any]:
    """What the forms offer, and what of it is chosen: what was typed, or what stands."""
    current = view.current
    standing = {"category": current.category.value if current.category else "", "status": current.status.value}
    bases = typed.getlist("basis") if "basis" in typed else [f"{current.status.value}:{code}" for code in current.bases]
    return {
        "can": {action.value: True for action in view.actions},
        "categories": list(Category),
        "statuses": list(Status),
        "criteria": criteria(office(), view.formed_on),
        "chosen": {name: typed.get(name) or value for name, value in standing.items()},
        "chosen_bases": {code.rpartition(":")[2] for code in bases},
        "return_reasons": [f"{reason.label}：" for reason in ReturnReason],
        "asked": list(Asked),
        "reopenings": list(Reopening),
        "needs_category": current.category is None,
    }
