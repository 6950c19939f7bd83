"""What leaves the review: catalogue entries, items withheld, and the review form, as plain values.

An ``Entry`` holds the fields that the public may see and nothing else, so that no export can give away an internal
one. Field names and value lists are those of the Beijing interface for catalogue uploads (see docs/glossary.md).
"""

from dataclasses import dataclass
from datetime import date, datetime

from reviewflow.domain.terms import Category, Status, Term


class CarrierType(Term):
    """What carries the information (CARRIER_TYPE)."""

    PAPER = "paper", "纸质"
    FILM = "film", "胶卷"
    TAPE = "tape", "磁带"
    DISK = "disk", "磁盘"
    DISC = "disc", "光盘"
    OTHER = "other", "其他载体类型"


class RecordForm(Term):
    """How it is recorded (RECORD_FORM)."""

    TEXT = "text", "文本"
    CHART = "chart", "图表"
    PHOTO = "photo", "照片"
    AUDIOVISUAL = "audiovisual", "影音"
    OTHER = "other", "其他记录形式"


class Channel(Term):
    """A way of publishing (PUB_METHOD). 政务微博 and 政务微信 are rows of the statistical form of 2014 and leave the
    program under the method 其他公开形式, with their name beside it."""

    WEBSITE = "website", "网站公开"
    HALL = "hall", "政府信息公开大厅"
    GAZETTE = "gazette", "政府公报"
    BOARD = "board", "政府信息公开栏"
    TOUCH_SCREEN = "touch_screen", "电子触摸屏"
    HANDBOOK = "handbook", "便民手册"
    PRESS_CONFERENCE = "press_conference", "新闻发布会"
    ARCHIVE = "archive", "档案馆文件查阅中心"
    READING_ROOM = "reading_room", "文件查阅中心"
    NEWSPAPER = "newspaper", "报纸"
    RADIO = "radio", "广播"
    TELEVISION = "television", "电视"
    WEIBO = "weibo", "政务微博"
    WECHAT = "wechat", "政务微信"
    OTHER = "other", "其他公开形式"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to an entry: its name in the text and its file name."""

    name: str
    file_name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the catalogue of 主动公开 or 依申请公开 information (Art. 12 of the 2019 regulations asks for index,
    name, summary and date formed at least).

    ``body`` is empty where the text may not go out as it stands; ``remark`` then says why. ``published_on`` is the
    day of the decision until a publication is recorded. ``formed_on`` falls back to ``published_on``.
    """

    index_number: str
    title: str
    doc_number: str
    category: Category
    subclass: str
    status: Status
    keywords: tuple[str, ...]
    summary: str
    carrier: CarrierType
    record_form: RecordForm
    channels: tuple[Channel, ...]
    duty_department: str
    formed_on: date
    published_on: date
    valid: bool
    body: str
    attachments: tuple[Attachment, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Withheld:
    """One line of the internal register of 不予公开 items. Never part of a public export."""

    number: str
    title: str
    doc_number: str
    category: Category
    section: str
    citations: tuple[str, ...]
    reason: str
    decided_on: date
    reassess_on: date


@dataclass(frozen=True, slots=True)
class WrittenOpinion:
    """One signed opinion as it stands on a form. ``stand_in_for`` is the name of the person stood in for, or empty."""

    stage: str
    text: str
    name: str
    stand_in_for: str
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """The fields of 政府信息公开保密审查表. Strings are ready for print; empty ones leave a blank to fill by hand."""

    number: str
    agency: str
    section: str
    handler: str
    filled_on: date
    title: str
    doc_number: str
    carrier: str
    formed_on: date | None
    summary: str
    category: str
    proposed_status: str
    channels: tuple[str, ...]
    concerns: tuple[tuple[str, bool, str], ...]
    """question, yes or no, explanation: 国家秘密, 工作秘密, 商业秘密, 个人隐私, 三安全一稳定"""
    consultations: tuple[str, ...]
    decided_status: str
    citations: tuple[str, ...]
    to_remove: str
    opinions: tuple[WrittenOpinion, ...]
    index_number: str
    published_on: date | None
    remark: str
    file_digest: str
    """SHA-256 of the exact file that the signatures are for"""
