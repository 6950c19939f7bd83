"""A scheduler and workers as an administrator starts them: processes of their own, on this machine's loopback."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path


class RealCluster:
    """``dask scheduler`` and so many ``dask worker``; ``address`` is for ``--scheduler``."""

    def __init__(self, home: Path, workers: int, folder: Path) -> None:
        self._folder = folder
        self._environment = {**os.environ, "REVIEWFLOW_HOME": str(home), "DASK_DISTRIBUTED__DASHBOARD__LINK": ""}
        self._processes = [self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")]
        self.address = self._said(r"Scheduler at:\s+(tcp://\S+)", 0)
        self.workers = [self.add_worker() for _ in range(workers)]

    def add_worker(self) -> int:
        """Start one more worker; its number among the processes."""
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self._folder))
        self._processes.append(self._start("worker", self.address, *options))
        self._said(r"Registered to:\s+(\S+)", len(self._processes) - 1)
        return len(self._processes) - 1

    def kill(self, number: int) -> None:
        """End a worker as a power cut would."""
        os.killpg(self._processes[number].pid, signal.SIGKILL)
        self._processes[number].wait()

    def close(self) -> None:
        """End all processes."""
        for process in reversed(self._processes):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        log = self._folder / f"{len(list(self._folder.glob('*.log')))}.log"
        with log.open("wb") as out:
            return subprocess.Popen(
                [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]],
                env=self._environment,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def _said(self, pattern: str, number: int) -> str:
        """What a process wrote that matches; it has a minute."""
        for _ in range(600):
            if match := re.search(pattern, (self._folder / f"{number}.log").read_text("utf-8", "replace")):
                return match[1]
            time.sleep(0.1)
        raise AssertionError((self._folder / f"{number}.log").read_text("utf-8", "replace"))
