"""Home addresses: from the estate, village or street number downwards, where they are somebody's home."""

import re
from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.intervals import outermost
from reviewflow.text.sensitive.scan import Scan, Span

KIND = Kind.ADDRESS_HOME

_LABELS = ("地址", "住所", "居所", "居住地", "户口所在地", "坐落", "寄到", "寄至", "寄往", "送到", "送至", "老家", "入住", "搬到", "搬至", "搬进", "登记在", "门牌")  # fmt: skip
_DOORS = (
    "号楼",
    "单元",
    "号院",
    "家属楼",
    "家属院",
    "宿舍",
    "栋",
    "幢",
    "胡同",
    "公寓",
    "号房",
    "大院",
    "平房",
    "公租房",
    "廉租房",
    "安置房",
    "回迁房",
)
_AT_HOME = ("家中", "家里", "入户", "上门", "在家", "家门", "门缝", "租户", "住户", "承租", "张贴门", "邻居", "房屋")
_LIVING = ("住", "现居", "独居", "寄居", "借居", "户籍地", "户籍")
CUES = (*_LIVING, *_LABELS, *_DOORS, *_AT_HOME)

_HAN = "\u4e00-\u9fff"
_DIGITS = r"[0-9\uff10-\uff19]"
_COUNT = rf"(?:{_DIGITS}{{1,5}}|[一二三四五六七八九十百零〇]{{1,5}}|[甲乙丙丁东西南北前后][0-9一二三四五六七八九十]{{0,3}}|[A-Za-z][0-9]{{0,4}})"
# Words behind 住 and in front of it that make it something else: 住房, 住院, 抓住.
_NOT_LIVING_BEHIND = frozenset("房建宅院户宿持校用处客嘴手了着满得进商脚民所在")
_NOT_LIVING_BEFORE = frozenset("记抓守稳保堵拦围挡盯握扛站拉按封罩锁顶套卡捂压咬遮扎捆止留稳控牢持靠接收绊托")
# Province, city, district and town may be shown; what lies below them leads to the door.
_UPPER = re.compile(
    rf"(?:[{_HAN}]{{2,7}}?(?:省|自治区))?(?:[{_HAN}]{{2,7}}?(?:市|自治州|地区|盟))?(?:[{_HAN}]{{1,7}}?(?:(?<![小社园校库])区(?!{_DIGITS})|县(?!城(?!关))|旗(?!杆)))?"
    rf"(?:[{_HAN}]{{1,7}}?(?:街道(?:办事处)?|(?<!小)镇|乡))?"
)
# One step of the way to a door: an estate or village, a street number, a building, an entrance, a room.
_STEP = re.compile(
    rf"{_COUNT}(?:号楼|号院|号|[栋幢座]|单元|门|室|房|层|楼|排|户|组|队|社|弄|巷|支弄|村民小组|[\-－—－]{_DIGITS}{{1,4}}(?:[\-－—]{_DIGITS}{{1,4}}){{0,3}})"
    rf"(?:[甲乙丙丁东西南北]?(?:院|楼|门|室|户|屋|侧)?(?!{_DIGITS}))?|地下室{_COUNT}?|第[一二三四五六七八九十\d]+(?:家|户|排|栋)"
)
_ENTRANCE = re.compile(rf"{_DIGITS}{{2,5}}(?:室|房|号)?|[A-Z]\d{{1,4}}")
_END = re.compile(r"[，,。；;、（(）)\n\t！？|｜“”\"：:]")
_START = re.compile(r"[，,。；;、（(）)\n\t：:\u3000 |“”]")
_CUT = re.compile(
    r"住在|在(?=[\u4e00-\u9fff]{2})|现住|家住|住|位于|坐落于?|户籍地|地址|寄到|寄至|送到|搬到|来到|赶到|前往|登记在|反映|称|到(?!户)|至(?!善|诚)|系|(?<!公)的|将"
)
_OFFICES = re.compile(
    r"公司|户口|待定|新建|修建|建筑|结构|猪舍|厂房|库房|大棚|厅[0-9]|[育护业境通政法]厅|[政邮警分法管理务输检]局|中心|站(?![前后东西南北])|厂(?!家属|宿舍|区家属)|学校|医院(?!家属|宿舍)|大厦|办事处(?!.)|委员会|工地|项目|窗口|大厅|法院|政府|办公|园区|酒店|宾馆|营业|支行|大学(?!.*(?:家属|宿舍))|学院|协会|施工|工程|机房|仓库|车间|产业园|配租|公共租赁|"
    r"改造|商场|超市|市场|广场|门店|饭店|餐厅|银行|基地|泵站|断面|点位|居委会|村委会|派出所|幼儿园|小学|中学|图书馆|博物馆|事务所|合作社|加工点|养殖场|商铺|底商"
)
_DWELLING = re.compile(r"家属[楼院区]|宿舍|公寓")
_PLACE = re.compile(
    rf"小区|家园|花园|[{_HAN}]苑|公寓|家属|宿舍|胡同|巷|[{_HAN}][村庄屯寨园里湾府郡庭城居坊墅寓]|新村|社区|大院|平房|[{_HAN}][路街道]|[楼栋幢]"
)
_DESCRIBED = re.compile(r"[村庄屯队组路街].*(?:[侧旁边口头后前面院家处户]|隔壁|对面)")
_OTHER_MATTER = re.compile(
    r"隔壁[能闻]|附近|一带|反映|距|能闻|(?<=[号室户楼元院])的|租户|住户|居民|业主|因|，|家中|家里|门口|楼下|楼上|旁边?的|内(?=[养饲烧做开堆种存])|(?<=[号室户])(?:内|里)(?=.)|被|于|经营|开办|私|为(?=[\u4e00-\u9fff])"
)
_PERSON = re.compile(
    r"租户|住户|业主|户主|户[，,：: ]|投诉人?[住（，,：:]|反映|来电|申请人|信访|来访|当事人|家中|家里|本人|姓名|入户|收件人|居民|同住|承租人|房东|孩子|奶奶|爷爷|老人|母亲|父亲|妻|丈夫|租住|搬迁|安置|被征收人|拆迁|监护人|孤儿|独居|我家|车主|所有人|受送达人|老公|老婆|宝宝|我家|我和|女士|先生|物业|报案人|报警人|长女|长子|配偶|继承人|权利人|产权人|共有人|用户|拾荒|公民|患者|死者|伤者|受害人"
)
_FIRM = re.compile(
    r"公司|基金|事务所|派驻|信用代码|福利院|养老院|敬老院|[料砂石]场|幼儿园|单位|企业|[工砂石砖料药酒钢化纸电机酿铁材品]厂|合作社|饭店|经营部|门市部|加工点|事务所|个体|法定代表|负责人|办公|注册|经营场所|经营地址|项目|生产经营|建设单位|建设工程|中心|局|站|学校|委员会|医院|信箱|窗口|邮编|报名|受理|咨询|递交|开标|机构|会议"
)
_CELL = re.compile(r"[^\t|｜\u3000]+")
# What follows the seat of an institution.
_SEAT = re.compile("法定代表人|注册资|信用代码|开办资金|原始基金|业务范围|负责人|乘.{1,4}路")
_PERSONAL = (
    Kind.ID_NUMBER, Kind.MOBILE, Kind.BANK_ACCOUNT, Kind.BIRTH_DATE, Kind.LANDLINE_PRIVATE, Kind.PASSPORT_PERMIT, Kind.PLATE,
)  # fmt: skip
_REACH, _NEAR, _BACK, _SUBJECT = 60, 90, 28, 60


def find(scan: Scan) -> Iterator[Span]:
    """Addresses behind a word for living somewhere; others where a private number or a person is beside them."""
    spans: set[Span] = set()
    for at, word in scan.places(_LIVING):
        if word != "住" or (scan.text[at - 1 : at] not in _NOT_LIVING_BEFORE and _lives(scan.text, at)):
            _behind(scan, at + len(word), spans, strong=True)
    for at, word in scan.places(_LABELS):
        _behind(scan, at + len(word), spans, strong=False)
    for at, word in scan.places(_DOORS):
        _around(scan, at, at + len(word), spans)
    for at, _ in scan.places(_AT_HOME):
        _around(scan, at - 3, at, spans)
    _in_registers(scan, spans)
    yield from outermost(spans)


def _in_registers(scan: Scan, spans: set[Span]) -> None:
    """Cells that lead to a door, in rows that hold a private number and name no firm."""
    rows = {scan.text.rfind("\n", 0, start) + 1 for kind in _PERSONAL for start, _ in scan.found.get(kind, ())}
    for begin in rows:
        end = scan.text.find("\n", begin)
        row = scan.text[begin : end if end >= 0 else len(scan.text)]
        cells = list(_CELL.finditer(row))
        if len(cells) > 2 and not _FIRM.search(row):
            for cell in cells:
                if _STEP.search(cell[0]):
                    _keep(scan, begin + cell.start(), spans, strong=False)


def _lives(text: str, at: int) -> bool:
    behind = text[at + 1 : at + 2]
    if text.startswith("住人口", at):
        return False
    return behind not in _NOT_LIVING_BEHIND or text.startswith(("住在", "住址"), at)


def _behind(scan: Scan, at: int, spans: set[Span], *, strong: bool) -> None:
    """An address right behind a word or its colon."""
    lead = _LEAD.match(scan.text, at)
    start = lead.end() if lead else at
    if not _STREET_OR_DIGIT.search(scan.text, start, start + _REACH):
        return
    firm = _FIRM.search(scan.before(at, 10))
    if not strong and (firm or _SEAT.search(scan.text, start, start + _REACH) or not _is_personal(scan, start)):
        return
    if firm and re.search(r"址|所", scan.text[at - 2 : at + 1]):
        return
    _keep(scan, start, spans, strong=True)


def _around(scan: Scan, at: int, end: int, spans: set[Span]) -> None:
    """An address that holds this place, where a person or a private number is near."""
    if any(start <= at < stop for start, stop in spans):
        return
    before = scan.before(at, _BACK)
    if not _STEP.search(scan.text, at - len(before), at + 14) or not _is_personal(scan, at):
        return
    starts = [match.end() for match in _START.finditer(before)]
    start = at - len(before) + (starts[-1] if starts else 0)
    cuts = [match.end() for match in _CUT.finditer(scan.text, start, max(start, at))]
    _keep(scan, cuts[-1] if cuts else start, spans, strong=False)


def _keep(scan: Scan, start: int, spans: set[Span], *, strong: bool) -> None:
    """Keep the stretch up to the next mark if it leads to the door of a home."""
    stop = _END.search(scan.text, start, start + _REACH)
    end = stop.start() if stop else min(len(scan.text), start + _REACH)
    stretch = scan.text[start:end]
    if len(stretch) < 4 or "__" in stretch or "＿" in stretch or "某" in stretch:
        return
    upper = _UPPER.match(stretch)
    inner = upper.end() if upper else 0
    detail = _up_to_the_door(stretch[inner:].rstrip())
    lead = len(detail) - len(detail.lstrip())
    detail = detail.strip()
    if _OFFICES.search(detail) and not _DWELLING.search(detail):
        return
    if len(detail) >= 3 and detail[0] not in "本该我某此" and _leads_to_a_door(detail, strong=strong):
        begin = start + inner + lead
        spans.add((begin, begin + len(detail)))


def _up_to_the_door(detail: str) -> str:
    """Without what tells of something else behind the last step to the door."""
    cut = _OTHER_MATTER.search(detail, 4)
    detail = detail[: cut.start()] if cut else detail
    last = 0
    for step in _STEP.finditer(detail):
        last = step.end()
    room = _ENTRANCE.match(detail, last) if last else None
    last = room.end() if room else last
    rest = detail[last:]
    if not last or not rest or (re.search(r"[侧旁边口头后前面院家处户]$|隔壁$|对面$", rest) and " " not in rest):
        gap = re.search(r"[ \u3000]", detail)
        return detail if last or not gap else detail[: gap.start()]
    return detail[:last]


def _is_personal(scan: Scan, at: int) -> bool:
    """Whether the last subject before it is a person rather than a firm, or private numbers are around."""
    before = scan.before(at, _SUBJECT)
    sentence = before[before.rfind("\n\n") + 1 :]
    firms = [match.end() for match in _FIRM.finditer(sentence)]
    persons = [match.end() for match in _PERSON.finditer(sentence + scan.after(at, 24))]
    numbered = scan.taken(at - _NEAR, at + _NEAR, *_PERSONAL)
    if firms and firms[-1] > max((end for end in persons if end <= len(sentence)), default=-1):
        return numbered and firms[-1] < len(sentence) - 12
    return bool(persons) or numbered


def _leads_to_a_door(detail: str, *, strong: bool) -> bool:
    """Whether a house can be found by it: a number, or a description of a place in a village."""
    if not _STEP.search(detail):
        return strong and bool(_DESCRIBED.search(detail))
    return bool(_PLACE.search(detail)) or (strong and detail[0] not in "0123456789一二三四五六七八九十")


_STREET_OR_DIGIT = re.compile(
    "[" + "".join(sorted(frozenset("0123456789０１２３４５６７８９一二三四五六七八九十村庄路街巷弄号队组院楼"))) + "]"
)
_LEAD = re.compile(r"(?:所在地|地址|址|所|地)?[：:\s为是在于了至到]{0,3}")
