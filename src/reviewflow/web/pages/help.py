"""帮助: the clerk's manual, as it stands in the documentation."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

_MANUAL = Path(__file__).resolve().parents[1] / "manual" / "clerk.md"


class _Manual(NamedTuple):
    """The text as HTML, and its chapters: the id of the heading on the page with its words."""

    text: SafeString
    chapters: tuple[tuple[str, str], ...]


@require_GET
def manual(request: HttpRequest) -> HttpResponse:
    """The manual as a page."""
    return render(request, "web/help.html", {"manual": _rendered()})


@lru_cache(maxsize=1)
def _rendered() -> _Manual:
    from markdown_it import MarkdownIt

    # HTML in the source is off: what comes out is made of the manual's own headings, lists and tables alone.
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(_MANUAL.read_text("utf-8"))
    chapters: list[tuple[str, str]] = []
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            chapters.append((f"chapter-{len(chapters) + 1}", tokens[at + 1].content))
            token.attrSet("id", chapters[-1][0])
    return _Manual(SafeString(markdown.renderer.render(tokens, markdown.options, {})), tuple(chapters))
