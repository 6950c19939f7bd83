"""上传: several files, each with its own outcome, then straight to the queue."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from reviewflow.domain.people import Actor
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.intake.admission import section_for
from reviewflow.services.intake.arrival import file_digest
from reviewflow.services.intake.importing import import_paths
from reviewflow.text.reading import TABLE_SUFFIXES
from reviewflow.text.reading.sniff import TABLES_TOO
from reviewflow.web.http.requests import DeskRequest
from reviewflow.web.office import office

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

_LONGEST_NAME = 120
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of one file: whether it is in, what to say, and where to go on."""

    name: str
    ok: bool
    message: str
    address: str = ""


@require_http_methods(["GET", "POST"])
def upload(request: DeskRequest) -> HttpResponse:
    """The form, and what came of what was sent (as JSON for the script that sends one by one)."""
    sections = sorted(request.actor.sections(office().now().date()))
    if request.method == "GET":
        own = office().settings.server
        shown = {"sections": sections, "most": own.upload_files, "largest": own.upload_mb}
        return render(request, "web/upload.html", shown)
    section = request.POST.get("section", "") or (sections[0] if len(sections) == 1 else "")
    section_for(request.actor, section, office().now().date())
    files = request.FILES.getlist("files")
    if not files:
        raise ReviewflowError("upload.none", "没有选择文件。", "请选择或拖入文件后再上传。")
    sent = [take(request.actor, section, file) for file in files]
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"files": [_plain(one) for one in sent]})
    return render(request, "web/uploaded.html", {"sent": sent})


def take(actor: Actor, section: str, file: "UploadedFile[bytes]") -> Sent:
    """Bring one uploaded file in. What it really is is told by its content; its name is a name and never a path."""
    name = safe_name(file.name or "")
    largest = office().settings.server.upload_mb
    if file.size is not None and file.size > largest * _MEGABYTE:
        return Sent(name, False, f"文件超过 {largest} MB，没有收下。请拆分后再上传。")
    if Path(name).suffix.lower() in TABLE_SUFFIXES:
        return Sent(name, False, "表格请用命令行 reviewflow import 提交。")
    with tempfile.TemporaryDirectory(prefix="reviewflow-upload-") as folder:
        path = Path(folder) / name
        with path.open("wb") as target:
            for block in file.chunks():
                target.write(block)
        return _imported(actor, section, path)


def _imported(actor: Actor, section: str, path: Path) -> Sent:
    try:
        done = import_paths(office(), actor, section, [path])
    except ReviewflowError as error:
        return Sent(path.name, False, f"{error.message}{error.hint}")
    if done.troubles:
        hint = done.troubles[0].hint.replace(TABLES_TOO, "")
        return Sent(path.name, False, f"{done.troubles[0].message}{hint}")
    digest = file_digest(path)
    document = rows.Document.objects.filter(section__name=section, digest=digest).first()
    address = reverse("case", args=[document.case_id]) if document else ""
    if done.known:
        return Sent(path.name, True, "以前提交过，没有重复收。", address)
    return Sent(path.name, True, "更正了原来的文件。" if done.superseded else "已排入队列。", address)


def safe_name(name: str) -> str:
    """The last part of a file's name, without anything that a path or a terminal could take for more."""
    plain = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable()).lstrip(".").strip()
    if len(plain) > _LONGEST_NAME:
        suffix = Path(plain).suffix[:10]
        plain = plain[: _LONGEST_NAME - len(suffix)] + suffix
    return plain or "文件"


def _plain(sent: Sent) -> dict[str, Any]:
    return {"name": sent.name, "ok": sent.ok, "message": sent.message, "address": sent.address}
