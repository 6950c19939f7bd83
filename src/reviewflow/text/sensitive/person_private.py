"""Names of private persons: parties, witnesses, complainants, applicants, families. Never officials on duty.

A name is established as private by what stands beside it: a role, a kinship, a private number; then every
mention of it counts. A name that the text connects with an office is left alone
(政府信息公开条例(2019) Art. 20(2); 浙江《行政处罚结果信息网上公开暂行办法》 Art. 7).
"""

import re
from collections.abc import Iterator

from reviewflow.domain.terms import PERSONAL_KINDS, Kind
from reviewflow.text.sensitive.names import DOTTED, FOLLOWING, name_at
from reviewflow.text.sensitive.roles import KIN, OFFICE, OFFICE_BEHIND, PRIVATE, SELF, SIGNED_IN
from reviewflow.text.sensitive.scan import Scan, Span

KIND = Kind.PERSON_PRIVATE
CUES = (
    *PRIVATE,
    *KIN,
    *SELF,
    *SIGNED_IN,
    "，男",
    "，女",
    "(男",
    "(女",
    "（男",
    "（女",
    " 男",
    " 女",
    "、男",
    "、女",
    "\t男",
    "\t女",
    "岁）",
    "岁，",
)

_SEX = ("，男", "，女", "(男", "(女", "（男", "（女", " 男", " 女", "、男", "、女", "\t男", "\t女")
_NUMBERS = PERSONAL_KINDS - {Kind.PERSON_PRIVATE, Kind.EMAIL_PRIVATE}
_REACH = 44
_LEAD = re.compile(r"[\s:：（(“\"为是系叫名写]{0,3}")
_MARKED = frozenset(':：\t（(“"\u3000 ')
_BOUNDARIES = frozenset(' \u3000\t\n:：、，,。；;（）()“”"．.【】《》！？|')
_CLAUSE_END = re.compile(r"[。！？\n]")
_CLOSES = frozenset('，,（(、：:；;。 \u3000\t\n）)“”"')
_SEX_OR_AGE = re.compile(r"[（(，,、\s]\s*(?:[男女](?=[，,、）)\s\d])|\d{1,3}岁)")
_PASSIVE = re.compile(r"被[\u4e00-\u9fff]{2,3}$")
_LIST = re.compile(r"[、，,]")
_INCUMBENT = re.compile(r"现任|历任")


def find(scan: Scan) -> Iterator[Span]:
    """Every mention of every name that the text makes a private person's."""
    names: set[str] = set()
    for at, word in scan.places(PRIVATE):
        _behind(scan, at + len(word), names, sure=False)
    for at, word in scan.places((*KIN, *SELF)):
        _behind(scan, at + len(word), names, sure=True)
    if scan.has(_SEX) or scan.has(("岁）", "岁，")):
        for match in _SEX_OR_AGE.finditer(scan.text):
            _ending_at(scan, match.start(), names)
    for kind in _NUMBERS:
        for start, _ in scan.found.get(kind, ()):
            _before_number(scan, start, names)
    for at, word in scan.places(SIGNED_IN):
        _list(scan, at + len(word), names)
    if names:
        yield from _mentions(scan, {name for name in names if not _in_office(scan, name)})


def _behind(scan: Scan, at: int, names: set[str], *, sure: bool) -> None:
    """A name right behind a role, or behind a colon after it; further names joined by 、 or 和."""
    text = scan.text
    lead = _LEAD.match(text, at)
    start = lead.end() if lead else at
    sure = sure or any(mark in _MARKED for mark in text[at:start])
    while True:
        name = name_at(text, start, sure=sure)
        if name is None and not sure:
            name = _closed_word(text, start)
        if name is None or _is_title(scan, start + len(name)):
            return
        names.add(name)
        end = start + len(name)
        if text[end : end + 1] not in ("、", "和", "与"):
            return
        start, sure = end + 1, False


def _closed_word(text: str, at: int) -> str | None:
    """A name that is an ordinary word too, such as 高兴, where a comma, bracket or verb follows it at once."""
    name = name_at(text, at, sure=True)
    if name is None:
        return None
    behind = text[at + len(name) : at + len(name) + 2]
    return name if behind[:1] in ("，", ",", "（", "(", "、") or (len(name) == 3 and behind in FOLLOWING) else None


def _ending_at(scan: Scan, at: int, names: set[str]) -> bool:
    """A name that begins at a boundary and ends here."""
    text = scan.text
    for length in (3, 2, 4):
        start = at - length
        if start < 0 or (start > 0 and text[start - 1] not in _BOUNDARIES and not text[start - 1].isdigit()):
            continue
        name = name_at(text[:at], start, sure=True)
        if name is not None and len(name) == length:
            names.add(name)
            return True
    tail = text[max(0, at - 24) : at]
    dotted = next((match for match in DOTTED.finditer(tail) if match.end() == len(tail)), None)
    if dotted and "某" not in dotted[0]:
        names.add(dotted[0])
        return True
    return False


def _before_number(scan: Scan, at: int, names: set[str]) -> None:
    """The nearest name in front of a private number, address or illness in the same clause."""
    text = scan.text
    direct = len(text[:at].rstrip(" \u3000（(：:，,\t"))
    if _ending_at(scan, direct, names) or _tagged_before(text, direct, names):
        return
    first = max(0, at - _REACH)
    for place in range(at - 2, first - 1, -1):
        if text[place] in "。！？\n" and place < at - 3:
            return
        if place > 0 and text[place - 1] not in _BOUNDARIES:
            continue
        name = name_at(text[:at], place, sure=True)
        if name and text[place + len(name) : place + len(name) + 1] in _CLOSES:
            names.add(name)
            return


def _tagged_before(text: str, at: int, names: set[str]) -> bool:
    """A name without any boundary before it, such as 东屋王小明 60001234, as the tagger sees it."""
    for length in (3, 2):
        name = name_at(text[:at], at - length, sure=False) if at >= length else None
        if name and len(name) == length:
            names.add(name)
            return True
    return False


def _list(scan: Scan, at: int, names: set[str]) -> None:
    """A list such as 签到：甲、乙、丙; between two names an item of up to six characters is one too."""
    if scan.text[at : at + 1] not in ("：", ":"):
        return
    end = _CLAUSE_END.search(scan.text, at + 1)
    items = [item.strip() for item in _LIST.split(scan.text[at + 1 : end.start() if end else at + 120])]
    found = [name_at(item, 0, sure=True) if len(item) <= 10 else None for item in items]
    if sum(name is not None for name in found) < 2:
        return
    last = max(place for place, name in enumerate(found) if name)
    for name, item in zip(found[: last + 1], items, strict=False):
        if name or (2 <= len(item) <= 6 and "某" not in item):
            names.add(name or item)


def _is_title(scan: Scan, end: int) -> bool:
    return scan.after(end, 6).startswith(OFFICE_BEHIND)


def _in_office(scan: Scan, name: str) -> bool:
    """Whether some mention of the name carries an office before or behind it."""
    at = scan.text.find(name)
    while at >= 0:
        before = scan.before(at, 8).rstrip(" \u3000：:，、（(")
        if (
            (before.endswith(OFFICE) and not _PASSIVE.search(before))
            or _is_title(scan, at + len(name))
            or _INCUMBENT.search(scan.after(at, 70))
        ):
            return True
        at = scan.text.find(name, at + 1)
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
