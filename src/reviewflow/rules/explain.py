"""Rules as sentences: what a clerk reads to know what a rule does, and why a document matched or nearly did."""

from reviewflow.domain.document import Document
from reviewflow.domain.legal import LegalBases
from reviewflow.rules.model import Condition, Place, Rule

_MOST_WORDS = 8

_WHERE = {
    Place.TITLE: "标题里有",
    Place.TITLE_START: "标题开头是",
    Place.TITLE_END: "标题结尾是",
    Place.SUBJECT: "主题里有",
    Place.SUBJECT_END: "主题结尾是",
    Place.OPENING: "正文开头有",
    Place.CLOSING: "正文结尾有",
    Place.ANYWHERE: "全文有",
}


def sentence(rule: Rule, bases: LegalBases) -> str:
    """The rule as one Chinese sentence, with its bases cited."""
    when = "，并且".join(_condition(condition) for condition in rule.conditions)
    unless = "、".join(_condition(condition) for condition in rule.unless)
    but = f"（但{unless}的除外）" if unless else ""
    cited = "；".join(bases.by_code[code].citation for code in rule.bases if code in bases.by_code)
    return f"{rule.id} {rule.name}：{when}{but}，{conclusion(rule)}。依据：{cited}。"


def conclusion(rule: Rule) -> str:
    """What follows from a rule, in words."""
    parts = []
    if rule.category:
        parts.append(f"类别建议为{rule.category.label}")
    if rule.status:
        parts.append(f"建议{rule.status.label}")
    if rule.flags:
        parts.append(f"提示{'、'.join(flag.label for flag in rule.flags)}")
    return "，".join(parts)


def _condition(condition: Condition) -> str:
    shown = "”“".join(condition.any_of[:_MOST_WORDS])
    more = f"等 {len(condition.any_of)} 个词之一" if len(condition.any_of) > _MOST_WORDS else ""
    either = "之一" if 1 < len(condition.any_of) <= _MOST_WORDS else ""
    return f"{_WHERE[condition.place]}“{shown}”{more}{either}"


def surroundings(document: Document, word: str, reach: int = 18) -> str:
    """A word as it stands in the title or else in the text, with the characters around it."""
    for text in (document.title or "", document.text):
        at = text.find(word)
        if at >= 0:
            start, end = max(0, at - reach), at + len(word) + reach
            shown = text[start:end].replace("\n", " ")
            return ("…" if start else "") + shown + ("…" if end < len(text) else "")
    return word
