"""规则: each rule as a sentence, the cases it touched, a text to try. Read-only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from reviewflow.domain.terms import Category, Flag, Status
from reviewflow.errors import MissingError
from reviewflow.services.rulebook import cases_touched_by_rule, rules_of, try_text
from reviewflow.web.http.requests import DeskRequest
from reviewflow.web.office import office

_LONGEST = 20_000


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by category, status or flag."""
    wanted = {name: request.GET.get(name, "") for name in ("category", "status", "flag")}
    shown = [
        (rule, said)
        for rule, said in rules_of(office())
        if (not wanted["category"] or (rule.category and rule.category.value == wanted["category"]))
        and (not wanted["status"] or (rule.status and rule.status.value == wanted["status"]))
        and (not wanted["flag"] or wanted["flag"] in [flag.value for flag in rule.flags])
    ]
    terms = {"categories": list(Category), "statuses": list(Status), "flags": list(Flag)}
    return render(request, "web/rules.html", {"rules": shown, "wanted": wanted, **terms})


@require_GET
def rule(request: DeskRequest, rule_id: str) -> HttpResponse:
    """One rule with the cases that it touched. An administrator sees no cases."""
    for one, said in rules_of(office()):
        if one.id == rule_id:
            cases = [] if request.actor.is_administrator else cases_touched_by_rule(office(), request.actor, rule_id)
            return render(request, "web/rule.html", {"rule": one, "sentence": said, "cases": cases})
    raise MissingError("web.not_found", f"没有编号为 {rule_id} 的规则。", "请从规则列表进入。")


@require_http_methods(["GET", "POST"])
def try_rules(request: HttpRequest) -> HttpResponse:
    """Which rules a text meets; nothing is kept."""
    text = request.POST.get("text", "")[:_LONGEST].replace("\r\n", "\n")
    hits = list(try_text(office(), text)) if text.strip() else None
    return render(request, "web/try_rules.html", {"text": text, "hits": hits})
