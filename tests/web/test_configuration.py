"""The desk and the configuration: an edit is taken up by signing, proposing and the pages alike, or by none of them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reviewflow.configuration import current
from reviewflow.records import models as rows
from tests.web.conftest import Desk

BASIS = "\n- 代码: 测试办法5\n  引文: 《测试办法》第五条\n  状态: [不予公开]\n"
RULE = """
- 编号: T900
  名称: 测试事项
  标题: [测试办法事项]
  状态: 不予公开
  依据: [测试办法5]
  正例: [关于测试办法事项的报告]
"""


@pytest.fixture
def add(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """A way to add to a file of the configuration while the desk serves; the next request looks at it."""
    monkeypatch.setattr(current, "SETTLED_SECONDS", 0.0)
    configs = desk.ledger.office.settings.configs

    def add_to(name: str, text: str) -> None:
        file: Path = configs / name
        whole = file.read_text("utf-8").rstrip("\n") + text
        file.unlink()  # a link to the shipped one
        file.write_text(whole, "utf-8")

    return add_to


def test_a_new_basis_is_known_to_pages_and_signing_of_the_running_desk(
    desk: Desk, add: Callable[[str, str], None]
) -> None:
    officer = desk.as_("赵主任")
    assert officer.get("/rules/").status_code == 200
    add("legal_bases.yaml", BASIS)
    add("rules.yaml", RULE)
    assert "《测试办法》第五条" in officer.get("/rules/").content.decode()
    hits = officer.post("/rules/try", {"text": "关于测试办法事项的报告"}).content.decode()
    assert "测试事项" in hits
    (case_id,) = desk.ledger.admit(desk.ledger.arrival())
    sent = {"action": "change", "version": "1", "status": "non_public", "basis": "测试办法5"}
    answer = desk.as_("李科员").post(f"/cases/{case_id}/act", {**sent, "note": "属于测试事项"})
    assert answer.status_code == 302
    assert "测试办法5" in rows.Signature.objects.get(case_id=case_id).bases


def test_a_faulty_edit_leaves_the_desk_as_it_was_and_is_told_to_those_who_can_mend_it(
    desk: Desk, add: Callable[[str, str], None]
) -> None:
    assert desk.as_("赵主任").get("/rules/").status_code == 200
    add("rules.yaml", RULE)
    page = desk.as_("赵主任").get("/rules/").content.decode()
    assert "T900" not in page
    assert "配置文件有误，没有生效" in page
    assert "rules.yaml:" in desk.as_("孙管理员").get("/rules/").content.decode()
    assert "配置文件有误" not in desk.as_("李科员").get("/rules/").content.decode()
    add("legal_bases.yaml", BASIS)
    page = desk.as_("赵主任").get("/rules/").content.decode()
    assert "T900" in page
    assert "配置文件有误" not in page


def upload(desk: Desk, name: str) -> list[str]:
    """Upload a document about what the rule T900 is about; the rules by which it was proposed for."""
    text = f"关于测试办法事项的报告\n市政府：\n现将有关情况报告如下（{name}）。\n一、总体情况良好。\n"
    answer = desk.as_("李科员").post("/upload/", {"files": SimpleUploadedFile(name, text.encode())})
    assert answer.status_code == 200
    return [rule["id"] for rule in json.loads(rows.Proposal.objects.latest("pk").record)["rules"]]


def test_what_is_uploaded_is_proposed_for_by_the_rules_that_the_pages_show(
    desk: Desk, add: Callable[[str, str], None]
) -> None:
    assert "T900" not in upload(desk, "甲.txt")
    add("rules.yaml", RULE)  # names a basis that is not there yet
    assert "T900" not in upload(desk, "乙.txt")
    assert "T900" not in desk.as_("赵主任").get("/rules/").content.decode()
    add("legal_bases.yaml", BASIS)
    assert "T900" in upload(desk, "丙.txt")
    assert "T900" in desk.as_("赵主任").get("/rules/").content.decode()
