"""政府信息公开保密审查表 of a case, as a file to print or to keep."""

from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_GET

from reviewflow.services.access import check_reviewer
from reviewflow.services.case.review_form import write_review_form
from reviewflow.web.http.requests import DeskRequest
from reviewflow.web.http.sending import send_file
from reviewflow.web.office import office


@require_GET
def review_form(request: DeskRequest, case_id: int, form: str) -> HttpResponseBase:
    """The form as it stands, as ``docx`` or ``pdf``; what nobody has signed yet is blank."""
    check_reviewer(request.actor)
    if form not in ("docx", "pdf"):
        raise Http404
    return send_file(lambda folder: write_review_form(office(), request.actor, case_id, folder, form)[0])
