"""Home addresses: from the estate, village or street number downwards, where they are somebody's home."""

import re
from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.scan import Scan, Span

KIND = Kind.ADDRESS_HOME
CUES = (
    "住址", "家住", "现住", "租住", "暂住", "原住", "居住地", "户籍地", "户籍所在地", "家庭地址", "家庭住址", "通信地址", "通讯地址", "联系地址",
    "收件地址", "邮寄地址", "居住于", "居住在", "住在", "，住", "、住", "；住", "人住", "自己住", "住所", "地址", "奶奶家", "爷爷家", "寄到", "寄至", "安置意向",
    "选择", "原住", "号楼", "单元", "投诉人住", "户主住", "样异常户", "异常户", "送达地址", "时到", "分到", "家：",
)  # fmt: skip

_STRONG = (
    "住址", "家住", "现住", "租住", "暂住", "原住", "居住地", "户籍地", "户籍所在地", "家庭地址", "家庭住址", "居住于", "居住在", "住在", "，住", "、住", "；住",
    "人住", "自己住", "投诉人住", "户主住",
)  # fmt: skip
_WEAK = (
    "通信地址",
    "通讯地址",
    "联系地址",
    "收件地址",
    "邮寄地址",
    "送达地址",
    "地址",
    "寄到",
    "寄至",
    "安置意向",
    "选择",
    "异常户",
    "住所",
    "时到",
    "分到",
    "奶奶家：",
    "家：",
)
_UPPER = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,8}?(?:市|自治州|地区|盟))?(?:[\u4e00-\u9fff]{1,8}?(?:区|县|旗))?"
    r"(?:[\u4e00-\u9fff]{1,8}?(?:街道|镇|乡))?"
)
_END = re.compile(r"[，,。；;、（(）)\n\t]| {2}|\u3000")
_OFFICES = (
    "公司",
    "局",
    "中心",
    "站",
    "厂",
    "学校",
    "医院",
    "大厦",
    "办事处",
    "委员会",
    "工地",
    "项目",
    "窗口",
    "大厅",
    "法院",
    "政府",
    "办公",
    "园区",
    "酒店",
    "营业",
    "市场监督",
    "支行",
    "大学",
    "学院",
    "协会",
)
_REACH = 60
_NEAR = 90
_PERSONAL = (
    Kind.ID_NUMBER,
    Kind.MOBILE,
    Kind.BANK_ACCOUNT,
    Kind.BIRTH_DATE,
    Kind.LANDLINE_PRIVATE,
    Kind.PASSPORT_PERMIT,
)


def find(scan: Scan) -> Iterator[Span]:
    """Addresses behind a word for living somewhere, and estate-building-room addresses of persons."""
    spans: set[Span] = set()
    for at, word in scan.places(_STRONG):
        _behind(scan, at + len(word), spans, strong=True)
    for at, word in scan.places(_WEAK):
        _behind(scan, at + len(word), spans, strong=False)
    yield from _outermost(spans)


def _behind(scan: Scan, at: int, spans: set[Span], *, strong: bool) -> None:
    lead = re.match(r"[：:\s为是在于]{0,3}", scan.text[at : at + 3])
    start = at + (lead.end() if lead else 0)
    stop = _END.search(scan.text, start, start + _REACH)
    end = stop.start() if stop else min(len(scan.text), start + _REACH)
    stretch = scan.text[start:end]
    if len(stretch) < 4 or stretch[0] in "宅房院宿户所建" or "__" in stretch:
        return
    if any(office in stretch for office in _OFFICES) and not re.search(r"家属楼|宿舍|公寓", stretch):
        return
    if (
        not strong
        and not scan.taken(start - _NEAR, end + _NEAR, *_PERSONAL)
        and not scan.after(end, 4).startswith(("，家", "（家"))
    ):
        return
    upper = _UPPER.match(stretch)
    inner = upper.end() if upper else 0
    detail = stretch[inner:]
    if len(detail) < 3 or not _is_home(detail, strong=strong):
        return
    spans.add((start + inner, start + inner + len(_trimmed(detail))))


def _is_home(detail: str, *, strong: bool) -> bool:
    """Whether it is fine enough to find a door by: a number, or a description of a rural place."""
    numbered = bool(re.search(r"[0-9０-９]|[一二三四五六七八九十]+[号排组队室栋单]", detail))
    described = bool(re.search(r"[村庄屯队组].*[侧旁边口头后前院家]", detail))
    named = bool(re.search(r"小区|家园|花园|苑|公寓|家属|宿舍|胡同|巷|村|庄|屯|楼|院|里", detail))
    return (numbered and (named or strong)) or (described and strong) or (described and numbered)


def _trimmed(detail: str) -> str:
    """Without what tells of something else: 隔壁, 附近, 一带, and verbs behind the address."""
    cut = re.search(r"隔壁|附近|一带|反映|距|能闻|的家|租户|居民|由|因|，", detail)
    return detail[: cut.start()] if cut and cut.start() > 2 else detail


def _outermost(spans: set[Span]) -> Iterator[Span]:
    last: Span | None = None
    for span in sorted(spans, key=lambda one: (one[0], -one[1])):
        if last is None or span[0] >= last[1]:
            last = span
            yield span
