"""Invariants of proposals, over any evidence."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from reviewflow.domain.legal import LegalBases
from reviewflow.domain.proposal import Bounds, Evidence, Opinion, RuleVoice, combine
from reviewflow.domain.terms import Category, Flag, Lane, Status

BOUNDS = Bounds(0.6, 0.55, 0.5)
DAY = date(2020, 1, 1)
maybe = lambda terms: st.one_of(st.none(), st.sampled_from(list(terms)))  # noqa: E731
shares = st.floats(0, 1)
opinions = st.builds(Opinion, maybe(Category), shares, maybe(Category), maybe(Status), shares, shares)
voices = st.builds(
    RuleVoice,
    id=st.just("R"),
    name=st.just("规则"),
    category=maybe(Category),
    status=maybe(Status),
    flags=st.lists(st.sampled_from(list(Flag)), max_size=2).map(tuple),
    bases=st.just(()),
    words=st.just(("词",)),
)
flags = st.frozensets(st.sampled_from(list(Flag)), max_size=3)


def propose(opinion, rules, raised):
    return combine(Evidence(opinion, tuple(rules), (), raised), BOUNDS, LegalBases({}), DAY)


@given(opinions, st.lists(voices, max_size=4), voices, flags)
def test_one_rule_more_is_never_less_restrictive(opinion, rules, another, raised) -> None:
    fewer, more = propose(opinion, rules, raised), propose(opinion, [*rules, another], raised)
    assert more.status.strictness >= fewer.status.strictness
    assert set(fewer.flags) <= set(more.flags)
    assert fewer.lane is not Lane.HOLD or more.lane is Lane.HOLD


@given(opinions, st.lists(voices, max_size=4), flags)
def test_a_state_secret_mark_always_holds_and_nothing_else_does(opinion, rules, raised) -> None:
    proposal = propose(opinion, rules, raised)
    marked = Flag.STATE_SECRET_MARK in proposal.flags
    assert (proposal.lane is Lane.HOLD) == marked
    assert not marked or proposal.status is Status.NON_PUBLIC


@given(opinions, st.lists(voices, max_size=4), flags)
def test_the_clear_lane_has_neither_flags_nor_an_open_category(opinion, rules, raised) -> None:
    proposal = propose(opinion, rules, raised)
    if proposal.lane is Lane.CLEAR:
        assert not proposal.flags
        assert proposal.category is not None
        assert proposal.status is not Status.PROACTIVE or opinion.public_probability >= BOUNDS.public_probability


@given(opinions, st.lists(voices, max_size=4), flags)
def test_every_proposal_gives_reasons(opinion, rules, raised) -> None:
    assert propose(opinion, rules, raised).reasons
