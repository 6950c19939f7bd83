"""Rules as people read them: each as a sentence, the cases that it touched, and what it does to a text."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.db.models import F

from reviewflow.domain.document import Reading
from reviewflow.domain.people import Actor
from reviewflow.records import models as rows
from reviewflow.rules.explain import conclusion, sentence, surroundings
from reviewflow.rules.matcher import Matcher
from reviewflow.rules.model import Rule
from reviewflow.rules.reader import load_legal_bases, load_rules
from reviewflow.services.office import Office
from reviewflow.text.tidy import Given, tidy

LOOKED_AT = 3000
"""The latest proposals that are searched for cases a rule touched."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched a text: its conclusion, and its words with what stands around them."""

    rule: Rule
    conclusion: str
    words: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def _matcher(configs: Path, changed: float) -> Matcher:
    return Matcher(load_rules(configs / "rules.yaml", load_legal_bases(configs / "legal_bases.yaml")))


def matcher(office: Office) -> Matcher:
    """The matcher of the office's rules, made anew when the file changes. Raises FaultyFileError."""
    configs = office.settings.configs
    return _matcher(configs, (configs / "rules.yaml").stat().st_mtime)


def rule_names(office: Office) -> dict[str, str]:
    """The names of all rules by id."""
    return {rule.id: rule.name for rule in matcher(office).rules.rules}


def rules_of(office: Office) -> list[tuple[Rule, str]]:
    """All rules with their sentences, in file order."""
    return [(rule, sentence(rule, office.bases)) for rule in matcher(office).rules.rules]


def touched(office: Office, actor: Actor, rule_id: str, most: int = 20) -> list[rows.Case]:
    """Cases whose proposal the rule had a part in: the newest of those among the latest LOOKED_AT that one may see."""
    day = office.now().date()
    query = rows.Proposal.objects.filter(document__case__document_id=F("document_id"))
    if not actor.sees_all(day):
        query = query.filter(document__section__name__in=actor.sections(day))
    found = []
    for record, case_id in query.order_by("-id").values_list("record", "document__case_id")[:LOOKED_AT]:
        if any(rule["id"] == rule_id for rule in json.loads(record)["rules"]):
            found.append(case_id)
            if len(found) == most:
                break
    by_id = rows.Case.objects.in_bulk(found)
    return [by_id[case_id] for case_id in found]


def try_text(office: Office, text: str) -> Iterator[Hit]:
    """The rules that match a text; its first line counts as the title."""
    document = tidy(Reading(text), "文字", Given(title=text.split("\n", 1)[0].strip()))
    for hit in matcher(office).hits(document):
        words = tuple((word, surroundings(document, word)) for word in hit.words[:6])
        yield Hit(hit.rule, conclusion(hit.rule), words)
