"""The ledger's tables as JSON lines, the same for both databases, so that either can be filled from the other's dump.

Tables are read and written as the migrations that the ledger has been through made them, not as the program has them
now: a backup taken before an upgrade, and one restored after it, both fit. What follows from other tables (the search
index) and what is of the day (sign-ins) is not in a dump.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.db.models import Model
from django.db.models.fields import Field

from reviewflow.errors import ReviewflowError

_DERIVED = frozenset({"records_signin"})
_CHUNK = 500


def tables_at(migrations: Iterable[str]) -> dict[str, type[Model]]:
    """The tables to dump, by name, as these migrations of the ledger made them."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    state = loader.project_state([("records", name) for name in sorted(migrations)])
    found = {model._meta.db_table: model for model in state.apps.get_models() if model._meta.app_label == "records"}
    return {name: found[name] for name in sorted(found) if name not in _DERIVED}


def dump_table(model: type[Model], path: Path) -> int:
    """Write all rows of a table, gzipped: a line with the columns, then a row a line. Returns the number of rows.

    Memory is bounded. To be called within a snapshot. Raises OSError.
    """
    fields = _columns(model)
    names = [field.attname for field in fields]
    count = 0
    with gzip.open(path, "wt", encoding="utf-8", newline="\n", compresslevel=4) as file:
        file.write(_line(names))
        for row in model._default_manager.order_by("pk").values_list(*names).iterator(chunk_size=2000):
            file.write(_line([_plain(value) for value in row]))
            count += 1
    return count


def load_table(model: type[Model], path: Path) -> int:
    """Fill an empty table from a dump; returns the number of rows. To be called within a transaction.

    Raises ReviewflowError ``restore.damaged`` where the dump does not fit the table.
    """
    from django.db import connection

    fields = _columns(model)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
    count = 0
    with gzip.open(path, "rt", encoding="utf-8") as file, connection.cursor() as cursor:
        lines = (json.loads(line) for line in file)
        if next(lines, None) != [field.attname for field in fields]:
            raise ReviewflowError(
                "restore.damaged", f"备份中的表 {model._meta.db_table} 与其版本不符。", "请换用另一个备份。"
            )
        while chunk := [_prepared(fields, row) for row in islice(lines, _CHUNK)]:
            cursor.executemany(statement, chunk)
            count += len(chunk)
    return count


def reset_counters(models: Iterable[type[Model]]) -> None:
    """Let new rows be numbered after those that were filled in. SQLite does so by itself."""
    from django.core.management.color import no_style
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


def derive() -> Iterator[int]:
    """Make the search index anew from titles and texts; yields how many documents are done."""
    from django.db import connection

    from reviewflow.records import models as rows
    from reviewflow.records import search_index
    from reviewflow.text.grams import gram_hashes, gram_text
    from reviewflow.text.similar import bands, sketch

    as_hashes = connection.vendor == "postgresql"
    kept = rows.DocumentText.objects.order_by("document_id")
    last = done = 0
    while chunk := list(kept.filter(document_id__gt=last).select_related("document")[:_CHUNK]):
        keys = []
        for text in chunk:
            words = gram_text(f"{text.document.title}\n{text.content}")
            near = bands(sketch(text.content[: text.body_length]))
            keys.append((text.document_id, gram_hashes(words.split()) if as_hashes else words, near))
        search_index.add(keys)
        last = chunk[-1].document_id
        done += len(chunk)
        yield done
    search_index.settle()


def _columns(model: type[Model]) -> list["Field[Any, Any]"]:
    return list(model._meta.concrete_fields)


def _line(values: list[Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"


def _plain(value: Any) -> Any:
    """A value as JSON holds it: days and moments as ISO text, all else as it is."""
    return value.isoformat() if isinstance(value, date) else value


def _prepared(fields: list["Field[Any, Any]"], row: list[Any]) -> list[Any]:
    from django.db import connection

    return [
        field.get_db_prep_save(field.to_python(value), connection) for field, value in zip(fields, row, strict=True)
    ]
