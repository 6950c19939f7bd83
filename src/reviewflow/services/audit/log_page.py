"""The end of the record as a person looks at it: the newest entries, the chain's head, and whether its end holds."""

from collections.abc import Collection
from dataclasses import dataclass

from reviewflow.domain.people import Actor
from reviewflow.records import models as rows
from reviewflow.records.chain.entries import ChainHead, chain_head
from reviewflow.records.chain.verification import ChainEnding, verify_ending
from reviewflow.services.access import sees_every_section
from reviewflow.services.audit.verify import LogEntry, newest_log
from reviewflow.services.office import Office

NEWEST = 200
_CHECKED_UNSEEN = 50
"""entries checked for an administrator, whose list is not the end of the chain"""


@dataclass(frozen=True, slots=True)
class LogPage:
    """The newest entries first. ``sees_all`` tells whether they are the end of the chain, of which ``ending`` speaks."""

    entries: tuple[LogEntry, ...]
    head: ChainHead
    ending: ChainEnding
    sees_all: bool


def log_page(office: Office, actor: Actor) -> LogPage:
    """The newest entries that this person may see. Raises ReviewflowError ``audit.not_allowed``."""
    entries = tuple(newest_log(office, actor, NEWEST)[::-1])
    sees_all = sees_every_section(actor, office.now())
    return LogPage(entries, chain_head(), verify_ending(office.key, NEWEST if sees_all else _CHECKED_UNSEEN), sees_all)


def existing_cases(numbers: Collection[int]) -> frozenset[int]:
    """Those of the numbers that are a case's."""
    return frozenset(rows.Case.objects.filter(pk__in=numbers).values_list("pk", flat=True))
