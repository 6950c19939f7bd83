"""The JSON interface asked for what makes no sense: refused, and nothing is changed."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reviewflow.records import models as rows
from tests.web.conftest import ON_BOTH, Desk
from tests.web.programs import Program, a_case

pytestmark = ON_BOTH


def test_fields_that_are_not_described_change_nothing(desk: Desk) -> None:
    case_id = a_case(desk)
    sent = {"stage": "decided", "user": 3, "role": "director", "lane": "clear", "by": "钱局长", "at": "2020-01-01"}
    assert Program(desk, "李科员").act(case_id, **sent).status == 200
    signature = rows.Signature.objects.get()
    assert (signature.name, signature.role, rows.Case.objects.get().stage) == ("李科员", "section", "office")
    assert signature.at.year > 2020


SENSELESS: tuple[str | bytes, ...] = (
    " ",
    "{",
    "[]",
    "null",
    "NaN",
    '{"action": "agree", "version": NaN}',
    b"\xff\xfe",
    "[" * 50_000,
    "9" * 5000,
    '{"action": "agree"}',
    '{"action": "agree", "version": "1"}',
    '{"action": "agree", "version": true}',
    '{"action": "agree", "version": 1.5}',
    '{"action": "agree", "version": 0}',
    '{"action": "agree", "version": 99999999999999999999999}',
    '{"action": "agree", "version": 1e400}',
    '{"action": "agree", "version": 1, "note": "a\\u0000b"}',
    '{"action": "agree", "version": 1, "note": "\\ud800"}',
    '{"action": "agree", "version": 1, "note": ["x"]}',
    '{"action": "change", "version": 1, "note": "x", "category": "nothing"}',
    '{"action": "change", "version": 1, "note": "x", "bases": "OGI19-15-PRIVACY"}',
    '{"action": "change", "version": 1, "note": "x", "bases": [1]}',
    '{"action": "supersede", "version": 1}',
    '{"action": "agree", "version": 1, "side": "director"}',
    json.dumps({"action": "agree", "version": 1, "note": "长" * 2001}),
)


def test_a_body_that_makes_no_sense_changes_nothing(desk: Desk) -> None:
    case_id, program = a_case(desk), Program(desk, "李科员")
    for body in SENSELESS:
        assert program.post(f"cases/{case_id}/actions", body).status == 400, body[:80]
    assert not rows.Signature.objects.exists()


def test_a_large_body_and_another_kind_of_body_are_not_read(desk: Desk) -> None:
    case_id = a_case(desk)
    program = Program(desk, "李科员")
    body = {"action": "agree", "version": 1, "note": "x" * 100_000}
    assert program.post(f"cases/{case_id}/actions", body).code == (413, "api.too_large")
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        assert program.post(f"cases/{case_id}/actions", "{}", kind).code == (415, "api.content_type")
    assert program.post("documents", "{}").code == (415, "api.content_type")
    assert program.post("documents", "x", "multipart/form-data").code == (400, "api.malformed")


def test_a_file_that_is_too_large_or_a_table_or_not_alone_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = Program(desk, "李科员")
    assert program.submit(name="表.csv").code == program.submit("").code == (422, "documents.refused")
    assert program.submit(also=SimpleUploadedFile("乙.txt", b"x")).code == (400, "api.field")
    assert program.submit(section="甲\0").code == (400, "api.field")
    monkeypatch.setattr("reviewflow.web.api.document_endpoints.MEGABYTE", 1)
    assert program.submit("长" * 20).code == (413, "api.too_large")
    assert program.submit("长" * 500_000).code == (413, "api.too_large")
    assert not rows.Document.objects.exists()


def test_numbers_beyond_all_measure_are_no_cases(desk: Desk) -> None:
    program = Program(desk, "赵主任")
    for number in ("0", "-1", "007", "9" * 15, "9" * 16, "9" * 5000, "１", "x", "1.0"):
        assert program.get(f"cases/{number}").status == 404
        assert program.post(f"cases/{number}/actions", {"action": "agree", "version": 1}).status == 404
    for number in ("0", "-1", "9" * 16, "9" * 5000, "１", "x", "1.0", "", " 1", "01"):
        assert program.get("queue", after=number).code == (400, "api.field")
    assert program.get("queue", after="9" * 15).code == (404, "review.no_case")


UNKNOWN = (
    "queue?lane=x",
    "queue?lane=",
    "queue?lanes=clear",
    "queue?lane=clear&lane=hold",
    "queue?text=%00",
    "queue?older_than=10000",
    f"queue?section={'x' * 61}",
    "search",
    "search?text=",
    "search?text=x&page=0",
    "search?text=x&page=99999999999999999999",
    "catalogue?status=non_public",
    "catalogue?after=x",
    "catalogue?format=html",
    "me?x=1",
)


def test_parameters_that_make_no_sense_are_refused(desk: Desk) -> None:
    program = Program(desk, "赵主任")
    for address in UNKNOWN:
        assert program.get(address).status == 400, address


@pytest.mark.parametrize("query", ["after=2025-02-30:1", "format=csv&since=2025-02-30", "format=csv&since=2025-03-01&until=2025-02-01"])  # fmt: skip
def test_days_that_are_none_are_refused(desk: Desk, query: str) -> None:
    assert Program(desk, "赵主任").get(f"catalogue?{query}").code == (422, "web.field")


def test_parameters_of_lists_and_files_are_not_mixed(desk: Desk) -> None:
    program = Program(desk, "周信息员")
    for query in ({"format": "csv", "text": "x"}, {"since": "2025-01-01"}, {"retired": "1"}):
        assert program.get("catalogue", **query).code == (422, "catalogue.parameters")
