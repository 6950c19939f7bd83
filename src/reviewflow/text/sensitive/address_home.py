"""Home addresses: from the estate, village or street number downwards, where they are somebody's home."""

import re
from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.intervals import outermost
from reviewflow.text.sensitive.scan import Scan, Span
from reviewflow.text.sensitive.wordlists import WordList, Words, either

_HAN = "\u4e00-\u9fff"
_DIGITS = r"[0-9\uff10-\uff19]"
_NUMERAL = "一二三四五六七八九十"
_COUNT = (
    rf"(?:{_DIGITS}{{1,5}}|[{_NUMERAL}百零〇]{{1,5}}|[甲乙丙丁东西南北前后][0-9{_NUMERAL}]{{0,3}}|[A-Za-z][0-9]{{0,4}})"
)
# Province, city, district and town may be shown; what lies below them leads to the door.
_DISTRICT = rf"(?<![小社园校库])区(?!{_DIGITS})|县(?!城(?!关))|旗(?!杆)"
_UPPER = re.compile(
    rf"(?:[{_HAN}]{{2,7}}?(?:省|自治区))?(?:[{_HAN}]{{2,7}}?(?:市|自治州|地区|盟))?"
    rf"(?:[{_HAN}]{{1,7}}?(?:{_DISTRICT}))?(?:[{_HAN}]{{1,7}}?(?:街道(?:办事处)?|(?<!小)镇|乡))?"
)
# One step of the way to a door: an estate or village, a street number, a building, an entrance, a room.
_UNIT = "号楼|号院|号|[栋幢座]|单元|门|室|房|层|楼|排|户|组|队|社|弄|巷|支弄|村民小组"
_HYPHENATED = rf"[\-－—－]{_DIGITS}{{1,4}}(?:[\-－—]{_DIGITS}{{1,4}}){{0,3}}"
_STEP = re.compile(
    rf"{_COUNT}(?:{_UNIT}|{_HYPHENATED})(?:[甲乙丙丁东西南北]?(?:院|楼|门|室|户|屋|侧)?(?!{_DIGITS}))?"
    rf"|地下室{_COUNT}?|第[{_NUMERAL}\d]+(?:家|户|排|栋)"
)
_ENTRANCE = re.compile(rf"{_DIGITS}{{2,5}}(?:室|房|号)?|[A-Z]\d{{1,4}}")
_END = re.compile(r"[，,。；;、（(）)\n\t！？|｜“”\"：:]")
_START = re.compile(r"[，,。；;、（(）)\n\t：:\u3000 |“”]")
_DWELLING = re.compile(r"家属[楼院区]|宿舍|公寓")
_PLACE = re.compile(
    rf"小区|家园|花园|[{_HAN}]苑|公寓|家属|宿舍|胡同|巷|[{_HAN}][村庄屯寨园里湾府郡庭城居坊墅寓]"
    rf"|新村|社区|大院|平房|[{_HAN}][路街道]|[楼栋幢]"
)
_DESCRIBED = re.compile(r"[村庄屯队组路街].*(?:[侧旁边口头后前面院家处户]|隔壁|对面)")
_CELL = re.compile(r"[^\t|｜\u3000]+")
# What the lists of words cannot say: a word that counts only beside certain characters.
_STARTS = (r"在(?=[\u4e00-\u9fff]{2})", "坐落于?", "到(?!户)", "至(?!善|诚)", "(?<!公)的")
_STOPS = (
    "隔壁[能闻]", "(?<=[号室户楼元院])的", "，", "旁边?的", "内(?=[养饲烧做开堆种存])",
    "(?<=[号室户])(?:内|里)(?=.)", r"为(?=[\u4e00-\u9fff])",
)  # fmt: skip
_OFFICES = (
    "厅[0-9]", "[育护业境通政法]厅", "[政邮警分法管理务输检]局", "站(?![前后东西南北])", "厂(?!家属|宿舍|区家属)",
    "医院(?!家属|宿舍)", "办事处(?!.)", "大学(?!.*(?:家属|宿舍))",
)  # fmt: skip
_FIRMS = ("[料砂石]场", "[工砂石砖料药酒钢化纸电机酿铁材品]厂")
_PERSONS = ("户[，,：: ]", "投诉人?[住（，,：:]")
_BUS_LINE = "乘.{1,4}路"
_PERSONAL = (
    Kind.ID_NUMBER,
    Kind.MOBILE,
    Kind.BANK_ACCOUNT,
    Kind.BIRTH_DATE,
    Kind.LANDLINE_PRIVATE,
    Kind.PASSPORT_PERMIT,
    Kind.PLATE,
)
_REACH, _NEAR, _BACK, _SUBJECT = 60, 90, 28, 60


class HomeAddresses:
    """Addresses behind a word for living somewhere; others where a private number or a person is beside them."""

    kind = Kind.ADDRESS_HOME

    def __init__(self, words: Words) -> None:
        self._living = words[WordList.LIVING]
        self._labels = words[WordList.ADDRESS_LABELS]
        self._doors = words[WordList.DOORS]
        self._at_home = words[WordList.AT_HOME]
        self.cues = (*self._living, *self._labels, *self._doors, *self._at_home)
        self._not_living_behind = words.of(WordList.NOT_LIVING_BEHIND)
        self._not_living_before = words.of(WordList.NOT_LIVING_BEFORE)
        self._cut = re.compile(either(words[WordList.ADDRESS_STARTS], *_STARTS))
        self._other_matter = re.compile(either(words[WordList.ADDRESS_STOPS], *_STOPS))
        self._offices = re.compile(either(words[WordList.NOT_HOMES], *_OFFICES))
        self._firm = re.compile(either(words[WordList.ADDRESS_FIRMS], *_FIRMS))
        self._person = re.compile(either(words[WordList.ADDRESS_PERSONS], *_PERSONS))
        self._seat = re.compile(either(words[WordList.SEATS], _BUS_LINE))

    def find(self, scan: Scan) -> Iterator[Span]:
        """Addresses behind a word for living somewhere; others where a private number or a person is beside them."""
        spans: set[Span] = set()
        for at, word in scan.places(self._living):
            if word != "住" or (scan.text[at - 1 : at] not in self._not_living_before and self._lives(scan.text, at)):
                self._address_behind(scan, at + len(word), spans, strong=True)
        for at, word in scan.places(self._labels):
            self._address_behind(scan, at + len(word), spans, strong=False)
        for at, word in scan.places(self._doors):
            self._address_around(scan, at, at + len(word), spans)
        for at, _ in scan.places(self._at_home):
            self._address_around(scan, at - 3, at, spans)
        self._in_registers(scan, spans)
        yield from outermost(spans)

    def _in_registers(self, scan: Scan, spans: set[Span]) -> None:
        """Cells that lead to a door, in rows that hold a private number and name no firm."""
        rows = {scan.text.rfind("\n", 0, start) + 1 for kind in _PERSONAL for start, _ in scan.found.get(kind, ())}
        for begin in rows:
            end = scan.text.find("\n", begin)
            row = scan.text[begin : end if end >= 0 else len(scan.text)]
            cells = list(_CELL.finditer(row))
            if len(cells) > 2 and not self._firm.search(row):
                for cell in cells:
                    if _STEP.search(cell[0]):
                        self._add_address(scan, begin + cell.start(), spans, strong=False)

    def _lives(self, text: str, at: int) -> bool:
        behind = text[at + 1 : at + 2]
        if text.startswith("住人口", at):
            return False
        return behind not in self._not_living_behind or text.startswith(("住在", "住址"), at)

    def _address_behind(self, scan: Scan, at: int, spans: set[Span], *, strong: bool) -> None:
        """An address right behind a word or its colon."""
        lead = _LEAD.match(scan.text, at)
        start = lead.end() if lead else at
        if not _STREET_OR_DIGIT.search(scan.text, start, start + _REACH):
            return
        firm = self._firm.search(scan.before(at, 10))
        if not strong and (
            firm or self._seat.search(scan.text, start, start + _REACH) or not self._is_personal(scan, start)
        ):
            return
        if firm and re.search(r"址|所", scan.text[at - 2 : at + 1]):
            return
        self._add_address(scan, start, spans, strong=True)

    def _address_around(self, scan: Scan, at: int, end: int, spans: set[Span]) -> None:
        """An address that holds this place, where a person or a private number is near."""
        if any(start <= at < stop for start, stop in spans):
            return
        before = scan.before(at, _BACK)
        if not _STEP.search(scan.text, at - len(before), at + 14) or not self._is_personal(scan, at):
            return
        starts = [match.end() for match in _START.finditer(before)]
        start = at - len(before) + (starts[-1] if starts else 0)
        cuts = [match.end() for match in self._cut.finditer(scan.text, start, max(start, at))]
        self._add_address(scan, cuts[-1] if cuts else start, spans, strong=False)

    def _add_address(self, scan: Scan, start: int, spans: set[Span], *, strong: bool) -> None:
        """Add the stretch up to the next mark if it leads to the door of a home."""
        stop = _END.search(scan.text, start, start + _REACH)
        end = stop.start() if stop else min(len(scan.text), start + _REACH)
        stretch = scan.text[start:end]
        if len(stretch) < 4 or "__" in stretch or "＿" in stretch or "某" in stretch:
            return
        upper = _UPPER.match(stretch)
        inner = upper.end() if upper else 0
        detail = self._up_to_the_door(stretch[inner:].rstrip())
        lead = len(detail) - len(detail.lstrip())
        detail = detail.strip()
        if self._offices.search(detail) and not _DWELLING.search(detail):
            return
        if len(detail) >= 3 and detail[0] not in "本该我某此" and _leads_to_a_door(detail, strong=strong):
            begin = start + inner + lead
            spans.add((begin, begin + len(detail)))

    def _up_to_the_door(self, detail: str) -> str:
        """Without what tells of something else behind the last step to the door."""
        cut = self._other_matter.search(detail, 4)
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

    def _is_personal(self, scan: Scan, at: int) -> bool:
        """Whether the last subject before it is a person rather than a firm, or private numbers are around."""
        before = scan.before(at, _SUBJECT)
        sentence = before[before.rfind("\n\n") + 1 :]
        firms = [match.end() for match in self._firm.finditer(sentence)]
        persons = [match.end() for match in self._person.finditer(sentence + scan.after(at, 24))]
        numbered = scan.taken(at - _NEAR, at + _NEAR, *_PERSONAL)
        if firms and firms[-1] > max((end for end in persons if end <= len(sentence)), default=-1):
            return numbered and firms[-1] < len(sentence) - 12
        return bool(persons) or numbered


def _leads_to_a_door(detail: str, *, strong: bool) -> bool:
    """Whether a house can be found by it: a number, or a description of a place in a village."""
    if not _STEP.search(detail):
        return strong and bool(_DESCRIBED.search(detail))
    return bool(_PLACE.search(detail)) or (strong and detail[0] not in "0123456789一二三四五六七八九十")


_STREET_OR_DIGIT = re.compile("[0123456789０１２３４５６７８９一二三四五六七八九十村庄路街巷弄号队组院楼]")
_LEAD = re.compile(r"(?:所在地|地址|址|所|地)?[：:\s为是在于了至到]{0,3}")
