"""One worker, seen from its parent: started, handed loads, watched, and cleared away when it ends."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import Pipe
from pathlib import Path
from typing import Any, TypeVar

from reviewflow.batch.loads import Load
from reviewflow.batch.scratch import scratch_error
from reviewflow.batch.troubles import Trouble
from reviewflow.batch.worker_process import CRASH_FILE, Began, Finished, Refused
from reviewflow.configuration.configuration import Configuration
from reviewflow.errors import ReviewflowError
from reviewflow.traces import without_folders

Made = TypeVar("Made")

# The modules of the parent are those of the worker: the path is handed over, and nothing is looked for elsewhere.
_PROGRAM = (
    "import sys; messages, lifeline, *sys.path = sys.argv[1:]; "
    "from reviewflow.batch.worker_process import main; main(int(messages), int(lifeline))"
)
_LAST_WORDS_SECONDS = 2.0
_MOST_OF_A_TRACE = 4000


class WorkerEndedError(Exception):
    """A worker is gone, with ``in_hand`` documents taken up and not finished; ``slow`` if it was ended for that."""

    def __init__(self, in_hand: int, *, slow: bool, trace: str) -> None:
        super().__init__(in_hand, slow)
        self.in_hand = in_hand
        self.slow = slow
        self.trace = trace


class Worker:
    """A process with a folder of its own for temporary files.

    A plain process and not one of multiprocessing: that runs the caller's main module again, and refuses to start within
    a daemon such as a Dask worker.
    """

    def __init__(self, scratch: Path) -> None:
        """Start one. Raises ReviewflowError ``write.scratch``, ``batch.no_worker``."""
        try:
            self._folder = Path(tempfile.mkdtemp(dir=scratch))
        except OSError:
            raise scratch_error() from None
        self._holds: Configuration | None = None
        self._messages, theirs = Pipe()
        lifeline, self._lifeline = os.pipe()
        descriptors = (theirs.fileno(), lifeline)
        command = [sys.executable, "-P", "-c", _PROGRAM, *map(str, descriptors), *sys.path]
        try:
            self._process = subprocess.Popen(  # noqa: S603
                command,
                env={**os.environ, "TMPDIR": str(self._folder)},
                stdin=subprocess.DEVNULL,
                # What a dying parser prints may be words of a document.
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=descriptors,
            )
        except OSError as error:
            os.close(self._lifeline)
            raise no_worker_error() from error
        finally:
            theirs.close()
            os.close(lifeline)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def perform(self, configuration: Configuration, load: Load[Made]) -> Iterator[list[Made | Trouble]]:
        """What came of the documents of a load, as it comes. Raises WorkerEndedError; ReviewflowError for a configuration
        that cannot be worked with."""
        seconds = configuration.settings.reading.max_seconds
        done = in_hand = 0
        deadline: float | None = None
        try:
            self._messages.send((None if self._holds == configuration else configuration, load))
            self._holds = configuration
            while done < len(load.items):
                if not self._messages.poll(deadline and max(0.0, deadline - time.monotonic())):
                    self._ask_for_last_words()
                    raise self._ended(in_hand, slow=True)
                message: Any = self._messages.recv()
                if isinstance(message, Refused):
                    raise message.error
                if isinstance(message, Began):
                    in_hand, deadline = message.count, time.monotonic() + seconds
                elif isinstance(message, Finished):
                    done, in_hand, deadline = done + len(message.results), 0, None
                    yield list(message.results)
        except (EOFError, OSError):
            raise self._ended(in_hand, slow=False) from None

    def kill(self) -> None:
        """End the process at once, whatever it does. May be called from another thread."""
        self._process.kill()

    def close(self) -> None:
        """End the process and clear away what it leaves."""
        self._process.kill()
        self._process.wait()
        if not self._messages.closed:
            self._messages.close()
            os.close(self._lifeline)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _ended(self, in_hand: int, *, slow: bool) -> WorkerEndedError:
        with suppress(subprocess.TimeoutExpired):
            # What it died of is written before it is gone.
            self._process.wait(_LAST_WORDS_SECONDS)
        trace = ""
        with suppress(OSError):
            trace = without_folders((self._folder / CRASH_FILE).read_text("utf-8", "replace"))[:_MOST_OF_A_TRACE]
        return WorkerEndedError(in_hand, slow=slow, trace=trace)

    def _ask_for_last_words(self) -> None:
        """Have the process say where it stands, and end: its handler needs no interpreter."""
        self._process.send_signal(signal.SIGABRT)


def no_worker_error() -> ReviewflowError:
    """The error of workers that end before they take anything up."""
    return ReviewflowError(
        "batch.no_worker", "处理文件的进程起不来。", "内存或进程数可能不够；请关闭其他程序后重试，或用 --jobs 1。"
    )
