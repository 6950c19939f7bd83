"""The configuration in force in a process that lives long: a change of the files is taken up whole, or not at all."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Lock

from reviewflow.configuration.configuration import Configuration, load_configuration
from reviewflow.configuration.files import Stamp, read_snapshot, stamp_of
from reviewflow.domain import clock
from reviewflow.errors import ReviewflowError

SETTLED_SECONDS = 1.0
"""Files are read when they have not changed for so long: who writes two of them, or one in pieces, is let finish."""

_NANOSECONDS = 1_000_000_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FaultyEdit:
    """What stands on the disk and was not taken up: the error that it raises, and when it was noticed first."""

    error: ReviewflowError
    since: datetime


class CurrentConfiguration:
    """The configuration in force. ``get`` is asked once for each request or run, which then keeps what it was given.

    A set of files that does not load is not taken up: the last one that did stays in force, ``faulty`` tells of it, and
    the log has it once.
    """

    def __init__(
        self, home: Path | None = None, settled: float | None = None, now: Callable[[], datetime] = clock.now
    ) -> None:
        """``settled`` in seconds, SETTLED_SECONDS unless told otherwise. Raises ReviewflowError when the files are faulty:
        a process does not begin with them."""
        first = load_configuration(home)
        first.check()
        self.faulty: FaultyEdit | None = None
        self._home, self._now = first.snapshot.home, now
        self._settled = SETTLED_SECONDS if settled is None else settled
        self._started = first.settings
        self._configuration = replace(first, started=self._started)
        # Not the stamp of what was read: the first look finds out whether that is still what stands on the disk.
        self._looked_at: Stamp | None = None
        self._seen: tuple[Stamp, float] | None = None
        self._reading = Lock()

    def get(self) -> Configuration:
        """The configuration in force now. Costs a ``stat`` for each file, and the loading after a change."""
        stamp = stamp_of(self._home)
        # Whoever comes while another reads goes on with what is in force, rather than wait.
        if stamp != self._looked_at and self._has_settled(stamp) and self._reading.acquire(blocking=False):
            try:
                self._take_up()
            finally:
                self._reading.release()
        return self._configuration

    def _has_settled(self, stamp: Stamp) -> bool:
        """Whether the last change is long enough ago, by its date or, where clocks disagree, by having been seen."""
        last = max((time for state in stamp for time in state[:2]), default=0)
        if self._seen is None or self._seen[0] != stamp:
            self._seen = stamp, time.monotonic()
        since_seen = time.monotonic() - self._seen[1]
        return max(since_seen, time.time() - last / _NANOSECONDS) >= self._settled

    def _take_up(self) -> None:
        try:
            snapshot, stamp = read_snapshot(self._home)
        except ReviewflowError:
            return  # still being written to; the next request looks again
        if snapshot.digest != self._configuration.digest:
            found = Configuration(snapshot, self._started)
            try:
                found.check()
            except ReviewflowError as error:
                self._refuse(error)
                self._looked_at = stamp
                return
            self._configuration = found
            _log.warning("configuration %s in force", found.digest[:12])
        self.faulty = None
        self._looked_at = stamp

    def _refuse(self, error: ReviewflowError) -> None:
        since = self.faulty.since if self.faulty else self._now()
        self.faulty = FaultyEdit(error, since)
        _log.error("faulty configuration not taken up: %s", error)
