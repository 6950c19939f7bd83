"""Mobile numbers: 1[3-9] and nine digits, with +86, 0086 or a dialled 0 before them, however they are split."""

from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.scan import Number, Scan, Span, longest_numbers

KIND = Kind.MOBILE
CUES: tuple[str, ...] = ()

_LENGTHS = frozenset((11, 12, 13, 15))
_PREFIX_OF_LENGTH = {11: "", 12: "0", 13: "86", 15: "0086"}
_MOST_GROUPS = 5
_UNITS = (
    "千瓦",
    "元",
    "万",
    "亿",
    "吨",
    "立方",
    "人次",
    "个",
    "次",
    "件",
    "米",
    "公里",
    "户",
    "度",
    "%",
    "字节",
    "kW",
    "升",
    "株",
    "亩",
)
_OTHER_NUMBERS = (
    "编号", "单号", "订单", "流水号", "编码", "代码", "文号", "发票", "批号", "条码", "凭证", "序列号", "许可证", "备案号", "合同号",
    "卡号", "案号", "档号", "校验码", "表号", "户号", "工号",
)  # fmt: skip
_LABEL_REACH = 6
_TAKERS = (Kind.ID_NUMBER, Kind.BANK_ACCOUNT)


def find(scan: Scan) -> Iterator[Span]:
    """Mobile numbers that are not part of a longer number, an amount or a labelled other number."""
    for number in longest_numbers(scan, _LENGTHS, _is_one):
        plus = scan.before(number.start, 1) in ("+", "\uff0b")
        yield number.start - plus, number.end


def _is_one(scan: Scan, number: Number) -> bool:
    prefix = _PREFIX_OF_LENGTH[len(number.digits)]
    own = number.digits.removeprefix(prefix)
    if len(own) != 11 or not own.isdecimal() or own[0] != "1" or own[1] < "3":
        return False
    if len(number.groups) > _MOST_GROUPS and not number.is_single_digits:
        return False
    if scan.taken(number.start, number.end, *_TAKERS):
        return False
    behind = scan.after(number.end, 4).lstrip()
    if behind.startswith(_UNITS) or behind.startswith(("@", "\uff20", ".", "*")):
        return False
    before = scan.before(number.start, _LABEL_REACH)
    return not any(word in before for word in _OTHER_NUMBERS) and not before.endswith((".", "\uff0e", "*"))
