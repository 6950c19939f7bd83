"""What comes in: everything that intake keeps of a document, and where it came from."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document as it is to be kept: its identity, text, proposal, and the keys under which it is found again.

    ``digest`` is the SHA-256 of the file, or of the row's canonical JSON; ``original`` that of the file or table.
    ``grams`` are the words of the search index: gram words for SQLite (one string) or hashes for PostgreSQL.
    ``sketch`` holds the low 16 bits of each number of the MinHash sketch. ``path`` is where the file lies until its
    original is kept, empty for a row.
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
    path: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document came from, before it is read; ``path`` is where a file lies, empty for a row."""

    digest: str
    original: str
    row: str
    source: str
    size: int
    path: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A document that the section has already, with the number of its case."""

    case: int


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


def drawn_of(sketch: str) -> tuple[str, ...]:
    """The numbers of an arrival's or a document's sketch, to be compared with one another and nothing else."""
    return tuple(sketch.split())
