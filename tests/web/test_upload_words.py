"""上传: what the page and its refusals say of bounds and of tables."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.crashing import crashing_workbook
from tests.web.conftest import Desk
from tests.web.looking import page


def refusal(desk: Desk, name: str, content: bytes) -> str:
    response = desk.as_("李科员").post(
        "/upload/", {"files": SimpleUploadedFile(name, content)}, headers={"Accept": "application/json"}
    )
    (sent,) = response.json()["files"]
    assert not sent["ok"]
    return str(sent["message"])


def test_the_bound_on_files_in_one_request_can_be_hidden_by_itself(desk: Desk) -> None:
    assert '<span id="at-once">一次最多 20 个，</span>每个不超过' in page(desk, "/upload/", "李科员")


@pytest.mark.parametrize("name", ["件.csv", "件.jsonl", "件.parquet"])
def test_a_table_is_for_the_command_line_of_the_section_itself(desk: Desk, name: str) -> None:
    assert refusal(desk, name, b"a,b\n1,2\n") == "表格请用命令行 reviewflow import 提交。"


def test_no_table_is_named_among_what_can_be_read_here(desk: Desk) -> None:
    told = refusal(desk, "件.bin", b"\x7fELF\x02\x01\x01" + bytes(200))
    assert "可以读取：" in told
    assert "docx" in told
    assert told.endswith("。")
    for table in ("jsonl", "csv", "parquet"):
        assert table not in told


def test_a_file_that_ends_its_process_is_refused_and_the_desk_goes_on(desk: Desk) -> None:
    assert refusal(desk, "表.xls", crashing_workbook()).startswith("处理这个文件时程序崩溃。")
    text = ("关于检查的通知\n" + "请各单位认真执行。" * 5).encode()
    sent = desk.as_("李科员").post(
        "/upload/", {"files": SimpleUploadedFile("好.txt", text)}, headers={"Accept": "application/json"}
    )
    assert sent.json()["files"][0]["ok"]
