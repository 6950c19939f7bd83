"""What the interface answers. A field stands here once: its name, its type and what it means."""

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from reviewflow.domain.catalogue import CarrierType, Channel, RecordForm
from reviewflow.domain.people import Role
from reviewflow.domain.review import Action, Stage
from reviewflow.domain.terms import Category, Flag, Lane, Status
from reviewflow.records import models as rows
from reviewflow.services.accounts.tokens import Scope
from reviewflow.services.case.case_view import CaseView
from reviewflow.services.case.precedents import Likeness
from reviewflow.services.catalogue.description import SEPARATOR
from reviewflow.services.catalogue.export import channels_of, published_on
from reviewflow.web.api.schemas import Answer, CaseId

Moment = Annotated[
    datetime,
    PlainSerializer(lambda moment: moment.isoformat(timespec="seconds"), return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Keywords = Annotated[list[str], BeforeValidator(lambda text: [word for word in text.split(SEPARATOR) if word])]
Lines = Annotated[list[str], BeforeValidator(str.splitlines)]


class CaseInList(Answer):
    """列表中的一件"""

    id: CaseId
    version: int = Field(description="版本，每办理一次加 1；办理时须写明看到的是哪一版")
    lane: Lane
    title: str = Field(description="标题")
    section: str = Field(description="科室")
    category: Category | None
    status: Status
    stage: Stage
    due_on: date = Field(description="公开期限")
    days_left: int | None = Field(description="剩余工作日，逾期为负；已办结为空")
    provisional: bool = Field(description="期限涉及尚未公布放假安排的年份，为暂定")
    split: bool = Field(description="科室与办公室意见不一致")
    attention: str = Field(description="须注意什么")


class SignedDecision(Answer):
    """类别、公开属性和依据"""

    category: Category | None
    status: Status
    bases: list[str] = Field(description="法律依据的代码")


class CurrentDecision(SignedDecision):
    """现在的意见"""

    citations: list[str] = Field(description="依据的引用")


class MachineProposal(Answer):
    """机器建议"""

    category: Category | None
    category_confidence: str = Field(description="类别的把握")
    status: Status
    status_confidence: str = Field(description="公开属性的把握")
    citations: list[str] = Field(description="依据的引用")
    reasons: list[str] = Field(description="理由")
    flags: list[Flag] = Field(description="提示")
    findings: str = Field(description="发现的内容，只有种类和数量")
    keywords: list[str] = Field(description="关键词")
    summary: str = Field(description="内容概述")
    model: str = Field(description="模型版本")
    rules_digest: str = Field(description="规则的校验值")


class CaseStep(Answer):
    """经过中的一步"""

    at: Moment = Field(description="时间")
    name: str = Field(description="何人")
    stage: Stage
    action: Action | None = Field(description="做了什么，收文时为空")
    role: Role | None = Field(description="以何角色，收文时为空")
    stand_in_for: str = Field(description="代理何人")
    decision: SignedDecision | None = Field(description="签的意见")
    citations: list[str] = Field(description="依据的引用")
    note: str = Field(description="意见")
    asked: str = Field(description="征求谁的意见、报请哪里、因何重新审查")
    due_on: date | None = Field(description="答复期限")
    record: str = Field(description="解密记录或答复")
    void: bool = Field(description="签字已失效")


class PrecedentCase(Answer):
    """先例；其他科室的只有相似程度和公开属性"""

    id: Annotated[CaseId | None, BeforeValidator(lambda number: number or None)] = Field(
        validation_alias="case_id", description="件号；其他科室的为空"
    )
    title: str = Field(description="标题")
    number: str = Field(description="索引号或登记号")
    category: Category | None
    status: Status
    decided_on: date | None = Field(description="确定日期")
    likeness: Likeness
    similarity: Annotated[float, BeforeValidator(lambda share: round(share, 4))] = Field(
        ge=0, le=1, description="正文相同的比例"
    )


class CaseText(Answer):
    """正文"""

    body: str = Field(description="正文")
    outside: str = Field(description="正文以外：页眉、批注、隐藏内容")


class CaseAnswer(Answer):
    """一件"""

    id: CaseId
    version: int = Field(description="版本，办理时须写明")
    stage: Stage
    lane: Lane
    held: bool = Field(description="带国家秘密标志，未附解密记录")
    split: bool = Field(description="科室与办公室意见不一致")
    section: str = Field(description="科室")
    title: str = Field(description="标题")
    doc_number: str = Field(description="文号")
    agency: str = Field(description="制发机关")
    formed_on: date | None = Field(description="成文日期")
    source: str = Field(description="文件名")
    file_version: int = Field(description="文件的第几版")
    file_digest: str = Field(description="文件的 SHA-256")
    proposal: MachineProposal
    current: CurrentDecision
    steps: list[CaseStep] = Field(description="经过")
    precedents: list[PrecedentCase] = Field(description="先例")
    warning: str = Field(description="先例的结论不同时的提醒")
    actions: list[Action] = Field(description="现在可以做什么")
    due_on: date = Field(description="公开期限")
    days_left: int | None = Field(description="剩余工作日，逾期为负；已办结为空")
    provisional: bool = Field(description="期限为暂定")
    answer_due_on: date | None = Field(description="第三方答复期限")
    answer_days_left: int | None = Field(description="答复剩余工作日")
    number: str = Field(description="索引号或登记号，未确定时为空文字")
    text_length: int = Field(description="正文字数")
    text: CaseText | None = Field(description="正文，只在 text=1 时给出")

    @classmethod
    def of(cls, view: CaseView, text: CaseText | None) -> Self:
        """A case; ``text`` is None where it was not asked for."""
        current = SignedDecision.model_validate(view.current).model_dump() | {"citations": view.current_citations}
        made = {
            "proposal": view.proposed,
            "current": current,
            "precedents": view.precedents.found,
            "warning": view.precedents.warning,
            # A file is replaced by submitting another one.
            "actions": [action for action in view.actions if action is not Action.SUPERSEDE],
            "text": text,
        }
        same = {name: getattr(view, name) for name in cls.model_fields if name not in made}
        return cls.model_validate({**same, **made})


class QueueAnswer(Answer):
    """队列的一页"""

    cases: list[CaseInList] = Field(validation_alias="lines", description="各件，先急后缓")
    counts: dict[Lane, int] = Field(description="各通道件数")
    capped: bool = Field(description="件数超过 1000，没有数完")
    narrowed: bool = Field(description="查找的结果过多，只看了最新的")
    next_after: CaseId | None = Field(description="下一页用 after 带上它；为空则没有下一页")


class SearchAnswer(Answer):
    """查找结果的一页"""

    cases: list[CaseInList] = Field(description="各件，新文件在前")
    page: int = Field(description="第几页")
    more: bool = Field(description="还有下一页")


class ActionAnswer(Answer):
    """办理的结果"""

    id: CaseId
    version: int = Field(description="现在的版本")
    stage: Stage
    number: str = Field(description="确定后的索引号或登记号")


class SubmitAnswer(Answer):
    """提交的结果：新收的答 201，以前提交过的答 200"""

    statuses = (200, 201)
    case: CaseId
    known: bool = Field(description="以前提交过")
    message: str = Field(description="说明")

    @property
    def status_of_answer(self) -> int:
        """200 for a file that the section has already."""
        return 200 if self.known else 201


class EntryAnswer(Answer):
    """目录中的一条：公众看得到的各项"""

    id: int = Field(description="条目号")
    index_number: str = Field(description="索引号")
    title: str = Field(description="信息名称")
    doc_number: str = Field(description="文号")
    category: Category
    subclass: str = Field(description="子类")
    status: Status
    keywords: Keywords = Field(description="关键词")
    summary: str = Field(description="内容概述")
    carrier: CarrierType
    record_form: RecordForm
    channels: list[Channel] = Field(description="公开形式")
    duty_department: str = Field(description="公开责任部门")
    formed_on: date = Field(description="生成日期")
    published_on: date = Field(description="公开日期")
    decided_on: date = Field(description="确定日期")
    valid: bool = Field(description="有效")
    attachments: Lines = Field(description="附件名称")
    remark: str = Field(description="备注")

    @classmethod
    def of(cls, row: rows.CatalogueEntry) -> Self:
        """An entry. Its publications should have been fetched with it."""
        publications = list(row.publications.all())
        made = {"channels": channels_of(publications), "published_on": published_on(row, publications)}
        same = {name: getattr(row, name) for name in cls.model_fields if name not in made}
        return cls.model_validate({**same, **made})


class CatalogueAnswer(Answer):
    """目录的一页"""

    entries: list[EntryAnswer] = Field(description="各条，新确定的在前")
    counts: dict[Category, int] = Field(description="各类别条数")
    narrowed: bool = Field(description="查找的结果过多，只看了最新的")
    next_after: str | None = Field(description="下一页用 after 带上它；为空则没有下一页")


class HeldRoleAnswer(Answer):
    """角色"""

    role: Role
    section: str = Field(description="科室")
    since: date | None = Field(description="自何日")
    until: date | None = Field(description="至何日")
    stand_in_for: str = Field(description="代理何人")


class PersonAnswer(Answer):
    """令牌属于谁"""

    name: str = Field(description="姓名")
    roles: list[HeldRoleAnswer] = Field(description="角色")
    scopes: list[Scope] = Field(description="令牌的权限")


class ErrorAnswer(Answer):
    """出了什么事，怎么办；不含文件内容"""

    code: str = Field(description="代码，不会改变")
    message: str = Field(description="出了什么事")
    hint: str = Field(description="怎么办")
