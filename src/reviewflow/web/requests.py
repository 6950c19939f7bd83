"""A request of the desk: who is signed in is known before any page is made."""

from django.http import HttpRequest

from reviewflow.domain.people import Actor


class DeskRequest(HttpRequest):
    """A request with the person who is signed in; pages that need none never look."""

    actor: Actor
