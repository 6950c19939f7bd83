"""Names of private persons: parties, witnesses, complainants, applicants, families. Never officials on duty.

A name is established as private by what stands beside it: a role or a kinship before it, what is told of it
behind it, a private number, a column of a register; then every mention of it counts. A name that the text
connects with an office is left alone (政府信息公开条例(2019) Art. 20(2); 浙江《行政处罚结果信息网上公开暂行办法》 Art. 7).
"""

import re
from collections.abc import Iterator

from reviewflow.domain.terms import PERSONAL_KINDS, Kind
from reviewflow.text.sensitive.persons.in_office import Officials
from reviewflow.text.sensitive.persons.names import LOOSE, MASKED, ROLE, SURE, Names, Trust
from reviewflow.text.sensitive.persons.registers import Registers
from reviewflow.text.sensitive.scan import Scan, Span
from reviewflow.text.sensitive.wordlists import WordList, Words, either

_SEX = tuple(f"{mark}{sex}" for mark in "，,（( \u3000、\t。" for sex in "男女")
_AGE = ("岁）", "岁)", "岁，", "岁,", "岁。")
_ADDRESSED = ("：你", ":你", "：您", ":您", "你好：", "你好:", "：\n", ":\n", "，你", "，您")

_BEHIND_NAME = frozenset((*_SEX, *_AGE))
_KIN_BEHIND_A_MARK = ("，父", "，母", "，妻")
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
_PARTIES = "村民|居民|业主|群众|住户|农户|信访人|投诉人|当事人|申请人|原告|被告|租户"
_TOGETHER_WITH = re.compile(rf"等(?:[一二三四五六七八九十两]+[人户]|\d+(?:余)?户|\d+(?:余)?[名位人]?(?:{_PARTIES}))")
# Résumés of officials show the month of birth only; parties are told with the day or the age.
_CAREER = re.compile(r"[^。\n]{0,24}?\d{4}\s*年\s*\d{1,2}\s*月(?:出?生|[，,、])")
_NUMBER_LABEL = (
    "身份证明?(?:号码?)?|证件号码?|公民身份号码|身份号码|手机号?码?|联系电话|联系方式|电话|微信号?|银行卡号?|卡号|账号"
    "|现住址?|家住|租住|住址|住在|住|车牌号?码?|号码|号|身?患有?|患上|确诊为?|诊断为|因"
)
_LABEL = re.compile(rf"[（(，,：:\s]*(?:居民)?(?:{_NUMBER_LABEL})[：:\s为是]*$")
_LABEL_REACH = 14
_YOU, _POLITE = re.compile("你(?![局单公厂院校区县市处站所部委镇乡省])|您"), re.compile("^[ \u3000]*致?(?:尊敬的)?")
_GAP = re.compile(r"[ \u3000\t，,）)]{1,2}")
_CELL_MARKS = " \t\u3000"
# Findings that make a text a private matter; beyond this reach it is a report on many things.
_TELLING = (Kind.ID_NUMBER, Kind.HEALTH, Kind.ADDRESS_HOME, Kind.BIRTH_DATE)
_OPENING_REACH = 1_500
_AND = ("、", "和", "与", "及")
_TOGETHER = re.compile(r"(?:等?[一二两三四五六七八九十]+(?:位|人|名).*|同志|先生|女士|村民)$")
_REACH, _WORDS_BACK = 44, 8


class PrivatePersons:
    """Every mention of every name that the text makes a private person's."""

    kind = Kind.PERSON_PRIVATE

    def __init__(self, words: Words, names: Names) -> None:
        self._names = names
        self._officials = Officials(words)
        self._registers = Registers(words, names)
        kin = (*words[WordList.KIN], *_KIN_BEHIND_A_MARK)
        self._trust = {
            **dict.fromkeys(words[WordList.PEOPLE], LOOSE),
            **dict.fromkeys((*words[WordList.ROLES], *kin), ROLE),
            **{word: SURE for word in kin if word[0] in "其之"},
        }
        self._told = words.of(WordList.TOLD_OF_PERSONS)
        self._signed_in = words.of(WordList.SIGNED_IN)
        self.cues = (
            *{*self._trust, *self._told, *self._signed_in, *self._registers.columns, *_SEX, *_AGE, *_ADDRESSED},
        )
        self._beginnings = names.beginnings | _LEADS
        # A passer-by whom the news quotes.
        self._in_the_news = words[WordList.IN_THE_NEWS]
        # Whoever is honoured is meant to be known.
        self._honoured = re.compile(either(words[WordList.HONOURED]))
        self._adverbs = words.of(WordList.ADVERBS)
        surnames = "".join(sorted(words[WordList.PLAIN_SURNAMES]))
        self._opening = re.compile(rf"(?:(?<=[，。；：、（“\n \u3000])|^)(?=[{surnames}])")

    def find(self, scan: Scan) -> Iterator[Span]:
        """Every mention of every name that the text makes a private person's."""
        certain: set[str] = set()
        for kind in _NUMBERS:
            for start, end in scan.found.get(kind, ()):
                self._beside_number(scan, start, end, certain)
        for at, _ in scan.places(_ADDRESSED):
            self._addressed(scan, at, certain)
        names = set(certain)
        self._beside_cues(scan, names)
        if not self._registers.columns.isdisjoint(scan.cues):
            names.update(self._registers.names_in_columns(scan))
        if names or certain or any(kind in scan.found for kind in _TELLING):
            names.update(self._opening_clauses(scan))
        if names:
            yield from _mentions(
                scan, {name for name in names if not self._officials.in_office(scan, name, certain=name in certain)}
            )

    def _opening_clauses(self, scan: Scan) -> Iterator[str]:
        """In a text that tells private things already, names that open a clause."""
        for match in self._opening.finditer(scan.text, 0, _OPENING_REACH):
            name = self._names.name_at(scan.text, match.start(), trust=LOOSE)
            if name and len(name) > 2:
                yield name

    def _beside_cues(self, scan: Scan, names: set[str]) -> None:
        text, beginnings = scan.text, self._beginnings
        for word, places in scan.cues.items():
            trust = self._trust.get(word)
            if trust is not None:
                for at in places:
                    end = at + len(word)
                    if trust >= ROLE or text[end : end + 1] in beginnings:
                        self._behind_role(scan, at, end, names, trust)
            if word in self._told:
                for at in places:
                    if word[0] != "等" or _TOGETHER_WITH.match(text, at):
                        self._before_report(scan, at, names)
            elif word in _BEHIND_NAME:
                for at in places:
                    self._before_sex_or_age(scan, at, word, names)
            elif word in self._signed_in:
                for at in places:
                    names.update(self._registers.names_in_list(scan, at + len(word)))

    def _behind_role(self, scan: Scan, cue: int, at: int, names: set[str], trust: Trust) -> None:
        """A name right behind a role, or behind a colon after it; further names joined by 、 or 和."""
        text = scan.text
        if self._honoured.search(text, max(0, cue - 8), cue):
            return
        lead = _LEAD.match(text, at)
        start = lead.end() if lead else at
        if any(mark in _OPENERS for mark in text[at:start]):
            trust = trust.raised
        while True:
            name = self._names.name_at(text, start, trust=trust)
            if (
                name is None
                or (trust == LOOSE and text.startswith(self._in_the_news, start + len(name)))
                or self._officials.is_title(scan, start + len(name))
                or not (trust == SURE or _begins_word(text, cue, at))
            ):
                return
            names.add(name)
            end = start + len(name)
            if text[end : end + 1] not in _AND:
                return
            start, trust = end + 1, min(trust, ROLE)

    def _before_report(self, scan: Scan, at: int, names: set[str]) -> None:
        """A name right before what is told of somebody, and further names joined in front of it."""
        text = scan.text
        while text[at - 2 : at] in self._adverbs or text[at - 1 : at] in self._adverbs:
            at -= 2 if text[at - 2 : at] in self._adverbs else 1
        while at >= 2 and (
            text[at - 2] in self._names.surname_beginnings
            or text[at - 3 : at - 2] in self._names.surname_beginnings
            or text[at - 3 : at].find("·") >= 0
        ):
            name = self._names.name_before(text, at, trust=ROLE)
            if name is None or name[-1] in MASKED:
                return
            names.add(name)
            at -= len(name)
            if text[at - 1 : at] not in _AND:
                return
            at -= 1

    def _before_sex_or_age(self, scan: Scan, at: int, word: str, names: set[str]) -> None:
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
        name = self._names.name_before(text, at, trust=SURE)
        if name:
            names.add(name)

    def _addressed(self, scan: Scan, at: int, names: set[str]) -> None:
        """A letter to a person: 王小明：你于…… at the beginning of a line or behind a mark."""
        if not _YOU.search(scan.text, at, at + _REACH):
            return
        floor = max(0, at - _REACH - 1)
        begin = max(scan.text.rfind(mark, floor, at) for mark in "\n：。") + 1
        if at - begin > _REACH:
            return
        for joined in re.split(r"[、，,和\s]+", _POLITE.sub("", scan.text[begin:at])):
            item = _TOGETHER.sub("", joined.strip(" \u3000"))
            if 2 <= len(item) <= 4 and self._names.name_at(item, 0, trust=ROLE) == item:
                names.add(item)

    def _beside_number(self, scan: Scan, start: int, end: int, names: set[str]) -> None:
        """The nearest name in front of a private number, address or illness in the same clause, or right behind it."""
        text = scan.text
        label = _LABEL.search(text, max(0, start - _LABEL_REACH), start)
        direct = len(text[: label.start() if label else start].rstrip(" \u3000（(：:，,\t"))
        name = self._names.name_before(text, direct, trust=SURE) or self._nearest(text, direct)
        if name is None:
            name = self._right_behind(text, end)
        if name:
            names.add(name)

    def _right_behind(self, text: str, end: int) -> str | None:
        """A name between marks behind a number: 13900012345 王小明，."""
        gap = _GAP.match(text, end)
        name = self._names.name_at(text, gap.end(), trust=SURE) if gap else None
        return name if name and gap and text[gap.end() + len(name) :][:1] in _CLOSES | {""} else None

    def _nearest(self, text: str, at: int) -> str | None:
        first = max(0, at - _REACH)
        for place in range(at - 2, first - 1, -1):
            if text[place] in "。！？\n" and place < at - 3:
                return None
            if text[place] not in self._names.surname_beginnings or (place > 0 and text[place - 1] not in _BOUNDARIES):
                continue
            name = self._names.name_at(text[:at], place, trust=SURE)
            if name and (text[place + len(name)] in _CLOSES or text.startswith(("的", "同志"), place + len(name))):
                return name
        return None


def _begins_word(text: str, *places: int) -> bool:
    """Whether a word ends at one of these places, so that 行业主管部门 holds no 业主."""
    import rjieba

    place = max(0, places[0] - _WORDS_BACK)
    for word in rjieba.cut(text[place : places[-1] + _WORDS_BACK]):
        if place in places:
            return True
        place += len(word)
    return False


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
