"""Home addresses: from the estate, village or street number downwards, where they are somebody's home."""

import re
from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.scan import Scan, Span

KIND = Kind.ADDRESS_HOME

_LIVING = (
    "住址", "家住", "现住", "租住", "暂住", "原住", "居住地", "户籍地", "户籍所在地", "家庭地址", "居住于", "居住在", "住在", "，住", "、住",
    "；住", "人住", "自己住",
)  # fmt: skip
_ADDRESS = ("地址", "寄到", "寄至", "住所", "时到", "分到", "选择", "入住")
_BUILDING = ("号楼", "单元", "家属楼", "宿舍", "号院")
CUES = (*_LIVING, *_ADDRESS, *_BUILDING)

# Province, city, district and town may be shown; what lies below them leads to the door.
_UPPER = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,8}?(?:市|自治州|地区|盟))?(?:[\u4e00-\u9fff]{1,8}?(?:区(?!\d)|县|旗))?"
    r"(?:[\u4e00-\u9fff]{1,8}?(?:街道|镇|乡))?"
)
_END = re.compile(r"[，,。；;、（(）)\n\t]| {2}|\u3000")
_START = re.compile(r"[，,。；;、（(）)\n\t：:\u3000 ]")
_OFFICES = (
    "公司", "局", "中心", "站", "厂", "学校", "医院", "大厦", "办事处", "委员会", "工地", "项目", "窗口", "大厅", "法院", "政府", "办公", "园区", "酒店",
    "营业", "支行", "大学", "学院", "协会", "施工", "工程", "机房", "仓库", "车间", "产业园", "配租", "公共租赁", "小区改造",
)  # fmt: skip
_DWELLING = re.compile(r"家属楼|宿舍|公寓")
_PERSON = re.compile(
    r"租户|住户|业主|户主|用户|投诉人?[住（，:：]|反映|来电|申请人|信访|当事人|家中|家里|本人|姓名|入户|收件人|居民"
)
_PERSONAL = (
    Kind.ID_NUMBER, Kind.MOBILE, Kind.BANK_ACCOUNT, Kind.BIRTH_DATE, Kind.LANDLINE_PRIVATE, Kind.PASSPORT_PERMIT,
)  # fmt: skip
_NUMBERED = re.compile(r"[0-9\uff10-\uff19]|[一二三四五六七八九十]+[号排组队室栋单]")
_DESCRIBED = re.compile(r"[村庄屯队组].*[侧旁边口头后前院家]")
_NAMED = re.compile(r"小区|家园|花园|苑|公寓|家属|宿舍|胡同|巷|村|庄|屯|楼|院|里|路|街")
_OTHER_MATTER = re.compile(r"隔壁|附近|住户|一带|反映|距|能闻|的家|租户|居民|由|因")
_REACH, _NEAR, _BACK = 60, 90, 24


def find(scan: Scan) -> Iterator[Span]:
    """Addresses behind a word for living somewhere; others where a private number or a person is beside them."""
    spans: set[Span] = set()
    for words, strong in ((_LIVING, True), (_ADDRESS, False)):
        for at, word in scan.places(words):
            begin = at + len(word)
            lead = re.match(r"[：:\s为是在于了]{0,3}", scan.text[begin : begin + 3])
            _examine(scan, begin + (lead.end() if lead else 0), spans, strong=strong)
    for at, _ in scan.places(_BUILDING):
        if any(start <= at < end for start, end in spans):
            continue
        before = scan.text[max(0, at - _BACK) : at]
        starts = [match.end() for match in _START.finditer(before)]
        _examine(scan, at - len(before) + (starts[-1] if starts else 0), spans, strong=False)
    yield from _outermost(spans)


def _examine(scan: Scan, start: int, spans: set[Span], *, strong: bool) -> None:
    """Keep the stretch up to the next mark if it is somebody's home."""
    stop = _END.search(scan.text, start, start + _REACH)
    end = stop.start() if stop else min(len(scan.text), start + _REACH)
    stretch = scan.text[start:end]
    if len(stretch) < 4 or stretch[0] in "宅房院宿户所建" or "__" in stretch:
        return
    if any(office in stretch for office in _OFFICES) and not _DWELLING.search(stretch):
        return
    if not strong and not _is_personal(scan, start, end):
        return
    upper = _UPPER.match(stretch)
    inner = upper.end() if upper else 0
    detail = stretch[inner:]
    if len(detail) >= 3 and _leads_to_a_door(detail, strong=strong):
        spans.add((start + inner, start + inner + len(_trimmed(detail))))


def _is_personal(scan: Scan, start: int, end: int) -> bool:
    near = scan.before(start, 40) + scan.text[start : end + 6]
    return scan.taken(start - _NEAR, end + _NEAR, *_PERSONAL) or bool(_PERSON.search(near))


def _leads_to_a_door(detail: str, *, strong: bool) -> bool:
    """Whether a house can be found by it: a number, or a description of a place in a village."""
    described = bool(_DESCRIBED.search(detail))
    if not _NUMBERED.search(detail):
        return described and strong
    return strong or described or bool(_NAMED.search(detail))


def _trimmed(detail: str) -> str:
    """Without what tells of something else behind the address."""
    cut = _OTHER_MATTER.search(detail, 3)
    return detail[: cut.start()] if cut else detail


def _outermost(spans: set[Span]) -> Iterator[Span]:
    last: Span | None = None
    for span in sorted(spans, key=lambda one: (one[0], -one[1])):
        if last is None or span[0] >= last[1]:
            last = span
            yield span
