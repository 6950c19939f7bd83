"""Reading the queue in its order at a cost that does not grow with it.

A shelf holds the cases of one section, stage and lane, and where category or status is asked for, of those too; an
index holds every shelf in order of the days due. All shelves are known beforehand, so the first page of a selection is
the first few of each shelf, merged. A selection with nothing in it is a few hundred look-ups, however many cases there
are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

COUNTED = 1000
"""cases of a lane are counted up to here: beyond it, a number tells nobody more"""


class QueueKey(NamedTuple):
    """A case's place in the order of the queue: lane, day due, id."""

    lane_rank: int
    due_on: date
    id: int


@dataclass(frozen=True, slots=True)
class ShelfSelection:
    """What to read: section ids with stages, pairs of category and status (none: all), lanes by rank, and conditions
    that hold within a shelf. ``unsigned_by`` is the id of an account that has not signed what is selected."""

    places: Sequence[tuple[int, str]]
    sorts: Sequence[tuple[str, str]] = ()
    lanes: Sequence[int] = (0, 1, 2)
    split: bool = False
    due_by: date | None = None
    opened_before: datetime | None = None
    unsigned_by: str = ""


_Sql = tuple[str, list[Any]]


def first_ids(
    selection: ShelfSelection, size: int, start: QueueKey | None = None, *, backwards: bool = False
) -> list[int]:
    """The ids of the first cases in order, or of the first after a key; ``backwards``, of the last or those before it,
    the nearest first."""
    found: list[int] = []
    for lane in sorted(selection.lanes, reverse=backwards):
        passed = start is not None and (lane > start.lane_rank if backwards else lane < start.lane_rank)
        if len(found) < size and selection.places and not passed:
            within = start if start is not None and lane == start.lane_rank else None
            statement = _firsts(replace(selection, lanes=(lane,)), size - len(found), within, backwards)
            found.extend(number for (number,) in _rows(statement))
    return found


def counted(selection: ShelfSelection) -> dict[int, int]:
    """How many cases each lane holds, by rank, counted up to COUNTED.

    A statement for each lane: of one for all SQLite makes a filter over every case.
    """
    totals = dict.fromkeys(selection.lanes, 0)
    for lane in selection.lanes if selection.places else ():
        ((totals[lane],),) = _rows(_count(replace(selection, lanes=(lane,))))
    return totals


def keys_among(selection: ShelfSelection, ids: Sequence[int]) -> list[QueueKey]:
    """Those of at most a few thousand cases that belong to the selection, in order."""
    if not ids or not selection.places:
        return []
    shelves, named = _shelves(selection)
    conditions, values = _conditions(selection)
    statement = (
        f"{shelves} SELECT c.lane_rank, c.due_on, c.id FROM records_case c CROSS JOIN {_source(selection)} "  # noqa: S608
        f"WHERE c.id IN ({', '.join(['%s'] * len(ids))}) AND {conditions}"
    )
    found = _rows((statement, [*named, *ids, *values]))
    return sorted(QueueKey(lane, date.fromisoformat(str(due_on)), number) for lane, due_on, number in found)


def _firsts(selection: ShelfSelection, size: int, start: QueueKey | None, backwards: bool) -> _Sql:
    """The first of each shelf, merged. What PostgreSQL says with LATERAL, SQLite says with IN."""
    from django.db import connection

    shelves, named = _shelves(selection)
    conditions, values = _conditions(selection)
    beyond, turn = ("<", " DESC") if backwards else (">", "")
    if start is not None:
        conditions += f" AND (c.due_on, c.id) {beyond} (%s, %s)"
        values += [str(start.due_on), start.id]
    lateral = connection.vendor == "postgresql"
    of_shelf = (
        f"SELECT c.id{', c.due_on' if lateral else ''} FROM records_case c "  # noqa: S608
        f"WHERE {conditions} ORDER BY c.due_on{turn}, c.id{turn} LIMIT %s"
    )
    joined = f"LATERAL ({of_shelf}) f" if lateral else f"records_case f WHERE f.id IN ({of_shelf})"
    source, order = _source(selection), f"f.due_on{turn}, f.id{turn}"
    statement = f"{shelves} SELECT f.id FROM {source} CROSS JOIN {joined} ORDER BY {order} LIMIT %s"  # noqa: S608
    return statement, [*named, *values, size, size]


def _count(selection: ShelfSelection) -> _Sql:
    """The size of a lane. LATERAL keeps PostgreSQL from reading the whole table for a shelf that is nearly empty."""
    from django.db import connection

    shelves, named = _shelves(selection)
    conditions, values = _conditions(selection)
    if connection.vendor == "postgresql":
        of_shelf = f"SELECT 1 FROM records_case c WHERE {conditions} ORDER BY c.due_on, c.id LIMIT {COUNTED}"  # noqa: S608
        joined = f"LATERAL ({of_shelf}) f"
    else:
        joined = f"records_case c WHERE {conditions}"
    counted = f"SELECT 1 FROM {_source(selection)} CROSS JOIN {joined} LIMIT {COUNTED}"  # noqa: S608
    return f"{shelves} SELECT count(*) FROM ({counted}) n", [*named, *values]  # noqa: S608


def _shelves(selection: ShelfSelection) -> _Sql:
    """The shelves as tables of a statement."""
    tables = [f"place(section_id, stage) AS (VALUES {', '.join(['(%s, %s)'] * len(selection.places))})"]
    if selection.sorts:
        tables.append(f"sort(category, status) AS (VALUES {', '.join(['(%s, %s)'] * len(selection.sorts))})")
    pairs = (*selection.places, *selection.sorts)
    return f"WITH {', '.join(tables)}", [value for pair in pairs for value in pair]


def _source(selection: ShelfSelection) -> str:
    return "place CROSS JOIN sort" if selection.sorts and not selection.split else "place"


def _conditions(selection: ShelfSelection) -> _Sql:
    """What a case ``c`` on the shelf must meet."""
    from django.db import connection

    lanes = ", ".join(str(int(lane)) for lane in selection.lanes)
    parts = ["c.section_id = place.section_id", "c.stage = place.stage", f"c.lane_rank IN ({lanes})"]
    values: list[Any] = []
    if selection.split:
        parts.append("c.split")
    if selection.sorts and selection.split:
        # Few opinions are split and they have an index of their own; an expression keeps the wider one out of it.
        parts.append("(c.category || '', c.status || '') IN (SELECT category, status FROM sort)")
    elif selection.sorts:
        parts += ["c.category = sort.category", "c.status = sort.status"]
    if selection.due_by is not None:
        parts.append("c.due_on <= %s")
        values.append(str(selection.due_by))
    if selection.opened_before is not None:
        parts.append("c.opened_at < %s")
        values.append(connection.ops.adapt_datetimefield_value(selection.opened_before))
    if selection.unsigned_by:
        parts.append("c.signers NOT LIKE %s")
        values.append(f"% {selection.unsigned_by} %")
    return " AND ".join(parts), values


def _rows(statement: _Sql) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(*statement)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
