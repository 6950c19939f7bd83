"""Numbers that are given once: index numbers of entries, and the register's own."""

from datetime import date

from reviewflow.domain.index_number import index_number, scope
from reviewflow.domain.terms import Category
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.office import Office

_LONGEST = 90  # the columns of counters and audit subjects hold 120 with what stands around it
_HIGHEST = 999_999_999
_REGISTER = "不予-{year}-{sequence:05d}"


def next_index_number(office: Office, category: Category, day: date) -> str:
    """A new index number, given on this day. To be called within the transaction that keeps it.

    Numbers given under an earlier profile are passed over. Raises ReviewflowError ``index_number.too_long``.
    """
    code = office.settings.office.code
    if len(index_number(office.profile, code, category, day, _HIGHEST)) > _LONGEST:
        raise ReviewflowError(
            "index_number.too_long", f"索引号超过 {_LONGEST} 个字符。", "请缩短 [index_number] pattern 或机关代码。"
        )
    counter = _locked(scope(office.profile, code, category, day))
    while True:
        counter.last += 1
        number = index_number(office.profile, code, category, day, counter.last)
        if not rows.CatalogueEntry.objects.filter(index_number=number).exists():
            break
    counter.save()
    return number


def next_register_number(day: date) -> str:
    """A new number of the register of withheld items, counted by year."""
    counter = _locked(f"withheld:{day.year:04d}")
    counter.last += 1
    counter.save()
    return _REGISTER.format(year=day.year, sequence=counter.last)


def _locked(key: str) -> rows.IndexCounter:
    """The counter, held until the transaction ends. Whoever makes it at the same time waits for the other."""
    rows.IndexCounter.objects.bulk_create([rows.IndexCounter(scope=key, last=0)], ignore_conflicts=True)
    return rows.IndexCounter.objects.select_for_update().get(scope=key)
