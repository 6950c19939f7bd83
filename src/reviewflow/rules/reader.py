"""Reading rules.yaml and legal_bases.yaml. Every fault of a file is reported at once, with its line."""

import hashlib

from reviewflow.domain.document import Document
from reviewflow.domain.legal import LegalBases, LegalBasis
from reviewflow.domain.terms import Category, Flag, Status
from reviewflow.errors import FaultyFileError
from reviewflow.rules.matcher import Matcher
from reviewflow.rules.model import Condition, Place, Rule, RuleSet
from reviewflow.rules.nodes import (
    FaultSheet,
    SheetEntry,
    date_of,
    entries_of,
    nearest,
    open_sheet,
    report_unknown_keys,
    term_of,
    value_of,
    values_of,
)
from reviewflow.settings import Source

AND = "并有"
UNLESS = "没有"
_PLACE_KEYS = tuple(place.value + suffix for place in Place for suffix in ("", AND, UNLESS))
RULE_KEYS = ("编号", "名称", *_PLACE_KEYS, "类别", "状态", "标记", "依据", "正例", "反例")
BASIS_KEYS = ("代码", "引文", "状态", "标记", "起", "止", "地区")
_SHORTEST_WORD = 2


def load_legal_bases(path: Source, office: str = "") -> LegalBases:
    """The legal bases of a file, for the office of this full name. Raises FaultyFileError ``legal_bases.faulty``."""
    sheet, top, _ = open_sheet(path)
    found: dict[str, LegalBasis] = {}
    for entry in entries_of(sheet, top, "依据") if top else ():
        basis = _basis(sheet, entry)
        if basis.code in found:
            sheet.fault(entry.line, f"代码“{basis.code}”重复。", "每条依据的代码必须唯一。")
        found[basis.code] = basis
    if sheet.faults:
        raise FaultyFileError("legal_bases.faulty", sheet.faults)
    return LegalBases(found, office)


def _basis(sheet: FaultSheet, entry: SheetEntry) -> LegalBasis:
    report_unknown_keys(sheet, entry, BASIS_KEYS)
    since, until = date_of(sheet, entry, "起"), date_of(sheet, entry, "止")
    if since and until and until < since:
        sheet.fault(entry.values["止"], "“止”早于“起”。")
    statuses = [
        term_of(sheet, entry, "状态", Status, label) for label in values_of(sheet, entry, "状态", required=True)
    ]
    flags = [term_of(sheet, entry, "标记", Flag, label) for label in values_of(sheet, entry, "标记")]
    return LegalBasis(
        code=value_of(sheet, entry, "代码"),
        citation=value_of(sheet, entry, "引文"),
        statuses=frozenset(filter(None, statuses)),
        flags=frozenset(filter(None, flags)),
        since=since,
        until=until,
        region=value_of(sheet, entry, "地区", required=False),
    )


def load_rules(path: Source, bases: LegalBases) -> RuleSet:
    """The rules of a file, checked against the legal bases and against their own examples.

    Raises FaultyFileError ``rules.faulty``.
    """
    sheet, top, content = open_sheet(path)
    rules = [_rule(sheet, entry, bases) for entry in entries_of(sheet, top, "规则")] if top else []
    seen: dict[str, int] = {}
    for rule in rules:
        if rule.id in seen:
            sheet.fault(rule.line, f"编号“{rule.id}”重复，第 {seen[rule.id]} 行已经用过。", "每条规则的编号必须唯一。")
        seen.setdefault(rule.id, rule.line)
    digest = hashlib.sha256(content).hexdigest()
    if not sheet.faults:
        _check_examples(sheet, rules, digest)
    if sheet.faults:
        raise FaultyFileError("rules.faulty", sorted(sheet.faults, key=lambda fault: fault.line))
    return RuleSet(tuple(rules), digest)


def _rule(sheet: FaultSheet, entry: SheetEntry, bases: LegalBases) -> Rule:
    report_unknown_keys(sheet, entry, RULE_KEYS)
    conditions = tuple(_conditions(sheet, entry, ("", AND)))
    unless = tuple(_conditions(sheet, entry, (UNLESS,)))
    category = term_of(sheet, entry, "类别", Category, value_of(sheet, entry, "类别", required=False))
    status = term_of(sheet, entry, "状态", Status, value_of(sheet, entry, "状态", required=False))
    flags = tuple(filter(None, (term_of(sheet, entry, "标记", Flag, one) for one in values_of(sheet, entry, "标记"))))
    rule = Rule(
        id=value_of(sheet, entry, "编号"),
        name=value_of(sheet, entry, "名称"),
        conditions=conditions,
        unless=unless,
        category=category,
        status=status,
        flags=flags,
        bases=values_of(sheet, entry, "依据", required=True),
        examples=values_of(sheet, entry, "正例", required=True),
        counter_examples=values_of(sheet, entry, "反例"),
        line=entry.line,
    )
    _check_meaning(sheet, entry, rule, bases)
    return rule


def _conditions(sheet: FaultSheet, entry: SheetEntry, suffixes: tuple[str, ...]) -> list[Condition]:
    found = []
    for place in Place:
        for suffix in suffixes:
            key = place.value + suffix
            words = values_of(sheet, entry, key)
            for word in words:
                if len(word) < _SHORTEST_WORD and place in (Place.OPENING, Place.CLOSING, Place.ANYWHERE):
                    sheet.fault(entry.values[key], f"“{key}”里“{word}”只有一个字，会到处匹配。", "请写至少两个字的词。")
            if words:
                found.append(Condition(place, words))
    return found


def _check_meaning(sheet: FaultSheet, entry: SheetEntry, rule: Rule, bases: LegalBases) -> None:
    if not rule.conditions:
        sheet.fault(entry.line, "没有写要找的词。", f"至少写一项：{'、'.join(place.value for place in Place)}。")
    if not (rule.category or rule.status or rule.flags):
        sheet.fault(entry.line, "没有写结论。", "至少写一项：类别、状态、标记。")
    for code in rule.bases:
        if code not in bases.by_code:
            sheet.fault(
                entry.values["依据"], f"依据“{code}”不在 legal_bases.yaml 里。", nearest(code, bases.by_code, 0.5)
            )
    if rule.status is Status.PROACTIVE:
        sheet.fault(entry.values["状态"], "规则不能把状态放宽为主动公开。", "规则只能收紧；删去这一行即可。")
    elif rule.status:
        known = [bases.by_code[code] for code in rule.bases if code in bases.by_code]
        if known and not any(rule.status in basis.statuses for basis in known):
            sheet.fault(entry.values["依据"], f"这些依据都不支持“{rule.status.label}”。", "请换用支持该状态的依据。")


def example_document(example: str) -> Document:
    """The document that an example stands for: its first line is the title, all of it is the text."""
    return Document(id="例", source="例", text=example, title=example.partition("\n")[0].strip())


def _check_examples(sheet: FaultSheet, rules: list[Rule], digest: str) -> None:
    """An example must match its own rule and a counter-example must not: examples are the rule's tests."""
    for rule in rules:
        matcher = Matcher(RuleSet((rule,), digest))
        for example in rule.examples:
            if not matcher.hits(example_document(example)):
                sheet.fault(
                    rule.line, f"规则“{rule.name}”的正例没有匹配上：“{example[:30]}”。", "请改正例子或所列的词。"
                )
        for example in rule.counter_examples:
            if matcher.hits(example_document(example)):
                sheet.fault(
                    rule.line,
                    f"规则“{rule.name}”的反例被匹配上了：“{example[:30]}”。",
                    "请补写“没有”一项，或改正例子。",
                )
