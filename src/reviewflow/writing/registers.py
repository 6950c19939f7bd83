"""The internal register of 不予公开 items. It says on its face that it must not go out."""

from collections.abc import Iterable
from datetime import date
from itertools import chain
from pathlib import Path

from reviewflow.domain.catalogue import Withheld
from reviewflow.errors import ReviewflowError
from reviewflow.writing.heading import CatalogueHeading
from reviewflow.writing.table_csv import write_csv
from reviewflow.writing.table_xlsx import Sheet, write_xlsx

INTERNAL = "内部登记簿，不得公开"
FORMS = ("csv", "xlsx")
HEADINGS = ("编号", "信息名称", "文号", "类别", "承办科室", "法律依据", "不予公开理由", "决定日期", "重新审查日期")
_WIDTHS = (18, 36, 18, 10, 12, 44, 40, 12, 13)


def write_withheld(items: Iterable[Withheld], path: Path, form: str, heading: CatalogueHeading) -> int:
    """Write the register as ``csv`` or ``xlsx``; gives the number of items. The first line carries the mark.

    ``finished_export`` gives the place and makes it whole. Raises ReviewflowError ``write.unknown_form``; OSError.
    """
    if form not in FORMS:
        raise ReviewflowError("write.unknown_form", f"没有“{form}”这种格式。", f"可用的格式：{'、'.join(FORMS)}。")
    rows = (_row(item, "；" if form == "csv" else "\n") for item in items)
    if form == "csv":
        marked: chain[tuple[str | date, ...]] = chain([HEADINGS], rows)
        return write_csv(path, (INTERNAL,), marked) - 1
    sheet = Sheet("不予公开登记簿", heading.full_title, heading.line, HEADINGS, _WIDTHS, mark=INTERNAL)
    return write_xlsx(path, sheet, rows)


def _row(item: Withheld, between: str) -> tuple[str | date, ...]:
    return (
        item.number,
        item.title,
        item.doc_number,
        item.category.label,
        item.section,
        between.join(item.citations),
        item.reason,
        item.decided_on,
        item.reassess_on,
    )
