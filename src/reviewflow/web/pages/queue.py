"""队列: filters, search, the list, and signing the clear lane in bulk after a look at what is signed."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from reviewflow.domain.review import Stage
from reviewflow.domain.terms import Category, Lane, Status
from reviewflow.errors import ReviewflowError
from reviewflow.services.queue.bulk_signing import MOST, agree_all, named_for_signing
from reviewflow.services.queue.lists import HITS, QueueView, list_cases, sections_to_choose
from reviewflow.web.forms.queue_filters import filters_from
from reviewflow.web.http.requests import DeskRequest
from reviewflow.web.office import office

SIZE = 50


@require_GET
def queue(request: DeskRequest) -> HttpResponse:
    """The list."""
    filters = filters_from(request.GET)
    after = request.GET.get("after", "")
    page = list_cases(office(), request.actor, filters, int(after) if _digits(after) else None, SIZE)
    kept = request.GET.copy()
    kept.pop("after", None)
    shown = {
        "page": page,
        "hits": HITS,
        "filters": filters,
        "kept": kept.urlencode(),
        "sections": sections_to_choose(office(), request.actor),
        "views": list(QueueView),
        "stages": list(Stage),
        "lanes": list(Lane),
        "categories": list(Category),
        "statuses": list(Status),
        "has_clear": any(line.signable for line in page.lines),
        "clear_waiting": page.counts.get(Lane.CLEAR, 0) if filters.view is QueueView.WAITING else 0,
    }
    return render(request, "web/queue.html", shown)


_ASKED = require_http_methods(["GET", "HEAD", "POST"])


@_ASKED
def confirm(request: DeskRequest) -> HttpResponse:
    """What is about to be signed in bulk, to be read once more. What somebody else has acted on meanwhile is set aside."""
    if request.method != "POST":
        return redirect("queue")
    batch = named_for_signing(office(), request.actor, dict(_seen(request.POST)))
    shown = {"lines": batch.lines, "gone": batch.set_aside, "counts": batch.kinds}
    return render(request, "web/confirm.html", shown)


@_ASKED
def sign(request: DeskRequest) -> HttpResponse:
    """Sign what was confirmed: all of it, or nothing."""
    if request.method != "POST":
        return redirect("queue")
    done = agree_all(office(), request.actor, _seen(request.POST))
    request.session["notice"] = f"已签 {len(done)} 件。"
    return redirect("queue")


def _seen(form: QueryDict) -> list[tuple[int, int]]:
    """Case ids with the versions that were listed, as ``id:version``."""
    pairs = [value.split(":") for value in form.getlist("case")]
    if not pairs:
        raise ReviewflowError("queue.none_chosen", "没有选中任何一件。", "请先在常规道的件前打勾。")
    if len(pairs) > MOST or not all(len(one) == 2 and all(_digits(part) for part in one) for one in pairs):
        raise ReviewflowError("queue.filter", f"一次最多签 {MOST} 件。", "请分几次签。")
    return [(int(case_id), int(version)) for case_id, version in pairs]


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16
