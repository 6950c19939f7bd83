"""Lists and single cases as each of the cast may see them, on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from reviewflow.domain.people import HeldRole, Role
from reviewflow.domain.review import Action, Asked, Decision, Particulars, Stage
from reviewflow.domain.signing import Intent
from reviewflow.domain.terms import Category, Lane, Status
from reviewflow.errors import ReviewflowError
from reviewflow.services.case.case_view import CaseView, case_history, view_of
from reviewflow.services.case.dossier import dossier
from reviewflow.services.queue.lists import QueueFilters, QueueView, list_cases
from reviewflow.services.review.acts import sign_case
from tests.integration.conftest import Ledger

AGREE = Intent(Action.AGREE)
WAITING = QueueFilters()
RETURN = Intent(Action.RETURN, "内容需删减")
WITHHELD = Decision(Category.ACTIVITIES, Status.NON_PUBLIC, ("OGI19-15-PRIVACY",))


def do(ledger: Ledger, name: str, case_id: int, intent: Intent = AGREE) -> None:
    ledger.clock.at += timedelta(minutes=1)
    sign_case(ledger.office, ledger.people[name], case_id, intent)


def ids(ledger: Ledger, name: str, filters: QueueFilters = WAITING, **more: int) -> list[int]:
    """The ids that one of the cast is listed."""
    return [line.id for line in list_cases(ledger.office, ledger.people[name], filters, **more).lines]


def shown(ledger: Ledger, name: str, case_id: int) -> CaseView:
    """A case as one of the cast sees it."""
    actor = ledger.people[name]
    return view_of(ledger.office, actor, dossier(ledger.office, actor, case_id))


def admitted(ledger: Ledger, title: str, by: str = "李科员", **changes: object) -> int:
    (case_id,) = ledger.admit(ledger.arrival(title, **changes), by=by)
    return case_id


def test_the_queue_is_ordered_by_lane_then_by_day_due_then_by_number(ledger: Ledger) -> None:
    clear_late = admitted(ledger, "甲通知", formed_on=date(2025, 10, 30))
    clear_early = admitted(ledger, "乙通知", formed_on=date(2025, 10, 9))
    attention = admitted(ledger, "丙名单", lane="attention", formed_on=date(2025, 10, 31))
    hold = admitted(ledger, "丁报告", lane="hold", status="non_public", formed_on=date(2025, 10, 31))
    clear_same = admitted(ledger, "戊通知", formed_on=date(2025, 10, 30))
    assert ids(ledger, "李科员") == [hold, attention, clear_early, clear_late, clear_same]


def test_each_is_listed_what_waits_for_him(ledger: Ledger) -> None:
    first, second, third, other = (
        admitted(ledger, "甲通知"),
        admitted(ledger, "乙通知"),
        admitted(ledger, "丙通知"),
        admitted(ledger, "丁通知", by="王科员"),
    )
    do(ledger, "李科员", first)
    for name in ("李科员", "赵主任"):
        do(ledger, name, second)
    assert ids(ledger, "李科员") == [third]
    assert ids(ledger, "王科员") == [other]
    assert ids(ledger, "赵主任") == [first]
    assert ids(ledger, "钱局长") == [second]
    assert ids(ledger, "周信息员") == []


def test_the_office_follows_up_what_was_asked_elsewhere_and_the_section_what_came_back(ledger: Ledger) -> None:
    asked, back = admitted(ledger, "甲通知"), admitted(ledger, "乙通知")
    do(ledger, "李科员", asked, Intent(Action.REFER, "请核定", particulars=Particulars(whom="平岳市生态环境局")))
    do(ledger, "李科员", back)
    do(ledger, "赵主任", back, RETURN)
    assert ids(ledger, "赵主任") == [asked]
    assert ids(ledger, "李科员") == [back]


def test_nobody_is_listed_what_he_has_signed_already(ledger: Ledger) -> None:
    case_id = admitted(ledger, "甲通知")
    do(ledger, "李科员", case_id)
    li = ledger.people["李科员"]
    both = replace(li, held=(*li.held, HeldRole(Role.OFFICE, stand_in_for="赵主任")))
    assert list_cases(ledger.office, both).lines == ()
    do(ledger, "赵主任", case_id, RETURN)
    assert [line.id for line in list_cases(ledger.office, both).lines] == [case_id]


def test_a_stand_in_is_listed_the_cases_for_his_days_only(ledger: Ledger) -> None:
    case_id = admitted(ledger, "甲通知")
    stand_in = HeldRole(Role.SECTION, "大气科", date(2025, 11, 3), date(2025, 11, 4), "李科员")
    wang = replace(ledger.people["王科员"], held=(*ledger.people["王科员"].held, stand_in))
    assert [line.id for line in list_cases(ledger.office, wang).lines] == [case_id]
    ledger.clock.at += timedelta(days=2)
    assert list_cases(ledger.office, wang).lines == ()


def test_a_section_is_listed_none_of_anothers_cases_by_any_view(ledger: Ledger) -> None:
    mine, other = admitted(ledger, "甲通知"), admitted(ledger, "乙通知", by="王科员")
    for view in QueueView:
        assert other not in ids(ledger, "李科员", QueueFilters(view))
        assert ids(ledger, "李科员", QueueFilters(view, section="水科")) == []
    assert ids(ledger, "李科员", QueueFilters(QueueView.ALL, text="乙通知")) == []
    assert ids(ledger, "赵主任", QueueFilters(QueueView.OPEN)) == [mine, other]
    assert ids(ledger, "赵主任", QueueFilters(QueueView.OPEN, section="水科")) == [other]


@pytest.mark.parametrize("look", [dossier, case_history])
def test_a_section_is_shown_nothing_of_anothers_case(ledger: Ledger, look) -> None:  # type: ignore[no-untyped-def]
    other = admitted(ledger, "乙通知", by="王科员")
    for name in ("李科员", "孙管理员"):
        with pytest.raises(ReviewflowError, match=r"review\.no_case"):
            look(ledger.office, ledger.people[name], other)
    look(ledger.office, ledger.people["赵主任"], other)


def test_an_administrator_is_listed_nothing(ledger: Ledger) -> None:
    admitted(ledger, "甲通知")
    with pytest.raises(ReviewflowError, match=r"review\.administrator"):
        list_cases(ledger.office, ledger.people["孙管理员"], QueueFilters(QueueView.ALL))


def test_every_filter_keeps_what_meets_it(ledger: Ledger) -> None:
    plain = admitted(ledger, "甲通知")
    plan = admitted(ledger, "乙规划", category="plans")
    unknown = admitted(ledger, "丙名单", category="", lane="attention")
    secret = admitted(ledger, "丁报告", lane="hold", status="non_public", bases=("OGI19-14-SECRET",))
    do(ledger, "李科员", plain)
    for filters, wanted in (
        (QueueFilters(QueueView.ALL, stage=Stage.OFFICE), [plain]),
        (QueueFilters(QueueView.OPEN, lane=Lane.ATTENTION), [unknown]),
        (QueueFilters(QueueView.OPEN, category=Category.PLANS), [plan]),
        (QueueFilters(QueueView.OPEN, category=Category.PLANS, lane=Lane.HOLD), []),
        (QueueFilters(QueueView.OPEN, status=Status.NON_PUBLIC), [secret]),
        (QueueFilters(QueueView.OPEN, status=Status.PROACTIVE, stage=Stage.SECTION), [unknown, plan]),
        (QueueFilters(QueueView.OPEN, text="规划"), [plan]),
        (QueueFilters(QueueView.OPEN, text="规划", stage=Stage.OFFICE), []),
        (QueueFilters(QueueView.DECIDED), []),
        (QueueFilters(QueueView.WAITING, stage=Stage.OFFICE), [plain]),
        (QueueFilters(QueueView.WAITING, stage=Stage.SECTION), []),
    ):
        assert ids(ledger, "赵主任", filters) == wanted, filters


def test_age_and_days_left_are_filters(ledger: Ledger) -> None:
    old = admitted(ledger, "甲通知", formed_on=date(2025, 9, 1))
    ledger.clock.at += timedelta(days=10)
    soon = admitted(ledger, "乙通知", formed_on=date(2025, 10, 17))
    later = admitted(ledger, "丙通知", formed_on=date(2025, 11, 12))
    assert ids(ledger, "李科员") == [old, soon, later]
    assert ids(ledger, "李科员", QueueFilters(older_than=5)) == [old]
    assert ids(ledger, "李科员", QueueFilters(older_than=20)) == []
    assert ids(ledger, "李科员", QueueFilters(overdue=True)) == [old]
    assert ids(ledger, "李科员", QueueFilters(due_within=3)) == [old, soon]


def test_days_left_are_workdays_and_none_once_decided(ledger: Ledger) -> None:
    case_id = admitted(ledger, "甲通知", formed_on=date(2025, 10, 20))
    (line,) = list_cases(ledger.office, ledger.people["李科员"]).lines
    assert (line.due_on, line.days_left) == (date(2025, 11, 17), 10)
    for name in ("李科员", "赵主任", "钱局长"):
        do(ledger, name, case_id)
    (line,) = list_cases(ledger.office, ledger.people["李科员"], QueueFilters(QueueView.DECIDED)).lines
    assert line.days_left is None


def test_pages_follow_one_another_without_gap_or_repeat(ledger: Ledger) -> None:
    made = [admitted(ledger, f"第{number}号通知", lane=("clear", "attention")[number % 2]) for number in range(7)]
    for filters in (
        QueueFilters(),
        QueueFilters(category=Category.ACTIVITIES),
        QueueFilters(text="通知"),
        QueueFilters(older_than=0),
    ):
        ledger.clock.at += timedelta(minutes=1)
        first = list_cases(ledger.office, ledger.people["李科员"], filters, size=3)
        second = list_cases(ledger.office, ledger.people["李科员"], filters, first.next_after, 3)
        third = list_cases(ledger.office, ledger.people["李科员"], filters, second.next_after, 3)
        listed = [line.id for page in (first, second, third) for line in page.lines]
        assert listed == [*made[1::2], *made[::2]]
        assert third.next_after is None
        assert (first.total, first.counts[Lane.ATTENTION], first.capped) == (7, 3, False)


def test_an_unknown_section_is_said(ledger: Ledger) -> None:
    with pytest.raises(ReviewflowError, match=r"queue\.no_section"):
        list_cases(ledger.office, ledger.people["赵主任"], QueueFilters(section="火科"))


def test_split_opinions_are_found_and_shown_with_both_reasons(ledger: Ledger) -> None:
    case_id, _ = admitted(ledger, "甲名单"), admitted(ledger, "乙通知")
    do(ledger, "李科员", case_id, Intent(Action.AGREE, "已按程序公示"))
    do(ledger, "赵主任", case_id, Intent(Action.CHANGE, "名单涉及个人", WITHHELD))
    for filters in (QueueFilters(split=True), QueueFilters(split=True, status=Status.NON_PUBLIC)):
        assert ids(ledger, "钱局长", filters) == [case_id]
    assert ids(ledger, "钱局长", QueueFilters(split=True, status=Status.PROACTIVE)) == []
    view = shown(ledger, "钱局长", case_id)
    section, office = view.opinion_of(Role.SECTION), view.opinion_of(Role.OFFICE)
    assert view.split
    assert section is not None
    assert office is not None
    assert (section.note, office.note) == ("已按程序公示", "名单涉及个人")
    assert office.citations[0].startswith("《政府信息公开条例》")


def test_a_case_says_what_can_be_done_by_whom(ledger: Ledger) -> None:
    case_id = admitted(ledger, "甲通知")

    def possible(name: str) -> set[str]:
        return {action.value for action in shown(ledger, name, case_id).actions}

    assert possible("李科员") == {"agree", "change", "refer", "consult", "withdraw", "supersede"}
    assert possible("赵主任") == set()
    do(ledger, "李科员", case_id)
    assert possible("李科员") == {"undo", "supersede"}
    assert possible("赵主任") == {"agree", "change", "return", "refer", "consult"}
    for name in ("赵主任", "钱局长"):
        do(ledger, name, case_id)
    assert possible("周信息员") == {"reopen"}


def test_all_that_was_possible_to_one_is_accepted_of_him(ledger: Ledger) -> None:
    case_id = admitted(ledger, "丁报告", lane="hold", status="non_public", bases=("OGI19-14-SECRET",))
    assert Action.DECLASSIFY in shown(ledger, "赵主任", case_id).actions
    record = Particulars(record="平岳市保密局 平密解〔2025〕3号 2025-10-30")
    do(ledger, "赵主任", case_id, Intent(Action.DECLASSIFY, "已解密", particulars=record))
    assert Action.DECLASSIFY not in shown(ledger, "赵主任", case_id).actions


def test_a_returned_cases_signatures_are_shown_void(ledger: Ledger) -> None:
    case_id = admitted(ledger, "甲通知")
    do(ledger, "李科员", case_id)
    do(ledger, "赵主任", case_id, RETURN)
    do(ledger, "李科员", case_id)
    steps = case_history(ledger.office, ledger.people["李科员"], case_id)
    told = [(step.action.value if step.action else "import", step.void) for step in steps]
    assert told == [("import", False), ("agree", True), ("return", False), ("agree", False)]


def test_a_signature_taken_back_is_void_even_within_the_same_moment(ledger: Ledger) -> None:
    case_id, li = admitted(ledger, "甲通知"), ledger.people["李科员"]
    for intent in (AGREE, Intent(Action.UNDO), AGREE):
        sign_case(ledger.office, li, case_id, intent)
    assert [step.void for step in case_history(ledger.office, li, case_id)] == [False, True, False, False]


def test_a_case_shows_its_text_proposal_and_consultation(ledger: Ledger) -> None:
    text = "各科室：" + "现将有关事项通知如下。" * 100
    case_id = admitted(ledger, "甲通知", content=text + "\n批注：内部", body_length=len(text))
    asked = Particulars(asked=Asked.THIRD_PARTY, whom="平岳云杉食品有限公司")
    do(ledger, "李科员", case_id, Intent(Action.CONSULT, "涉及其工艺", particulars=asked))
    view = shown(ledger, "李科员", case_id)
    assert (view.excerpt, view.text_length) == (text[:600], len(text))
    opened = dossier(ledger.office, ledger.people["李科员"], case_id)
    assert (opened.body, opened.outside) == (text, "批注：内部")
    assert (view.answer_due_on, view.answer_days_left) == (date(2025, 11, 24), 15)
    assert view.steps[-1].asked == "第三方 平岳云杉食品有限公司"
    assert view.proposed.keywords == ("执法检查",)


def test_one_may_tick_what_waits_for_ones_own_agreement_alone(ledger: Ledger) -> None:
    mine, signed = admitted(ledger, "甲通知"), admitted(ledger, "乙通知")
    do(ledger, "李科员", signed)

    def ticked(name: str) -> list[int]:
        return [
            one.id
            for one in list_cases(ledger.office, ledger.people[name], QueueFilters(QueueView.ALL)).lines
            if one.signable
        ]

    assert ticked("李科员") == [mine]
    assert ticked("赵主任") == [signed]
    assert ticked("钱局长") == []
