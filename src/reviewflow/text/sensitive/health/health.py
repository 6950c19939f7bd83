"""Health of a person: the name of the condition, where a person stands beside it. Policy and epidemics are none."""

import re
from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.intervals import outermost
from reviewflow.text.sensitive.persons.names import ROLE, Names
from reviewflow.text.sensitive.scan import Scan, Span
from reviewflow.text.sensitive.wordlists import WordList, Words, either

_HAN = "\u4e00-\u9fff"
_NUMERAL = "一二三四五六七八九十"
_DEGREE = "[一二三四1-4]级"
_GRADE = rf"(?:[（(]?(?:[{_NUMERAL}]|[1-9]|Ⅰ|Ⅱ|Ⅲ|Ⅳ|早|中|晚)(?:期|级|度|型)[）)]?)?"
_COMPLICATED = rf"(?:[并伴合][{_HAN}]{{1,8}}?(?:病变|症|炎|病|感染|积水|衰竭|坏死|腹水))?"
_AFTERWARDS = "(?:手术后|术后|后遗症|后瘫痪|后偏瘫)?"
_SUFFERS_FROM = (
    "患有|患上|罹患|身患|曾患|因患|患|确诊为?|诊断为?[：:]?|诊断结论[：:为]|查出|得了|突发|体检中?发现|伴有?"
)
_STAGE = "(?:晚期|早期|中期|[一二三四ⅠⅡⅢⅣ]期)?"
_NO_CONDITION_BEHIND = "(?!房|区|情|例|历|床|假|虫|害|毒|菌|状|人|者|因|种|死)"
_WEEKS = rf"(?:怀孕|有孕|身孕|孕)(?:[约已]?[{_NUMERAL}\d]+(?:余)?(?:个?多?月|周)(?:\+?\d天)?)"
_PREGNANT = rf"{_WEEKS}|(?:[{_NUMERAL}\d]+个?月|有)身孕|孕妇|怀孕|孕期"
_BEDRIDDEN = "卧床不起|瘫痪在床|长期卧床|生活不能自理|植物人"
_WHOSE = "视力|听力|言语|肢体|智力|精神"
_RECORD = re.compile(
    r"残疾(?:类别|种类|类型|等级|级别)(?:及等级)?[：:\s\t为是]{0,3}"
    rf"(?P<name>(?:{_WHOSE}|多重)(?:残疾)?(?:{_DEGREE})?|{_DEGREE})"
)
# What the lists of words cannot say: a word that counts only beside certain characters.
_POLICY_BEFORE = ("[猪牛羊鸡鸭禽犬树苗](?![奶肉蛋])", "[“《]")
_POLICY_BEHIND = (
    "[^，。；]{0,8}(?:筛查|防治|防控)",
    "患者[^，。]{0,6}(?:管理|规范|建档|随访|需|应|可|等|率)",
    "[、]?[^，。]{0,3}等(?:常见)?[^，。]{0,4}病",
    "、[^，。]{2,9}(?:患者|病人)",
    "时，|的，|的?(?:人员|妇女|儿童|职工|学生)|者|[”》]",
    r"人(?![，。、）（\s])|证|史|类|性",
)
_PATIENTS = (
    "[其之](?:母|父|妻|夫|子|女|儿|孙|弟|兄|姐|妹|配偶)|[母父]亲",
    "我(?![省市县区国校局院们单司镇乡])|(?<!其)他(?!人|们|项|地)",
    rf"[\d{_NUMERAL}]岁",
    r"[，,（(、\s][男女][，,）)、\s]",
    "[轻重]伤|体检(?:结果|报告)|诊断(?:为|：|:|结论|证明)",
    rf"(?:一[名位]|该[名位]?|这[名位]|某|有[名位])[{_HAN}]{{0,3}}"
    "(?:职工|工人|学生|老人|村民|居民|员工|患者|病人|幼儿|儿童)",
)
_LABELLED = re.compile("残疾(?:类别|种类|类型|等级|级别)[：:]")
_SUFFERS = re.compile("(?:身?患有?|患上|因|系|确诊为?|突发)?$")
_REACH, _LEFT, _RIGHT = 30, 14, 24
_NUMBERS = (Kind.ID_NUMBER, Kind.MOBILE, Kind.BANK_ACCOUNT, Kind.BIRTH_DATE, Kind.ADDRESS_HOME)


class Health:
    """Conditions behind a verb of suffering, kinds of disability, pregnancy and allergies, near a person."""

    kind = Kind.HEALTH

    def __init__(self, words: Words, names: Names) -> None:
        self._names = names
        self._not_names = words.of(WordList.NOT_NAMES)
        self._surnames = words.of(WordList.PLAIN_SURNAMES)
        self._no_conditions = words.of(WordList.NO_CONDITIONS)
        self._not_in_conditions = re.compile(either(words[WordList.NOT_IN_CONDITIONS]))
        self._general_before = re.compile(either(words[WordList.GENERAL_BEFORE], *_POLICY_BEFORE))
        about_policy = rf"[^，。、；]{{0,4}}(?:{either(words[WordList.GENERAL_BEHIND])})"
        self._general_behind = re.compile(either((), about_policy, *_POLICY_BEHIND))
        self._records = re.compile(either(words[WordList.HEALTH_RECORDS]))
        self._patients = re.compile(either(words[WordList.PATIENTS], *_PATIENTS))
        self._treated = re.compile(rf"[{_HAN}]{{0,4}}(?:{either(words[WordList.TREATMENT])})")
        # People of this sort, where the very next words tell what they suffer from.
        self._sufferers = re.compile(
            rf"(?:{either(words[WordList.SUFFERERS])})[^，。、；的]{{0,4}}"
            "(?:患有?|患上|确诊为?|因患?|突发|诊断为|得了|对|系|为|[（(])$"
        )
        self._patterns = _patterns(words)
        self.cues = tuple(self._patterns)

    def find(self, scan: Scan) -> Iterator[Span]:
        """Conditions behind a verb of suffering, kinds of disability, pregnancy and allergies, near a person."""
        spans: set[Span] = set()
        for word, places in scan.cues.items():
            if word not in self._patterns:
                continue
            for at in places:
                general = self._general(scan, at, at + len(word)) and not _LABELLED.match(scan.after(at, 6))
                if not general and self._person_near(scan, at, len(word)):
                    spans.update(self._conditions(scan, at, word))
        yield from outermost(spans)

    def _conditions(self, scan: Scan, at: int, word: str) -> Iterator[Span]:
        text = scan.text
        for pattern in self._patterns[word]:
            for match in pattern.finditer(text, max(0, at - _LEFT), min(len(text), at + len(word) + _RIGHT)):
                start, end = match.span("name")
                if (
                    match.start() <= at < match.end()
                    and self._is_condition(text[start:end])
                    and not self._general(scan, start, end)
                ):
                    yield start, end

    def _is_condition(self, name: str) -> bool:
        return (
            len(name) > 1
            and name not in self._no_conditions
            and not self._not_in_conditions.search(name)
            and not name.startswith(tuple("有的者病该此为以各"))
        )

    def _general(self, scan: Scan, start: int, end: int) -> bool:
        """Whether it is told of an illness as such: a policy, an epidemic, a list of illnesses."""
        before = scan.before(start, 9)
        clause = before[max(before.rfind(mark) for mark in "，。；：\n") + 1 :]
        if self._records.search(scan.before(start, _REACH)):
            return False
        return bool(self._general_before.search(clause) or self._general_behind.match(scan.after(end, 14)))

    def _person_near(self, scan: Scan, at: int, length: int) -> bool:
        """Whether it is told of somebody: a person before it in the sentence, or private numbers around."""
        before = scan.before(at, _REACH)
        sentence = before[max(before.rfind("。"), before.rfind("\n")) + 1 :]
        if (
            self._patients.search(sentence)
            or self._sufferers.search(sentence + scan.after(at, length))
            or self._sufferers.search(sentence)
        ):
            return True
        if self._treated.match(scan.after(at + length, 10)) or _LABELLED.match(scan.after(at, 6)):
            return True
        return scan.taken(at - 80, at + 80, *_NUMBERS) or self._names_somebody(sentence)

    def _names_somebody(self, sentence: str) -> bool:
        """Whether the tagger sees a person's name in what stands before the condition."""
        import rjieba

        sufferer = _SUFFERS.search(sentence)
        if sufferer and self._names.name_before(sentence, sufferer.start(), trust=ROLE):
            return True
        return any(
            flag == "nr" and len(word) > 1 and word[0] in self._surnames and word[:2] not in self._not_names
            for word, flag in rjieba.tag(sentence)
        )


def _patterns(words: Words) -> dict[str, tuple[re.Pattern[str], ...]]:
    """For each cue the patterns that may tell of a condition around it, each with a group ``name``."""
    prefixes, names = either(words[WordList.CONDITION_PREFIXES]), either(words[WordList.CONDITIONS])
    named = re.compile(rf"(?P<name>(?:{prefixes})*(?:{names}){_GRADE}{_COMPLICATED}{_AFTERWARDS})")
    # Behind a verb of suffering any word with the ending of a disease will do.
    endings = either(words[WordList.CONDITION_ENDINGS])
    suffered = re.compile(
        rf"(?:{_SUFFERS_FROM})(?:了|有)?(?P<name>[{_HAN}]{{1,10}}?(?:{endings}){_STAGE}){_NO_CONDITION_BEHIND}"
    )
    return {
        **dict.fromkeys(words[WordList.CONDITIONS], (named,)),
        **dict.fromkeys(words[WordList.SUFFERING], (suffered,)),
        **dict.fromkeys(words[WordList.DISABILITY], (_disabled(words), _RECORD)),
    }


def _disabled(words: Words) -> re.Pattern[str]:
    parts = rf"(?:{either(words[WordList.DISABLED_PARTS])})"
    disability = rf"(?:重度|{_DEGREE})?(?:残疾|伤残|智残)(?:[（(]?{_DEGREE}[）)]?)?"
    return re.compile(
        rf"(?P<name>{parts}{{1,3}}{disability}|{parts}{_DEGREE}(?:残疾)?|残疾{_DEGREE}|{_DEGREE}(?:{_WHOSE})?残疾"
        rf"|[{_NUMERAL}]级伤残|伤残[{_NUMERAL}]级|重度残疾|智残|肢残|{_PREGNANT}|{_BEDRIDDEN})"
    )
