"""What a personal name looks like, and how long one is: surname and given name, or parts with a middle dot."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from reviewflow.text.sensitive.persons.name_words import FOLLOWING, NOT_NAMES
from reviewflow.text.sensitive.persons.surnames import COMPOUND, FIRST, PLAIN, SURNAMES

# How much the place promises a name: a mere mention of people; a role right before it; a label or a number.
LOOSE, ROLE, SURE = 0, 1, 2
MASKED = frozenset("某×＊*Xx")
BEGINNINGS = FIRST | frozenset("卓扎次央多旺丹格索仁尼达平顿罗洛其娜图苏斯宝那乌阿艾吐麦塔萨敖呼朝布哈额木")
_MIDDLE_DOTS = "·•・‧"
_HAN = "\u4e00-\u9fff"
DOTTED = re.compile(rf"[{_HAN}]{{1,9}}(?:[{_MIDDLE_DOTS}][{_HAN}]{{1,10}})+")
_LATIN = re.compile(r"[A-Z][a-z]+(?:[ \u00b7][A-Z][a-z]+){1,3}")
# Parts of Tibetan, Mongolian and Uyghur names, which have no surname to go by.
_ELEMENT = (
    "卓玛|扎西|次仁|央金|多吉|旺堆|拉姆|丹增|格桑|索朗|仁青|尼玛|达瓦|巴桑|平措|桑吉|才让|旺姆|德吉|顿珠|罗布|洛桑|其其格|巴特尔|巴根|娜仁|图雅|高娃|苏日娜|"
    "斯琴|宝音|古丽|买买提|热依汗|巴图|那顺|乌云|阿依|艾合买提|吐尔逊|麦麦提|塔娜|萨仁|格日勒|敖登|呼和|达来|朝鲁|布和|哈斯|额尔德|木其尔"
)
_ELEMENTS = re.compile(rf"(?:[{_HAN}]{{0,2}}(?:{_ELEMENT})){{2,3}}|(?:{_ELEMENT})[{_HAN}]{{1,3}}(?![{_HAN}])|[{_HAN}]{{1,3}}(?:{_ELEMENT})(?![{_HAN}])")  # fmt: skip
_TWO_ELEMENTS = re.compile(rf"(?:{_ELEMENT}){{2,3}}")
_WINDOW = 8
# Surnames that are function words: 学生应具备, 监护人向学校.
_PARTICLES, _PREPOSITIONS = frozenset("应和从相"), frozenset("向时")
_NAME_FLAGS = ("nr", "ns", "nz", "t")

# Characters that no given name begins with, and such as begin what follows a name of two characters.
_NOT_FIRST = frozenset("的了是在于或等该此其被把将对因由未不也都又再就还让给个们这那下内外里间号第各每及与称说某系向、")
_NOT_SECOND = frozenset(
    "的了是在于及等某该此其被把将对因由未不也又再就还让给个们这那称说持住系与向以从并或则用所做拟需办遗只去无均仍才致提诉补签请领投认我你您它他她身证号手购驾按至到打有户家处亦遂遭曾犯患"
)
# 家里, 家属: what belongs to 王家 and not to a given name.
_OF_HOMES = frozenset("里中属庭长园乡具门住用电禽口人院前后的")
_NEVER = frozenset("的了是在及等其被您你我它他她称说患")
_SOFT_SECOND = frozenset("和同来收经联报作使现出已应回电述表")
# What ends a role or joins a name to what stands before it: 工人王芳, 其中王芳, 一为王芳.
_LINKS = frozenset("人员户工生方者民长友主属公婆妇弟兄姐妹母父子女孙权此为是于系由对据被让叫中和与及")
_GOVERNING = frozenset("由据被让叫系")
# Marks that close a name in a running sentence.
_LISTED = frozenset("，,（(、")
_ENDS_OF_WORDS = frozenset("方户者员人生部科室处区县市厂费款量期类业性化率数品件书证所院会队组班级们")
_REGIONS = frozenset("县市区镇乡省村")
_PLACES = frozenset("乡镇村县市省街路局厅站屯寨庙庄")
_PLACE_WORDS = tuple(
    "新区 市场 街道 小区 社区 胡同 花园 地区 大街 商场 酒店 饭店 超市 医院 学校 小学 中学 大学 公园".split()
)
_ORGANISATION = re.compile(
    rf"[{_HAN}（）()]{{0,16}}?(?:公司|工厂|[料品具砖瓦材纸机胶厂]厂|集团|合作社|事务所|研究院|委员会|政府|法院|检察院|派出所|银行|支行|协会|分局|总局|商会|中心|餐厅|饭店|门市部|经营部|加工厂|养殖场|个体户)"
)
_STOPS_ORGANISATION = re.compile(
    r"的|称|反映|在|因|与|和|向|驾驶|投诉|举报|是|系|为|于|从|到|对|将|被|所在|等|申请|要求|任|及|说|、|，"
)


def name_at(text: str, at: int, *, trust: int) -> str | None:
    """The personal name that begins at an offset, or None.

    With ``SURE`` (a label with a colon, a number right behind) a name may be an ordinary word too, if nothing
    but a mark follows it. With ``LOOSE`` the tagger must see a person, or no word may be hidden in the name.
    """
    first = text[at : at + 1]
    if first not in BEGINNINGS:
        return _foreign(text, at, trust=trust)
    window = text[at : at + _WINDOW]
    if window[1:2] in MASKED or window[2:3] in MASKED:
        return None
    if window[:2] in NOT_NAMES and not (trust == SURE and _stands_alone(window)):
        return None
    if any(dot in window for dot in _MIDDLE_DOTS) or _ELEMENTS.match(window):
        foreign = _foreign(text, at, trust=trust)
        if foreign:
            return foreign
    name = max(_lengths(text, at, window), default=(0, ""), key=lambda one: one[0])[1]
    if not name or not _sounds(text, at, name, window, trust=trust):
        return None
    return name


def _cut_here(text: str, end: int, length: int) -> bool:
    """Whether a word begins that far before this end, with what follows taken into account: 公司申辩 holds no 司申."""
    start = max(0, end - 24)
    return end - length - start in _token_ends(text[start : end + 4])


def _uncommon(pair: str) -> str | None:
    """Two characters that are a surname and no word."""
    odd = pair in NOT_NAMES or pair[1] in _NOT_FIRST | MASKED or pair[0] in _PARTICLES or not _is_han(pair[1])
    return None if odd or _is_word(pair) else pair


def _stands_alone(window: str) -> bool:
    """Whether three characters between marks, such as 尚有福, may be a name although they begin like a word."""
    alone = len(window) > 2 and _is_han(window[2]) and not _is_han(window[3:4])
    return alone and window[2] not in _ENDS_OF_WORDS and not _is_word(window[:3])


def name_before(text: str, end: int, *, trust: int) -> str | None:
    """The personal name that ends at an offset, or None: from a mark on, or as the tagger cuts it.

    ``trust`` as in ``name_at``.
    """
    head = text[max(0, end - 24) : end]
    if any(dot in head for dot in _MIDDLE_DOTS):
        for match in DOTTED.finditer(head):
            if match.end() == len(head) and "某" not in match[0]:
                return _without_what_leads(match[0])
    for length in (3, 2, 4):
        at = len(head) - length
        if at < 0 or head[at] not in BEGINNINGS or (trust < SURE and head[at] in _PREPOSITIONS):
            continue
        if trust < SURE and head[at : at + 2] in NOT_NAMES:
            continue
        closed = at == 0 or not _is_han(head[at - 1])
        linked = not closed and head[at - 1] in _LINKS
        sound = closed or (linked and (trust == SURE or head[at - 1] in _GOVERNING))
        if not sound and not (_cut_here(text, end, length) and (linked or trust == SURE or _tagged(head, at))):
            continue
        name = name_at(head, at, trust=trust if closed or linked else min(trust, ROLE))
        if name is None and closed and trust == ROLE and length == 2:
            name = _uncommon(head[at:])
        if name is not None and len(name) == length:
            return name
    if trust == SURE:
        element = _ELEMENTS.fullmatch(re.split(rf"[^{_HAN}]", head)[-1])
        return element[0] if element else None
    return None


def _lengths(text: str, at: int, window: str) -> Iterator[tuple[int, str]]:
    """Names of each possible length with the weight of what speaks for it."""
    surname = 2 if window[:2] in COMPOUND and _is_han(window[2:3]) else 1
    if surname == 1 and window[0] not in SURNAMES:
        return
    ends = _token_ends(window)
    for given in (1, 2):
        length = surname + given
        name, behind = window[:length], window[length : length + 2]
        if len(name) < length or not _is_han(name[-1]) or name[surname] in _NOT_FIRST:
            return
        if window[surname : surname + 2] in FOLLOWING or (
            name[surname] == "家" and (given == 1 or name[-1] in _OF_HOMES)
        ):
            continue
        weight = given
        if given == 2:
            if (name[-1] in _NOT_SECOND and _is_han(behind[:1])) or name[-1] in _NEVER:
                continue
            weight -= 3 * (window[length - 1 : length + 1] in FOLLOWING)
            weight -= 2 * (name[-1] in _SOFT_SECOND and _is_han(behind[:1]))
        weight += 3 * (not _is_han(behind[:1])) + 2 * (behind in FOLLOWING) + 2 * (behind[:1] in _NOT_SECOND)
        weight += 2 * (length in ends)
        yield weight, name


def _sounds(text: str, at: int, name: str, window: str, *, trust: int) -> bool:
    """Whether the characters are rather a name than a word, a place or a firm."""
    length = len(name)
    behind = text[at + length : at + length + 2]
    if (
        name[-1] in _REGIONS
        or name.endswith(_PLACE_WORDS)
        or behind[:1] in _PLACES
        or behind in _PLACE_WORDS
        or (name[-1] in _PLACES and trust < SURE)
    ):
        return False
    organisation = _ORGANISATION.match(text, at + length)
    if organisation and not _STOPS_ORGANISATION.search(organisation[0]):
        return False
    closed = not _is_han(behind[:1])
    if name[0] in _PARTICLES and not (trust == SURE and (closed or behind in FOLLOWING)):
        return False
    if name[0] in _PREPOSITIONS and trust < SURE and not closed:
        return False
    goes_on = closed or behind in FOLLOWING or behind[:1] in _NOT_SECOND
    if (name[:2] in COMPOUND and length > 2 and goes_on) or (trust == SURE and closed) or _tagged(window, 0):
        return True
    if trust == ROLE and behind[:1] in _LISTED:
        return True
    if trust == ROLE and name[0] in PLAIN and behind in FOLLOWING:
        return True
    hidden = {name, name[:2]} if trust >= ROLE else {name, name[:2], name[1:]}
    wordlike = any(_is_word(part) for part in hidden if len(part) > 1)
    if trust == SURE:
        return goes_on or not wordlike
    return goes_on and not wordlike and (name[0] in PLAIN or (trust == ROLE and length > 2))


def _tagged(window: str, at: int) -> bool:
    """Whether the tagger begins a person's name at this offset."""
    import rjieba

    place = 0
    for word, flag in rjieba.tag(window):
        if place == at:
            return bool(flag.startswith("nr")) and (len(word) > 1 or word in PLAIN)
        place += len(word)
        if place > at:
            break
    return False


@lru_cache(maxsize=256)
def _token_ends(window: str) -> frozenset[int]:
    import rjieba

    return frozenset(accumulate(map(len, rjieba.cut(window))))


def _foreign(text: str, at: int, *, trust: int) -> str | None:
    """A name with a middle dot, one of known parts, or one in Latin letters."""
    first = text[at : at + 1]
    if _is_han(first):
        dotted = DOTTED.match(text, at)
        if dotted and "某" not in dotted[0]:
            return _without_what_follows(dotted[0])
        window = text[at : at + 10]
        element = (_ELEMENTS if trust == SURE else _TWO_ELEMENTS).match(window)
        return _without_what_follows(element[0]) if element else None
    if trust == SURE and "A" <= first <= "Z":
        latin = _LATIN.match(text, at)
        return latin[0] if latin else None
    return None


def _without_what_follows(name: str) -> str:
    """A name with a middle dot, cut where a word such as 要求 or 反映 begins behind its last part."""
    last = max(name.rfind(dot) for dot in _MIDDLE_DOTS) + 1
    for at in range(max(last, 0) + 2, len(name)):
        if name[at : at + 2] in FOLLOWING or name[at] in "称说反在于的因向请持与和":
            return name[:at]
    return name


def _without_what_leads(name: str) -> str:
    """A name with a middle dot, without a role or a verb in front of its first part."""
    for lead in (
        "人",
        "员",
        "童",
        "儿",
        "为",
        "由",
        "对",
        "据",
        "系",
        "叫",
        "是",
        "与",
        "和",
        "生",
        "工",
        "妻",
        "子",
        "女",
    ):
        head, mark, rest = name.partition(lead)
        if mark and len(rest) > 3 and not any(dot in head for dot in _MIDDLE_DOTS):
            return rest
    return name


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _is_word(part: str) -> bool:
    """Whether the dictionary has it as something else than a name of a person or place."""
    import rjieba

    return bool(rjieba.has_word(part)) and not rjieba.tag(part)[0][1].startswith(_NAME_FLAGS)
