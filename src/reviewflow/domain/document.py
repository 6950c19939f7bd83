"""A document as read and tidied: its text, the parts that leak, and the marks on its face."""

from dataclasses import dataclass, field
from datetime import date

from reviewflow.domain.terms import Kind, Term


class PartKind(Term):
    """Where a stretch of text stood in the file; everything but the body tends to be overlooked."""

    BODY = "body", "正文"
    HEADER = "header", "页眉"
    FOOTER = "footer", "页脚"
    FOOTNOTE = "footnote", "脚注"
    COMMENT = "comment", "批注"
    INSERTED = "inserted", "修订插入"
    DELETED = "deleted", "修订删除"
    TEXT_BOX = "text_box", "文本框"
    HIDDEN = "hidden", "隐藏内容"
    PROPERTY = "property", "文件属性"


@dataclass(frozen=True, slots=True)
class Part:
    """``text[start:end]`` of the reading stood in this part of the file (Python string indices)."""

    kind: PartKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader got out of one file.

    ``text`` is everything, body first, then the other parts, each on lines of its own. ``parts`` lists the
    stretches that are not plain body, ordered by start. ``pages`` holds the offset at which each page or sheet
    begins. ``notes`` are Chinese sentences for the clerk (wrong suffix, page without text ...). ``body_length`` is
    where the body ends and headers, comments, properties ... follow; None when all of it is body.
    """

    text: str
    parts: tuple[Part, ...] = ()
    pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    body_length: int | None = None

    @property
    def body(self) -> str:
        """The text without what stands outside the body."""
        return self.text[: self.body_length]


@dataclass(frozen=True, slots=True)
class SecretMark:
    """A state-secret mark on the document's own face (保守国家秘密法实施条例(2014) Art. 15: level and period)."""

    level: str
    period: str | None
    start: int
    end: int
    declassified: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A sensitive span: ``text[start:end]`` is of this kind; ``where`` names the part it stood in."""

    kind: Kind
    start: int
    end: int
    where: str = "正文"


@dataclass(frozen=True, slots=True)
class Document:
    """One document ready for proposals. Parts that are missing are None, never guessed."""

    id: str
    source: str
    text: str
    title: str | None = None
    doc_number: str | None = None
    agency: str | None = None
    addressee: str | None = None
    genre: str | None = None
    formed_on: date | None = None
    secret_mark: SecretMark | None = None
    urgency: str | None = None
    note: str | None = None
    attachments: tuple[str, ...] = ()
    section: str | None = None
    reading: Reading = field(default_factory=lambda: Reading(""))

    @property
    def body(self) -> str:
        """The text without headers, comments, properties and the like."""
        return self.text[: self.reading.body_length]

    @property
    def subject(self) -> str:
        """What the document is about: of 关于印发《甲》的通知 it is 甲, otherwise the title itself."""
        return inner_title(self.title or "")


_CARRIERS = ("印发", "转发", "公布", "发布", "颁布", "下发", "批转")
# Inside 《》 the marks 〈〉 stand for 《》 (GB/T 15834-2011, 4.15).
_NESTED = str.maketrans("〈〉<>", "《》《》")
_CARRIER_ENDS = ("的通知", "的通告", "的公告", "的函", "的通", "的令", "通知")


def inner_title(title: str) -> str:
    """What a title carries (印发, 转发, 公布 ...): the title inside 《》, or the words between 关于印发 and 的通知.

    A title that carries nothing is returned as it is. Source of the rule: the object of 关于印发《…》 decides
    the category, not the notice around it.
    """
    before, mark, inside = title.partition("《")
    carrier = next((word for word in _CARRIERS if f"关于{word}" in before or before.endswith(word)), None)
    if carrier is None:
        return title
    if mark:
        inner = inside[: inside.rfind("》")] if "》" in inside else inside
    else:
        inner = title[title.find(f"关于{carrier}") + 2 + len(carrier) :]
        inner = next((inner.removesuffix(end) for end in _CARRIER_ENDS if inner.endswith(end)), inner)
    return inner_title(inner.strip("〈〉<>").translate(_NESTED)) if inner else title
