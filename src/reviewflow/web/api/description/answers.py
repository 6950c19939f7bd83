"""What comes back: the schemas among the components, by name."""

from reviewflow.domain.catalogue import CarrierType, Channel, RecordForm
from reviewflow.domain.people import Role
from reviewflow.domain.review import Action, Stage
from reviewflow.domain.terms import Category, Flag, Lane, Status
from reviewflow.services.accounts.tokens import Scope
from reviewflow.services.case.precedents import Likeness
from reviewflow.web.api.description.schemas import (
    Schema,
    called,
    case_id,
    codes,
    day,
    many,
    maybe,
    number,
    record,
    text,
    yes_no,
)

_CATEGORY = codes(Category, "类别")
_STATUS = codes(Status, "公开属性")
_STAGE = codes(Stage, "所在环节")
_LANE = codes(Lane, "通道")
_WORDS = {"type": "string"}

_LINE = record(
    "列表中的一件",
    {
        "id": case_id(),
        "version": number("版本，每办理一次加 1；办理时须写明看到的是哪一版"),
        "lane": _LANE,
        "title": text("标题"),
        "section": text("科室"),
        "category": maybe(_CATEGORY),
        "status": _STATUS,
        "stage": _STAGE,
        "due_on": day("公开期限"),
        "days_left": maybe(number("剩余工作日，逾期为负；已办结为空")),
        "provisional": yes_no("期限涉及尚未公布放假安排的年份，为暂定"),
        "split": yes_no("科室与办公室意见不一致"),
        "attention": text("须注意什么"),
    },
)
_DECISION_FIELDS: dict[str, Schema] = {
    "category": maybe(_CATEGORY),
    "status": _STATUS,
    "bases": many(_WORDS, "法律依据的代码"),
}
_DECISION = record("类别、公开属性和依据", _DECISION_FIELDS)
_CURRENT = record("现在的意见", {**_DECISION_FIELDS, "citations": many(_WORDS, "依据的引用")})
_PROPOSAL = record(
    "机器建议",
    {
        "category": maybe(_CATEGORY),
        "category_confidence": text("类别的把握"),
        "status": _STATUS,
        "status_confidence": text("公开属性的把握"),
        "citations": many(_WORDS, "依据的引用"),
        "reasons": many(_WORDS, "理由"),
        "flags": many(codes(Flag, "提示"), "提示"),
        "findings": text("发现的内容，只有种类和数量"),
        "keywords": many(_WORDS, "关键词"),
        "summary": text("内容概述"),
        "model": text("模型版本"),
        "rules_digest": text("规则的校验值"),
    },
)
_STEP = record(
    "经过中的一步",
    {
        "at": {"type": "string", "format": "date-time", "description": "时间"},
        "name": text("何人"),
        "stage": _STAGE,
        "action": maybe(codes(Action, "做了什么，收文时为空")),
        "role": maybe(codes(Role, "以何角色，收文时为空")),
        "stand_in_for": text("代理何人"),
        "decision": {"anyOf": [called("Decision"), {"type": "null"}], "description": "签的意见"},
        "citations": many(_WORDS, "依据的引用"),
        "note": text("意见"),
        "asked": text("征求谁的意见、报请哪里、因何重新审查"),
        "due_on": maybe(day("答复期限")),
        "record": text("解密记录或答复"),
        "void": yes_no("签字已失效"),
    },
)
_PRECEDENT = record(
    "先例；其他科室的只有相似程度和公开属性",
    {
        "id": maybe(case_id("件号；其他科室的为空")),
        "title": text("标题"),
        "number": text("索引号或登记号"),
        "category": maybe(_CATEGORY),
        "status": _STATUS,
        "decided_on": maybe(day("确定日期")),
        "likeness": codes(Likeness, "相似之处"),
        "similarity": {"type": "number", "minimum": 0, "maximum": 1, "description": "正文相同的比例"},
    },
)
_TEXT = record("正文", {"body": text("正文"), "outside": text("正文以外：页眉、批注、隐藏内容")})
_CASE = record(
    "一件",
    {
        "id": case_id(),
        "version": number("版本，办理时须写明"),
        "stage": _STAGE,
        "lane": _LANE,
        "held": yes_no("带国家秘密标志，未附解密记录"),
        "split": yes_no("科室与办公室意见不一致"),
        "section": text("科室"),
        "title": text("标题"),
        "doc_number": text("文号"),
        "agency": text("制发机关"),
        "formed_on": maybe(day("成文日期")),
        "source": text("文件名"),
        "file_version": number("文件的第几版"),
        "file_digest": text("文件的 SHA-256"),
        "proposal": called("Proposal"),
        "current": called("Current"),
        "steps": many(called("Step"), "经过"),
        "precedents": many(called("Precedent"), "先例"),
        "warning": text("先例的结论不同时的提醒"),
        "actions": many(codes(Action, "办理"), "现在可以做什么"),
        "due_on": day("公开期限"),
        "days_left": maybe(number("剩余工作日，逾期为负；已办结为空")),
        "provisional": yes_no("期限为暂定"),
        "answer_due_on": maybe(day("第三方答复期限")),
        "answer_days_left": maybe(number("答复剩余工作日")),
        "number": text("索引号或登记号，未确定时为空文字"),
        "text_length": number("正文字数"),
        "text": {"anyOf": [called("Text"), {"type": "null"}], "description": "正文，只在 text=1 时给出"},
    },
)
_ENTRY = record(
    "目录中的一条",
    {
        "id": number("条目号"),
        "index_number": text("索引号"),
        "title": text("信息名称"),
        "doc_number": text("文号"),
        "category": _CATEGORY,
        "subclass": text("子类"),
        "status": _STATUS,
        "keywords": many(_WORDS, "关键词"),
        "summary": text("内容概述"),
        "carrier": codes(CarrierType, "载体类型"),
        "record_form": codes(RecordForm, "记录形式"),
        "channels": many(codes(Channel, "公开形式"), "公开形式"),
        "duty_department": text("公开责任部门"),
        "formed_on": day("生成日期"),
        "published_on": day("公开日期"),
        "decided_on": day("确定日期"),
        "valid": yes_no("有效"),
        "attachments": many(_WORDS, "附件名称"),
        "remark": text("备注"),
    },
)
_HELD = record(
    "角色",
    {
        "role": codes(Role, "角色"),
        "section": text("科室"),
        "since": maybe(day("自何日")),
        "until": maybe(day("至何日")),
        "stand_in_for": text("代理何人"),
    },
)
_LANES = tuple(lane.value for lane in Lane)

COMPONENTS: dict[str, Schema] = {
    "Line": _LINE,
    "Decision": _DECISION,
    "Current": _CURRENT,
    "Proposal": _PROPOSAL,
    "Step": _STEP,
    "Precedent": _PRECEDENT,
    "Text": _TEXT,
    "Case": _CASE,
    "Entry": _ENTRY,
    "Queue": record(
        "队列的一页",
        {
            "cases": many(called("Line"), "各件，先急后缓"),
            "counts": record("各通道件数", {lane: number("件数") for lane in _LANES}, optional=_LANES),
            "capped": yes_no("件数超过 1000，没有数完"),
            "narrowed": yes_no("查找的结果过多，只看了最新的"),
            "next_after": maybe(case_id("下一页用 after 带上它；为空则没有下一页")),
        },
    ),
    "Found": record(
        "查找结果的一页",
        {
            "cases": many(called("Line"), "各件，新文件在前"),
            "page": number("第几页"),
            "more": yes_no("还有下一页"),
        },
    ),
    "Acted": record(
        "办理的结果",
        {
            "id": case_id(),
            "version": number("现在的版本"),
            "stage": _STAGE,
            "number": text("确定后的索引号或登记号"),
        },
    ),
    "Submitted": record(
        "提交的结果",
        {"case": case_id(), "known": yes_no("以前提交过"), "message": text("说明")},
    ),
    "Catalogue": record(
        "目录的一页",
        {
            "entries": many(called("Entry"), "各条，新确定的在前"),
            "counts": record("各类别条数", {category.value: number(category.label) for category in Category}),
            "narrowed": yes_no("查找的结果过多，只看了最新的"),
            "next_after": maybe(text("下一页用 after 带上它；为空则没有下一页")),
        },
    ),
    "Person": record(
        "令牌属于谁",
        {
            "name": text("姓名"),
            "roles": many(_HELD, "角色"),
            "scopes": many(codes(Scope, "权限"), "令牌的权限"),
        },
    ),
    "Error": record(
        "出了什么事，怎么办；不含文件内容",
        {"code": text("代码，不会改变"), "message": text("出了什么事"), "hint": text("怎么办")},
    ),
}
