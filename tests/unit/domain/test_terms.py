"""The closed vocabularies: their orders."""

from reviewflow.domain.terms import Lane


def test_what_is_held_comes_first_in_the_queue_and_what_is_clear_last() -> None:
    assert sorted(Lane, key=lambda lane: lane.rank) == [Lane.HOLD, Lane.ATTENTION, Lane.CLEAR]
    assert [lane.rank for lane in (Lane.HOLD, Lane.ATTENTION, Lane.CLEAR)] == [0, 1, 2]
