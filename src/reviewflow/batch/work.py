"""The unit of work: a batch of files or of table rows in, JSON lines and troubles out. Pure but for reading files."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from reviewflow.batch.sources import Trouble
from reviewflow.errors import ReviewflowError
from reviewflow.explained.record import Explained, record
from reviewflow.pipeline import default_toolkit, document_of_row, propose, propose_document, propose_documents

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Batch:
    """Work for one process: paths of files, or rows of one table (``table`` is its path)."""

    paths: tuple[str, ...] = ()
    rows: tuple[dict[str, str], ...] = ()
    table: str = ""
    troubles: tuple[Trouble, ...] = ()

    def __len__(self) -> int:
        return len(self.paths) + len(self.rows) + len(self.troubles)


@dataclass(slots=True)
class Outcome:
    """What came of a batch: pairs of document id and JSON line, and troubles."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def work(batch: Batch) -> Outcome:
    """Propose for everything in a batch. One bad document never stops the others."""
    outcome = Outcome(troubles=list(batch.troubles))
    kit = default_toolkit()
    for path in batch.paths:
        _add(outcome, path, partial(propose, Path(path), kit))
    done = len(outcome.lines)
    try:
        documents = [document_of_row(row, batch.table) for row in batch.rows]
        for explained in propose_documents(documents, kit):
            _keep(outcome, explained)
    except Exception:
        # Something in this batch is bad: find out what, one by one, and keep the rest.
        del outcome.lines[done:]
        for row in batch.rows:
            _add(outcome, f"{batch.table}#{row['id']}", partial(_propose_row, row, batch.table))
    return outcome


def _propose_row(row: dict[str, str], table: str) -> Explained:
    return propose_document(document_of_row(row, table), default_toolkit())


def _keep(outcome: Outcome, explained: Explained) -> None:
    row = record(explained)
    outcome.lines.append((row["id"], json.dumps(row, ensure_ascii=False)))


def _add(outcome: Outcome, source: str, make: Callable[[], Explained]) -> None:
    made = attempt(source, make)
    if isinstance(made, Trouble):
        outcome.troubles.append(made)
    else:
        _keep(outcome, made)


def attempt(source: str, make: Callable[[], Made]) -> Made | Trouble:
    """What ``make`` makes of one document, or the trouble with it: whatever goes wrong is that document's alone."""
    try:
        return make()
    except ReviewflowError as error:
        return Trouble.of(source, error)
    except MemoryError:
        return Trouble(source, "read.memory", "内存不足，未能处理。", "请单独处理这个文件。")
    except Exception as error:
        name = type(error).__name__
        return Trouble(source, "read.unexpected", f"处理时出现意外错误（{name}）。", "请将此文件报告给管理员。")
