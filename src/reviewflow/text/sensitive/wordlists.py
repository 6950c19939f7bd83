"""The words by which detectors know persons, illnesses, addresses and numbers: plain files in ``words/``, read once.

A file holds lists, each under its heading ``[私人角色]``; words stand apart by single spaces, on as many lines as it
takes; what follows ``#`` at the beginning of a line is a remark. Where a longer word holds a shorter one it stands
first. An office adds and removes words in configs/words.yaml (``reviewflow.rules.wordbook``).
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from importlib import resources

from reviewflow.errors import Fault, FaultyFileError


class WordList(StrEnum):
    """Every list, by its heading in the files."""

    COMPOUND_SURNAMES = "复姓"
    PLAIN_SURNAMES = "单姓"
    WORDY_SURNAMES = "兼作常用字的姓"
    AFTER_NAMES = "姓名后的词"
    AFTER_DOTTED = "带点姓名后的字"
    BEFORE_DOTTED = "带点姓名前的字"
    NAME_ELEMENTS = "民族姓名用词"
    NAME_BEGINNINGS = "民族姓名首字"
    NOT_FIRST = "不作名首的字"
    NOT_SECOND = "不作名末的字"
    NEVER_SECOND = "决不作名末的字"
    RARELY_SECOND = "少作名末的字"
    OF_HOMES = "家后的字"
    PARTICLES = "作虚词的姓"
    PREPOSITIONS = "作介词的姓"
    BEFORE_NAMES = "姓名前的字"
    GOVERNING = "姓名前的介词"
    ENDS_OF_WORDS = "词尾的字"
    REGIONS = "政区的字"
    PLACES = "地名的字"
    PLACE_WORDS = "地名的词"
    ORGANISATIONS = "机构名的词尾"
    NOT_IN_ORGANISATIONS = "不在机构名里的词"
    NOT_NAMES = "形似姓名的词"
    ROLES = "私人角色"
    PEOPLE = "泛指人群"
    KIN = "亲属称谓"
    TOLD_OF_PERSONS = "私人事务用语"
    ADVERBS = "姓名后的副词"
    SIGNED_IN = "签到用语"
    IN_THE_NEWS = "新闻引语"
    HONOURED = "表彰用语"
    NAME_COLUMNS = "姓名栏"
    PRIVATE_COLUMNS = "私人事项栏"
    PUBLIC_COLUMNS = "公务事项栏"
    OFFICES = "职务"
    OFFICES_BEHIND = "姓名后的职务"
    PRIVATE_OFFICES = "私人也担任的职务"
    MEMBERS = "队员"
    OFFICES_TOLD = "括号里的职务"
    CONDITIONS = "疾病"
    CONDITION_PREFIXES = "疾病前的限定词"
    CONDITION_ENDINGS = "疾病的词尾"
    NO_CONDITIONS = "泛指的病"
    NOT_IN_CONDITIONS = "不在病名里的词"
    SUFFERING = "患病用语"
    DISABILITY = "残疾与怀孕用语"
    DISABLED_PARTS = "残疾类别"
    GENERAL_BEFORE = "病名前的政策用语"
    GENERAL_BEHIND = "病名后的政策用语"
    HEALTH_RECORDS = "个人记录用语"
    PATIENTS = "病人"
    SUFFERERS = "患病的人群"
    TREATMENT = "就医用语"
    LIVING = "居住用语"
    NOT_LIVING_BEHIND = "住后的字"
    NOT_LIVING_BEFORE = "住前的字"
    ADDRESS_LABELS = "住址标签"
    DOORS = "住处"
    AT_HOME = "在家用语"
    ADDRESS_STARTS = "住址前的词"
    ADDRESS_STOPS = "住址后的词"
    NOT_HOMES = "非住宅"
    ADDRESS_FIRMS = "单位用语"
    ADDRESS_PERSONS = "住户用语"
    SEATS = "单位登记用语"
    ID_LABELS = "证件标签"
    ACCOUNT_LABELS = "账户标签"
    NOT_ACCOUNTS = "非账户号码"
    ACCOUNT_FIRMS = "对公账户用语"
    ACCOUNT_PERSONS = "个人账户用语"
    UNITS = "计量单位"
    NOT_MOBILES = "非电话号码"
    HOME_LINES = "住宅电话标签"
    HOMES = "家"
    MAIL_OFFICES = "公务邮箱用语"
    MAIL_PERSONS = "私人邮箱用语"
    PERMITS = "出入境证件"
    SERVICE_CARDS = "军警证件"
    DIGIT_PERMITS = "纯数字证件"
    VEHICLES = "车辆用语"
    ACCOUNTS_ONLINE = "微信与QQ"
    PUBLIC_ACCOUNTS = "公众账号"
    TRADE_SECRETS = "商业秘密用语"
    OPEN_SECRETS = "商业秘密内容"
    SECRETS_IN_GENERAL = "泛论用语"


_STRAY = re.compile(r"[，、；。,;|\t\x00-\x1f\ufeff\ufffd]")
_HEADING = re.compile(r"\[(.+)\]")


@dataclass(frozen=True, eq=False)
class Words:
    """All lists: every ``WordList`` with at least one word, none twice in a list. Hashed by identity."""

    lists: Mapping[WordList, tuple[str, ...]]

    def __getitem__(self, name: WordList) -> tuple[str, ...]:
        return self.lists[name]

    def __len__(self) -> int:
        """Words of all lists together."""
        return sum(map(len, self.lists.values()))

    def of(self, *names: WordList) -> frozenset[str]:
        """The words of these lists together."""
        return frozenset(word for name in names for word in self.lists[name])

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all words in their order, hexadecimal."""
        lines = (f"[{name.value}] {' '.join(self.lists[name])}\n" for name in WordList)
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def changed(
        self, added: Mapping[WordList, Iterable[str]], removed: Mapping[WordList, Iterable[str]] | None = None
    ) -> "Words":
        """These words with others in front of some lists, and without some."""
        lists = dict(self.lists)
        for name, words in (removed or {}).items():
            without = frozenset(words)
            lists[name] = tuple(word for word in lists[name] if word not in without)
        for name, words in added.items():
            lists[name] = tuple(dict.fromkeys((*words, *lists[name])))
        return Words(lists)


def either(words: Iterable[str], *patterns: str) -> str:
    """A regular expression that matches any of the words, as written and in their order, or any of the patterns."""
    return "|".join((*map(re.escape, words), *patterns))


@lru_cache(maxsize=1)
def shipped_words() -> Words:
    """The words that come with the program. Raises FaultyFileError ``words.faulty``."""
    folder = resources.files(__package__).joinpath("words")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".txt")), key=lambda file: file.name)
    return parse_words((file.name, file.read_text("utf-8")) for file in files)


def parse_words(files: Iterable[tuple[str, str]]) -> Words:
    """The words of files (name, text). Raises FaultyFileError ``words.faulty`` with every fault of every file.

    Faults: an unknown, repeated or missing list, an empty one, a word twice in a list, a stray character.
    """
    lists: dict[WordList, tuple[str, ...]] = {}
    faults: list[Fault] = []
    for file, text in files:
        for name, words, line in _lists(file, text, faults):
            if name in lists:
                faults.append(Fault(file, line, f"“{name.value}”已经有了。", "每个词表只写一处。"))
            elif not words:
                faults.append(Fault(file, line, f"“{name.value}”是空的。"))
            lists[name] = words
    faults.extend(Fault("words", 0, f"缺少词表“{name.value}”。") for name in WordList if name not in lists)
    if faults:
        raise FaultyFileError("words.faulty", faults)
    return Words(lists)


def _lists(file: str, text: str, faults: list[Fault]) -> Iterator[tuple[WordList, tuple[str, ...], int]]:
    """Each list of a file with the line of its heading."""
    name, begin, words = None, 0, dict[str, None]()
    for number, line in enumerate(text.split("\n"), 1):
        heading = _HEADING.fullmatch(line)
        if heading:
            if name:
                yield name, tuple(words), begin
            name, begin, words = _list_named(heading[1]), number, {}
            if name is None:
                faults.append(Fault(file, number, f"没有名叫“{heading[1]}”的词表。"))
        elif line and not line.startswith("#"):
            faults.extend(Fault(file, number, message) for message in _line_faults(line, words))
            words.update(dict.fromkeys(line.split(" ")))
    if name:
        yield name, tuple(words), begin


def word_fault(word: str) -> str:
    """What is wrong with a word that stands alone, or ""."""
    stray = _STRAY.search(word) or re.search(r"^ | $| {2}|^[#\[]", word)
    return f"里有多余的字符“{stray[0]}”" if stray else ""


def _list_named(heading: str) -> WordList | None:
    return next((name for name in WordList if name.value == heading), None)


def _line_faults(line: str, before: Mapping[str, None]) -> Iterator[str]:
    """What is wrong with a line of words, ``before`` being those of the list so far."""
    stray = _STRAY.search(line)
    if stray:
        yield f"有多余的字符“{stray[0]}”，词与词之间用一个空格。"
    words = line.split(" ")
    if "" in words:
        yield "有多余的空格，词与词之间用一个空格。"
    repeated = [word for at, word in enumerate(words) if word and (word in before or word in words[:at])]
    for word in repeated:
        yield f"“{word}”重复。"
