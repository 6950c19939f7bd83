"""A request of the desk: who is signed in is known before any page is made."""

from django.http import HttpRequest

from reviewflow.domain.people import Actor
from reviewflow.errors import ConflictError, ReviewflowError
from reviewflow.services.accounts.sessions import actor_for
from reviewflow.web.office import office

MADE_FOR = "made_for"
"""the field of a form that tells for whom its page was made"""
TOKEN = "token"  # noqa: S105 - the name of a session field


class DeskRequest(HttpRequest):
    """A request with the person who is signed in; pages that need none never look."""

    actor: Actor


def person_of(request: HttpRequest) -> Actor:
    """Who is signed in. Raises ReviewflowError ``login.required`` and those of opening the office."""
    return actor_for(office(), request.session.get(TOKEN, ""))


def check_same_person(request: DeskRequest) -> None:
    """A form is sent by the person whom its page was made for: meanwhile another may have signed in beside it.

    Raises ReviewflowError ``web.other_person``.
    """
    if request.POST.get(MADE_FOR, request.actor.id) != request.actor.id:
        message = f"这一页是别人登录时打开的，现在登录的是{request.actor.name}，没有提交。"
        raise ConflictError("web.other_person", message, "请重新打开要办的那一页，或先退出再登录。")


def person_or_nobody(request: HttpRequest) -> Actor | None:
    """Who is signed in, where it was not looked at yet: an address without a view, a form without its token."""
    known: Actor | None = getattr(request, "actor", None)
    try:
        return known or person_of(request)
    except ReviewflowError:
        return None
