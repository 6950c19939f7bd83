"""Submitting a document."""

from django.http import HttpResponseBase

from reviewflow.errors import ReviewflowError
from reviewflow.services.intake.admission import only_section, section_for
from reviewflow.web.api.answers import SubmitAnswer
from reviewflow.web.api.operation import as_response, check_body
from reviewflow.web.api.questions import DocumentForm
from reviewflow.web.api.schemas import NoQuery
from reviewflow.web.api.tokens import ApiRequest
from reviewflow.web.forms.uploads import MEGABYTE, import_upload
from reviewflow.web.office import office

_AROUND = MEGABYTE
"""bytes of a multipart body besides its file"""


def submit(request: ApiRequest, _: NoQuery) -> HttpResponseBase:
    """Take one file in: 201 for a new document, 200 for one that the section has already."""
    most = office().settings.server.upload_mb * MEGABYTE
    check_body(request, "multipart/form-data", most + _AROUND)
    form = DocumentForm.parse_once(request.FILES, request.POST)
    today = office().now().date()
    section = form.section or only_section(request.actor, today)
    section_for(request.actor, section, today)
    if form.file.size is not None and form.file.size > most:
        raise ReviewflowError("api.too_large", f"文件超过 {most} 字节，没有收下。", "请拆分后再提交。")
    upload = import_upload(request.actor, section, form.file)
    if upload.case_id is None:
        raise ReviewflowError("documents.refused", upload.message, "文件没有收下。")
    return as_response(
        SubmitAnswer(case=upload.case_id, known=upload.known, message=upload.message), 200 if upload.known else 201
    )
