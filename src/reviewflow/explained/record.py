"""A proposal with what it was made of, and the record as which it leaves the program: one row a document."""

from dataclasses import dataclass
from typing import Any

from reviewflow.domain.document import Document, Finding
from reviewflow.domain.proposal import Proposal
from reviewflow.rules.model import RuleHit

COLUMNS = (
    "id", "source", "title", "doc_number", "agency", "formed_on", "category", "category_name", "category_confidence",
    "status", "status_name", "status_confidence", "lane", "bases", "flags", "findings", "rules", "evidence", "keywords",
    "summary", "reasons", "model", "rules_digest", "words_digest",
)  # fmt: skip
NUMBERS = ("category_confidence", "status_confidence")
LISTS = ("bases", "flags", "findings", "rules", "evidence", "keywords", "reasons")
TEXTS = tuple(name for name in COLUMNS if name not in (*NUMBERS, *LISTS))
"""Columns by what they hold. Numbers and lists are always there, a text may be None."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A proposal with what it was made of and the versions that made it (its provenance)."""

    document: Document
    proposal: Proposal
    findings: tuple[Finding, ...]
    rules: tuple[RuleHit, ...]
    evidence: tuple[tuple[str, float], ...]
    keywords: tuple[str, ...]
    summary: str
    model: str
    rules_digest: str
    words_digest: str


def record_of(explained: Explained) -> dict[str, Any]:
    """One row: strings, numbers, None, and lists of strings or flat mappings (see the README for an example)."""
    document, proposal = explained.document, explained.proposal
    category, status = proposal.category, proposal.status
    return {
        "id": document.id,
        "source": document.source,
        "title": document.title,
        "doc_number": document.doc_number,
        "agency": document.agency,
        "formed_on": document.formed_on.isoformat() if document.formed_on else None,
        "category": category.value if category else None,
        "category_name": category.label if category else None,
        "category_confidence": round(proposal.category_confidence, 4),
        "status": status.value,
        "status_name": status.label,
        "status_confidence": round(proposal.status_confidence, 4),
        "lane": proposal.lane.value,
        "bases": list(proposal.bases),
        "flags": [flag.value for flag in proposal.flags],
        "findings": [
            {"kind": one.kind.value, "start": one.start, "end": one.end, "where": one.where}
            for one in explained.findings
        ],
        "rules": [{"id": hit.rule.id, "words": list(hit.words)} for hit in explained.rules],
        "evidence": [{"word": word, "weight": weight} for word, weight in explained.evidence],
        "keywords": list(explained.keywords),
        "summary": explained.summary,
        "reasons": list(proposal.reasons),
        "model": explained.model,
        "rules_digest": explained.rules_digest,
        "words_digest": explained.words_digest,
    }
