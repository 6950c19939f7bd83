"""The search index: which grams (reviewflow.text.search.grams) occur in which document, and which bands its sketch has.

SQLite: a contentless FTS5 table without positions, with bands (reviewflow.text.search.similar) as words like the others, longer
than any gram: a table of their own would be written all over with every batch. PostgreSQL: hashes of the grams in an
integer array under a GIN index, which cannot stop after the newest few; bands have a table there that can. Both give
candidates; whoever asks verifies them against the text.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

TABLE = "document_search"
BANDS = "document_bands"
# A batch of an import goes in as one piece, and pieces are merged half as often: a third less work, the same search.
_TUNING = {"hashsize": 16 << 20, "automerge": 8}
_FIRST_LIMIT = 100
_GROWTH = 10
# What is new waits beside the index until there is this much of it, and goes in sorted: within this transaction alone.
_MUCH_AT_ONCE = "SET LOCAL gin_pending_list_limit = '16MB'; SET LOCAL work_mem = '32MB'"
_OF_EACH = 100
_NEWEST_OF_EACH = f"""
SELECT DISTINCT near.document_id FROM unnest(%s::bigint[]) AS wanted (band), LATERAL (
  SELECT document_id FROM {BANDS} WHERE band = wanted.band AND document_id < %s ORDER BY document_id DESC LIMIT %s
) AS near ORDER BY near.document_id DESC
"""  # noqa: S608 - a table's name


def create_statements(vendor: str) -> Iterator[str]:
    """The SQL of the index."""
    if vendor == "postgresql":
        yield f"CREATE TABLE {TABLE} (document_id bigint PRIMARY KEY, grams integer[] NOT NULL)"
        yield f"CREATE INDEX {TABLE}_grams ON {TABLE} USING gin (grams)"
        yield f"CREATE TABLE {BANDS} (band bigint NOT NULL, document_id bigint NOT NULL)"
        yield f"CREATE INDEX {BANDS}_band ON {BANDS} (band, document_id DESC)"
    else:
        yield f"CREATE VIRTUAL TABLE {TABLE} USING fts5(grams, content='', detail=none, tokenize='ascii')"
        for name, value in _TUNING.items():
            yield f"INSERT INTO {TABLE} ({TABLE}, rank) VALUES ('{name}', {value})"  # noqa: S608


def drop_statements() -> Iterator[str]:
    """The SQL that takes the index away."""
    yield f"DROP TABLE IF EXISTS {TABLE}"
    yield f"DROP TABLE IF EXISTS {BANDS}"


def add(documents: Iterable[tuple[int, str | list[int], tuple[int, ...]]]) -> None:
    """Index documents: (id, grams as gram words or hashes, whichever the database takes, bands of the sketch)."""
    from django.db import connection

    from reviewflow.records.bulk import copying

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_MUCH_AT_ONCE)
            indexed = list(documents)
            with copying(TABLE, "document_id, grams") as copy:
                for number, hashes, _ in indexed:
                    copy.write(f"{number}\t{{{str(hashes)[1:-1]}}}\n")
            with copying(BANDS, "band, document_id") as copy:
                for number, _, bands in indexed:
                    copy.write("".join(f"{band}\t{number}\n" for band in bands))
            return
        cursor.executemany(
            f"INSERT INTO {TABLE} (rowid, grams) VALUES (%s, %s)",  # noqa: S608
            [(number, " ".join((str(words), *map(_band_word, bands)))) for number, words, bands in documents],
        )


def flush() -> None:
    """Bring in what an import left beside the index: PostgreSQL reads that part from end to end at every search."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [f"{TABLE}_grams"])


def documents_holding(grams: Sequence[str], before: int, *, often: bool = False) -> Iterator[int]:
    """Documents that hold all the grams, newest first, with ids below ``before``: candidates, to be verified.

    ``often`` says that many documents hold them: then the newest few are met soonest by walking back from the newest.
    """
    from django.db import connection

    from reviewflow.text.search.grams import gram_hashes

    if connection.vendor == "postgresql":
        return _paged("grams @> %s::integer[]", gram_hashes(grams), before, from_newest=often)
    return _paged(f"{TABLE} MATCH %s", " ".join(grams), before)


def documents_sharing(bands: Sequence[int], before: int) -> Iterator[int]:
    """Documents that have one of the bands at least, newest first, with ids below ``before``; on PostgreSQL the newest
    few of each band."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_NEWEST_OF_EACH, [list(bands), before, _OF_EACH])
            return iter([number for (number,) in cursor.fetchall()])
    return _paged(f"{TABLE} MATCH %s", " OR ".join(map(_band_word, bands)), before)


def _paged(condition: str, argument: str | list[int], before: int, *, from_newest: bool = False) -> Iterator[int]:
    """Ids that meet the condition, asked for in steps that grow: most callers are content with the first."""
    from django.db import connection

    key = "document_id" if connection.vendor == "postgresql" else "rowid"
    # On PostgreSQL the index answers first and for all documents: left to choose, the planner may walk them one by
    # one from the newest, reading the grams of each, which is right for common words alone.
    statement = (
        f"WITH found AS MATERIALIZED (SELECT document_id FROM {TABLE} WHERE {condition}) "  # noqa: S608
        "SELECT document_id FROM found WHERE document_id < %s ORDER BY document_id DESC LIMIT %s"
        if connection.vendor == "postgresql" and not from_newest
        else f"SELECT {key} FROM {TABLE} WHERE {condition} AND {key} < %s ORDER BY {key} DESC LIMIT %s"  # noqa: S608
    )
    for step in count():
        limit = _FIRST_LIMIT * _GROWTH**step
        with connection.cursor() as cursor:
            cursor.execute(statement, [argument, before, limit])
            ids = [number for (number,) in cursor.fetchall()]
        yield from ids
        if len(ids) < limit:
            return
        before = ids[-1]


def _band_word(band: int) -> str:
    return f"{band & 0xFFFFFFFFFFFFFFFF:016x}"
