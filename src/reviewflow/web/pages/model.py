"""模型: the active version, its figures, its report and the versions before it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from reviewflow.domain.terms import Category, Status
from reviewflow.errors import MissingError
from reviewflow.learn import store
from reviewflow.web.office import office

_REPORT = "report.html"
_NAMES = {term.value: term.label for term in (*Category, *Status)}
_HEADS = {"category": "类别", "status": "公开属性"}


@require_GET
def model(request: HttpRequest) -> HttpResponse:
    """What proposes, and how good it is."""
    opened = office()
    models = opened.settings.models
    active = opened.configuration.model_version
    versions = [(version, store.manifest_of(models, version)["training"]) for version in store.versions(models)]
    trained = store.manifest_of(models, active)["training"]
    counts = [
        (_HEADS.get(head, head), [(_NAMES.get(label, label), number) for label, number in counted.items()])
        for head, counted in trained["per_class"].items()
    ]
    has_report = (models / active / _REPORT).is_file()
    shown = {"active": active, "trained": trained, "counts": counts, "versions": versions, "has_report": has_report}
    return render(request, "web/model.html", shown)


@require_GET
@xframe_options_sameorigin
def report(request: HttpRequest) -> HttpResponse:
    """The report of the active model, in a frame without scripts."""
    opened = office()
    path = opened.settings.models / opened.configuration.model_version / _REPORT
    if not path.is_file():
        raise MissingError("web.not_found", "还没有这个模型的报告。", "管理员可运行 reviewflow model report 生成。")
    response = HttpResponse(path.read_text("utf-8"))
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
    )
    return response
