"""Whether the desk answers and its ledger can be read: for the reverse proxy and the administrator."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from reviewflow.records.chain.entries import chain_head


@require_GET
def healthy(request: HttpRequest) -> HttpResponse:
    """``ok`` when the ledger can be read; says nothing else to somebody who is not signed in."""
    chain_head()
    return HttpResponse("ok", content_type="text/plain")
