"""Telling a person in office from a private one by what stands right beside the name.

Names of officials acting in duty, experts, lawyers and agents are meant to be public
(政府信息公开条例(2019) Art. 20(2)).
"""

import re

from reviewflow.text.sensitive.persons.names import DOTTED
from reviewflow.text.sensitive.persons.roles import OFFICE, OFFICE_BEHIND, ROLES
from reviewflow.text.sensitive.scan import Scan

_MARKS = " \u3000\t：:，、（("
# Offices that a private person holds too, for a family or in a household.
_PRIVATE_OFFICE = (
    *(role for role in ROLES if role.endswith(OFFICE)),
    "紧急联系人", "留有联系人", "留下联系人", "家属联系人", "家庭联系人", "个人负责人", "亲属代表", "家长代表", "村民代表", "居民代表", "业主代表", "住户代表", "职工代表", "群众代表", "签到代表",
)  # fmt: skip
# In a register with private numbers the cell before a name may show a post.
_CELL_MARKS = ("\t", "\u3000", "|", "｜")
_MEMBERS = ("队员", "组员")
_PASSIVE = re.compile(r"被[\u4e00-\u9fff]{2,3}$")
_INCUMBENT = re.compile(r"现任|历任|拟任|[，、。]任[\u4e00-\u9fff]{2,12}(?:局|科|处|部|所|站)")
_APPOINTED = re.compile(
    r"(?:[（(][男女][）)])?(?:为[^，。；\n]{2,20}(?:长|主任|书记|员|院士|教授)|的[^，。；\n]{2,24}职务)"
)
# 雷锋精神, 焦裕禄精神; but 王小明精神残疾.
_REVERED = re.compile(r"精神(?![残病障分疾失异恍])")
# 王建国（水务局局长）; but 王建国（局长的邻居） and 王建国，找局长反映.
_OFFICE_TOLD = re.compile(
    r"[（(，, \u3000][\u4e00-\u9fff]{0,14}?(?:局长|科长|处长|书记|主任|站长|县长|区长|市长|镇长|执法证|教授|研究员|工程师|律师|法官|记者)"
)
_ANOTHERS = re.compile(r".[\u4e00-\u9fff]{0,6}(?:的|向|对|与|找|由)|.[\u4e00-\u9fff]{0,18}邻居")
# One more name of a list, with a bracket, a number or a gender behind it.
_ITEM = re.compile(
    r"[\u4e00-\u9fff·]{2,4}(?: ?[（(][^（）()\n]{0,24}[）)])?[ \u3000]{0,2}[0-9\uff10-\uff19\-]{0,13}[ \u3000]{0,2}(?:[、和与]|[ \u3000](?=$))$"
)
_LONGEST_LIST = 8
_BACK, _CAREER = 90, 70


def in_office(scan: Scan, name: str, *, certain: bool) -> bool:
    """Whether some mention of the name carries an office before or behind it, or stands in a list of such names.

    同志 behind a name or 队员 before it tells of an official, unless it is ``certain`` that the matter is private.
    """
    at = scan.text.find(name)
    while at >= 0:
        if _led_by_office(scan, at, certain=certain) or _followed_by_office(scan, at + len(name), certain=certain):
            return True
        at = scan.text.find(name, at + 1)
    return False


def is_title(scan: Scan, end: int) -> bool:
    """Whether an office stands right behind this offset."""
    return scan.text.startswith(OFFICE_BEHIND, end)


def _followed_by_office(scan: Scan, end: int, *, certain: bool) -> bool:
    behind = scan.after(end, _CAREER)
    if behind.startswith(OFFICE_BEHIND):
        return not (certain and behind.startswith("同志"))
    if _REVERED.match(behind) or _APPOINTED.match(behind):
        return True
    if _OFFICE_TOLD.match(behind):
        return not _ANOTHERS.match(behind)
    career = _INCUMBENT.search(behind)
    return career is not None and not re.search(r"[。；]|\n.*\n", behind[: career.start()])


def _led_by_office(scan: Scan, at: int, *, certain: bool) -> bool:
    before = scan.before(at, _BACK)
    if certain and before[-1:] in _CELL_MARKS:
        return False
    line = before[max(before.rfind("\n"), before.rfind("。"), before.rfind("；")) + 1 :]
    for _ in range(_LONGEST_LIST):
        bare = line.rstrip(_MARKS)
        if bare.endswith(OFFICE):
            private = bare.endswith(_PRIVATE_OFFICE) or (certain and bare.endswith(_MEMBERS))
            return not private and not _PASSIVE.search(bare)
        item = _ITEM.search(line)
        if item is None or DOTTED.fullmatch(item[0]):
            return False
        line = _without_last_item(line[: item.start()], item[0])
    return False


def _without_last_item(head: str, item: str) -> str:
    """What stands before the item; an office glued to its name stays: 记录人王芳、 leaves 记录人."""
    for cut in range(len(item)):
        if (head + item[:cut]).endswith(OFFICE):
            return head + item[:cut]
    return head
