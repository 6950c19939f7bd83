"""A throttle counts by place, forgets with time, and stays small."""

from reviewflow.web.http.throttle import Throttle


def test_a_place_waits_after_so_many_times_and_others_do_not() -> None:
    now = [0.0]
    throttle = Throttle(2, 10, lambda: now[0])
    throttle.count("a")
    assert throttle.wait("a") == 0
    now[0] = 4
    throttle.count("a")
    assert (throttle.wait("a"), throttle.wait("b")) == (7, 0)
    now[0] = 10
    assert throttle.wait("a") == 0


def test_a_place_can_begin_anew() -> None:
    throttle = Throttle(1, 10, lambda: 0)
    throttle.count("a")
    throttle.forget("a")
    assert throttle.wait("a") == 0


def test_memory_is_bounded() -> None:
    throttle = Throttle(1, 10, lambda: 0)
    for number in range(20_000):
        throttle.count(str(number))
    assert len(throttle._seen) == 10_000
