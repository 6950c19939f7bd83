"""The search index: which grams (reviewflow.text.grams) occur in which document.

SQLite: a contentless FTS5 table without positions. PostgreSQL: hashes of the grams in an integer array under a GIN
index. Both give candidates; whoever asks verifies them against the text.
"""

from collections.abc import Iterator

TABLE = "document_search"


def create_statements(vendor: str) -> Iterator[str]:
    """The SQL of the index."""
    if vendor == "postgresql":
        yield f"CREATE TABLE {TABLE} (document_id bigint PRIMARY KEY, grams integer[] NOT NULL)"
        yield f"CREATE INDEX {TABLE}_grams ON {TABLE} USING gin (grams)"
    else:
        yield f"CREATE VIRTUAL TABLE {TABLE} USING fts5(grams, content='', detail=none, tokenize='ascii')"


def drop_statements() -> Iterator[str]:
    """The SQL that takes the index away."""
    yield f"DROP TABLE IF EXISTS {TABLE}"
