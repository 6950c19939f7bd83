"""Pages take turns: threads of one Python process that all compute at once only keep one another waiting."""

from collections.abc import Callable, Iterable
from threading import Semaphore
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

AT_ONCE = 2
"""pages that are made at the same time: one computes while another waits for the database"""
PATIENCE = 0.25
"""seconds after which a page does not wait for its turn any longer: one that takes long must not hold up the others"""

_AT_ANY_TIME = ("/static/", "/healthy")
"""what costs next to nothing"""


def in_turns(application: Application, at_once: int = AT_ONCE, patience: float = PATIENCE) -> Application:
    """The same WSGI application, with so many pages made at once.

    Whatever writes is not held up: it may itself have to wait for the ledger, and pages must not wait behind it.
    """
    turns = Semaphore(at_once)

    def in_turn(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("PATH_INFO", "").startswith(_AT_ANY_TIME):
            return application(environ, start)
        taken = turns.acquire(timeout=patience)
        try:
            return application(environ, start)
        finally:
            if taken:
                turns.release()

    return in_turn
