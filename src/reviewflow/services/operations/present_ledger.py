"""Verifying the ledger of the present installation, without an account: whoever has the key may."""

from collections.abc import Callable, Iterable
from pathlib import Path

from reviewflow.keys import read_key
from reviewflow.records.chain.anchors import anchors_file, parse_anchor, read_anchors
from reviewflow.services.audit.verify import LedgerVerdict, verify_ledger
from reviewflow.services.office import check_version
from reviewflow.services.operations.connection import connect_ledger
from reviewflow.settings import load_settings


def verify_present_ledger(
    given: Iterable[str], key: Path | None, progress: Callable[[int, int], None]
) -> LedgerVerdict:
    """Verify the present ledger against the anchors given (``123:9f86d081884c``) and those written down.

    ``key`` is another key file than that of the settings. Raises ReviewflowError ``audit.anchor``, ``office.*``,
    ``chain.*``, ``database.*``, ``ledger.*``.
    """
    own = [parse_anchor(text) for text in given]
    settings = load_settings()
    connect_ledger(settings)
    check_version()
    anchors = [*own, *read_anchors(anchors_file(settings))]
    return verify_ledger(read_key(key or settings.key_file), anchors, progress)
