"""队列: filters, search, the list, and signing the clear lane in bulk after a look at what is signed."""

from collections import Counter

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from reviewflow.domain.review import Stage
from reviewflow.domain.terms import Category, Lane, Status
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.access import find_case
from reviewflow.services.queue.lists import HITS, View, lines_of, list_cases
from reviewflow.services.review.acts import agree_all
from reviewflow.web.forms.queue_filters import filters_from
from reviewflow.web.http.requests import DeskRequest
from reviewflow.web.office import office

SIZE = 50
MOST_AT_ONCE = 500


@require_GET
def queue(request: DeskRequest) -> HttpResponse:
    """The list."""
    filters = filters_from(request.GET)
    after = request.GET.get("after", "")
    page = list_cases(office(), request.actor, filters, int(after) if _digits(after) else None, SIZE)
    sections = rows.Section.objects.order_by("name").values_list("name", flat=True)
    kept = request.GET.copy()
    kept.pop("after", None)
    shown = {
        "page": page,
        "hits": HITS,
        "filters": filters,
        "kept": kept.urlencode(),
        "sections": sections if request.actor.sees_all(office().now().date()) else (),
        "views": list(View),
        "stages": list(Stage),
        "lanes": list(Lane),
        "categories": list(Category),
        "statuses": list(Status),
        "has_clear": any(line.signable for line in page.lines),
        "clear_waiting": page.counts.get(Lane.CLEAR, 0) if filters.view is View.WAITING else 0,
    }
    return render(request, "web/queue.html", shown)


_ASKED = require_http_methods(["GET", "HEAD", "POST"])


@_ASKED
def confirm(request: DeskRequest) -> HttpResponse:
    """What is about to be signed in bulk, to be read once more. What somebody else has acted on meanwhile is set aside."""
    if request.method != "POST":
        return redirect("queue")
    seen = _seen(request.POST)
    at = office().now()
    for case_id, _ in seen:
        find_case(request.actor, case_id, at)
    lines = lines_of(office(), request.actor, [case_id for case_id, _ in seen])
    odd = [line for line in lines if line.lane is not Lane.CLEAR]
    if odd:
        raise ReviewflowError("review.not_clear", f"第 {odd[0].id} 件不在常规道，不能成批签字。", "请逐件查看后办理。")
    versions = dict(seen)
    current = [line for line in lines if line.signable and line.version == versions[line.id]]
    gone = [line for line in lines if line not in current]
    if not current:
        raise ReviewflowError("queue.none_left", "选中的件都已有人办理，或不能由您同意。", "请回到队列重新选。")
    counts = Counter((line.category.label if line.category else "类别待定", line.status.label) for line in current)
    shown = {"lines": current, "gone": gone, "counts": sorted(counts.items())}
    return render(request, "web/confirm.html", shown)


@_ASKED
def sign(request: DeskRequest) -> HttpResponse:
    """Sign what was confirmed: all of it, or nothing."""
    if request.method != "POST":
        return redirect("queue")
    done = agree_all(office(), request.actor, _seen(request.POST))
    request.session["told"] = f"已签 {len(done)} 件。"
    return redirect("queue")


def _seen(form: QueryDict) -> list[tuple[int, int]]:
    """Case ids with the versions that were listed, as ``id:version``."""
    pairs = [value.split(":") for value in form.getlist("case")]
    if not pairs:
        raise ReviewflowError("queue.none_chosen", "没有选中任何一件。", "请先在常规道的件前打勾。")
    if len(pairs) > MOST_AT_ONCE or not all(len(one) == 2 and all(_digits(part) for part in one) for one in pairs):
        raise ReviewflowError("queue.filter", f"一次最多签 {MOST_AT_ONCE} 件。", "请分几次签。")
    return [(int(case_id), int(version)) for case_id, version in pairs]


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16
