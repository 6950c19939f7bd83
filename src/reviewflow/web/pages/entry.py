"""One entry of the catalogue: what the public will see, and what its keepers may do with it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from reviewflow.domain.catalogue import Channel
from reviewflow.domain.clock import local_day
from reviewflow.errors import ErrorKind, ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.access import KEEPERS, check_reviewer, holds_one_of, require
from reviewflow.services.catalogue.browse import entry_by_id, public_body, why_no_body
from reviewflow.services.catalogue.entries import amend_entry, entry_history, retire_entry
from reviewflow.services.catalogue.publication import record_publication, record_withdrawal
from reviewflow.web.forms.fields import day_from
from reviewflow.web.forms.intent import member
from reviewflow.web.http.refusals import record_refused_request
from reviewflow.web.http.requests import MADE_FOR, DeskRequest
from reviewflow.web.http.statuses import status_of
from reviewflow.web.office import office
from reviewflow.web.words.entry_words import changes_of, fields_of, public_facts

SHOWN = 50_000
"""characters of a text on the page; whoever wants more opens the export or the case"""
_NOT_AMENDED = frozenset(("csrfmiddlewaretoken", MADE_FOR, "reason", "revision"))
_PUT_RIGHT_HERE = (ErrorKind.REFUSED, ErrorKind.INCOMPLETE, ErrorKind.MALFORMED)
"""faults that a person can put right at once are told on the page"""
_DIGITS = 9


@require_GET
def entry(request: DeskRequest, number: int) -> HttpResponse:
    """The page."""
    return _render_page(request, entry_by_id(office(), request.actor, number))


@require_POST
def amend(request: DeskRequest, number: int) -> HttpResponse:
    """Put descriptive fields right. A field that is none of them is refused, whoever sends it."""
    row = _find_entry_of_keeper(request, number)
    changes = {name: request.POST[name] for name in request.POST if name not in _NOT_AMENDED}
    return _carry_out(
        request,
        row,
        lambda: amend_entry(office(), request.actor, row.index_number, changes, _reason(request), _revision(request)),
        f"已更正 {row.index_number}。",
    )


@require_POST
def retire(request: DeskRequest, number: int) -> HttpResponse:
    """Mark it 失效."""
    row = _find_entry_of_keeper(request, number)
    return _carry_out(
        request,
        row,
        lambda: retire_entry(office(), request.actor, row.index_number, _reason(request)),
        f"{row.index_number} 已标为失效。",
    )


@require_POST
def publish(request: DeskRequest, number: int) -> HttpResponse:
    """Record a publication on a channel."""
    row = _find_entry_of_keeper(request, number)
    channel, address = _channel(request), request.POST.get("address", "")
    day = day_from(request.POST.get("day", "")) or office().today()
    return _carry_out(
        request,
        row,
        lambda: record_publication(office(), request.actor, row.index_number, channel, day, address),
        f"已登记：{channel.label}。",
    )


@require_POST
def withdraw(request: DeskRequest, number: int) -> HttpResponse:
    """Record that it was taken off a channel."""
    row = _find_entry_of_keeper(request, number)
    channel = _channel(request)
    day = day_from(request.POST.get("day", "")) or office().today()
    return _carry_out(
        request,
        row,
        lambda: record_withdrawal(office(), request.actor, row.index_number, channel, day),
        f"已登记从{channel.label}撤下。",
    )


def _find_entry_of_keeper(request: DeskRequest, number: int) -> rows.CatalogueEntry:
    """The entry, for one of the catalogue's keepers."""
    check_reviewer(request.actor)
    require(request.actor, office().now(), KEEPERS)
    return entry_by_id(office(), request.actor, number)


def _carry_out(
    request: DeskRequest, row: rows.CatalogueEntry, change: Callable[[], object], notice: str
) -> HttpResponse:
    """Carry out a change. What a person can put right at once is told on the page, with what was typed kept."""
    try:
        change()
    except ReviewflowError as error:
        if error.kind not in _PUT_RIGHT_HERE:
            raise
        record_refused_request(request, error)
        return _render_page(request, row, error, request.POST.dict())
    request.session["notice"] = notice
    return redirect("entry", row.pk)


def _render_page(
    request: DeskRequest,
    row: rows.CatalogueEntry,
    failure: ReviewflowError | None = None,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    at = office().now()
    row.refresh_from_db()
    publications = list(row.publications.order_by("published_on", "id"))
    states = entry_history(office(), request.actor, row.index_number)
    keeps = holds_one_of(request.actor, at, KEEPERS)
    shown = {
        "entry": row,
        "facts": public_facts(row, publications),
        "attachments": row.attachments.splitlines(),
        "publications": [(one, Channel(one.channel)) for one in publications],
        "history": list(changes_of(states)),
        "revision": len(states),
        "keeps": keeps and row.in_force,
        "today": local_day(at),
        "failure": failure,
        **_text_context(row),
        **(_forms_context(row, publications, typed or {}) if keeps and row.in_force else {}),
    }
    return render(request, "web/entry.html", shown, status=status_of(failure) if failure else None)


def _text_context(row: rows.CatalogueEntry) -> dict[str, Any]:
    """The text, or why there is none."""
    body = public_body(row)
    return {
        "lines": body[:SHOWN].split("\n") if body.strip() else (),
        "left_out": max(0, len(body) - SHOWN),
        "why_no_body": why_no_body(row) or "文件没有可以显示的文字",
    }


def _forms_context(
    row: rows.CatalogueEntry, publications: list[rows.Publication], typed: Mapping[str, str]
) -> dict[str, Any]:
    """What the forms offer."""
    standing = {one.channel for one in publications if one.withdrawn_on is None}
    return {
        "fields": fields_of(row, typed),
        "typed": typed,
        "free_channels": [channel for channel in Channel if channel.value not in standing],
    }


def _channel(request: DeskRequest) -> Channel:
    channel = member(Channel, request.POST.get("channel", ""))
    if channel is None:
        raise ReviewflowError("web.field", "没有选择公开形式。", "请从列表中选择。")
    return channel


def _revision(request: DeskRequest) -> int:
    """The revision that the page showed; 0, which no entry has, where none is sent."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0


def _reason(request: DeskRequest) -> str:
    return request.POST.get("reason", "").replace("\r\n", "\n")
