"""Telling a person in office from a private one by what stands right beside the name.

Names of officials acting in duty, experts, lawyers and agents are meant to be public
(政府信息公开条例(2019) Art. 20(2)).
"""

import re

from reviewflow.text.sensitive.persons.names import DOTTED
from reviewflow.text.sensitive.scan import Scan
from reviewflow.text.sensitive.wordlists import WordList, Words, either

_MARKS = " \u3000\t：:，、（("
# In a register with private numbers the cell before a name may show a post.
_CELL_MARKS = ("\t", "\u3000", "|", "｜")
_PASSIVE = re.compile(r"被[\u4e00-\u9fff]{2,3}$")
_INCUMBENT = re.compile(r"现任|历任|拟任|[，、。]任[\u4e00-\u9fff]{2,12}(?:局|科|处|部|所|站)")
_APPOINTED = re.compile(
    r"(?:[（(][男女][）)])?(?:为[^，。；\n]{2,20}(?:长|主任|书记|员|院士|教授)|的[^，。；\n]{2,24}职务)"
)
# 雷锋精神, 焦裕禄精神; but 王小明精神残疾.
_REVERED = re.compile(r"精神(?![残病障分疾失异恍])")
_ANOTHERS = re.compile(r".[\u4e00-\u9fff]{0,6}(?:的|向|对|与|找|由)|.[\u4e00-\u9fff]{0,18}邻居")
# One more name of a list, with a bracket, a number or a gender behind it.
_REMARK = r"(?: ?[（(][^（）()\n]{0,24}[）)])?"
_ITEM = re.compile(
    rf"[\u4e00-\u9fff·]{{2,4}}{_REMARK}[ \u3000]{{0,2}}[0-9\uff10-\uff19\-]{{0,13}}[ \u3000]{{0,2}}"
    r"(?:[、和与]|[ \u3000](?=$))$"
)
_LONGEST_LIST = 8
_BACK, _CAREER = 90, 70


class Officials:
    """Who is in office, by the office before or behind the name."""

    def __init__(self, words: Words) -> None:
        self._offices = words[WordList.OFFICES]
        self._offices_behind = words[WordList.OFFICES_BEHIND]
        # Offices that a private person holds too, for a family or in a household.
        roles = (role for role in words[WordList.ROLES] if role.endswith(self._offices))
        self._private_offices = (*roles, *words[WordList.PRIVATE_OFFICES])
        self._members = words[WordList.MEMBERS]
        # 王建国（水务局局长）; but 王建国（局长的邻居） and 王建国，找局长反映.
        self._office_told = re.compile(
            rf"[（(，, \u3000][\u4e00-\u9fff]{{0,14}}?(?:{either(words[WordList.OFFICES_TOLD])})"
        )

    def in_office(self, scan: Scan, name: str, *, certain: bool) -> bool:
        """Whether some mention of the name carries an office before or behind it, or stands in a list of such names.

        同志 behind a name or 队员 before it tells of an official, unless it is ``certain`` that the matter is private.
        """
        at = scan.text.find(name)
        while at >= 0:
            if self._led_by_office(scan, at, certain=certain) or self._followed_by_office(
                scan, at + len(name), certain=certain
            ):
                return True
            at = scan.text.find(name, at + 1)
        return False

    def is_title(self, scan: Scan, end: int) -> bool:
        """Whether an office stands right behind this offset."""
        return scan.text.startswith(self._offices_behind, end)

    def _followed_by_office(self, scan: Scan, end: int, *, certain: bool) -> bool:
        behind = scan.after(end, _CAREER)
        if behind.startswith(self._offices_behind):
            return not (certain and behind.startswith("同志"))
        if _REVERED.match(behind) or _APPOINTED.match(behind):
            return True
        if self._office_told.match(behind):
            return not _ANOTHERS.match(behind)
        career = _INCUMBENT.search(behind)
        return career is not None and not re.search(r"[。；]|\n.*\n", behind[: career.start()])

    def _led_by_office(self, scan: Scan, at: int, *, certain: bool) -> bool:
        before = scan.before(at, _BACK)
        if certain and before[-1:] in _CELL_MARKS:
            return False
        line = before[max(before.rfind("\n"), before.rfind("。"), before.rfind("；")) + 1 :]
        for _ in range(_LONGEST_LIST):
            bare = line.rstrip(_MARKS)
            if bare.endswith(self._offices):
                private = bare.endswith(self._private_offices) or (certain and bare.endswith(self._members))
                return not private and not _PASSIVE.search(bare)
            item = _ITEM.search(line)
            if item is None or DOTTED.fullmatch(item[0]):
                return False
            line = self._without_last_item(line[: item.start()], item[0])
        return False

    def _without_last_item(self, head: str, item: str) -> str:
        """What stands before the item; an office glued to its name stays: 记录人王芳、 leaves 记录人."""
        for cut in range(len(item)):
            if (head + item[:cut]).endswith(self._offices):
                return head + item[:cut]
        return head
