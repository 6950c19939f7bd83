"""Names of private persons: parties, witnesses, complainants, applicants, families. Never officials on duty.

A name is established as private by what stands beside it: a role or a kinship before it, what is told of it
behind it, a private number, a column of a register; then every mention of it counts. A name that the text
connects with an office is left alone (政府信息公开条例(2019) Art. 20(2); 浙江《行政处罚结果信息网上公开暂行办法》 Art. 7).
"""

import re
from collections.abc import Iterator

from reviewflow.domain.terms import PERSONAL_KINDS, Kind
from reviewflow.text.sensitive.persons.in_office import in_office, is_title
from reviewflow.text.sensitive.persons.names import BEGINNINGS, LOOSE, MASKED, ROLE, SURE, name_at, name_before
from reviewflow.text.sensitive.persons.registers import names_in_columns, names_in_list
from reviewflow.text.sensitive.persons.roles import COLUMNS, KIN, PEOPLE, ROLES, SIGNED_IN, TOLD
from reviewflow.text.sensitive.persons.surnames import FIRST, PLAIN
from reviewflow.text.sensitive.scan import Scan, Span

KIND = Kind.PERSON_PRIVATE
_SEX = tuple(f"{mark}{sex}" for mark in "，,（( \u3000、\t。" for sex in "男女")
_AGE = ("岁）", "岁)", "岁，", "岁,", "岁。")
_ADDRESSED = ("：你", ":你", "：您", ":您", "你好：", "你好:", "：\n", ":\n", "，你", "，您")
_TRUST = {**dict.fromkeys(PEOPLE, LOOSE), **dict.fromkeys(ROLES | KIN, ROLE)}
_TRUST |= {word: SURE for word in KIN if word[0] in "其之"}
CUES = tuple({*_TRUST, *TOLD, *SIGNED_IN, *COLUMNS, *_SEX, *_AGE, *_ADDRESSED})

_TOLD, _SIGNED_IN, _BEHIND_NAME = TOLD, SIGNED_IN, frozenset((*_SEX, *_AGE))
_NUMBERS = tuple(PERSONAL_KINDS - {Kind.PERSON_PRIVATE, Kind.EMAIL_PRIVATE})
_OPENERS = frozenset(':：\t（(“"\u3000 ')
_LEADS = _OPENERS | frozenset("为是系叫名写）)的")
_LEAD = re.compile(
    r"(?:[（(][^（）()\n]{1,12}[）)])?(?:签字|签名|签章|盖章|捺印|姓名|本人)?[\s:：（(“\"为是系叫名写]{0,3}"
)
_BOUNDARIES = frozenset(' \u3000\t\n:：、，,。；;（）()“”"．.【】《》！？|｜')
_CLOSES = frozenset('，,（、(：:；;。 \u3000\t\n）)“”"|｜')
_AGE_BEHIND = re.compile(r"[（(，,、\s]\s*\d{1,3}岁")
# 王小明等12户; a list of the honoured (等30名教师) is public.
_TOGETHER_WITH = re.compile(
    r"等(?:[一二三四五六七八九十两]+[人户]|\d+(?:余)?户|\d+(?:余)?[名位人]?(?:村民|居民|业主|群众|住户|农户|信访人|投诉人|当事人|申请人|原告|被告|租户))"
)
# Résumés of officials show the month of birth only; parties are told with the day or the age.
_CAREER = re.compile(r"[^。\n]{0,24}?\d{4}\s*年\s*\d{1,2}\s*月(?:出?生|[，,、])")
# A passer-by whom the news quotes.
_IN_THE_NEWS = ("等表示", "等纷纷", "等感", "高兴地", "激动地", "纷纷", "竖起")
# Whoever is honoured is meant to be known.
_HONOURED = re.compile("优秀|先进|最美|十佳|模范|杰出|获奖|表彰")
_LABEL = re.compile(
    r"[（(，,：:\s]*(?:居民)?(?:身份证明?(?:号码?)?|证件号码?|公民身份号码|身份号码|手机号?码?|联系电话|联系方式|电话|微信号?|银行卡号?|卡号|账号|现住址?|家住|租住|住址|住在|住|车牌号?码?|号码|号|身?患有?|患上|确诊为?|诊断为|因)[：:\s为是]*$"
)
_LABEL_REACH = 14
_YOU, _POLITE = re.compile("你(?![局单公厂院校区县市处站所部委镇乡省])|您"), re.compile("^[ \u3000]*致?(?:尊敬的)?")
_ADVERBS = frozenset(
    "曾 已 又 也 均 未 仍 即 再 就 正 曾经 已经 多次 当场 随后 主动 立即 再次 分别 一直 长期 经常 夜间 当日 当晚 今天 昨天 当时 连夜 同时 擅自 私自 因故".split()
)
_GAP = re.compile(r"[ \u3000\t，,）)]{1,2}")
_CELL_MARKS = " \t\u3000"
# Findings that make a text a private matter; beyond this reach it is a report on many things.
_TELLING = (Kind.ID_NUMBER, Kind.HEALTH, Kind.ADDRESS_HOME, Kind.BIRTH_DATE)
_OPENING_REACH = 1_500
_OPENING = re.compile(rf"(?:(?<=[，。；：、（“\n \u3000])|^)(?=[{''.join(sorted(PLAIN))}])")
_AND = ("、", "和", "与", "及")
_TOGETHER = re.compile(r"(?:等?[一二两三四五六七八九十]+(?:位|人|名).*|同志|先生|女士|村民)$")
_REACH, _WORDS_BACK = 44, 8


def find(scan: Scan) -> Iterator[Span]:
    """Every mention of every name that the text makes a private person's."""
    certain: set[str] = set()
    for kind in _NUMBERS:
        for start, end in scan.found.get(kind, ()):
            _beside_number(scan, start, end, certain)
    for at, _ in scan.places(_ADDRESSED):
        _addressed(scan, at, certain)
    names = set(certain)
    _beside_cues(scan, names)
    if not COLUMNS.isdisjoint(scan.cues):
        names.update(names_in_columns(scan))
    if names or certain or any(kind in scan.found for kind in _TELLING):
        names.update(_opening_clauses(scan))
    if names:
        yield from _mentions(scan, {name for name in names if not in_office(scan, name, certain=name in certain)})


def _opening_clauses(scan: Scan) -> Iterator[str]:
    """In a text that tells private things already, names that open a clause."""
    for match in _OPENING.finditer(scan.text, 0, _OPENING_REACH):
        name = name_at(scan.text, match.start(), trust=LOOSE)
        if name and len(name) > 2:
            yield name


def _beside_cues(scan: Scan, names: set[str]) -> None:
    text = scan.text
    for word, places in scan.cues.items():
        trust = _TRUST.get(word)
        if trust is not None:
            for at in places:
                end = at + len(word)
                if text[end : end + 1] in BEGINNINGS or text[end : end + 1] in _LEADS or trust >= ROLE:
                    _behind_role(scan, at, end, names, trust)
        if word in _TOLD:
            for at in places:
                if word[0] != "等" or _TOGETHER_WITH.match(text, at):
                    _before_told(scan, at, names)
        elif word in _BEHIND_NAME:
            for at in places:
                _before_sex_or_age(scan, at, word, names)
        elif word in _SIGNED_IN:
            for at in places:
                names.update(names_in_list(scan, at + len(word)))


def _behind_role(scan: Scan, cue: int, at: int, names: set[str], trust: int) -> None:
    """A name right behind a role, or behind a colon after it; further names joined by 、 or 和."""
    text = scan.text
    if _HONOURED.search(text, max(0, cue - 8), cue):
        return
    lead = _LEAD.match(text, at)
    start = lead.end() if lead else at
    if any(mark in _OPENERS for mark in text[at:start]):
        trust = min(trust + 1, SURE)
    while True:
        name = name_at(text, start, trust=trust)
        if (
            name is None
            or (trust == LOOSE and text.startswith(_IN_THE_NEWS, start + len(name)))
            or is_title(scan, start + len(name))
            or not (trust == SURE or _begins_word(text, cue, at))
        ):
            return
        names.add(name)
        end = start + len(name)
        if text[end : end + 1] not in _AND:
            return
        start, trust = end + 1, min(trust, ROLE)


def _begins_word(text: str, *places: int) -> bool:
    """Whether a word ends at one of these places, so that 行业主管部门 holds no 业主."""
    import rjieba

    place = max(0, places[0] - _WORDS_BACK)
    for word in rjieba.cut(text[place : places[-1] + _WORDS_BACK]):
        if place in places:
            return True
        place += len(word)
    return False


def _before_told(scan: Scan, at: int, names: set[str]) -> None:
    """A name right before what is told of somebody, and further names joined in front of it."""
    text = scan.text
    while text[at - 2 : at] in _ADVERBS or text[at - 1 : at] in _ADVERBS:
        at -= 2 if text[at - 2 : at] in _ADVERBS else 1
    while at >= 2 and (text[at - 2] in FIRST or text[at - 3 : at - 2] in FIRST or text[at - 3 : at].find("·") >= 0):
        name = name_before(text, at, trust=ROLE)
        if name is None or name[-1] in MASKED:
            return
        names.add(name)
        at -= len(name)
        if text[at - 1 : at] not in _AND:
            return
        at -= 1


def _before_sex_or_age(scan: Scan, at: int, word: str, names: set[str]) -> None:
    """王芳（女，52岁）, 王芳，女，汉族: a name in front of the mark before a sex or an age."""
    text = scan.text
    if word[0] == "岁":
        tail = _AGE_BEHIND.search(text, max(0, at - 6), at + 1)
        if tail is None:
            return
        at = tail.start()
    elif (
        text[at + 2 : at + 3] not in _CLOSES
        or _CAREER.match(text, at + 2)
        or (word[0] in _CELL_MARKS and not scan.taken(at - _REACH, at + _REACH, *_NUMBERS))
    ):
        return
    name = name_before(text, at, trust=SURE)
    if name:
        names.add(name)


def _addressed(scan: Scan, at: int, names: set[str]) -> None:
    """A letter to a person: 王小明：你于…… at the beginning of a line or behind a mark."""
    if not _YOU.search(scan.text, at, at + _REACH):
        return
    floor = max(0, at - _REACH - 1)
    begin = max(scan.text.rfind(mark, floor, at) for mark in "\n：。") + 1
    if at - begin > _REACH:
        return
    for joined in re.split(r"[、，,和\s]+", _POLITE.sub("", scan.text[begin:at])):
        item = _TOGETHER.sub("", joined.strip(" \u3000"))
        if 2 <= len(item) <= 4 and name_at(item, 0, trust=ROLE) == item:
            names.add(item)


def _beside_number(scan: Scan, start: int, end: int, names: set[str]) -> None:
    """The nearest name in front of a private number, address or illness in the same clause, or right behind it."""
    text = scan.text
    label = _LABEL.search(text, max(0, start - _LABEL_REACH), start)
    direct = len(text[: label.start() if label else start].rstrip(" \u3000（(：:，,\t"))
    name = name_before(text, direct, trust=SURE) or _nearest(text, direct)
    if name is None:
        name = _right_behind(text, end)
    if name:
        names.add(name)


def _right_behind(text: str, end: int) -> str | None:
    """A name between marks behind a number: 13900012345 王小明，."""
    gap = _GAP.match(text, end)
    name = name_at(text, gap.end(), trust=SURE) if gap else None
    return name if name and gap and text[gap.end() + len(name) :][:1] in _CLOSES | {""} else None


def _nearest(text: str, at: int) -> str | None:
    first = max(0, at - _REACH)
    for place in range(at - 2, first - 1, -1):
        if text[place] in "。！？\n" and place < at - 3:
            return None
        if text[place] not in FIRST or (place > 0 and text[place - 1] not in _BOUNDARIES):
            continue
        name = name_at(text[:at], place, trust=SURE)
        if name and (text[place + len(name)] in _CLOSES or text.startswith(("的", "同志"), place + len(name))):
            return name
    return None


def _mentions(scan: Scan, names: set[str]) -> Iterator[Span]:
    """All places of the names; a shorter name inside a longer one is not counted twice."""
    taken: list[Span] = []
    for name in sorted(names, key=lambda one: (-len(one), one)):
        at = scan.text.find(name)
        while at >= 0:
            span = (at, at + len(name))
            if not any(start < span[1] and span[0] < end for start, end in taken):
                taken.append(span)
            at = scan.text.find(name, at + len(name))
    yield from sorted(taken)
