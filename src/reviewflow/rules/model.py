"""A rule: literal words, where to look for them, and what follows when they are there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from reviewflow.domain.terms import Category, Flag, Status


class Place(Enum):
    """Where a rule looks. The value is the word that stands in the rule file."""

    TITLE = "标题"
    """the title as it is"""
    TITLE_START = "标题开头"
    """the title begins with one of the words"""
    TITLE_END = "标题结尾"
    """the title ends with one of the words (a bracketed remark behind it is passed over)"""
    SUBJECT = "主题"
    """the inner title of 关于印发《…》的通知, otherwise the title"""
    SUBJECT_END = "主题结尾"
    """the subject ends with one of the words"""
    OPENING = "开头"
    """the first 400 characters of the text"""
    CLOSING = "结尾"
    """the last 300 characters of the text"""
    ANYWHERE = "全文"
    """title and text"""


OPENING_LENGTH = 400
CLOSING_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Condition:
    """At least one of ``any_of`` in ``place``."""

    place: Place
    any_of: tuple[str, ...]
    words: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the words as a set too, for the matcher."""
        object.__setattr__(self, "words", frozenset(self.any_of))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. It matches when every condition holds and none of ``unless`` occurs (title and text).

    What follows is at most one category, one status, and any flags. A rule can make a proposal more
    restrictive, never less.
    """

    id: str
    name: str
    conditions: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    category: Category | None
    status: Status | None
    flags: tuple[Flag, ...]
    bases: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A rule that matched, and the words of it that were found."""

    rule: Rule
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules of a file, the digest of that file, by id in file order."""

    rules: tuple[Rule, ...]
    digest: str

    @property
    def by_id(self) -> Mapping[str, Rule]:
        """The rules by their id."""
        return {rule.id: rule for rule in self.rules}
