"""Taking turns: few pages are made at once, nothing that writes waits, and nobody waits for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock
from typing import Any

import pytest

from reviewflow.web.http.turns import in_turns

Start = Callable[..., Any]


def ask(application: Any, method: str = "GET") -> list[bytes]:
    return list(application({"REQUEST_METHOD": method}, lambda *_: None))


def test_no_more_pages_than_that_are_made_at_once() -> None:
    counting, most, now = Lock(), 0, 0
    together = Barrier(2)

    def page(environ: dict[str, Any], start: Start) -> list[bytes]:
        nonlocal most, now
        with counting:
            now += 1
            most = max(most, now)
        together.wait(timeout=10)
        with counting:
            now -= 1
        return [b"page"]

    gated = in_turns(page, at_once=2, patience=60)
    with ThreadPoolExecutor(8) as people:
        assert all(one == [b"page"] for one in people.map(lambda _: ask(gated), range(8)))
    assert most == 2


@pytest.mark.parametrize(("method", "patience"), [("POST", 60.0), ("GET", 0.01)])
def test_what_writes_and_what_waited_long_enough_goes_ahead(method: str, patience: float) -> None:
    begun, over = Event(), Event()

    def answer(environ: dict[str, Any], start: Start) -> list[bytes]:
        if environ.get("slow"):
            begun.set()
            assert over.wait(timeout=10)
        return [b"done"]

    gated = in_turns(answer, at_once=1, patience=patience)
    with ThreadPoolExecutor(1) as slow:
        held = slow.submit(lambda: list(gated({"REQUEST_METHOD": "GET", "slow": True}, lambda *_: None)))
        assert begun.wait(timeout=10)
        try:
            assert ask(gated, method) == [b"done"]
        finally:
            over.set()
        assert held.result() == [b"done"]


def test_a_page_that_fails_gives_its_turn_back() -> None:
    def broken(environ: dict[str, Any], start: Start) -> list[bytes]:
        raise ValueError("broken")

    gated = in_turns(broken, at_once=1, patience=60)
    for _ in range(3):
        with pytest.raises(ValueError, match="broken"):
            ask(gated)
