"""帮助: the clerk's manual, as it stands in the documentation."""

from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

_MANUAL = Path(__file__).resolve().parents[1] / "manual" / "clerk.md"


@require_GET
def manual(request: HttpRequest) -> HttpResponse:
    """The manual as a page."""
    return render(request, "web/help.html", {"manual": _rendered()})


@lru_cache(maxsize=1)
def _rendered() -> SafeString:
    from markdown_it import MarkdownIt

    # HTML in the source is off: what comes out is made of the manual's own headings, lists and tables alone.
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(_MANUAL.read_text("utf-8"))
    return SafeString(html)
