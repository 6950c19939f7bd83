"""Output formats. Each turns the journal into one finished file, in bounded memory, under a temporary name first."""

import csv
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from reviewflow.batch.journal import RESUME, read_records
from reviewflow.configuration.configuration import Configuration
from reviewflow.domain.legal import LegalBases
from reviewflow.errors import ReviewflowError
from reviewflow.explained.words import flat_row, headings
from reviewflow.finished_files import finished_file, unwritable_error
from reviewflow.writing.cells import excel_text, safe_cell

FORMATS = ("table", "csv", "xlsx", "jsonl", "parquet", "html")
_ROW_GROUP = 2000
_MOST_EXCEL_ROWS = 1_048_575


def finish(journal: Path, output: Path, form: str, configuration: Configuration) -> None:
    """Write the finished output of a journal, then remove the journal; ``configuration`` is the one of the run.

    Raises ReviewflowError ``write.failed``.
    """
    if form == "jsonl":
        try:
            journal.replace(output)
        except OSError as error:
            raise unwritable_error(output, error, RESUME) from None
        return
    with finished_file(output, RESUME) as temporary:
        if form == "html":
            _html(journal, temporary, configuration.bases)
        else:
            _WRITERS[form](journal, temporary)
    journal.unlink(missing_ok=True)


def reopen(output: Path, form: str, journal: Path) -> None:
    """Turn a finished output back into a journal, so that a run can add to it.

    Raises ReviewflowError ``write.not_resumable`` for formats that do not keep whole records.
    """
    if form == "jsonl":
        shutil.copyfile(output, journal)
    elif form == "parquet":
        with journal.open("w", encoding="utf-8") as lines:
            for row in _parquet_rows(output):
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    else:
        raise ReviewflowError(
            "write.not_resumable",
            f"{output} 已经完成，{form} 格式不能在完成后追加。",
            "换一个输出文件名，或改用 jsonl、parquet 格式。",
        )


def _csv(journal: Path, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(headings())
        rows.writerows([safe_cell(cell) for cell in flat_row(row)] for row in read_records(journal))


def _xlsx(journal: Path, path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("公开建议")
    sheet.freeze_panes = "A2"
    for number, heading in enumerate(headings(), 1):
        sheet.column_dimensions[get_column_letter(number)].width = max(10, min(40, len(heading) * 4))
    header = [WriteOnlyCell(sheet, value=heading) for heading in headings()]
    for cell in header:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True)
    sheet.append(header)
    for row in islice(read_records(journal), _MOST_EXCEL_ROWS):
        sheet.append([excel_text(cell) for cell in flat_row(row)])
    book.save(path)


def _parquet(journal: Path, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = arrow_schema()
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in _chunks(read_records(journal), _ROW_GROUP):
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))


def arrow_schema() -> Any:
    """The Arrow schema of the record's columns."""
    import pyarrow as pa

    from reviewflow.explained.record import COLUMNS

    texts = pa.list_(pa.string())
    special = {
        "category_confidence": pa.float64(),
        "status_confidence": pa.float64(),
        "bases": texts,
        "flags": texts,
        "keywords": texts,
        "reasons": texts,
        "findings": pa.list_(
            pa.struct([("kind", pa.string()), ("start", pa.int64()), ("end", pa.int64()), ("where", pa.string())])
        ),
        "rules": pa.list_(pa.struct([("id", pa.string()), ("words", texts)])),
        "evidence": pa.list_(pa.struct([("word", pa.string()), ("weight", pa.float64())])),
    }
    return pa.schema([(name, special.get(name, pa.string())) for name in COLUMNS])


def _parquet_rows(path: Path) -> Iterator[dict[str, Any]]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for group in file.iter_batches(_ROW_GROUP):
            yield from group.to_pylist()


def _chunks(rows: Iterable[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, size)):
        yield chunk


def _html(journal: Path, path: Path, bases: LegalBases) -> None:
    from reviewflow.batch.page import write_page

    citations = {code: basis.citation for code, basis in bases.by_code.items()}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        write_page(read_records(journal), file, citations)


_WRITERS: dict[str, Callable[[Path, Path], None]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "parquet": _parquet,
}
