"""What the interface is asked: the parameters of its addresses and what bodies carry."""

from typing import TYPE_CHECKING, Annotated, Literal

from django.core.files.uploadedfile import UploadedFile
from pydantic import Field, WithJsonSchema

from reviewflow.domain.people import Role
from reviewflow.domain.review import Action, Asked, Reopening, Stage
from reviewflow.domain.terms import Category, Lane, Status
from reviewflow.services.queue.lists import QueueView
from reviewflow.web.api.schemas import FROM_JSON, FROM_TEXT, NO_NUL, CaseId, FormModel, RequestModel, Without
from reviewflow.web.forms.intent import LONGEST_NOTE

if TYPE_CHECKING:
    File = UploadedFile[bytes]
else:
    File = UploadedFile
Switch = Literal["0", "1"]
Code = Annotated[str, Field(min_length=1, max_length=60), NO_NUL]
Words = Annotated[str, Field(min_length=1, max_length=100), NO_NUL]
Short = Annotated[str, Field(max_length=200), NO_NUL]
Note = Annotated[str, Field(max_length=LONGEST_NOTE), NO_NUL]
Days = Annotated[int, Field(strict=True, ge=0, le=9999), FROM_TEXT]
Day = Annotated[
    str,
    Field(min_length=10, max_length=10, pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", json_schema_extra={"format": "date"}),
]


class QueueQuery(FormModel):
    """与网页相同的筛选条件"""

    view: QueueView | None = Field(None, description="看哪些，默认 waiting")
    stage: Stage | None = Field(None, description="环节")
    section: Code | None = Field(None, description="科室")
    lane: Lane | None = Field(None, description="通道")
    category: Category | None = Field(None, description="类别")
    status: Status | None = Field(None, description="公开属性")
    older_than: Days | None = Field(None, description="收文已超过多少天")
    due_within: Days | None = Field(None, description="在多少个工作日内到期，含已逾期的")
    overdue: Switch | None = Field(None, description="只看已逾期的（1 是，0 否）")
    split: Switch | None = Field(None, description="只看意见不一致的（1 是，0 否）")
    text: Words | None = Field(None, description="标题或正文中的字")
    after: Annotated[CaseId, FROM_TEXT] | None = Field(None, description="从哪一件之后看起：上一页的 next_after")


class CaseQuery(FormModel):
    """一件的参数"""

    text: Switch | None = Field(None, description="同时给出正文（1 是，0 否）")


class SearchQuery(FormModel):
    """查找的参数"""

    text: Words = Field(description="要找的字")
    page: Annotated[int, Field(strict=True, ge=1, le=1000), FROM_TEXT] = Field(1, description="第几页")


class CatalogueQuery(FormModel):
    """目录的参数；since、until、retired 只用于文件，text、after 只用于列表"""

    status: Annotated[Status, Without(Status.NON_PUBLIC)] | None = Field(None, description="公开属性，默认 proactive")
    category: Category | None = Field(None, description="类别")
    text: Words | None = Field(None, description="信息名称、文号、索引号、关键词或概述中的字")
    after: Annotated[str, Field(max_length=26, pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}:[0-9]{1,15}$")] | None = Field(
        None, description="上一页的 next_after"
    )
    format: Literal["csv", "xlsx", "json", "xml"] | None = Field(None, description="文件的格式")
    since: Day | None = Field(None, description="确定日期自何日，如 2025-11-03")
    until: Day | None = Field(None, description="确定日期至何日，如 2025-11-03")
    retired: Switch | None = Field(None, description="含已失效的（1 是，0 否），默认含")


class ActionBody(RequestModel):
    """办理一件"""

    action: Annotated[Action, Without(Action.SUPERSEDE)] = Field(description="做什么")
    version: Annotated[int, Field(strict=True, ge=1, le=999_999_999), FROM_JSON] = Field(
        description="看到的版本；其后有人办理的不提交"
    )
    note: Note | None = Field(None, description="意见；变更、退回、报请等须写明理由")
    category: Category | None = Field(None, description="变更为何类别")
    status: Status | None = Field(None, description="变更为何公开属性")
    bases: Annotated[list[Code], Field(max_length=20)] = Field([], description="变更的法律依据的代码")
    side: Annotated[Role, Without(*set(Role) - {Role.SECTION, Role.OFFICE})] | None = Field(
        None, description="意见不一致时采纳谁的"
    )
    asked: Asked | None = Field(None, description="征求谁的意见")
    whom: Short | None = Field(None, description="征求意见或报请的对象")
    reopening: Reopening | None = Field(None, description="因何重新审查")
    record: Short | None = Field(None, description="解密记录，或答复的机关、文号和日期")


class DocumentForm(FormModel):
    """一份文件"""

    file: Annotated[File, WithJsonSchema({"type": "string", "format": "binary"})] = Field(
        description="文件，带文件名；表格数据不收"
    )
    section: Code | None = Field(None, description="提交到哪个科室；只属于一个科室的可以不写")
