"""Submitting a document."""

from hashlib import sha256
from typing import TYPE_CHECKING

from django.http import HttpResponseBase

from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.intake.admission import section_for
from reviewflow.web.api.bodies import bounded
from reviewflow.web.api.checking import checked
from reviewflow.web.api.description.bodies import DOCUMENT
from reviewflow.web.api.requests import ApiRequest
from reviewflow.web.api.shape import answer
from reviewflow.web.office import office
from reviewflow.web.pages.upload import take

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

_MEGABYTE = 1_000_000
_AROUND = _MEGABYTE
"""bytes of a multipart body besides its file"""


def submit(request: ApiRequest) -> HttpResponseBase:
    """Take one file in: 201 for a new document, 200 for one that the section has already."""
    most = office().settings.server.upload_mb * _MEGABYTE
    bounded(request, "multipart/form-data", most + _AROUND)
    file, section = _file(request), _section(request)
    section_for(request.actor, section, office().now().date())
    if file.size is not None and file.size > most:
        raise ReviewflowError("api.too_large", f"文件超过 {most} 字节，没有收下。", "请拆分后再提交。")
    digest = _digest(file)
    known = _case_of(section, digest)
    sent = take(request.actor, section, file)
    if not sent.ok:
        raise ReviewflowError("documents.refused", sent.message, "文件没有收下。")
    told = {"case": known or _case_of(section, digest), "known": known is not None, "message": sent.message}
    return answer(told, 200 if known else 201)


def _file(request: ApiRequest) -> "UploadedFile[bytes]":
    files = request.FILES.getlist("file")
    parts = [name for form in (request.FILES, request.POST) for name, values in form.lists() for _ in values]
    if len(files) != 1 or sorted(parts) not in (["file"], ["file", "section"]):
        raise ReviewflowError(
            "api.field", "请求中应有且只有一个文件。", "文件放在名为 file 的项中，带上文件名；此外只可有 section。"
        )
    return files[0]


def _section(request: ApiRequest) -> str:
    """The section named, or the only one of the person."""
    given = request.POST.get("section")
    if given is not None:
        return str(checked(DOCUMENT["properties"]["section"], given, "section"))
    own = sorted(request.actor.sections(office().now().date()))
    if len(own) == 1:
        return own[0]
    hint = f"请在 section 中写明：{'、'.join(own)}。" if own else "请由科室审查员提交。"
    raise ReviewflowError("intake.which_section", "不知道提交到哪个科室。", hint)


def _digest(file: "UploadedFile[bytes]") -> str:
    found = sha256()
    for block in file.chunks():
        found.update(block)
    return found.hexdigest()


def _case_of(section: str, digest: str) -> int | None:
    """The case of a file that the section has."""
    query = rows.Document.objects.filter(section__name=section, digest=digest)
    return query.values_list("case_id", flat=True).first()
