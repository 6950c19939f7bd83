"""The connection to a Dask cluster: one that is there, or one of this machine's processes for the time of a run."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from signal import SIG_IGN, SIGINT, signal
from threading import current_thread, main_thread
from typing import TYPE_CHECKING

from reviewflow.errors import ReviewflowError

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE = 30
"""Seconds within which a scheduler must answer, and have a worker."""


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Processes that are started meanwhile ignore Ctrl-C for good: a terminal sends it to all processes of a command, and
    each of Dask's would answer with a traceback. This one ends them."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal(SIGINT, SIG_IGN)
    try:
        yield
    finally:
        signal(SIGINT, before)


@contextmanager
def cluster_client(jobs: int, scheduler: str | None) -> "Iterator[Client]":
    """A connection to the scheduler, or to a cluster of so many processes of its own, with at least one worker.

    Raises ReviewflowError ``cluster.unreachable``.
    """
    from distributed import Client, LocalCluster

    with ExitStack() as stack:
        try:
            address = scheduler
            if address is None:
                with _interrupts_ignored():
                    local = LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None)
                address = stack.enter_context(local)
            client = stack.enter_context(Client(address, timeout=_PATIENCE))
            client.wait_for_workers(1, timeout=_PATIENCE)
        except (OSError, ValueError) as error:
            raise ReviewflowError(
                "cluster.unreachable",
                f"连不上 Dask 集群，或其中没有工作进程（{type(error).__name__}）。",
                "请检查 --scheduler 的地址、调度器和 dask worker 是否已经启动。",
            ) from None
        try:
            yield client
        except KeyboardInterrupt:
            # Every part of Dask tells at length of work that it drops; whoever pressed the keys knows.
            logging.disable(logging.CRITICAL)
            raise
