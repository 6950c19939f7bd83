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
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from reviewflow.batch.loads import Load
from reviewflow.batch.troubles import Trouble, attempt
from reviewflow.configuration.configuration import Configuration
from reviewflow.errors import ReviewflowError

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
        configuration: Any = None  # the parent sends one with the first load, and whenever it changes
        while True:
            try:
                changed, load = connection.recv()
            except EOFError:
                return
            if changed is not None:
                configuration = changed
                lift_memory_bound()
            for message in work(configuration, load):
                connection.send(message)


def _end_with_parent(lifeline: int) -> None:
    """Have the kernel end this process once the other end of a pipe is closed, which a parent's death does, however it
    came about. A thread that waits for that would wait in vain while a parser holds the interpreter."""
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([lifeline], [], [], 0)[0]:
        os._exit(1)


def work(configuration: Configuration, load: Load[Any]) -> Iterator[Began | Finished | Refused]:
    """Go through a load. One bad document never stops the others."""
    from reviewflow.pipeline import toolkit_of

    try:
        kit: Any = None if load.bare else toolkit_of(configuration)
        megabytes = configuration.settings.reading.max_memory_mb
    except ReviewflowError as error:
        yield Refused(error)
        return
    if load.together and load.items:
        yield Began(len(load.items))
        bound_memory(megabytes)
        made = attempt("", partial(load.make, load.items, kit))
        if not isinstance(made, Trouble):
            yield Finished(made)
            return
    for item, source in zip(load.items, load.sources, strict=True):
        yield Began(1)
        bound_memory(megabytes)
        made = attempt(source, partial(load.make, [item], kit))
        yield Finished([made] if isinstance(made, Trouble) else made)


def lift_memory_bound() -> None:
    """Undo the last ``bound_memory``: what a configuration takes is no document's fault."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))


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
