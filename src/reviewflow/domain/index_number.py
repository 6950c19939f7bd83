"""The index number (索引号) of a catalogue entry, by a profile that the office sets.

Every place has its own form and none is national: ordered parts, separators, the width of the sequence, and when it
begins again at 1. A profile is accepted only when no number can come up twice, also when a sequence outgrows its width.
All dates in a number are the day on which it is given.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reviewflow.domain.terms import Category, Term
from reviewflow.errors import ReviewflowError

_WIDEST = 9
_PIECE = re.compile(r"\{([^{}]*)\}|([^{}]+)|([{}])")
_UNFIT = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]")
_HINT = "例如 {agency}-{category}-{year}-{sequence:5}，重新编号方式为 category_year。"


class Field(Term):
    """What a part of an index number can be."""

    LITERAL = "literal", "固定文字"
    AGENCY = "agency", "机构代码"
    CATEGORY = "category", "类别代码"
    YEAR = "year", "年"
    MONTH = "month", "月"
    DATE = "date", "年月日"
    SEQUENCE = "sequence", "流水号"


class Reset(Term):
    """When the sequence begins again at 1."""

    YEAR = "year", "每年"
    CATEGORY_YEAR = "category_year", "每类每年"
    MONTH = "month", "每月"
    NEVER = "never", "从不"


@dataclass(frozen=True, slots=True)
class NumberPart:
    """One part: its field, the text of a literal, the least width of the sequence."""

    field: Field
    text: str = ""
    width: int = 0


@dataclass(frozen=True, slots=True)
class IndexProfile:
    """An accepted profile: made by ``parse_profile`` alone."""

    parts: tuple[NumberPart, ...]
    reset: Reset

    def has(self, field: Field) -> bool:
        """Whether a part of this field is in the number."""
        return any(part.field is field for part in self.parts)


def parse_profile(pattern: str, reset: str) -> IndexProfile:
    """The profile of a pattern such as ``{agency}/{year}-{sequence:5}`` and a reset code.

    Raises ReviewflowError ``index_number.profile`` with everything that is wrong with it.
    """
    faults: list[str] = []
    parts = tuple(part for piece in _PIECE.finditer(pattern) if (part := _part(piece, faults)))
    resets = next((one for one in Reset if one.value == reset), None)
    if resets is None:
        faults.append(f"不认识的重新编号方式“{reset}”，可用：{'、'.join(one.value for one in Reset)}")
    elif not faults:
        profile = IndexProfile(parts, resets)
        faults.extend(_repeating(profile))
        if not faults:
            return profile
    raise ReviewflowError("index_number.profile", f"索引号格式不能用：{'；'.join(faults)}。", _HINT)


def scope(profile: IndexProfile, agency: str, category: Category, day: date) -> str:
    """The key of the counter that the next sequence comes from.

    The agency's code counts only where the number shows it: otherwise a new code would begin again at 1.
    """
    year = f"{day.year:04d}"
    periods = {
        Reset.YEAR: year,
        Reset.CATEGORY_YEAR: f"{year}-{category_code(category)}",
        Reset.MONTH: f"{year}{day.month:02d}",
        Reset.NEVER: "",
    }
    shown = agency if profile.has(Field.AGENCY) else ""
    return f"{profile.reset.value}:{periods[profile.reset]}:{shown}"


def index_number(profile: IndexProfile, agency: str, category: Category, day: date, sequence: int) -> str:
    """The number itself. A sequence (1 and up) that outgrows its width is written in full."""
    year, month = f"{day.year:04d}", f"{day.month:02d}"
    values = {
        Field.AGENCY: agency,
        Field.CATEGORY: category_code(category),
        Field.YEAR: year,
        Field.MONTH: month,
        Field.DATE: f"{year}{month}{day.day:02d}",
    }
    return "".join(
        part.text or (f"{sequence:0{part.width}d}" if part.field is Field.SEQUENCE else values[part.field])
        for part in profile.parts
    )


def category_code(category: Category) -> str:
    """1 to 5, in the official order of the categories."""
    return str(list(Category).index(category) + 1)


def _part(piece: re.Match[str], faults: list[str]) -> NumberPart | None:
    named, literal, brace = piece.groups()
    if brace:
        faults.append(f"“{brace}”没有成对")
        return None
    if literal:
        if _UNFIT.search(literal):
            faults.append("固定文字里不能有空格或看不见的字符")
        return NumberPart(Field.LITERAL, literal)
    name, _, width = named.partition(":")
    field = next((one for one in Field if one.value == name and one is not Field.LITERAL), None)
    if field is None:
        known = "、".join(f"{{{one.value}}}" for one in Field if one is not Field.LITERAL)
        faults.append(f"不认识的部分“{{{named}}}”，可用：{known}")
        return None
    if field is Field.SEQUENCE:
        if not (width.isascii() and width.isdigit() and 1 <= int(width) <= _WIDEST):
            faults.append(f"流水号要写明 1 到 {_WIDEST} 的位数，如 {{sequence:5}}")
            return None
        return NumberPart(field, width=int(width))
    if ":" in named:
        faults.append(f"只有流水号可以写位数，“{{{named}}}”不可以")
    return NumberPart(field)


def _repeating(profile: IndexProfile) -> Iterator[str]:
    """Every reason for which the profile could give one number twice."""
    fields = [part.field for part in profile.parts if part.field is not Field.LITERAL]
    for field in sorted(set(fields), key=list(Field).index):
        if fields.count(field) > 1:
            yield f"{field.label} {{{field.value}}} 出现了 {fields.count(field)} 次，只能出现一次"
    if Field.SEQUENCE not in fields:
        yield "没有流水号 {sequence:5}，号码会重复"
    elif _run_together(profile.parts):
        yield "机构代码与流水号之间要有数字以外的固定文字，如“-”，否则两者分不开，号码会重复"
    year = profile.has(Field.YEAR) or profile.has(Field.DATE)
    month = profile.has(Field.DATE) or (profile.has(Field.YEAR) and profile.has(Field.MONTH))
    if profile.reset is Reset.YEAR and not year:
        yield "每年重新编号，号码里就要有 {year} 或 {date}，否则各年的号码会重复"
    if profile.reset is Reset.MONTH and not month:
        yield "每月重新编号，号码里就要有 {year} 和 {month}，或者 {date}，否则各月的号码会重复"
    if profile.reset is Reset.CATEGORY_YEAR and not (year and profile.has(Field.CATEGORY)):
        yield "每类每年重新编号，号码里就要有 {category} 和 {year}（或 {date}），否则各类各年的号码会重复"


def _run_together(parts: tuple[NumberPart, ...]) -> bool:
    """Whether digits of the agency's code could be read as digits of the sequence.

    Only these two vary in width. Reading from the sequence's side, all before it is of known width, and its digits end
    at the first character that is none; so one such character towards the agency's code makes the number readable.
    """
    fields = [part.field for part in parts]
    if Field.AGENCY not in fields:
        return False
    first, last = sorted((fields.index(Field.AGENCY), fields.index(Field.SEQUENCE)))
    return not any(re.search(r"[^0-9]", part.text) for part in parts[first:last])
