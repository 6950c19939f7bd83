"""The inside of a worker: loads in, what came of each document out. Runs in a process of its own.

The process may abort, hang or be killed at any moment, so it says what it takes up before it does.
"""

import faulthandler
import fcntl
import os
import resource
import select
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewflow.batch.loads import Load, Order, configuration_stamp
from reviewflow.batch.troubles import Trouble, attempt
from reviewflow.errors import ReviewflowError

if TYPE_CHECKING:
    from reviewflow.pipeline import Toolkit

CRASH_FILE = "crash"
"""Where, in the worker's own folder, Python writes the frames in which the process died."""

_MEGABYTE = 1_000_000
_DATA_FIELD = 5
"""of /proc/self/statm: pages of data and stack"""


@dataclass(frozen=True, slots=True)
class Began:
    """So many documents, the next in order, are taken up now."""

    count: int


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of the documents taken up."""

    results: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Refused:
    """The configuration cannot be worked with."""

    error: ReviewflowError


def main(messages: int, lifeline: int) -> None:
    """Work until the parent closes the connection or ends. Both arguments are file descriptors."""
    _end_with_parent(lifeline)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A core would hold the text of documents.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with Path(os.environ["TMPDIR"], CRASH_FILE).open("wb") as crash, Connection(messages) as connection:
        faulthandler.enable(crash)
        while True:
            try:
                order, load = connection.recv()
            except EOFError:
                return
            for message in work(order, load):
                connection.send(message)


def _end_with_parent(lifeline: int) -> None:
    """Have the kernel end this process once the other end of a pipe is closed, which a parent's death does, however it
    came about. A thread that waits for that would wait in vain while a parser holds the interpreter."""
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([lifeline], [], [], 0)[0]:
        os._exit(1)


def work(order: Order, load: Load[Any]) -> Iterator[Began | Finished | Refused]:
    """Go through a load. One bad document never stops the others."""
    try:
        kit: Any = None if load.bare else toolkit(order)
    except ReviewflowError as error:
        yield Refused(error)
        return
    if load.together and load.items:
        yield Began(len(load.items))
        bound_memory(order.limits.max_memory_mb)
        made = attempt("", partial(load.make, load.items, kit))
        if not isinstance(made, Trouble):
            yield Finished(made)
            return
    for item, source in zip(load.items, load.sources, strict=True):
        yield Began(1)
        bound_memory(order.limits.max_memory_mb)
        made = attempt(source, partial(load.make, [item], kit))
        yield Finished([made] if isinstance(made, Trouble) else made)


def bound_memory(megabytes: int) -> None:
    """Let this process take so much more than it holds now; beyond that an allocation fails, as MemoryError in Python.

    The bound is on data and not on addresses: threads and libraries reserve addresses that they never use.
    """
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[_DATA_FIELD])
    except OSError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = pages * resource.getpagesize() + megabytes * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_DATA, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def toolkit(order: Order) -> "Toolkit":
    """The toolkit of the configuration with which the run began.

    Raises ReviewflowError ``batch.changed`` when the files are no longer those, and whatever a faulty file raises.
    """
    return _toolkit(order.home, order.stamp)


@lru_cache(maxsize=1)
def _toolkit(home: Path, stamp: tuple[tuple[str, int, int], ...]) -> "Toolkit":
    from reviewflow.pipeline import load_toolkit

    kit = load_toolkit(home) if configuration_stamp(home) == stamp else None
    if kit is None or configuration_stamp(home) != stamp:
        raise ReviewflowError(
            "batch.changed",
            "运行中途，设置、规则、依据或模型被改动。",
            "已完成的没有丢失；请再运行一次，其余按新的配置处理。",
        )
    return kit
