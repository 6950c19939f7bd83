"""Offices with work in them: a case at every stage, entries, a register, and lists as long as wanted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewflow.domain.catalogue import Channel
from reviewflow.domain.clock import local_day
from reviewflow.domain.people import Actor
from reviewflow.domain.review import Action, Asked, Decision, Particulars, Reopening
from reviewflow.domain.signing import Intent
from reviewflow.domain.terms import Category, Lane, Status
from reviewflow.services.intake.arrival import Arrival
from reviewflow.services.office import Office
from tests.e2e.desks import SAMPLES, opened
from tests.integration.offices import arrival

if TYPE_CHECKING:
    from reviewflow.records import models as rows

LONG_TITLE = (
    "平岳市生态环境局青岚分局关于对柳湾镇及周边乡镇集中式饮用水水源保护区内历史遗留排污口开展第三轮排查整治并同步完善监测台账有关事项的补充通知（试行）"
    * 3
)
_AGREE = Intent(Action.AGREE)
_PERSONAL = Decision(Category.DUTIES, Status.ON_REQUEST, ("OGI19-15-PRIVACY",))
_WITHHELD = Decision(Category.ACTIVITIES, Status.NON_PUBLIC, ("OGI19-16.2-DISCUSSION",))
_OTHER_CATEGORY = Decision(Category.DUTIES, Status.PROACTIVE)

Step = tuple[str, Intent]
_SIGNED: tuple[Step, ...] = (("李科员", _AGREE), ("赵主任", _AGREE), ("钱局长", _AGREE))
_HELD = {"lane": Lane.HOLD.value, "status": Status.NON_PUBLIC.value, "bases": ("OGI19-14-SECRET",)}
_LOOK = {"lane": Lane.ATTENTION.value}


@dataclass(frozen=True)
class Story:
    """A document and what has been done with it so far."""

    kind: str
    title: str
    changes: dict[str, Any]
    steps: tuple[Step, ...] = ()


def _consult(asked: Asked, whom: str) -> Intent:
    return Intent(
        Action.CONSULT, "公开是否会损害其合法权益，请书面答复。", particulars=Particulars(asked=asked, whom=whom)
    )


STORIES = (
    Story("section", "关于开展重污染天气应急减排清单核查的通知", _LOOK),
    Story("clear", "关于举办危险废物规范化管理培训班的通知", {}),
    Story("held", "关于辐射事故应急演练脚本的请示", _HELD),
    Story("returned", "柳湾镇异味扰民问题整改情况公示", _LOOK, (
        ("李科员", _AGREE), ("赵主任", Intent(Action.RETURN, "有内容须删减后再报：附件里有两位投诉人的电话。")),
    )),
    Story("office", "2025年第三季度水环境质量状况", _LOOK, (("李科员", _AGREE),)),
    Story("office clear", "关于调整执法大队值守电话的通知", {}, (("李科员", _AGREE),)),
    Story("referred", "关于核与辐射安全监管有关情况的报告", _HELD, (
        ("李科员", _AGREE),
        ("赵主任", Intent(Action.REFER, "标志不完整，请确定是否仍属国家秘密。", particulars=Particulars(whom="平岳市国家保密局"))),
    )),
    Story("consulting", "云杉食品公司自行监测方案备案表", _LOOK, (
        ("李科员", _consult(Asked.THIRD_PARTY, "平岳云杉食品有限公司")),
    )),
    Story("split", "责令改正违法行为决定书（青环责改〔2025〕31号）", _LOOK, (
        ("李科员", Intent(Action.CHANGE, "当事人是个体户，写有住址。", _PERSONAL)),
        ("赵主任", Intent(Action.CHANGE, "住址删减后应主动公开。", _OTHER_CATEGORY)),
    )),
    Story("director", "2025年危险废物经营单位名录", {}, (("李科员", _AGREE), ("赵主任", _AGREE))),
    Story("decided", "关于印发《青岚区扬尘污染防治工作方案》的通知", {"doc_number": "青环〔2025〕47号"}, _SIGNED),
    Story("retired", "关于暂停受理机动车环保标志的通告", {}, _SIGNED),
    Story("on request", "王家沟砖厂环境信访处理意见书", {}, (
        ("李科员", Intent(Action.CHANGE, "写有信访人情况。", _PERSONAL)), *_SIGNED[1:],
    )),
    Story("withheld", "青岚分局党组会议纪要（第十八次）", {}, (
        ("李科员", Intent(Action.CHANGE, "讨论记录，尚未形成决定。", _WITHHELD)), *_SIGNED[1:],
    )),
    Story("reopened", "青岚区入河排污口名单（第二批）", {}, (
        *_SIGNED, ("赵主任", Intent(Action.REOPEN, "名单有两处与现场不符。", particulars=Particulars(reopening=Reopening.CORRECTION))),
    )),
    Story("withdrawn", "误收的会议签到表", {}, (("李科员", Intent(Action.WITHDRAW, "不是政府信息。")),)),
    Story("long", LONG_TITLE[:500], _LOOK),
    Story("unbroken", "RF" * 120, _LOOK),
)  # fmt: skip
"""one of every kind that the pages know; the last two have titles that test the page more than the office"""

ENTERED = ("decided", "retired", "on request", "reopened")
"""the kinds that have an entry of the catalogue"""


def fill(home: Path, at: datetime, samples: Iterable[str] = (), stories: Sequence[Story] = STORIES) -> dict[str, int]:
    """Tell the stories in the nine days before a moment, and bring sample files in; gives numbers of cases by kind, and of entries."""
    office, people = opened(home, at - timedelta(days=9))
    cases: dict[str, int] = {}
    for moment, number, step in sorted(_moments(stories, at - timedelta(days=9))):
        story = stories[number]
        _set(office, moment)
        if step == 0:
            (cases[story.kind],) = bring_in(office, people["李科员"], [_document(story, moment)])
        else:
            name, intent = story.steps[step - 1]
            _act(office, people[name], cases[story.kind], intent)
    _set(office, at)
    _keep_catalogue(office, people["周信息员"], cases)
    for name in samples:
        cases[name] = _submit(office, people["李科员"], SAMPLES / name)
    return {**cases, **{f"entry {kind}": _entry(cases[kind]).pk for kind in ENTERED}}


def _moments(stories: Sequence[Story], first: datetime) -> Iterator[tuple[datetime, int, int]]:
    """When each step of each story (0: its document comes in) takes place, with the numbers of both."""
    for number, story in enumerate(stories):
        for step in range(len(story.steps) + 1):
            yield first + timedelta(days=number % 4 + step, hours=step, minutes=7 * number), number, step


def bring_in(office: Office, actor: Actor, arrivals: Sequence[Arrival]) -> list[int]:
    """Queue made-up documents in a person's only section; gives the numbers of their cases."""
    from reviewflow.services.access import only_section, section_for
    from reviewflow.services.intake.admission import admit

    at = office.now()
    return list(admit(office, actor, section_for(actor, only_section(actor, at), at), arrivals).new)


def pile_up(home: Path, at: datetime, number: int) -> None:
    """So many documents waiting in the section, and as many decided: entries and withheld items by turns."""
    from reviewflow.services.queue.bulk_signing import agree_all

    office, people = opened(home, at)
    lanes = [lane.value for lane in (Lane.CLEAR, Lane.ATTENTION, Lane.CLEAR)]
    waiting = [
        arrival(
            f"关于第{n}号建设项目环境影响评价文件的批复",
            lane=lanes[n % 3],
            formed_on=local_day(at) - timedelta(days=n % 40),
        )
        for n in range(number)
    ]
    decided = [
        arrival(f"2025年第{n}期监督性监测结果", formed_on=local_day(at) - timedelta(days=n % 40)) for n in range(number)
    ]
    bring_in(office, people["李科员"], waiting)
    case_ids = bring_in(office, people["李科员"], decided)
    for case_id in case_ids:
        intent = Intent(Action.CHANGE, "讨论记录。", _WITHHELD) if case_id % 2 else _AGREE
        _act(office, people["李科员"], case_id, intent)
    for version, name in enumerate(("赵主任", "钱局长"), start=2):
        agree_all(office, people[name], [(case_id, version) for case_id in case_ids])


def _set(office: Office, at: datetime) -> None:
    office.now.at = at  # type: ignore[attr-defined]


def _document(story: Story, at: datetime) -> Arrival:
    return arrival(story.title, formed_on=local_day(at) - timedelta(days=len(story.title) % 25), **story.changes)


def _act(office: Office, actor: Actor, case_id: int, intent: Intent) -> None:
    from reviewflow.services.review.acts import sign_case

    sign_case(office, actor, case_id, intent)


def _keep_catalogue(office: Office, officer: Actor, cases: dict[str, int]) -> None:
    """Two channels for one entry, and another retired."""
    from reviewflow.services.catalogue.entries import retire_entry
    from reviewflow.services.catalogue.publication import record_publication

    number, today = _entry(cases["decided"]).index_number, local_day(office.now())
    record_publication(office, officer, number, Channel.WEBSITE, today, "https://www.qinglan.example/47.html")
    record_publication(office, officer, number, Channel.WECHAT, today)
    retire_entry(office, officer, _entry(cases["retired"]).index_number, "已由新的规定代替。")


def _entry(case_id: int) -> "rows.CatalogueEntry":
    from reviewflow.records import models as rows

    return rows.CatalogueEntry.objects.get(case_id=case_id)


def _submit(office: Office, actor: Actor, file: Path) -> int:
    """Bring a file in as the desk does; gives the number of its case."""
    from reviewflow.records import models as rows
    from reviewflow.services.intake.importing import import_paths

    done = import_paths(office, actor, "大气科", [file])
    assert done.new == 1, done.troubles
    return int(rows.Case.objects.order_by("-id").values_list("id", flat=True)[0])
