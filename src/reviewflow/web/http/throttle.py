"""Bounds on how often something may be done from one place, kept in this process: the desk is one process."""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

_MOST_PLACES = 10_000


class Throttle:
    """At most ``most`` times in ``seconds`` for each place. Forgets the places not seen for longest."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.seconds, self._clock = most, seconds, clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, place: str) -> int:
        """Whole seconds until the place may go on; 0 when it may now. Counts nothing."""
        with self._lock:
            times = self._recent(place)
            return 0 if len(times) < self.most else int(times[0] + self.seconds - self._clock()) + 1

    def count(self, place: str) -> None:
        """Note that it was done once."""
        with self._lock:
            times = self._recent(place)
            times.append(self._clock())
            self._seen[place] = times
            self._seen.move_to_end(place)
            while len(self._seen) > _MOST_PLACES:
                self._seen.popitem(last=False)

    def forget(self, place: str) -> None:
        """Let a place begin anew."""
        with self._lock:
            self._seen.pop(place, None)

    def _recent(self, place: str) -> deque[float]:
        times = self._seen.get(place, deque())
        while times and times[0] <= self._clock() - self.seconds:
            times.popleft()
        return times
