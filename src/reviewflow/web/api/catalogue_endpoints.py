"""The public catalogue: page by page as JSON, or as a file."""

from django.db.models import prefetch_related_objects
from django.http import HttpResponseBase

from reviewflow.errors import ReviewflowError
from reviewflow.services.accounts.tokens import Scope
from reviewflow.services.catalogue.browse import browse_catalogue
from reviewflow.services.catalogue.export import ExportSelection, export_catalogue
from reviewflow.web.api.answers import CatalogueAnswer, EntryAnswer
from reviewflow.web.api.operation import operation
from reviewflow.web.api.questions import CatalogueQuery
from reviewflow.web.api.tokens import ApiRequest, require_scope
from reviewflow.web.forms.catalogue_filters import key_from, text_of, wanted_from
from reviewflow.web.forms.fields import period_from
from reviewflow.web.http.sending import send_file
from reviewflow.web.office import office

_OF_PAGES = frozenset({"text", "after"})
_OF_FILES = frozenset({"since", "until", "retired"})


@operation("GET", "/catalogue", "公开目录，每页 50 条；写明 format 则给出文件，记入审计链", Scope.READ, Scope.EXPORT)
def catalogue(request: ApiRequest, query: CatalogueQuery) -> CatalogueAnswer | HttpResponseBase:
    """A page of entries, newest first; with ``format`` a file, which stands in the audit chain."""
    require_scope(request, Scope.EXPORT if query.format else Scope.READ)
    if query.model_fields_set & (_OF_PAGES if query.format else _OF_FILES):
        hint = "since、until、retired 只用于文件，text、after 只用于列表。"
        raise ReviewflowError("catalogue.parameters", "这些参数不能一起用。", hint)
    return _file(request, query, query.format) if query.format else _page(request, query)


def _page(request: ApiRequest, query: CatalogueQuery) -> CatalogueAnswer:
    page = browse_catalogue(office(), request.actor, wanted_from(request.GET), key_from(query.after or ""))
    prefetch_related_objects(page.entries, "publications")
    return CatalogueAnswer.model_validate(
        {
            "entries": [EntryAnswer.of(row) for row in page.entries],
            "counts": page.counts,
            "narrowed": page.narrowed,
            "next_after": text_of(page.next_after) or None,
        }
    )


def _file(request: ApiRequest, query: CatalogueQuery, form: str) -> HttpResponseBase:
    wanted = wanted_from(request.GET)
    since, until = period_from(query.since or "", query.until or "")
    selection = ExportSelection(since, until, wanted.category, wanted.status, query.retired != "0")
    name = f"政府信息公开目录-{wanted.status.label}-{office().today().isoformat()}.{form}"
    return send_file(lambda folder: export_catalogue(office(), request.actor, folder / name, form, selection).path)
