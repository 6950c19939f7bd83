"""Taking documents in: each once, corrected ones in place of the old, whatever stands in them, on both databases."""

from dataclasses import replace
from datetime import date

import pytest

from reviewflow.domain.review import Action, Asked, Particulars, Stage
from reviewflow.domain.signing import Intent
from reviewflow.domain.terms import Lane
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.records.projection import replay_case
from reviewflow.services.access import only_section, section_for
from reviewflow.services.intake.admission import Admitted, admit
from reviewflow.services.intake.arrival import Arrival
from reviewflow.services.review.acts import sign_case
from tests.integration.conftest import Ledger

AGREE = Intent(Action.AGREE)
WAYS = {
    Stage.SECTION: (),
    Stage.OFFICE: (("李科员", AGREE),),
    Stage.DIRECTOR: (("李科员", AGREE), ("赵主任", AGREE)),
    Stage.DECIDED: (("李科员", AGREE), ("赵主任", AGREE), ("钱局长", AGREE)),
    Stage.RETURNED: (("李科员", AGREE), ("赵主任", Intent(Action.RETURN, "附件不全"))),
    Stage.REFERRED: (("李科员", Intent(Action.REFER, "请核定", particulars=Particulars(whom="平岳市保密局"))),),
    Stage.CONSULTING: (
        ("李科员", Intent(Action.CONSULT, "涉及该厂", particulars=Particulars(asked=Asked.THIRD_PARTY, whom="某厂"))),
    ),
}


def bring(ledger: Ledger, *arrivals: Arrival, by: str = "李科员", supersedes: int | None = None) -> Admitted:
    actor, at = ledger.people[by], ledger.clock.at
    section = section_for(actor, only_section(actor, at), at)
    return admit(ledger.office, actor, section, arrivals, supersedes)


def correction(ledger: Ledger) -> Arrival:
    return ledger.arrival(content="更正后的正文，日期写错了。")


def test_the_same_file_twice_is_one_document_also_under_another_name(ledger: Ledger) -> None:
    one = ledger.arrival()
    first = bring(ledger, one, replace(one, source="副本.txt"))
    again = bring(ledger, replace(one, source="另一个名字.txt"))
    assert (len(first.new), first.known, again.known) == (1, 1, 1)
    assert rows.Document.objects.count() == rows.AuditEntry.objects.count() == 1


def test_another_section_has_its_own_case_of_the_same_file(ledger: Ledger) -> None:
    bring(ledger, ledger.arrival())
    assert len(bring(ledger, ledger.arrival(), by="王科员").new) == 1


@pytest.mark.parametrize("stage", WAYS, ids=lambda stage: stage.value)
def test_a_corrected_file_brings_the_case_back_to_the_section_from_any_stage(ledger: Ledger, stage: Stage) -> None:
    (case_id,) = bring(ledger, ledger.arrival()).new
    for name, intent in WAYS[stage]:
        sign_case(ledger.office, ledger.people[name], case_id, intent)
    assert rows.Case.objects.get(pk=case_id).stage == stage.value
    corrected = correction(ledger)
    assert bring(ledger, corrected) == Admitted((), (), (case_id,), ())
    row = rows.Case.objects.get(pk=case_id)
    assert (row.stage, row.is_open, row.decided_at) == ("section", True, None)
    assert replay_case(row).standing == ()
    assert [one.version for one in row.documents.order_by("id")] == [1, 2]
    assert row.document.digest == corrected.digest
    assert row.signatures.order_by("-position")[0].file_digest == row.document.digest
    entry = rows.AuditEntry.objects.order_by("-sequence")[0]
    assert (entry.action, entry.subject) == ("supersede", f"case:{case_id}")


def test_a_withdrawn_case_stays_withdrawn_and_a_new_one_is_opened(ledger: Ledger) -> None:
    (case_id,) = bring(ledger, ledger.arrival()).new
    sign_case(ledger.office, ledger.people["李科员"], case_id, Intent(Action.WITHDRAW, "不是公文"))
    done = bring(ledger, correction(ledger))
    assert (len(done.new), done.superseded) == (1, ())
    with pytest.raises(ReviewflowError, match=r"review\.withdrawn"):
        bring(ledger, ledger.arrival(content="又一次更正。"), supersedes=case_id)


def test_a_corrected_title_is_known_by_its_number(ledger: Ledger) -> None:
    (case_id,) = bring(ledger, ledger.arrival("关于检查的通知", doc_number="平环青〔2025〕7号", source="7号.docx")).new
    corrected = ledger.arrival("关于开展检查的通知", doc_number="平环青〔2025〕7号", source="7号.docx")
    assert bring(ledger, corrected).superseded == (case_id,)


@pytest.mark.parametrize(
    "differing",
    [
        {"source": "别的文件.txt"},
        {"title": "空气质量公报"},
        {"formed_on": date(2025, 10, 31)},
        {"doc_number": "平环青〔2025〕8号"},
    ],
)
def test_what_is_about_another_matter_supersedes_nothing(ledger: Ledger, differing: dict[str, object]) -> None:
    common = {"title": "空气质量月报", "source": "月报.docx", "doc_number": "平环青〔2025〕7号"}
    if "formed_on" in differing:
        common["doc_number"] = ""
    bring(ledger, ledger.arrival(**common))
    other = ledger.arrival(content="别的内容。", **{**common, "doc_number": "", **differing})
    done = bring(ledger, other)
    assert (len(done.new), done.superseded) == (1, ())


def test_a_correction_from_elsewhere_names_its_case(ledger: Ledger) -> None:
    (case_id,) = bring(ledger, ledger.arrival()).new
    other = ledger.arrival("关于检查的补充通知", source="邮件附件.docx")
    assert bring(ledger, other, supersedes=case_id).superseded == (case_id,)
    assert rows.Case.objects.get(pk=case_id).title == "关于检查的补充通知"


def test_a_file_that_is_known_replaces_nothing(ledger: Ledger) -> None:
    case_id, _ = bring(ledger, ledger.arrival(), ledger.arrival("第二件")).new
    with pytest.raises(ReviewflowError, match=r"intake\.known"):
        bring(ledger, ledger.arrival("第二件"), supersedes=case_id)
    assert rows.AuditEntry.objects.count() == 2


def test_another_sections_case_is_not_replaced(ledger: Ledger) -> None:
    (case_id,) = bring(ledger, ledger.arrival()).new
    with pytest.raises(ReviewflowError, match=r"review\.no_case"):
        bring(ledger, ledger.arrival("水质月报"), by="王科员", supersedes=case_id)
    assert not rows.Case.objects.filter(section__name="水科").exists()


def test_a_mark_on_the_new_file_holds_the_case(ledger: Ledger) -> None:
    (case_id,) = bring(ledger, ledger.arrival()).new
    marked = ledger.arrival(content="机密★5年", lane=Lane.HOLD.value, status="non_public", bases=("OGI19-14-SECRET",))
    bring(ledger, marked)
    row = rows.Case.objects.get(pk=case_id)
    assert (row.lane, row.hold, row.status) == ("hold", True, "non_public")


def test_dates_beyond_every_calendar_are_kept(ledger: Ledger) -> None:
    days = (date(1, 1, 1), date(9999, 12, 31), None)
    ids = bring(ledger, *(ledger.arrival(f"第{n}件", formed_on=day) for n, day in enumerate(days))).new
    assert list(rows.Case.objects.filter(pk__in=ids).order_by("id").values_list("formed_on", flat=True)) == list(days)


def test_an_administrator_and_strangers_bring_nothing_in(ledger: Ledger) -> None:
    at = ledger.clock.at
    for name, section, code in (
        ("孙管理员", "大气科", "review.administrator"),
        ("王科员", "大气科", "intake.not_yours"),
        ("李科员", "没有的科", "intake.no_section"),
    ):
        with pytest.raises(ReviewflowError) as told:
            section_for(ledger.people[name], section, at)
        assert told.value.code == code
    with pytest.raises(ReviewflowError, match=r"intake\.which_section"):
        only_section(ledger.people["赵主任"], at)
