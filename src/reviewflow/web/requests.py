"""A request of the desk: who is signed in is known before any page is made."""

from django.http import HttpRequest

from reviewflow.domain.people import Actor
from reviewflow.services.sessions import actor_for
from reviewflow.web.office import office

TOKEN = "token"  # noqa: S105 - the name of a session field


class DeskRequest(HttpRequest):
    """A request with the person who is signed in; pages that need none never look."""

    actor: Actor


def person_of(request: HttpRequest) -> Actor:
    """Who is signed in. Raises ReviewflowError ``login.required`` and those of opening the office."""
    return actor_for(office(), request.session.get(TOKEN, ""))
