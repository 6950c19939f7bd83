"""The ledger's tables as JSON lines, the same for both databases, so that either can be filled from the other's dump.

Tables are read and written as the migrations that the ledger has been through made them, not as the program has them
now: a backup taken before an upgrade, and one restored after it, both fit. What follows from other tables (the search
index) and what is of the day (sign-ins) is not in a dump.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.db.models.fields import Field

from reviewflow.errors import ReviewflowError
from reviewflow.records.bulk import insert

if TYPE_CHECKING:
    from reviewflow.records.models import DocumentText

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
    fields = _columns(model)
    names = [field.attname for field in fields]
    count = 0
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = (json.loads(line) for line in file)
        if next(lines, None) != names:
            raise ReviewflowError(
                "restore.damaged", f"备份中的表 {model._meta.db_table} 与其版本不符。", "请换用另一个备份。"
            )
        while chunk := [_row_values(fields, row) for row in islice(lines, _CHUNK)]:
            insert(model, chunk)
            count += len(chunk)
    return count


@contextmanager
def any_order(models: Iterable[type[Model]]) -> Iterator[None]:
    """Within the block tables may be filled in any order; at its end all references must hold, and new rows are
    numbered after those that were filled in. To be entered within a transaction."""
    from django.core.management.color import no_style
    from django.db import connection

    # A migration earlier in the same transaction may have asked for references to be checked at once.
    on_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if on_postgresql:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        yield
        if on_postgresql:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


def rebuild_search_index() -> None:
    """Make the search index anew from documents and texts."""
    from reviewflow.records import models as rows
    from reviewflow.records.search_index import add, flush

    last = 0
    texts = rows.DocumentText.objects.select_related("document").order_by("document_id")
    while chunk := list(texts.filter(document_id__gt=last)[:_CHUNK]):
        add(map(_indexed, chunk))
        last = chunk[-1].document_id
    flush()


def _indexed(text: "DocumentText") -> tuple[int, str | list[int], tuple[int, ...]]:
    from django.db import connection

    from reviewflow.text.search.grams import gram_hashes, grams
    from reviewflow.text.search.similar import bands

    document = text.document
    words = grams(f"{document.title}\n{text.content}")
    found = gram_hashes(words) if connection.vendor == "postgresql" else " ".join(words)
    return document.pk, found, bands(tuple(map(int, document.sketch.split())))


def _columns(model: type[Model]) -> list["Field[Any, Any]"]:
    return list(model._meta.concrete_fields)


def _line(values: list[Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"


def _plain(value: Any) -> Any:
    """A value as JSON holds it: days and moments as ISO text, all else as it is."""
    return value.isoformat() if isinstance(value, date) else value


def _row_values(fields: list["Field[Any, Any]"], row: list[Any]) -> dict[str, Any]:
    return {field.attname: field.to_python(value) for field, value in zip(fields, row, strict=True)}
