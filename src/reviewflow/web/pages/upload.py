"""上传: several files, each with its own outcome, then straight to the queue."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from reviewflow.errors import ReviewflowError
from reviewflow.services.access import only_section, own_sections, section_for
from reviewflow.web.forms.uploads import Upload, import_upload
from reviewflow.web.http.requests import DeskRequest
from reviewflow.web.office import office


@require_http_methods(["GET", "POST"])
def upload(request: DeskRequest) -> HttpResponse:
    """The form, and what came of what was sent (as JSON for the script that sends one by one)."""
    at = office().now()
    if request.method == "GET":
        own = office().settings.server
        shown = {"sections": own_sections(request.actor, at), "most": own.upload_files, "largest": own.upload_mb}
        return render(request, "web/upload.html", shown)
    section = request.POST.get("section", "") or only_section(request.actor, at)
    section_for(request.actor, section, at)
    files = request.FILES.getlist("files")
    if not files:
        raise ReviewflowError("upload.none", "没有选择文件。", "请选择或拖入文件后再上传。")
    uploads = [import_upload(request.actor, section, file) for file in files]
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"files": [_plain(upload) for upload in uploads]})
    return render(request, "web/uploaded.html", {"uploads": uploads})


def _plain(upload: Upload) -> dict[str, str | bool]:
    """What the page's script is told."""
    address = reverse("case", args=[upload.case_id]) if upload.ok else ""
    return {"name": upload.name, "ok": upload.ok, "message": upload.message, "address": address}
