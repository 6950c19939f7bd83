"""Whether the desk answers and its ledger can be read: for the reverse proxy and the administrator."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from reviewflow.services.operations.connection import check_readable


@require_GET
def healthy(request: HttpRequest) -> HttpResponse:
    """``ok`` when the ledger can be read; says nothing else to somebody who is not signed in."""
    check_readable()
    return HttpResponse("ok", content_type="text/plain")
