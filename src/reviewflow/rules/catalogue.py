"""The catalogue: the five categories with what belongs to them, as an office may word it."""

from dataclasses import dataclass

from reviewflow.domain.terms import Category
from reviewflow.errors import FaultyFileError
from reviewflow.rules.nodes import (
    FaultSheet,
    SheetEntry,
    entries_of,
    open_sheet,
    report_unknown_keys,
    value_of,
    values_of,
)
from reviewflow.settings import Source

CATEGORY_KEYS = ("代码", "名称", "说明", "子类", "示例")


@dataclass(frozen=True, slots=True)
class CatalogueClass:
    """One category: what belongs to it, its sub-categories, and titles as examples."""

    category: Category
    description: str
    subclasses: tuple[str, ...]
    examples: tuple[str, ...]


def load_catalogue(path: Source) -> tuple[CatalogueClass, ...]:
    """The five classes in their official order. Raises FaultyFileError ``catalogue.faulty``."""
    sheet, top, _ = open_sheet(path)
    found = [one for entry in entries_of(sheet, top, "类别") if (one := _class(sheet, entry))] if top else []
    order = [one.category for one in found]
    if not sheet.faults and order != list(Category):
        names = "、".join(category.label for category in Category)
        sheet.fault(1, "五个类别不全、重复或次序不对。", f"应依次为：{names}。")
    if sheet.faults:
        raise FaultyFileError("catalogue.faulty", sheet.faults)
    return tuple(found)


def _class(sheet: FaultSheet, entry: SheetEntry) -> CatalogueClass | None:
    report_unknown_keys(sheet, entry, CATEGORY_KEYS)
    code, name = value_of(sheet, entry, "代码"), value_of(sheet, entry, "名称")
    description = value_of(sheet, entry, "说明")
    subclasses = values_of(sheet, entry, "子类", required=True)
    examples = values_of(sheet, entry, "示例", required=True)
    category = next((one for one in Category if one.value == code), None)
    if category is None:
        sheet.fault(entry.line, f"不认识的类别代码“{code}”。", f"可用：{'、'.join(one.value for one in Category)}。")
        return None
    if name != category.label:
        sheet.fault(entry.line, f"代码 {code} 的名称应是“{category.label}”。")
    return CatalogueClass(category, description, subclasses, examples)
