"""Which entries of the catalogue an address asks for, on its page and to programs."""

from datetime import date

from django.http import QueryDict

from reviewflow.domain.terms import Category, Status
from reviewflow.errors import ReviewflowError
from reviewflow.services.catalogue.browse import CatalogueFilters, Key
from reviewflow.web.forms.intent import member

PUBLIC = (Status.PROACTIVE, Status.ON_REQUEST)
_LONGEST = 100


def wanted_from(query: QueryDict) -> CatalogueFilters:
    """What a query asks for. Raises ReviewflowError ``web.field``."""
    status = member(Status, query.get("status", "")) or Status.PROACTIVE
    if status not in PUBLIC:
        raise ReviewflowError("web.field", "不予公开的信息不进入目录。", "请到登记簿中查看。")
    return CatalogueFilters(
        status, member(Category, query.get("category", "")), query.get("text", "").strip()[:_LONGEST]
    )


def key_from(text: str) -> Key | None:
    """The key of the last entry seen, as ``2025-11-03:17``; None for an empty text. Raises ReviewflowError ``web.field``."""
    if not text:
        return None
    day, _, number = text.partition(":")
    try:
        if number.isascii() and number.isdigit() and len(number) < 16:
            return date.fromisoformat(day), int(number)
    except ValueError:
        pass
    raise ReviewflowError("web.field", "没有这一页。", "请从目录的第一页看起。")


def text_of(key: Key | None) -> str:
    """The text that ``key_from`` reads, empty for None."""
    return f"{key[0].isoformat()}:{key[1]}" if key else ""
