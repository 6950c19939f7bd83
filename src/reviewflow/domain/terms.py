"""The closed vocabularies of the trade: categories, statuses, lanes, flags, kinds of finding.

Every term has a stable ASCII code (``value``) for files and interfaces and a Chinese name for screens.
"""

from enum import Enum
from typing import Self


class Term(Enum):
    """A member of a closed vocabulary: ``value`` is its code, ``label`` its Chinese name."""

    label: str
    # Members are single objects: hashing by identity is right, and sets of them need no call into Python.
    __hash__ = object.__hash__

    def __new__(cls, code: str, label: str = "") -> "Term":
        """Make a member out of its code and its Chinese name (looking one up by its code needs no name)."""
        member = object.__new__(cls)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def from_label(cls, label: str) -> Self | None:
        """The member with this Chinese name, or None."""
        return next((member for member in cls if member.label == label), None)


class Category(Term):
    """The five classes of a district's disclosure catalogue, in their official order."""

    FUNCTIONS = "functions", "机构职能"
    REGULATIONS = "regulations", "法规文件"
    PLANS = "plans", "规划计划"
    DUTIES = "duties", "行政职责"
    ACTIVITIES = "activities", "业务动态"


class Status(Term):
    """Disclosure status; ``strictness`` orders them from open to closed."""

    PROACTIVE = "proactive", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    NON_PUBLIC = "non_public", "不予公开"

    @property
    def strictness(self) -> int:
        """0 for proactive, 1 on request, 2 non-public."""
        return list(Status).index(self)


class Lane(Term):
    """How a proposal joins the queue: it orders the work and decides nothing."""

    CLEAR = "clear", "常规"
    ATTENTION = "attention", "注意"
    HOLD = "hold", "停止"

    @property
    def rank(self) -> int:
        """The place in the order of the queue: 0 for hold, 1 for attention, 2 for clear."""
        return 2 - list(Lane).index(self)


class Flag(Term):
    """A ground for not publishing, or for masking first, that was seen in a document."""

    STATE_SECRET_MARK = "state_secret_mark", "国家秘密标志"
    WORK_SECRET = "work_secret", "工作秘密"
    INTERNAL_AFFAIRS = "internal_affairs", "内部事务"
    PROCESS = "process", "过程性信息"
    ENF_FILE = "enf_file", "执法案卷"
    TRADE_SECRET = "trade_secret", "商业秘密"
    PRIVACY = "privacy", "个人隐私"
    SAFETY = "safety", "三安全一稳定"
    LAW_FORBID = "law_forbid", "法律禁止公开"


class Kind(Term):
    """What a finding is: a span of text that must be masked or looked at."""

    ID_NUMBER = "id_number", "居民身份证号"
    MOBILE = "mobile", "手机号"
    LANDLINE_PRIVATE = "landline_private", "私人座机"
    BANK_ACCOUNT = "bank_account", "银行账号"
    PLATE = "plate", "车牌号"
    PASSPORT_PERMIT = "passport_permit", "护照、通行证等证件号"
    EMAIL_PRIVATE = "email_private", "私人邮箱"
    WECHAT_QQ = "wechat_qq", "微信、QQ号"
    ADDRESS_HOME = "address_home", "家庭住址"
    PERSON_PRIVATE = "person_private", "个人姓名"
    BIRTH_DATE = "birth_date", "出生日期"
    HEALTH = "health", "健康状况"
    SECRET_MARK = "secret_mark", "密级标志"
    TRADE_SECRET = "trade_secret", "商业秘密"


PERSONAL_KINDS = frozenset(Kind) - {Kind.SECRET_MARK, Kind.TRADE_SECRET}
