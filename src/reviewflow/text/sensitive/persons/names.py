"""What a personal name looks like, and how long one is: surname and given name, or parts with a middle dot."""

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate

from reviewflow.text.sensitive.wordlists import WordList, Words, either


class Trust(IntEnum):
    """How much the place promises a name."""

    LOOSE = 0
    """a mere mention of people"""
    ROLE = 1
    """a role right before it"""
    SURE = 2
    """a label with a colon, or a private number"""

    @property
    def raised(self) -> "Trust":
        """One more, where a mark such as a colon stands before the place."""
        return Trust(min(self + 1, Trust.SURE))


LOOSE, ROLE, SURE = Trust

# What speaks for and against a length of a given name; each of its characters counts one.
_CLOSED = 3  # nothing but a mark follows
_FOLLOWED = 2  # a word follows that is known to stand behind names
_BEFORE_OTHERS = 2  # a character follows that ends no given name
_CUT = 2  # the cutter ends a word here
_SPLITS_A_WORD = -3  # its last character begins a word that is known to stand behind names
_RARE_END = -2  # its last character rarely ends a given name, and more follows

MASKED = frozenset("某×＊*Xx")
_MIDDLE_DOTS = "·•・‧"
_HAN = "\u4e00-\u9fff"
DOTTED = re.compile(rf"[{_HAN}]{{1,9}}(?:[{_MIDDLE_DOTS}][{_HAN}]{{1,10}})+")
_LATIN = re.compile(r"[A-Z][a-z]+(?:[ \u00b7][A-Z][a-z]+){1,3}")
_WINDOW = 8
_FACTORIES = "[料品具砖瓦材纸机胶厂]厂"
_NAME_FLAGS = ("nr", "ns", "nz", "t")

# Marks that close a name in a running sentence.
_LISTED = frozenset("，,（(、")


class Names:
    """Finds personal names by their surname, their given name and what stands around them."""

    def __init__(self, words: Words) -> None:
        self._compound = words.of(WordList.COMPOUND_SURNAMES)
        self._plain = words.of(WordList.PLAIN_SURNAMES)
        self._surnames = words.of(WordList.PLAIN_SURNAMES, WordList.WORDY_SURNAMES)
        self.surname_beginnings = self._surnames | {surname[0] for surname in self._compound}
        self.beginnings = self.surname_beginnings | words.of(WordList.NAME_BEGINNINGS)
        self._particles = words.of(WordList.PARTICLES)
        self._prepositions = words.of(WordList.PREPOSITIONS)
        self._not_names = words.of(WordList.NOT_NAMES)
        self._following = words.of(WordList.AFTER_NAMES)
        self._not_first = words.of(WordList.NOT_FIRST)
        self._not_second = words.of(WordList.NOT_SECOND)
        self._never_second = words.of(WordList.NEVER_SECOND)
        self._rarely_second = words.of(WordList.RARELY_SECOND)
        self._of_homes = words.of(WordList.OF_HOMES)
        self._links = words.of(WordList.BEFORE_NAMES)
        self._governing = words.of(WordList.GOVERNING)
        self._ends_of_words = words.of(WordList.ENDS_OF_WORDS)
        self._regions = words.of(WordList.REGIONS)
        self._places = words.of(WordList.PLACES)
        self._place_words = words[WordList.PLACE_WORDS]
        self._before_dotted = words[WordList.BEFORE_DOTTED]
        self._after_dotted = words.of(WordList.AFTER_DOTTED)
        # Parts of Tibetan, Mongolian and Uyghur names, which have no surname to go by.
        part = rf"(?:{either(words[WordList.NAME_ELEMENTS])})"
        self._parts = re.compile(
            rf"(?:[{_HAN}]{{0,2}}{part}){{2,3}}|{part}[{_HAN}]{{1,3}}(?![{_HAN}])|[{_HAN}]{{1,3}}{part}(?![{_HAN}])"
        )
        self._two_parts = re.compile(rf"{part}{{2,3}}")
        self._organisation = re.compile(
            rf"[{_HAN}（）()]{{0,16}}?(?:{either(words[WordList.ORGANISATIONS], _FACTORIES)})"
        )
        self._not_in_organisations = re.compile(either(words[WordList.NOT_IN_ORGANISATIONS], "[、，]"))

    def name_at(self, text: str, at: int, *, trust: Trust) -> str | None:
        """The personal name that begins at an offset, or None.

        With ``SURE`` (a label with a colon, a number right behind) a name may be an ordinary word too, if nothing
        but a mark follows it. With ``LOOSE`` the tagger must see a person, or no word may be hidden in the name.
        """
        first = text[at : at + 1]
        if first not in self.beginnings:
            return self._foreign(text, at, trust=trust)
        window = text[at : at + _WINDOW]
        if window[1:2] in MASKED or window[2:3] in MASKED:
            return None
        if window[:2] in self._not_names and not (trust == SURE and self._stands_alone(window)):
            return None
        if any(dot in window for dot in _MIDDLE_DOTS) or self._parts.match(window):
            foreign = self._foreign(text, at, trust=trust)
            if foreign:
                return foreign
        name = max(self._lengths(text, at, window), default=(0, ""), key=lambda one: one[0])[1]
        if not name or not self._sounds(text, at, name, window, trust=trust):
            return None
        return name

    def name_before(self, text: str, end: int, *, trust: Trust) -> str | None:
        """The personal name that ends at an offset, or None: from a mark on, or as the tagger cuts it.

        ``trust`` as in ``name_at``.
        """
        head = text[max(0, end - 24) : end]
        if any(dot in head for dot in _MIDDLE_DOTS):
            for match in DOTTED.finditer(head):
                if match.end() == len(head) and "某" not in match[0]:
                    return self._without_what_leads(match[0])
        for length in (3, 2, 4):
            at = len(head) - length
            if at < 0 or head[at] not in self.beginnings or (trust < SURE and head[at] in self._prepositions):
                continue
            if trust < SURE and head[at : at + 2] in self._not_names:
                continue
            closed = at == 0 or not _is_han(head[at - 1])
            linked = not closed and head[at - 1] in self._links
            sound = closed or (linked and (trust == SURE or head[at - 1] in self._governing))
            if not sound and not (_cut_here(text, end, length) and (linked or trust == SURE or self._tagged(head, at))):
                continue
            name = self.name_at(head, at, trust=trust if closed or linked else min(trust, ROLE))
            if name is None and closed and trust == ROLE and length == 2:
                name = self._uncommon(head[at:])
            if name is not None and len(name) == length:
                return name
        if trust == SURE:
            element = self._parts.fullmatch(re.split(rf"[^{_HAN}]", head)[-1])
            return element[0] if element else None
        return None

    def _uncommon(self, pair: str) -> str | None:
        """Two characters that are a surname and no word."""
        odd = (
            pair in self._not_names
            or pair[1] in self._not_first | MASKED
            or pair[0] in self._particles
            or not _is_han(pair[1])
        )
        return None if odd or _is_word(pair) else pair

    def _stands_alone(self, window: str) -> bool:
        """Whether three characters between marks, such as 尚有福, may be a name although they begin like a word."""
        alone = len(window) > 2 and _is_han(window[2]) and not _is_han(window[3:4])
        return alone and window[2] not in self._ends_of_words and not _is_word(window[:3])

    def _lengths(self, text: str, at: int, window: str) -> Iterator[tuple[int, str]]:
        """Names of each possible length with the weight of what speaks for it."""
        surname = 2 if window[:2] in self._compound and _is_han(window[2:3]) else 1
        if surname == 1 and window[0] not in self._surnames:
            return
        ends = _token_ends(window)
        for given in (1, 2):
            length = surname + given
            name, behind = window[:length], window[length : length + 2]
            if len(name) < length or not _is_han(name[-1]) or name[surname] in self._not_first:
                return
            if window[surname : surname + 2] in self._following or (
                name[surname] == "家" and (given == 1 or name[-1] in self._of_homes)
            ):
                continue
            weight, more = given, _is_han(behind[:1])
            if given == 2:
                if (name[-1] in self._not_second and more) or name[-1] in self._never_second:
                    continue
                weight += _SPLITS_A_WORD * (window[length - 1 : length + 1] in self._following)
                weight += _RARE_END * (name[-1] in self._rarely_second and more)
            weight += _CLOSED * (not more) + _FOLLOWED * (behind in self._following)
            weight += _BEFORE_OTHERS * (behind[:1] in self._not_second) + _CUT * (length in ends)
            yield weight, name

    def _sounds(self, text: str, at: int, name: str, window: str, *, trust: Trust) -> bool:
        """Whether the characters are rather a name than a word, a place or a firm."""
        length = len(name)
        behind = text[at + length : at + length + 2]
        if (
            name[-1] in self._regions
            or name.endswith(self._place_words)
            or behind[:1] in self._places
            or behind in self._place_words
            or (name[-1] in self._places and trust < SURE)
        ):
            return False
        organisation = self._organisation.match(text, at + length)
        if organisation and not self._not_in_organisations.search(organisation[0]):
            return False
        closed = not _is_han(behind[:1])
        if name[0] in self._particles and not (trust == SURE and (closed or behind in self._following)):
            return False
        if name[0] in self._prepositions and trust < SURE and not closed:
            return False
        goes_on = closed or behind in self._following or behind[:1] in self._not_second
        if (
            (name[:2] in self._compound and length > 2 and goes_on)
            or (trust == SURE and closed)
            or self._tagged(window, 0)
        ):
            return True
        if trust == ROLE and behind[:1] in _LISTED:
            return True
        if trust == ROLE and name[0] in self._plain and behind in self._following:
            return True
        hidden = {name, name[:2]} if trust >= ROLE else {name, name[:2], name[1:]}
        wordlike = any(_is_word(part) for part in hidden if len(part) > 1)
        if trust == SURE:
            return goes_on or not wordlike
        return goes_on and not wordlike and (name[0] in self._plain or (trust == ROLE and length > 2))

    def _tagged(self, window: str, at: int) -> bool:
        """Whether the tagger begins a person's name at this offset."""
        import rjieba

        place = 0
        for word, flag in rjieba.tag(window):
            if place == at:
                return bool(flag.startswith("nr")) and (len(word) > 1 or word in self._plain)
            place += len(word)
            if place > at:
                break
        return False

    def _foreign(self, text: str, at: int, *, trust: Trust) -> str | None:
        """A name with a middle dot, one of known parts, or one in Latin letters."""
        first = text[at : at + 1]
        if _is_han(first):
            dotted = DOTTED.match(text, at)
            if dotted and "某" not in dotted[0]:
                return self._without_what_follows(dotted[0])
            window = text[at : at + 10]
            element = (self._parts if trust == SURE else self._two_parts).match(window)
            return self._without_what_follows(element[0]) if element else None
        if trust == SURE and "A" <= first <= "Z":
            latin = _LATIN.match(text, at)
            return latin[0] if latin else None
        return None

    def _without_what_follows(self, name: str) -> str:
        """A name with a middle dot, cut where a word such as 要求 or 反映 begins behind its last part."""
        last = max(name.rfind(dot) for dot in _MIDDLE_DOTS) + 1
        for at in range(max(last, 0) + 2, len(name)):
            if name[at : at + 2] in self._following or name[at] in self._after_dotted:
                return name[:at]
        return name

    def _without_what_leads(self, name: str) -> str:
        """A name with a middle dot, without a role or a verb in front of its first part."""
        for lead in self._before_dotted:
            head, mark, rest = name.partition(lead)
            if mark and len(rest) > 3 and not any(dot in head for dot in _MIDDLE_DOTS):
                return rest
        return name


def _cut_here(text: str, end: int, length: int) -> bool:
    """Whether a word begins that far before this end, with what follows taken into account: 公司申辩 holds no 司申."""
    start = max(0, end - 24)
    return end - length - start in _token_ends(text[start : end + 4])


@lru_cache(maxsize=256)
def _token_ends(window: str) -> frozenset[int]:
    import rjieba

    return frozenset(accumulate(map(len, rjieba.cut(window))))


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _is_word(part: str) -> bool:
    """Whether the dictionary has it as something else than a name of a person or place."""
    import rjieba

    return bool(rjieba.has_word(part)) and not rjieba.tag(part)[0][1].startswith(_NAME_FLAGS)
