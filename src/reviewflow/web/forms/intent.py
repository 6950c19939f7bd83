"""From a form of the review page (or a request of the JSON interface) to an intent: named fields only, bounded."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from reviewflow.domain.change import Change
from reviewflow.domain.people import Role
from reviewflow.domain.review import Action, Asked, Particulars, Reopening
from reviewflow.domain.signing import Intent
from reviewflow.domain.terms import Category, Status, Term
from reviewflow.errors import ReviewflowError

T = TypeVar("T", bound=Term)

LONGEST_NOTE = 2000
_LONGEST = 200
_LONGEST_CODE = 60
_MOST_BASES = 20
_BY_HAND = frozenset(Action) - {Action.SUPERSEDE}


def intent_from(given: Mapping[str, str], bases: Sequence[str]) -> Intent:
    """What a person asks for. Raises ReviewflowError ``web.field`` for a field that makes no sense."""
    action = member(Action, given.get("action", ""))
    if action is None or action not in _BY_HAND:
        raise ReviewflowError("web.field", "没有写明做什么。", "请用页面上的按钮。")
    note = given.get("note", "").strip()
    if len(note) > LONGEST_NOTE:
        raise ReviewflowError("web.field", f"意见有 {len(note)} 字，超过 {LONGEST_NOTE} 字。", "请写短一些。")
    return Intent(
        action=action,
        note=note.replace("\r\n", "\n"),
        decision=_change(given, bases) if action is Action.CHANGE else None,
        side=member(Role, given.get("side", "")) if action is Action.AGREE else None,
        particulars=Particulars(
            asked=member(Asked, given.get("asked", "")) if action is Action.CONSULT else None,
            whom=given.get("whom", "").strip()[:_LONGEST] if action in (Action.CONSULT, Action.REFER) else "",
            reopening=member(Reopening, given.get("reopening", "")) if action is Action.REOPEN else None,
            record=given.get("record", "").strip()[:_LONGEST] if action in (Action.DECLASSIFY, Action.ANSWER) else "",
        ),
    )


def version_from(given: Mapping[str, str]) -> int:
    """The version of the case that the person looked at. Raises ReviewflowError ``web.field``."""
    version = given.get("version", "")
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        raise ReviewflowError("web.field", "没有写明看到的是哪一版。", "请刷新后重新办理。")
    return int(version)


def _change(given: Mapping[str, str], bases: Sequence[str]) -> Change:
    codes = tuple(code[:_LONGEST_CODE] for code in bases[:_MOST_BASES])
    return Change(member(Category, given.get("category", "")), member(Status, given.get("status", "")), codes)


def member(kind: type[T], code: str) -> T | None:
    """The member with this code, None for an empty one. Raises ReviewflowError ``web.field`` for any other."""
    if not code:
        return None
    try:
        return kind(code)
    except ValueError:
        raise ReviewflowError("web.field", "有一项的值不认识。", "请从页面上的列表中选择。") from None
