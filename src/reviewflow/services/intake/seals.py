"""What the audit chain keeps of a document's text and of what was proposed for it: digests, never the words."""

from datetime import date

from reviewflow.records.chain.entries import digest
from reviewflow.records.models import Document, DocumentText, Proposal
from reviewflow.services.intake.arrival import Arrival


def seals_of(arrival: Arrival) -> dict[str, str]:
    """The digests of an arrival, as its audit entry binds them."""
    return {
        "text": _text(arrival.content, arrival.body_length, arrival.parts),
        "proposed": _proposed(
            (arrival.title, arrival.doc_number, arrival.agency, arrival.source),
            arrival.formed_on,
            " ".join(arrival.bases),
            arrival.record,
        ),
    }


def seal_of_text(text: DocumentText) -> str:
    """The digest of a text as it is kept."""
    return _text(text.content, text.body_length, text.parts)


def seal_of_proposal(document: Document, proposal: Proposal) -> str:
    """The digest of what a document says of itself and of its proposal, as they are kept."""
    words = (document.title, document.doc_number, document.agency, document.source)
    return _proposed(words, document.formed_on, proposal.bases, proposal.record)


def _text(content: str, body_length: int, parts: str) -> str:
    return digest([content, body_length, parts])


def _proposed(words: tuple[str, ...], formed_on: date | None, bases: str, record: str) -> str:
    return digest([*words, formed_on.isoformat() if formed_on else "", bases, record])
