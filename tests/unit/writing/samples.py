"""Invented entries, items and forms, with everything in them that a file format may stumble over."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from reviewflow.domain.catalogue import (
    Attachment,
    CarrierType,
    Channel,
    Entry,
    RecordForm,
    ReviewForm,
    Withheld,
    WrittenOpinion,
)
from reviewflow.domain.terms import Category, Status
from reviewflow.writing.catalogue import write_catalogue
from reviewflow.writing.finished_export import finished_export
from reviewflow.writing.heading import CatalogueHeading

AGENCY = "平岳市生态环境局青岚分局"
HEADING = CatalogueHeading(AGENCY, "政府信息公开目录", date(2018, 10, 8), date(2018, 9, 1), date(2018, 9, 30))
LONG_TITLE = "关于印发《青岚区" + "挥发性有机物治理与" * 30 + "行动方案》的通知"
MARKUP = "</script><img src=x onerror=alert(1)>]]>&amp;"


def entry(**changed: object) -> Entry:
    """An ordinary entry, with what is given changed."""
    fields: dict[str, object] = {
        "index_number": "11Q027/2018-00035",
        "title": "关于青岚区印刷厂改建项目环境影响报告表的批复",
        "doc_number": "青环审字〔2018〕12号",
        "category": Category.DUTIES,
        "subclass": "行政许可",
        "status": Status.PROACTIVE,
        "keywords": ("环评", "批复"),
        "summary": "同意青岚区印刷厂改建项目按报告表所列地点和规模建设，落实废气治理措施。",
        "carrier": CarrierType.PAPER,
        "record_form": RecordForm.TEXT,
        "channels": (Channel.WEBSITE, Channel.WECHAT),
        "duty_department": AGENCY,
        "formed_on": date(2018, 9, 3),
        "published_on": date(2018, 9, 12),
        "valid": True,
        "body": "青岚区印刷厂：\n你单位报送的报告表收悉。经审查，批复如下：\n一、原则同意项目建设。\n\n二、落实污染防治措施。",
        "attachments": (Attachment("审批意见", "opinion.pdf"), Attachment("公示截图", "notice.png")),
        "remark": "",
    }
    return Entry(**{**fields, **changed})  # type: ignore[arg-type]


ENTRIES = (
    entry(),
    entry(
        index_number="11q027/2018-00035",
        title=f'=cmd|"/c calc"!A1 {MARKUP}',
        doc_number="",
        category=Category.ACTIVITIES,
        subclass="",
        keywords=("=1+1", "空气\x00质量"),
        summary=f"\x01+86 空气质量😀状况\x1b[31m {MARKUP}",
        body=f"第一行{MARKUP}\r\n第二行\x0b第三行\x07\ud800",
        attachments=(Attachment("=附件'\"<b>", "../../etc/passwd"),),
    ),
    entry(index_number="20180903000123456", title=LONG_TITLE, category=Category.PLANS, valid=False, remark="已修订"),
    entry(
        index_number="../../index",
        title="大气污染防治“双随机”检查工作制度",
        category=Category.REGULATIONS,
        status=Status.ON_REQUEST,
        carrier=CarrierType.OTHER,
        record_form=RecordForm.OTHER,
        channels=(Channel.OTHER,),
        body="",
        attachments=(),
        remark="含个人信息，正文不附。",
    ),
    entry(index_number="平岳〔2018〕7", title="局机关主要职责", category=Category.FUNCTIONS, keywords=(), summary=""),
)

WITHHELD = (
    Withheld(
        "B2018-0007",
        "关于锅炉改造补助资金的请示",
        "青环文〔2018〕9号",
        Category.ACTIVITIES,
        "大气科",
        ("《政府信息公开条例》（2019年）第十六条第二款", "《政府信息公开条例》（2019年）第十四条"),
        "=属于请示，为行政管理过程中形成的过程性信息。",
        date(2019, 6, 3),
        date(2020, 6, 3),
    ),
)


def form(**changed: object) -> ReviewForm:
    """A form with all three opinions, with what is given changed."""
    fields: dict[str, object] = {
        "number": "2018-0035",
        "agency": AGENCY,
        "section": "大气科",
        "handler": "李科员",
        "filled_on": date(2018, 9, 3),
        "title": "关于青岚区印刷厂改建项目环境影响报告表的批复",
        "doc_number": "青环审字〔2018〕12号",
        "carrier": "纸质",
        "formed_on": date(2018, 9, 3),
        "summary": "同意青岚区印刷厂改建项目按报告表所列地点和规模建设，落实废气治理措施。",
        "category": "行政职责",
        "proposed_status": "主动公开",
        "channels": ("网站公开", "政务微信"),
        "concerns": (
            ("国家秘密", False, ""),
            ("工作秘密", False, ""),
            ("商业秘密", False, "工艺参数已由企业确认可以公开"),
            ("个人隐私", True, "联系人姓名和手机号，公开前遮盖"),
            ("三安全一稳定", False, ""),
        ),
        "consultations": ("青岚区印刷厂：2018年9月4日征求，2018年9月6日答复同意公开。",),
        "decided_status": "主动公开",
        "citations": ("《政府信息公开条例》（2007年）第十条第（七）项",),
        "to_remove": "第2页联系人姓名、手机号。",
        "opinions": (
            WrittenOpinion(
                "科室初审意见",
                "不涉及国家秘密，建议遮盖个人信息后主动公开。",
                "李科员",
                "",
                datetime(2018, 9, 3, 16, 40, tzinfo=UTC),
            ),
            WrittenOpinion("办公室汇总审查意见", "同意科室意见。", "张三", "赵主任", datetime(2018, 9, 5, 9, 0)),
            WrittenOpinion("主管局长确定意见", "同意主动公开。", "钱局长", "", datetime(2018, 9, 6, 9, 0)),
        ),
        "index_number": "11Q027/2018-00035",
        "published_on": date(2018, 9, 12),
        "remark": "",
        "file_digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    }
    return ReviewForm(**{**fields, **changed})  # type: ignore[arg-type]


def blank_form() -> ReviewForm:
    """A form on which nobody has written anything yet."""
    return form(doc_number="", formed_on=None, summary="", category="", proposed_status="", channels=(), concerns=(), carrier="",
                consultations=(), decided_status="", citations=(), to_remove="", opinions=(), index_number="",
                published_on=None, file_digest="")  # fmt: skip


def write_whole(entries: Iterable[Entry], path: Path, form: str, heading: CatalogueHeading) -> int:
    """Write a catalogue as an export does: whole, or not at all."""
    with finished_export(path, folder=form == "html") as temporary:
        return write_catalogue(entries, temporary, form, heading)
