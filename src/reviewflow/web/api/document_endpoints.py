"""Submitting a document."""

from reviewflow.errors import ReviewflowError
from reviewflow.services.access import only_section, section_for
from reviewflow.services.accounts.tokens import Scope
from reviewflow.web.api.answers import SubmitAnswer
from reviewflow.web.api.operation import operation
from reviewflow.web.api.questions import DocumentForm
from reviewflow.web.api.tokens import ApiRequest
from reviewflow.web.forms.uploads import MEGABYTE, import_upload
from reviewflow.web.http.statuses import RequestError
from reviewflow.web.office import office


@operation("POST", "/documents", "提交一份文件，排入队列", Scope.SUBMIT, name="documents")
def submit(request: ApiRequest, form: DocumentForm) -> SubmitAnswer:
    """Take one file in."""
    at, most = office().now(), office().settings.server.upload_mb * MEGABYTE
    section = form.section or only_section(request.actor, at)
    section_for(request.actor, section, at)
    if form.file.size is not None and form.file.size > most:
        raise RequestError(413, "api.too_large", f"文件超过 {most} 字节，没有收下。", "请拆分后再提交。")
    upload = import_upload(request.actor, section, form.file)
    if upload.case_id is None:
        raise ReviewflowError("documents.refused", upload.message, "文件没有收下。")
    return SubmitAnswer(case=upload.case_id, known=upload.known, message=upload.message)
