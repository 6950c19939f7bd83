"""Rules as people read them: each as a sentence, the cases that it touched, and what it does to a text."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F

from reviewflow.domain.document import Reading
from reviewflow.domain.people import Actor
from reviewflow.records import models as rows
from reviewflow.rules.explain import conclusion, sentence, surroundings
from reviewflow.rules.model import Rule
from reviewflow.services.access import sections_seen
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


def rule_names(office: Office) -> dict[str, str]:
    """The names of all rules by id."""
    return {rule.id: rule.name for rule in office.configuration.rules.rules}


def rules_of(office: Office) -> list[tuple[Rule, str]]:
    """All rules with their sentences, in file order."""
    return [(rule, sentence(rule, office.bases)) for rule in office.configuration.rules.rules]


def cases_touched_by_rule(office: Office, actor: Actor, rule_id: str, most: int = 20) -> list[rows.Case]:
    """Cases whose proposal the rule had a part in: the newest of those among the latest LOOKED_AT that one may see."""
    query = rows.Proposal.objects.filter(document__case__document_id=F("document_id"))
    seen = sections_seen(actor, office.now())
    if seen is not None:
        query = query.filter(document__section__name__in=seen)
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
    for hit in office.configuration.matcher.hits(document):
        words = tuple((word, surroundings(document, word)) for word in hit.words[:6])
        yield Hit(hit.rule, conclusion(hit.rule), words)
