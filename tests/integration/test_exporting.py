"""Public exports: only what was decided, only public fields, and never a word of what was found."""

import csv
import json
import sqlite3
import string
import zipfile
from datetime import date, timedelta
from html import unescape
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewflow.domain.catalogue import Channel
from reviewflow.domain.review import Reopening
from reviewflow.domain.terms import Category, Kind, Lane, Status
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.catalogue.entries import retire_entry
from reviewflow.services.catalogue.export import MASK_FIRST, ExportSelection, export_catalogue, public_entries
from reviewflow.services.catalogue.publication import record_publication
from reviewflow.services.catalogue.recorded_export import content_digest
from reviewflow.text.masking import squeeze
from tests.integration.conftest import Ledger
from tests.integration.deciding import ON_REQUEST, PROACTIVE, WITHHELD, decide, decided, reopen, take_step
from tests.integration.test_cataloguing import found, record_of
from tests.integration.test_reviewing import AGREE
from tests.limits import files_no_longer_than

FORMS = ("csv", "xlsx", "json", "xml", "html")
NUMBERS = count(1)


def written(path: Path) -> str:
    """All text of an exported file or folder, of a spreadsheet also what does not show."""
    if path.is_dir():
        return "\n".join(one.read_text("utf-8") for one in sorted(path.rglob("*")) if one.is_file())
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            return unescape("\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist()))
    return path.read_text("utf-8-sig")


def export(ledger: Ledger, path: Path, form: str, by: str = "周信息员", **selected: object) -> str:
    done = export_catalogue(ledger.office, ledger.people[by], path, form, ExportSelection(**selected))  # type: ignore[arg-type]
    assert done.digest == content_digest(path)
    return written(path)


def export_all(ledger: Ledger, folder: Path, **selected: object) -> dict[str, str]:
    folder.mkdir()
    return {form: export(ledger, folder / f"out.{form}", form, **selected) for form in FORMS}


def exports_recorded() -> int:
    return rows.AuditEntry.objects.filter(action="export").count()


def test_every_form_holds_what_was_decided_and_nothing_else(ledger: Ledger, tmp_path: Path) -> None:
    decided(ledger, "已确定的通知", doc_number="青环发〔2025〕7号")
    decided(ledger, "依申请的通知", ON_REQUEST)
    decided(ledger, "不公开的请示", WITHHELD)
    ledger.admit(ledger.arrival("在科室的通知"))
    (second,) = ledger.admit(ledger.arrival("在办公室的通知"))
    (third,) = ledger.admit(ledger.arrival("在局长处的通知"))
    take_step(ledger, "李科员", second, AGREE)
    take_step(ledger, "李科员", third, AGREE)
    take_step(ledger, "赵主任", third, AGREE)
    for text in export_all(ledger, tmp_path / "out").values():
        assert "已确定的通知" in text
        assert "青环发〔2025〕7号" in text
        for other in (
            "依申请的通知",
            "不公开的请示",
            "在科室的通知",
            "在办公室的通知",
            "在局长处的通知",
            "李科员",
            "大气科",
        ):
            assert other not in text


def test_on_request_entries_go_into_a_file_of_their_own_without_their_text(ledger: Ledger, tmp_path: Path) -> None:
    decided(ledger, "主动的通知")
    decided(ledger, "依申请的通知", ON_REQUEST, content="依申请的通知\n正文里的具体内容。")
    for text in export_all(ledger, tmp_path / "out", status=Status.ON_REQUEST).values():
        assert "依申请的通知" in text
        assert "主动的通知" not in text
        assert "正文里的具体内容" not in text


def test_withheld_items_are_no_catalogue(ledger: Ledger, tmp_path: Path) -> None:
    decided(ledger, "不公开的请示", WITHHELD)
    with pytest.raises(ReviewflowError, match=r"export\.withheld"):
        export(ledger, tmp_path / "out.csv", "csv", status=Status.NON_PUBLIC)
    assert not list(tmp_path.glob("*.csv"))


@pytest.mark.parametrize("name", ["李科员", "孙管理员"])
def test_sections_and_administrators_do_not_export(ledger: Ledger, tmp_path: Path, name: str) -> None:
    with pytest.raises(ReviewflowError, match=r"permission\.denied"):
        export(ledger, tmp_path / "out.csv", "csv", by=name)
    assert exports_recorded() == 0


def test_an_export_is_recorded_with_what_was_asked_for(ledger: Ledger, tmp_path: Path) -> None:
    decided(ledger)
    path = tmp_path / "out.csv"
    export(ledger, path, "csv", since=date(2025, 11, 1), category=Category.ACTIVITIES)
    details = json.loads(rows.AuditEntry.objects.get(action="export").details)
    assert details == {
        "form": "csv", "since": "2025-11-01", "until": "", "category": "activities", "status": "proactive",
        "retired": True, "count": 1, "digest": content_digest(path),
    }  # fmt: skip


def test_days_category_and_validity_select(ledger: Ledger, tmp_path: Path) -> None:
    first = decided(ledger, "十一月的通知")
    ledger.clock.at += timedelta(days=40)
    second = decided(ledger, "十二月的规划", type(PROACTIVE)(Category.PLANS, Status.PROACTIVE))
    retire_entry(ledger.office, ledger.people["周信息员"], first, "过期")

    def numbers(**selected: object) -> list[str]:
        return [one.index_number for one in public_entries(ExportSelection(**selected), bodies=False)]  # type: ignore[arg-type]

    assert numbers() == [first, second]
    assert numbers(until=date(2025, 11, 3)) == [first]
    assert numbers(since=date(2025, 11, 4)) == [second]
    assert numbers(category=Category.PLANS) == [second]
    assert numbers(include_retired=False) == [second]


def test_an_empty_catalogue_is_a_valid_file_that_says_so(ledger: Ledger, tmp_path: Path) -> None:
    texts = export_all(ledger, tmp_path / "out")
    assert len(list(csv.reader(texts["csv"].splitlines()))) == 1
    assert json.loads(texts["json"])["count"] == 0
    assert "共 0 条" in texts["xlsx"]
    assert "0" in texts["html"]


def test_the_text_of_the_approved_file_goes_out_without_comments_and_properties(ledger: Ledger, tmp_path: Path) -> None:
    body = "关于开展秋季执法检查的通知\n各科室：请认真执行。\n"
    content = f"{body}批注里的意见\n属性里的作者\n"
    parts = json.dumps([["comment", len(body), len(body) + 6], ["property", len(body) + 7, len(body) + 13]])
    decided(ledger, content=content, body_length=len(body), parts=parts)
    texts = export_all(ledger, tmp_path / "out")
    assert "请认真执行" in texts["json"]
    assert "请认真执行" not in texts["csv"] + texts["xlsx"]
    for text in texts.values():
        assert "批注里的意见" not in text
        assert "属性里的作者" not in text


@pytest.mark.parametrize("kind", ["deleted", "hidden", "inserted"])
def test_a_file_with_traces_of_editing_in_its_body_goes_out_without_text(ledger: Ledger, kind: str) -> None:
    content = "关于开展检查的通知\n各科室：请先按旧办法执行。"
    at = content.index("旧办法")
    decided(ledger, "关于开展检查的通知", content=content, parts=json.dumps([[kind, at, at + 3]]))
    (entry,) = public_entries(ExportSelection(), bodies=True)
    assert (entry.body, entry.remark) == ("", MASK_FIRST)


def test_a_text_with_findings_stays_inside_and_says_why(ledger: Ledger, tmp_path: Path) -> None:
    content = "关于王小明信访事项的答复\n信访人王小明反映油烟问题。"
    record = record_of(
        findings=[found(content, "王小明")], summary="信访人王小明反映油烟问题。", keywords=["王小明", "油烟"]
    )
    decided(ledger, "关于王小明信访事项的答复", content=content, record=record, doc_number="青环信〔2025〕3号")
    (entry,) = public_entries(ExportSelection(), bodies=True)
    assert (entry.title, entry.summary) == ("关于王某某信访事项的答复", "信访人王某某反映油烟问题。")
    assert (entry.keywords, entry.body, entry.remark) == (("油烟",), "", MASK_FIRST)
    for text in export_all(ledger, tmp_path / "out").values():
        assert "王小明" not in text


def test_a_text_that_once_carried_a_mark_stays_inside(ledger: Ledger) -> None:
    from reviewflow.domain.review import Action, Particulars
    from reviewflow.domain.signing import Intent

    (case_id,) = ledger.admit(ledger.arrival(lane=Lane.HOLD.value, status="non_public", bases=("OGI19-14-SECRET",)))
    record = Particulars(record="平岳市保密局 平密解〔2025〕3号")
    take_step(ledger, "赵主任", case_id, Intent(Action.DECLASSIFY, "已解密", particulars=record))
    decide(ledger, case_id, PROACTIVE)
    (entry,) = public_entries(ExportSelection(), bodies=True)
    assert entry.body == ""


def test_a_retracted_entry_is_gone_from_the_next_export(ledger: Ledger, tmp_path: Path) -> None:
    (case_id,) = ledger.admit(ledger.arrival("误公开的通知"))
    decide(ledger, case_id)
    assert "误公开的通知" in export(ledger, tmp_path / "out.json", "json")
    reopen(ledger, case_id, Reopening.RETRACTION)
    assert "误公开的通知" not in export(ledger, tmp_path / "out.json", "json")


def test_channels_and_the_first_day_are_exported(ledger: Ledger, tmp_path: Path) -> None:
    number = decided(ledger)
    ledger.clock.at += timedelta(days=2)
    record_publication(ledger.office, ledger.people["赵主任"], number, Channel.WEIBO, date(2025, 11, 4))
    text = export(ledger, tmp_path / "out.xml", "xml")
    assert "<OTHER_PUB_METHOD>政务微博</OTHER_PUB_METHOD>" in text
    assert "<PUB_DATE>2025-11-04</PUB_DATE>" in text


@pytest.mark.parametrize("form", FORMS)
def test_a_missing_folder_leaves_no_file_and_no_record(ledger: Ledger, tmp_path: Path, form: str) -> None:
    decided(ledger)
    with pytest.raises(ReviewflowError, match=r"write\.failed"):
        export(ledger, tmp_path / "none" / "out", form)
    assert not (tmp_path / "none").exists()
    assert exports_recorded() == 0


@pytest.mark.parametrize("form", ["json", "xml", "html"])
def test_a_full_disk_leaves_the_earlier_file_and_no_record(ledger: Ledger, tmp_path: Path, form: str) -> None:
    decided(ledger, content="很长的正文。\n" * 60_000)
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "earlier").write_text("旧")
    path = folder / "catalogue"
    with files_no_longer_than(500_000), pytest.raises(ReviewflowError, match=r"write\.failed"):
        export(ledger, path, form)
    assert [one.name for one in folder.iterdir()] == ["earlier"]
    assert exports_recorded() == 0


def test_a_device_or_folder_is_no_file_to_write(ledger: Ledger, tmp_path: Path) -> None:
    decided(ledger)
    for path in (Path("/dev/full"), tmp_path):
        with pytest.raises(ReviewflowError, match=r"write\.failed"):
            export(ledger, path, "csv")
    assert Path("/dev/full").is_char_device()
    assert exports_recorded() == 0


def test_a_ledger_that_refuses_the_record_leaves_no_file(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    def full(*_: object) -> None:
        cause = sqlite3.OperationalError("database or disk is full")
        cause.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise OperationalError from cause

    decided(ledger)
    monkeypatch.setattr("reviewflow.services.catalogue.recorded_export.append", full)
    with pytest.raises(ReviewflowError, match=r"ledger\.disk_full"):
        export(ledger, tmp_path / "out.csv", "csv")
    assert not [one for one in tmp_path.iterdir() if "out" in one.name]


SURNAMES = ("王", "李", "欧阳", "慕容")
RARE = "鑫淼焱垚犇骉羴猋晶磊"
NAMES = st.builds(lambda a, b: a + b, st.sampled_from(SURNAMES), st.text(RARE, min_size=1, max_size=2))
DIGITS = st.text(string.digits, min_size=8, max_size=16).map("139".__add__)
OTHERS = st.text(RARE + "0123 -", min_size=4, max_size=12).map("鑫12".__add__)
SECRETS = st.one_of(
    st.tuples(st.just(Kind.PERSON_PRIVATE), NAMES),
    st.tuples(st.sampled_from([Kind.ID_NUMBER, Kind.MOBILE, Kind.BANK_ACCOUNT]), DIGITS),
    st.tuples(st.sampled_from([Kind.HEALTH, Kind.ADDRESS_HOME, Kind.TRADE_SECRET]), OTHERS),
)
PLAIN = st.text("关于开展执法检查的通知，。反映油烟问题", max_size=12)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, object]:
    """A document whose secrets stand in its body and perhaps in all that is said of it, whole, spaced or cut."""
    secrets = draw(st.lists(SECRETS, min_size=1, max_size=3))
    content, findings = "", []
    for kind, text in secrets:
        content += draw(PLAIN)
        findings.append({"kind": kind.value, "start": len(content), "end": len(content) + len(text), "where": "正文"})
        content += text
    content += draw(PLAIN) + "正文。"
    spelled = [text for _, text in secrets] + [" ".join(text) for _, text in secrets]
    saying = st.lists(st.one_of(PLAIN, st.sampled_from(spelled)), max_size=4).map("".join)
    cut = draw(st.integers(0, len(content)))
    return {
        "content": content,
        "body_length": draw(st.sampled_from([len(content), 0, findings[-1]["start"]])),
        "doc_number": draw(saying)[:120],
        "record": record_of(
            findings=findings,
            summary=draw(st.one_of(saying, st.just(content[:cut] + "…"))),
            keywords=draw(st.lists(st.one_of(saying, st.just("检查")), max_size=3)),
        ),
        "title": draw(saying),
        "secrets": [text for _, text in secrets],
    }


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=documents(), closed=st.booleans())
def test_no_export_holds_anything_that_was_found(
    ledger: Ledger, tmp_path: Path, document: dict[str, object], closed: bool
) -> None:
    secrets = document.pop("secrets")
    assert isinstance(secrets, list)
    number = next(NUMBERS)
    title = f"{document.pop('title')}第{number}期"
    source = f"{number}.txt"
    decided(ledger, title, ON_REQUEST if closed else None, source=source, **document)
    status = Status.ON_REQUEST if closed else Status.PROACTIVE
    folder = tmp_path / str(number)
    folder.mkdir()
    for form in FORMS:
        text = squeeze(export(ledger, folder / f"out.{form}", form, status=status)).text
        for secret in secrets:
            assert squeeze(secret).text not in text
