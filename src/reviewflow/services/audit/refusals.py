"""Refused attempts in the audit chain: who tried what where, and why it was refused."""

from collections.abc import Mapping

from reviewflow.domain.people import Actor
from reviewflow.errors import ReviewflowError
from reviewflow.records.chain.entries import Event, append
from reviewflow.records.ledger import transaction
from reviewflow.services.office import Office


def record_refusal(office: Office, actor: Actor, place: str, error: ReviewflowError, ids: Mapping[str, int]) -> None:
    """Write down a refused attempt. ``place`` is the page's name, ``ids`` the numbers in its address.

    Raises ReviewflowError ``ledger.*``.
    """
    with transaction():
        append(office.key, actor.name, office.now(), [Event("refused", f"page:{place}", {"code": error.code, **ids})])
