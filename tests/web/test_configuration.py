"""The desk and the configuration: an edit is taken up by signing, proposing and the pages alike, or by none of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

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
