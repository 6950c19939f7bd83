"""What workers make for intake: everything that is kept of a document, without a database."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reviewflow import __version__
from reviewflow.records.originals import changed_file_error
from reviewflow.services.intake.arrival import Arrival, Origin, Row
from reviewflow.text.characters import storable
from reviewflow.text.search.grams import gram_hashes, gram_text
from reviewflow.text.search.similar import bands, sketch, template_key

if TYPE_CHECKING:
    from reviewflow.domain.document import Document
    from reviewflow.explained.record import Explained
    from reviewflow.pipeline import Toolkit

_SKETCH_BITS = 0xFFFF


def prepare_files(origins: Sequence[Origin], kit: "Toolkit", vendor: str) -> list[Arrival]:
    """Read, propose, and make the keys of files; ``vendor`` is Django's name of the database.

    Raises ReviewflowError ``read.*``.
    """
    return [_prepare_file(origin, kit, vendor) for origin in origins]


def prepare_rows(rows: Sequence[tuple[Row, Origin]], kit: "Toolkit", table: str, vendor: str) -> list[Arrival]:
    """The same for rows of one table."""
    from reviewflow.pipeline import document_of_row, propose_documents

    proposed = propose_documents([document_of_row(row, table) for row, _ in rows], kit)
    return [_arrival(explained, origin, vendor) for explained, (_, origin) in zip(proposed, rows, strict=True)]


def _prepare_file(origin: Origin, kit: "Toolkit", vendor: str) -> Arrival:
    from reviewflow.pipeline import propose

    arrival = _arrival(propose(origin.path, kit), origin, vendor)
    if not origin.digest:
        # Its digest could not be taken when its turn came, and now it can be read.
        raise changed_file_error()
    return arrival


def _arrival(explained: "Explained", origin: Origin, vendor: str) -> Arrival:
    from reviewflow.explained.record import record_of

    document, proposal = explained.document, explained.proposal
    content = storable(document.text)
    title = storable(document.title or Path(origin.source).stem)[:500]
    words = gram_text(f"{title}\n{content}")
    drawn = sketch(document.body)
    return Arrival(
        digest=origin.digest,
        original=origin.original,
        row=origin.row,
        source=origin.source,
        size=origin.size,
        title=title,
        doc_number=storable(document.doc_number or "")[:120],
        agency=storable(document.agency or "")[:200],
        formed_on=document.formed_on,
        content=content,
        body_length=len(document.body),
        parts=_parts(document),
        category=proposal.category.value if proposal.category else "",
        status=proposal.status.value,
        lane=proposal.lane.value,
        bases=proposal.bases,
        record=storable(json.dumps(record_of(explained), ensure_ascii=False, sort_keys=True, separators=(",", ":"))),
        model=explained.model,
        rules_digest=explained.rules_digest,
        program=__version__,
        template=template_key(title)[:200],
        sketch=" ".join(str(number & _SKETCH_BITS) for number in drawn),
        bands=bands(drawn),
        grams=gram_hashes(words.split()) if vendor == "postgresql" else words,
        path=origin.path,
    )


def _parts(document: "Document") -> str:
    parts = [[part.kind.value, part.start, part.end] for part in document.reading.parts]
    return json.dumps(parts, separators=(",", ":")) if parts else ""
