"""Bank accounts and cards of persons: Luhn and issuer prefix, or a label. Accounts of agencies and firms are not."""

from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.scan import Number, Scan, Span, longest_numbers

KIND = Kind.BANK_ACCOUNT
CUES: tuple[str, ...] = ()

_LENGTHS = frozenset(range(12, 22))
_CARD_LENGTHS = (16, 17, 18, 19)
_UNION_PAY = "62"
_OTHER_ISSUERS = ("4", "5", "9558", "60", "6")
_LABELS = (
    "卡号",
    "账号",
    "帐号",
    "账户",
    "帐户",
    "存折",
    "银行卡",
    "储蓄卡",
    "借记卡",
    "信用卡",
    "一卡通",
    "的卡",
    "工资卡",
    "社保卡",
    "账\u3000号",
)
_OTHER_NUMBERS = (
    "缴款码", "缴款书", "缴款单", "执收", "编码", "编号", "订单", "单号", "流水号", "合同号", "发票", "凭证号", "校验码", "ICCID", "IMEI",
    "条码", "序列号", "许可证", "代码", "批号", "户号", "表号",
)  # fmt: skip
_ORGANISATIONS = (
    "收款单位", "财政", "国库", "非税", "单位账户", "对公", "公司", "基本户", "专户", "执收", "汇缴", "缴至", "罚没", "保证金",
    "代理机构", "单位名称", "税务局", "缴款账户", "缴费账户", "公司账户", "收款人全称", "医院", "学校", "委员会", "管理局",
)  # fmt: skip
_PERSONS = (
    "户名",
    "开户名",
    "持卡人",
    "本人",
    "个人",
    "姓名",
    "车主",
    "申请人",
    "家庭",
    "储蓄",
    "借记卡",
    "存折",
    "工资",
)
_LABEL_REACH = 18
_NEIGHBOURHOOD = 80


def luhn(digits: str) -> bool:
    """Whether the check digit is right: from the right every second digit doubled, cross-sums, total mod 10 is 0."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def find(scan: Scan) -> Iterator[Span]:
    """The accounts, longest number first at each place, none inside an identity number."""
    for number in longest_numbers(scan, _LENGTHS, _is_one):
        yield number.start, number.end


def _is_one(scan: Scan, number: Number) -> bool:
    digits = number.digits
    if not digits.isdecimal() or scan.taken(number.start, number.end, Kind.ID_NUMBER):
        return False
    before = scan.before(number.start, _LABEL_REACH)
    card = len(digits) in _CARD_LENGTHS
    grouped_well = max(number.groups) >= 4
    if card and digits.startswith(_UNION_PAY) and grouped_well and luhn(digits):
        return not before.endswith(_OTHER_NUMBERS)
    if any(word in before for word in _OTHER_NUMBERS) or not grouped_well:
        return False
    return _labelled(scan, number, before, card)


def _labelled(scan: Scan, number: Number, before: str, card: bool) -> bool:
    around = scan.before(number.start, _NEIGHBOURHOOD) + scan.after(number.end, _NEIGHBOURHOOD)
    if card and number.digits.startswith(_UNION_PAY) and "卡" in around:
        return True
    if not any(label in before for label in _LABELS):
        return False
    near = scan.before(number.start, _NEIGHBOURHOOD)
    if any(word in near for word in _ORGANISATIONS):
        return False
    issued = card and number.digits.startswith(_OTHER_ISSUERS) and luhn(number.digits)
    return issued or any(word in around for word in _PERSONS) or len(number.digits) >= 16
