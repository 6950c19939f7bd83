"""From evidence to a proposal: what the machine proposes, in which lane, and why. People decide.

Safety rules held here: a rule or a flag can make a status more restrictive, never less; two rules that name
different categories leave the category to a person; a state-secret mark holds the case.
"""

from dataclasses import dataclass
from datetime import date

from reviewflow.domain.document import Finding
from reviewflow.domain.legal import LegalBases
from reviewflow.domain.terms import Category, Flag, Lane, Status


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model thinks: best category (None when it abstains) and the probability of each status.

    ``status`` is None when there was no text to judge by.
    """

    category: Category | None
    category_confidence: float
    runner_up: Category | None
    status: Status | None
    status_confidence: float
    public_probability: float


@dataclass(frozen=True, slots=True)
class RuleVoice:
    """What one matching rule says, with the words that made it match."""

    id: str
    name: str
    category: Category | None
    status: Status | None
    flags: tuple[Flag, ...]
    bases: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """When a case may be in the clear lane: least confidence of the category and least probability of 主动公开.

    ``withhold`` is the probability from which the model alone proposes a status other than 主动公开.
    """

    category_confidence: float
    public_probability: float
    withhold: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that a proposal is made of."""

    opinion: Opinion
    rules: tuple[RuleVoice, ...]
    findings: tuple[Finding, ...]
    flags: frozenset[Flag]
    suspected: frozenset[Flag] = frozenset()
    """flags that the model alone suspects: they ask for attention and change no status"""
    warnings: tuple[str, ...] = ()
    """what a person should know of the file: a wrong suffix, pages without text, comments left in it"""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one document, and the reasons in sentences that a clerk can read."""

    category: Category | None
    category_confidence: float
    status: Status
    status_confidence: float
    lane: Lane
    bases: tuple[str, ...]
    flags: tuple[Flag, ...]
    reasons: tuple[str, ...]


# The status that a flag alone calls for (政府信息公开条例(2019) Arts. 14 and 15). Privacy is first a matter of masking
# (Art. 37): it sends a public document to a person's attention without closing it.
_STATUS_OF_FLAG = {
    Flag.STATE_SECRET_MARK: Status.NON_PUBLIC,
    Flag.WORK_SECRET: Status.NON_PUBLIC,
    Flag.LAW_FORBID: Status.NON_PUBLIC,
    Flag.SAFETY: Status.NON_PUBLIC,
    Flag.TRADE_SECRET: Status.NON_PUBLIC,
}


def combine(evidence: Evidence, bounds: Bounds, bases: LegalBases, day: date) -> Proposal:
    """The proposal that follows from the evidence, with the legal bases in force on ``day``."""
    reasons: list[str] = []
    flags = evidence.flags.union(*(voice.flags for voice in evidence.rules))
    category, agreed = _category(evidence, bounds, reasons)
    status, confidence = _status(evidence, flags, bounds, reasons)
    suspected = evidence.suspected - flags
    if suspected:
        reasons.append(f"模型提示可能涉及{'、'.join(flag.label for flag in Flag if flag in suspected)}，请核对。")
    flags |= suspected
    lane = _lane(evidence, flags, status, agreed, bounds, reasons)
    chosen = _bases(evidence.rules, flags, status, bases, day)
    if not chosen and status is not Status.PROACTIVE:
        reasons.append("没有找到与该状态对应的现行依据，请审查人填写依据。")
    return Proposal(
        category=category,
        category_confidence=evidence.opinion.category_confidence,
        status=status,
        status_confidence=confidence,
        lane=lane,
        bases=chosen,
        flags=tuple(flag for flag in Flag if flag in flags),
        reasons=tuple(reasons),
    )


def _bases(
    rules: tuple[RuleVoice, ...], flags: frozenset[Flag], status: Status, bases: LegalBases, day: date
) -> tuple[str, ...]:
    """The bases that rules name for this status, and for flags that these do not cover the bases of the flag."""
    speaking = [voice for voice in rules if (voice.status or Status.PROACTIVE) is status or set(voice.flags) & flags]
    named = bases.supporting((code for voice in speaking for code in voice.bases), status, day)
    if status is Status.PROACTIVE:
        return named
    covered = frozenset().union(*(bases.by_code[code].flags for code in named)) if named else frozenset()
    return tuple(dict.fromkeys((*named, *bases.for_flags(flags - covered, status, day))))


def _category(evidence: Evidence, bounds: Bounds, reasons: list[str]) -> tuple[Category | None, bool]:
    """The proposed category, and whether everything that has a say agrees on it."""
    opinion = evidence.opinion
    named = {voice.category: voice for voice in evidence.rules if voice.category}
    if len(named) > 1:
        both = "、".join(f"规则“{voice.name}”认为是{category.label}" for category, voice in named.items())
        reasons.append(f"类别有分歧：{both}，请审查人确定。")
        return None, False
    if named:
        category, voice = next(iter(named.items()))
        if opinion.category not in (None, category):
            reasons.append(
                f"规则“{voice.name}”认为是{category.label}，模型认为是{opinion.category.label}，以规则为准。"
            )
            return category, False
        reasons.append(f"规则“{voice.name}”（{'、'.join(voice.words[:3])}）：{category.label}。")
        return category, True
    if opinion.category is None:
        reasons.append("模型对类别没有把握，请审查人确定。")
        return None, False
    sure = opinion.category_confidence >= bounds.category_confidence
    other = f"，也可能是{opinion.runner_up.label}" if not sure and opinion.runner_up else ""
    reasons.append(
        f"模型判断类别为{opinion.category.label}，{confidence_in_words(opinion.category_confidence)}{other}。"
    )
    return opinion.category, sure


def _status(evidence: Evidence, flags: frozenset[Flag], bounds: Bounds, reasons: list[str]) -> tuple[Status, float]:
    """The most restrictive of what model, rules and flags propose, and the model's probability of the outcome."""
    opinion = evidence.opinion
    status = Status.PROACTIVE
    if opinion.status and opinion.status is not Status.PROACTIVE and opinion.status_confidence >= bounds.withhold:
        status = opinion.status
        reasons.append(f"模型判断宜{status.label}，{confidence_in_words(opinion.status_confidence)}。")
    for voice in evidence.rules:
        if voice.status and voice.status is not Status.PROACTIVE:
            reasons.append(f"规则“{voice.name}”（{'、'.join(voice.words[:3])}）：{voice.status.label}。")
            status = max(status, voice.status, key=lambda one: one.strictness)
    for flag, called_for in _STATUS_OF_FLAG.items():
        if flag in flags and called_for.strictness > status.strictness:
            reasons.append(f"发现{flag.label}：{called_for.label}。")
            status = called_for
    if status is Status.PROACTIVE:
        reasons.append("未发现不予公开的理由，以公开为常态。")
        return status, opinion.public_probability
    return status, opinion.status_confidence if opinion.status is status else 1 - opinion.public_probability


def _lane(
    evidence: Evidence,
    flags: frozenset[Flag],
    status: Status,
    category_agreed: bool,
    bounds: Bounds,
    reasons: list[str],
) -> Lane:
    if Flag.STATE_SECRET_MARK in flags:
        reasons.append("文件带有国家秘密标志：停止办理公开，不得上网，请报保密行政管理部门或按定密处理。")
        return Lane.HOLD
    doubts = []
    if flags:
        doubts.append(f"涉及{'、'.join(flag.label for flag in Flag if flag in flags)}")
    if evidence.findings:
        kinds = dict.fromkeys(finding.kind.label for finding in evidence.findings)
        doubts.append(f"含有{'、'.join(kinds)}，公开前须遮盖")
    doubts.extend(warning.rstrip("。") for warning in evidence.warnings)
    if status is Status.PROACTIVE and evidence.opinion.public_probability < bounds.public_probability:
        doubts.append("模型对可以公开的把握不足")
    if doubts:
        reasons.append(f"请注意：{'；'.join(doubts)}。")
    return Lane.CLEAR if category_agreed and not doubts else Lane.ATTENTION


def confidence_in_words(probability: float) -> str:
    """A probability as a clerk would say it, with the figure."""
    for bound, words in ((0.9, "很有把握"), (0.75, "较有把握"), (0.5, "把握一般")):
        if probability >= bound:
            return f"{words}（{probability:.0%}）"
    return f"把握不大（{probability:.0%}）"
