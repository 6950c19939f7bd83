"""Preparing what comes in: everything that intake keeps of a document, made in worker processes without a database."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reviewflow import __version__
from reviewflow.domain.document import Document
from reviewflow.explained.record import Explained, record
from reviewflow.pipeline import Toolkit, document_of_row, propose, propose_documents
from reviewflow.text.search.grams import gram_hashes, gram_text
from reviewflow.text.search.similar import bands, sketch, template_key

Row = dict[str, str]

_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
_SKETCH_BITS = 0xFFFF


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document as it is to be kept: its identity, text, proposal, and the keys under which it is found again.

    ``digest`` is the SHA-256 of the file, or of the row's canonical JSON; ``original`` that of the file or table.
    ``grams`` are the words of the search index: gram words for SQLite (one string) or hashes for PostgreSQL.
    ``sketch`` holds the low 16 bits of each number of the MinHash sketch.
    """

    digest: str
    original: str
    row: str
    source: str
    size: int
    title: str
    doc_number: str
    agency: str
    formed_on: date | None
    content: str
    body_length: int
    parts: str
    category: str
    status: str
    lane: str
    bases: tuple[str, ...]
    record: str
    model: str
    rules_digest: str
    program: str
    template: str
    sketch: str
    bands: tuple[int, ...]
    grams: str | list[int]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document came from, before it is read."""

    digest: str
    original: str
    row: str
    source: str
    size: int


def file_digest(path: Path) -> str:
    """SHA-256 of a file's content. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def row_digest(row: Row) -> str:
    """SHA-256 of a table row's canonical JSON.

    Where the row stands in its table and the section named there do not count: a person brings it in for a section.
    """
    content = {name: value for name, value in row.items() if name not in ("id", "section")}
    return hashlib.sha256(
        json.dumps(content, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
    ).hexdigest()


def prepare_file(path: Path, origin: Origin, kit: Toolkit, vendor: str) -> Arrival:
    """Read, propose, and make the keys of one file. Raises ReviewflowError ``read.*``."""
    return _arrival(propose(path, kit), origin, vendor)


def prepare_rows(rows: Sequence[tuple[Row, Origin]], table: str, kit: Toolkit, vendor: str) -> Iterator[Arrival]:
    """The same for rows of one table."""
    documents = [document_of_row(row, table) for row, _ in rows]
    for explained, (_, origin) in zip(propose_documents(documents, kit), rows, strict=True):
        yield _arrival(explained, origin, vendor)


def drawn_of(sketch: str) -> tuple[str, ...]:
    """The numbers of an arrival's or a document's sketch, to be compared with one another and nothing else."""
    return tuple(sketch.split())


def keepable(text: str) -> str:
    """A text as every database can hold it: NUL and halves of surrogate pairs become U+FFFD, offsets stay."""
    return _UNKEEPABLE.sub("\ufffd", text)


def _arrival(explained: Explained, origin: Origin, vendor: str) -> Arrival:
    document, proposal = explained.document, explained.proposal
    content = keepable(document.text)
    title = keepable(document.title or Path(origin.source).stem)[:500]
    words = gram_text(f"{title}\n{content}")
    drawn = sketch(document.body)
    return Arrival(
        digest=origin.digest,
        original=origin.original,
        row=origin.row,
        source=origin.source,
        size=origin.size,
        title=title,
        doc_number=keepable(document.doc_number or "")[:120],
        agency=keepable(document.agency or "")[:200],
        formed_on=document.formed_on,
        content=content,
        body_length=len(document.body),
        parts=_parts(document),
        category=proposal.category.value if proposal.category else "",
        status=proposal.status.value,
        lane=proposal.lane.value,
        bases=proposal.bases,
        record=keepable(json.dumps(record(explained), ensure_ascii=False, sort_keys=True, separators=(",", ":"))),
        model=explained.model,
        rules_digest=explained.rules_digest,
        program=__version__,
        template=template_key(title)[:200],
        sketch=" ".join(str(number & _SKETCH_BITS) for number in drawn),
        bands=bands(drawn),
        grams=gram_hashes(words.split()) if vendor == "postgresql" else words,
    )


def _parts(document: Document) -> str:
    parts = [[part.kind.value, part.start, part.end] for part in document.reading.parts]
    return json.dumps(parts, separators=(",", ":")) if parts else ""
