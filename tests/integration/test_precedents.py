"""Precedents: what was decided on the same template or nearly the same text, and a warning when it was otherwise."""

from dataclasses import replace

from reviewflow.domain.review import Action, Decision
from reviewflow.domain.signing import Intent
from reviewflow.domain.terms import Category, Status
from reviewflow.services.case.dossier import dossier
from reviewflow.services.case.precedents import ELSEWHERE, Likeness, Precedents, precedents
from reviewflow.services.review.acts import sign_case
from tests.integration.conftest import Ledger

BODY = "经审查，你单位报送的环境影响报告表所列建设内容、选址和环保措施可行，原则同意按报告表所述内容建设。" * 4
PENALTY = "根据现场检查情况，决定给予警告并处罚款，限期改正，逾期不改的按日连续处罚，当事人可依法申请复议。" * 4
CLOSED = Decision(Category.DUTIES, Status.ON_REQUEST, ("OGI19-15-PRIVACY",))


def approval(ledger: Ledger, party: str, content: str = BODY, **changes: object) -> int:
    """Admit one more approval of the same template."""
    made = ledger.arrival(
        f"关于{party}年产五千吨饲料项目环境影响报告表的批复", content=f"{party}：\n{content}", **changes
    )
    return ledger.admit(made)[0]


def decide(ledger: Ledger, case_id: int, decision: Decision | None = None, section: str = "李科员") -> None:
    """Three signatures, the first of them for another decision where one is given."""
    first = Intent(Action.CHANGE, "涉及个人", decision) if decision else Intent(Action.AGREE)
    sign_case(ledger.office, ledger.people[section], case_id, first)
    for name in ("赵主任", "钱局长"):
        sign_case(ledger.office, ledger.people[name], case_id, Intent(Action.AGREE))


def seen(ledger: Ledger, case_id: int, by: str = "李科员", limit: int = 5) -> Precedents:
    person = ledger.people[by]
    return precedents(ledger.office, person, dossier(ledger.office, person, case_id), limit)


def test_decided_cases_of_the_same_template_are_listed_with_what_was_decided(ledger: Ledger) -> None:
    earlier, undecided, now = (approval(ledger, party) for party in ("甲厂", "乙厂", "丙厂"))
    decide(ledger, earlier)
    found = seen(ledger, now)
    assert [one.case_id for one in found.found] == [earlier]
    (one,) = found.found
    assert (one.likeness, one.status, one.decided_on) == (
        Likeness.TEMPLATE,
        Status.PROACTIVE,
        ledger.clock.at.date(),
    )
    assert one.similarity > 0.8
    assert found.warning == ""
    assert undecided not in {one.case_id for one in found.found}


def test_the_same_template_decided_otherwise_is_a_warning(ledger: Ledger) -> None:
    earlier, now = approval(ledger, "甲厂"), approval(ledger, "乙厂")
    decide(ledger, earlier, CLOSED)
    found = seen(ledger, now)
    assert "同一模板，不同结论" in found.warning
    assert "依申请公开" in found.warning


def test_one_decided_otherwise_is_not_lost_among_many(ledger: Ledger) -> None:
    odd = approval(ledger, "甲厂", content=PENALTY)
    decide(ledger, odd, CLOSED)
    for number in range(8):
        decide(ledger, approval(ledger, f"第{number}厂"))
    found = seen(ledger, approval(ledger, "乙厂"), limit=3)
    assert len(found.found) == 3
    assert found.found[-1].case_id == odd
    assert "不同结论" in found.warning


def test_nearly_the_same_text_under_another_title_is_found(ledger: Ledger) -> None:
    (earlier,) = ledger.admit(ledger.arrival("处罚情况的说明", content=PENALTY))
    decide(ledger, earlier, CLOSED)
    (now,) = ledger.admit(ledger.arrival("对某店的行政告知", content=PENALTY + "特此告知。"))
    found = seen(ledger, now)
    assert [(one.case_id, one.likeness) for one in found.found] == [(earlier, Likeness.TEXT)]
    assert "不同结论" in found.warning


def test_what_is_alike_in_nothing_is_no_precedent(ledger: Ledger) -> None:
    (earlier,) = ledger.admit(ledger.arrival("空气质量月报", content=PENALTY))
    decide(ledger, earlier, CLOSED)
    assert seen(ledger, approval(ledger, "甲厂")) == Precedents()


def test_of_another_section_only_the_status_is_told(ledger: Ledger) -> None:
    earlier = approval(ledger, "甲厂")
    decide(ledger, earlier)
    made = ledger.arrival("关于乙厂年产五千吨饲料项目环境影响报告表的批复", content=f"乙厂：\n{BODY}")
    (now,) = ledger.admit(replace(made), by="王科员")
    (one,) = seen(ledger, now, by="王科员").found
    assert (one.title, one.case_id, one.number, one.decided_on) == (ELSEWHERE, 0, "", None)
    assert one.status is Status.PROACTIVE
    (one,) = seen(ledger, now, by="赵主任").found
    assert one.case_id == earlier


def test_a_case_is_no_precedent_of_itself(ledger: Ledger) -> None:
    case_id = approval(ledger, "甲厂")
    decide(ledger, case_id)
    assert seen(ledger, case_id) == Precedents()
