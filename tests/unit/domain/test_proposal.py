"""Combining model, rules, findings and flags: the safety rules of the review."""

from datetime import date

import pytest

from reviewflow.domain.document import Finding
from reviewflow.domain.legal import LegalBases, LegalBasis
from reviewflow.domain.proposal import Bounds, Evidence, Opinion, Proposal, RuleVoice, combine, confidence_in_words
from reviewflow.domain.terms import Category, Flag, Kind, Lane, Status

BOUNDS = Bounds(category_confidence=0.6, public_probability=0.55, withhold=0.5)
DAY = date(2020, 1, 1)
BASES = LegalBases(
    {
        "OLD": LegalBasis(
            "OLD", "旧法", frozenset({Status.NON_PUBLIC}), frozenset({Flag.PROCESS}), None, date(2019, 5, 14)
        ),
        "NEW": LegalBasis(
            "NEW", "新法", frozenset({Status.NON_PUBLIC}), frozenset({Flag.PROCESS}), date(2019, 5, 15), None
        ),
        "SECRET": LegalBasis(
            "SECRET", "保密法", frozenset({Status.NON_PUBLIC}), frozenset({Flag.STATE_SECRET_MARK}), None, None
        ),
        "OPEN": LegalBasis("OPEN", "公开", frozenset({Status.PROACTIVE}), frozenset(), None, None),
    }
)
PUBLIC = Opinion(Category.PLANS, 0.95, Category.DUTIES, Status.PROACTIVE, 0.97, 0.97)


def voice(**values: object) -> RuleVoice:
    given = {"id": "R1", "name": "某规则", "category": None, "status": None, "flags": (), "bases": (), "words": ("词",)}
    return RuleVoice(**{**given, **values})  # type: ignore[arg-type]


def proposed(
    opinion: Opinion = PUBLIC, *voices: RuleVoice, findings: tuple = (), flags: frozenset = frozenset(), day=DAY
) -> Proposal:
    return combine(Evidence(opinion, voices, findings, flags), BOUNDS, BASES, day)


def test_an_ordinary_public_document_is_clear() -> None:
    proposal = proposed()
    assert (proposal.category, proposal.status, proposal.lane) == (Category.PLANS, Status.PROACTIVE, Lane.CLEAR)


@pytest.mark.parametrize(
    ("opinion", "voices", "raised", "reasons"),
    [
        (
            PUBLIC,
            (),
            (),
            ("模型判断类别为规划计划，很有把握（95%）。", "未发现不予公开的理由，以公开为常态。"),
        ),
        (
            Opinion(Category.PLANS, 0.55, Category.DUTIES, Status.PROACTIVE, 0.97, 0.97),
            (voice(status=Status.PROACTIVE),),
            (),
            (
                "模型判断类别为规划计划，把握一般（55%），也可能是行政职责。",
                "未发现不予公开的理由，以公开为常态。",
            ),
        ),
        (
            Opinion(Category.PLANS, 0.55, None, Status.NON_PUBLIC, 0.9, 0.1),
            (voice(category=Category.PLANS, status=Status.NON_PUBLIC, bases=("NEW",), words=tuple("甲乙丙丁")),),
            (),
            (
                "规则“某规则”（甲、乙、丙）：规划计划。",
                "模型判断宜不予公开，很有把握（90%）。",
                "规则“某规则”（甲、乙、丙）：不予公开。",
            ),
        ),
        (
            PUBLIC,
            (voice(category=Category.DUTIES, bases=("OPEN",)),),
            (Flag.WORK_SECRET, Flag.SAFETY),
            (
                "规则“某规则”认为是行政职责，模型认为是规划计划，以规则为准。",
                "发现工作秘密：不予公开。",
                "请注意：涉及工作秘密、三安全一稳定。",
                "没有找到与该状态对应的现行依据，请审查人填写依据。",
            ),
        ),
    ],
)
def test_the_reasons_are_those_that_count_and_no_others(
    opinion: Opinion, voices: tuple[RuleVoice, ...], raised: tuple[Flag, ...], reasons: tuple[str, ...]
) -> None:
    assert proposed(opinion, *voices, flags=frozenset(raised)).reasons == reasons


def test_what_the_model_alone_suspects_is_told_and_changes_no_status() -> None:
    suspected = frozenset({Flag.WORK_SECRET, Flag.PRIVACY})
    evidence = Evidence(PUBLIC, (), (), frozenset({Flag.PRIVACY}), suspected)
    proposal = combine(evidence, BOUNDS, BASES, DAY)
    assert (proposal.status, proposal.lane) == (Status.PROACTIVE, Lane.ATTENTION)
    assert "模型提示可能涉及工作秘密，请核对。" in proposal.reasons
    assert set(proposal.flags) == suspected


@pytest.mark.parametrize(
    ("category", "public", "lane"),
    [(0.6, 0.55, Lane.CLEAR), (0.59, 0.55, Lane.ATTENTION), (0.6, 0.54, Lane.ATTENTION)],
)
def test_the_bounds_themselves_are_enough_for_the_clear_lane(category: float, public: float, lane: Lane) -> None:
    assert proposed(Opinion(Category.PLANS, category, None, Status.PROACTIVE, public, public)).lane is lane


@pytest.mark.parametrize(
    ("sure", "status", "confidence"), [(0.5, Status.NON_PUBLIC, 0.5), (0.49, Status.PROACTIVE, 0.51)]
)
def test_a_model_that_is_sure_enough_withholds_alone(sure: float, status: Status, confidence: float) -> None:
    proposal = proposed(Opinion(Category.PLANS, 0.95, None, Status.NON_PUBLIC, sure, 0.51))
    assert (proposal.status, proposal.status_confidence) == (status, confidence)


def test_what_is_withheld_by_a_rule_alone_is_as_likely_as_the_model_doubts_the_opposite() -> None:
    assert proposed(PUBLIC, voice(status=Status.NON_PUBLIC)).status_confidence == 1 - 0.97


def test_little_trust_in_publishing_is_no_doubt_of_withholding() -> None:
    withheld = Opinion(Category.PLANS, 0.95, None, Status.NON_PUBLIC, 0.9, 0.1)
    assert proposed(withheld).lane is Lane.CLEAR


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.9, "很有把握（90%）"),
        (0.89, "较有把握（89%）"),
        (0.75, "较有把握（75%）"),
        (0.74, "把握一般（74%）"),
        (0.5, "把握一般（50%）"),
        (0.49, "把握不大（49%）"),
    ],
)
def test_a_probability_is_said_in_words(probability: float, words: str) -> None:
    assert confidence_in_words(probability) == words


def test_a_rule_makes_a_status_more_restrictive() -> None:
    proposal = proposed(PUBLIC, voice(status=Status.NON_PUBLIC, bases=("NEW",)))
    assert (proposal.status, proposal.lane) == (Status.NON_PUBLIC, Lane.CLEAR)
    assert proposal.bases == ("NEW",)


def test_a_rule_never_makes_a_status_less_restrictive() -> None:
    withheld = Opinion(Category.PLANS, 0.95, None, Status.NON_PUBLIC, 0.9, 0.1)
    assert proposed(withheld, voice(status=Status.ON_REQUEST)).status is Status.NON_PUBLIC
    assert proposed(withheld, voice(status=Status.PROACTIVE)).status is Status.NON_PUBLIC


def test_a_rule_without_a_status_speaks_for_publishing() -> None:
    assert proposed(PUBLIC, voice(category=Category.PLANS, bases=("OPEN",))).bases == ("OPEN",)
    assert proposed(PUBLIC, voice(status=Status.NON_PUBLIC), voice(bases=("SECRET",))).bases == ()


def test_of_several_rules_the_most_restrictive_wins() -> None:
    voices = voice(status=Status.ON_REQUEST), voice(status=Status.NON_PUBLIC), voice(status=Status.ON_REQUEST)
    assert proposed(PUBLIC, *voices).status is Status.NON_PUBLIC


def test_two_rules_that_name_different_categories_leave_it_to_a_person() -> None:
    proposal = proposed(PUBLIC, voice(category=Category.PLANS), voice(category=Category.DUTIES, name="另一条"))
    assert proposal.category is None
    assert proposal.lane is Lane.ATTENTION
    assert "某规则" in proposal.reasons[0]
    assert "另一条" in proposal.reasons[0]


def test_a_rule_against_a_sure_model_is_followed_and_shown() -> None:
    proposal = proposed(PUBLIC, voice(category=Category.DUTIES))
    assert (proposal.category, proposal.lane) == (Category.DUTIES, Lane.ATTENTION)


def test_a_model_that_abstains_leaves_the_category_open() -> None:
    unsure = Opinion(None, 0.3, Category.DUTIES, Status.PROACTIVE, 0.97, 0.97)
    assert (proposed(unsure).category, proposed(unsure).lane) == (None, Lane.ATTENTION)


def test_a_state_secret_mark_holds_the_case_whatever_else_is_said() -> None:
    proposal = proposed(findings=(Finding(Kind.SECRET_MARK, 0, 4),), flags=frozenset({Flag.STATE_SECRET_MARK}))
    assert (proposal.lane, proposal.status) == (Lane.HOLD, Status.NON_PUBLIC)
    assert proposal.bases == ("SECRET",)


@pytest.mark.parametrize("flag", [flag for flag in Flag if flag is not Flag.STATE_SECRET_MARK])
def test_a_flagged_document_is_never_clear(flag: Flag) -> None:
    assert proposed(flags=frozenset({flag})).lane is Lane.ATTENTION


def test_a_finding_sends_a_public_document_to_a_person() -> None:
    proposal = proposed(findings=(Finding(Kind.MOBILE, 0, 11),), flags=frozenset({Flag.PRIVACY}))
    assert (proposal.status, proposal.lane) == (Status.PROACTIVE, Lane.ATTENTION)
    assert any("手机号" in reason for reason in proposal.reasons)


def test_a_model_that_doubts_keeps_a_document_out_of_the_clear_lane() -> None:
    doubtful = Opinion(Category.PLANS, 0.95, None, Status.PROACTIVE, 0.52, 0.52)
    assert proposed(doubtful).lane is Lane.ATTENTION


def test_the_basis_is_the_one_in_force_on_the_documents_day() -> None:
    rule = voice(status=Status.NON_PUBLIC, bases=("OLD", "NEW"))
    assert proposed(PUBLIC, rule, day=date(2019, 5, 14)).bases == ("OLD",)
    assert proposed(PUBLIC, rule, day=date(2019, 5, 15)).bases == ("NEW",)


def test_a_basis_that_does_not_support_the_status_is_not_cited() -> None:
    assert proposed(PUBLIC, voice(status=Status.NON_PUBLIC, bases=("OPEN", "NEW"))).bases == ("NEW",)


def test_a_missing_basis_is_said() -> None:
    proposal = proposed(PUBLIC, voice(status=Status.ON_REQUEST))
    assert proposal.bases == ()
    assert any("依据" in reason for reason in proposal.reasons)


def test_a_document_without_text_is_never_clear() -> None:
    untold = Opinion(Category.PLANS, 0.95, None, None, 0.0, 0.0)
    assert (proposed(untold).status, proposed(untold).lane) == (Status.PROACTIVE, Lane.ATTENTION)
