"""Finding which rules match a document: every literal word of every rule in one pass over the text."""

from collections.abc import Callable

from reviewflow.domain.document import Document
from reviewflow.rules.model import CLOSING_LENGTH, OPENING_LENGTH, Condition, Place, Rule, RuleHit, RuleSet
from reviewflow.text.lexicon import Lexicon, Places

_REMARKS = {")": "(", "）": "（", "]": "[", "】": "【", "〕": "〔"}


_IN_TEXT = (Place.OPENING, Place.CLOSING, Place.ANYWHERE)


class Matcher:
    """The rules of a set, prepared for many documents. Not picklable: build one per process."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        conditions = [c for rule in rules.rules for c in (*rule.conditions, *rule.unless)]
        # Words that rules look for in titles alone (通知, 意见 ...) stand all over a text: they get a pass of their own.
        self._in_title = Lexicon(
            word for c in conditions if c.place not in _IN_TEXT or c.place is Place.ANYWHERE for word in c.any_of
        )
        self.text_words = frozenset(word for c in conditions if c.place in _IN_TEXT for word in c.any_of)
        self._in_text = Lexicon(self.text_words)
        # A rule can only match when a word of its first condition occurs, so that condition finds its candidates.
        self._candidates: dict[str, list[Rule]] = {}
        for rule in rules.rules:
            for word in rule.conditions[0].any_of:
                self._candidates.setdefault(word, []).append(rule)

    def hits(self, document: Document, places: Places | None = None) -> tuple[RuleHit, ...]:
        """The rules that match, in file order.

        ``places`` are those of ``text_words`` (and perhaps others) in the text, where they are known already.
        """
        in_text = self._in_text.places(document.text) if places is None else places
        view = _WordsInDocument(document, self._in_title.places, in_text)
        candidates = {rule.id: rule for word in view.all_words for rule in self._candidates.get(word, ())}
        hits = [hit for rule in candidates.values() if (hit := _match(rule, view))]
        return tuple(sorted(hits, key=lambda hit: hit.rule.line))


class _WordsInDocument:
    """The words found in the title, the subject and the text of one document."""

    def __init__(self, document: Document, find: Callable[[str], Places], in_text: Places) -> None:
        self.title = _without_remarks(document.title or "")
        self.subject = _without_remarks(document.subject)
        self.length = len(document.text)
        self.in_title = find(document.title or "")
        self.in_subject = self.in_title if self.subject == self.title else find(self.subject)
        self.in_text = in_text
        self.all_words = [*self.in_title, *(word for word in self.in_text if word not in self.in_title)]

    def words_of(self, condition: Condition) -> list[str]:
        """The words of a condition that stand where it looks."""
        place, words = condition.place, condition.words
        if place is Place.TITLE:
            return [word for word in self.in_title if word in words]
        if place is Place.SUBJECT:
            return [word for word in self.in_subject if word in words]
        if place is Place.TITLE_START:
            return [word for word in self.in_title if word in words and self.title.startswith(word)]
        if place is Place.TITLE_END:
            return [word for word in self.in_title if word in words and self.title.endswith(word)]
        if place is Place.SUBJECT_END:
            return [word for word in self.in_subject if word in words and self.subject.endswith(word)]
        if place is Place.ANYWHERE:
            return [word for word in self.all_words if word in words]
        if place is Place.OPENING:
            return [w for w, at in self.in_text.items() if w in words and at[0] + len(w) <= OPENING_LENGTH]
        return [w for w, at in self.in_text.items() if w in words and at[-1] >= self.length - CLOSING_LENGTH]


def _match(rule: Rule, view: _WordsInDocument) -> RuleHit | None:
    words: list[str] = []
    for condition in rule.conditions:
        found = view.words_of(condition)
        if not found:
            return None
        words.extend(found)
    if any(view.words_of(condition) for condition in rule.unless):
        return None
    return RuleHit(rule, tuple(dict.fromkeys(words)))


def _without_remarks(title: str) -> str:
    """A title without bracketed remarks at its end: 某办法(试行) is 某办法."""
    title = title.strip()
    while title and title[-1] in _REMARKS and _REMARKS[title[-1]] in title[1:-1]:
        title = title[: title.rfind(_REMARKS[title[-1]])].rstrip()
    return title
