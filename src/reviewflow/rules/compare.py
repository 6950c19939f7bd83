"""Rule rehearsal: two rule sets replayed over the same documents, and what would change."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from reviewflow.domain.document import Document
from reviewflow.domain.terms import Status
from reviewflow.rules.matcher import Matcher
from reviewflow.rules.model import RuleHit


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """What the rules alone say of a document: categories, the most restrictive status, flags (all by name)."""

    categories: tuple[str, ...]
    status: str
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A document on which two rule sets differ."""

    id: str
    title: str
    before: RuleVerdict
    after: RuleVerdict
    gone: tuple[str, ...]
    """ids of rules that no longer match"""
    new: tuple[str, ...]
    """ids of rules that match now"""


def verdict_of(hits: Iterable[RuleHit]) -> RuleVerdict:
    """The rules' combined say."""
    rules = [hit.rule for hit in hits]
    statuses = [rule.status for rule in rules if rule.status]
    strictest = max(statuses, key=lambda status: status.strictness, default=Status.PROACTIVE)
    return RuleVerdict(
        categories=tuple(sorted({rule.category.label for rule in rules if rule.category})),
        status=strictest.label,
        flags=tuple(sorted({flag.label for rule in rules for flag in rule.flags})),
    )


def compare(documents: Iterable[Document], old: Matcher, new: Matcher) -> Iterable[RuleChange | None]:
    """For each document the change, or None when both rule sets say the same of it."""
    for document in documents:
        before, after = old.hits(document), new.hits(document)
        first, second = verdict_of(before), verdict_of(after)
        if first == second:
            yield None
            continue
        were, are = {hit.rule.id for hit in before}, {hit.rule.id for hit in after}
        yield RuleChange(
            id=document.id,
            title=document.title or document.source,
            before=first,
            after=second,
            gone=tuple(sorted(were - are)),
            new=tuple(sorted(are - were)),
        )


def tally(changes: Iterable[RuleChange]) -> Counter[str]:
    """How many documents change in which way, such as 公开属性：主动公开→不予公开."""
    counted: Counter[str] = Counter()
    for change in changes:
        if change.before.status != change.after.status:
            counted[f"公开属性：{change.before.status}→{change.after.status}"] += 1
        if change.before.categories != change.after.categories:
            was, now = (
                "/".join(categories) or "未定" for categories in (change.before.categories, change.after.categories)
            )
            counted[f"类别：{was}→{now}"] += 1
        counted.update(f"新增标记：{flag}" for flag in set(change.after.flags) - set(change.before.flags))
        counted.update(f"不再标记：{flag}" for flag in set(change.before.flags) - set(change.after.flags))
    return counted
