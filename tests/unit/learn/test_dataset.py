"""Reading the training documents: every fault of every file at once."""

from pathlib import Path

import pytest

from reviewflow.domain.terms import Category, Flag, Status
from reviewflow.errors import FaultyFileError
from reviewflow.learn.dataset import load

GOOD = """=== a-1
标题: 关于某事的请示
类别: 无
状态: 不予公开
标记: process, internal_affairs
领域: 水务
机关:
文号:
日期: 2018-01-02
---
正文第一行
第二行
"""


def training(folder: Path, documents: str = "", titles: str = "") -> Path:
    for name, content in (("documents/a.txt", documents), ("titles/a.tsv", titles)):
        if content:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(content, "utf-8")
    return folder


def test_documents_and_titles_are_read(tmp_path: Path) -> None:
    dataset = load(training(tmp_path, GOOD, "规划计划\t某某工作要点\n"))
    document, title = dataset.examples
    assert (document.category, document.status) == (None, Status.NON_PUBLIC)
    assert document.flags == (Flag.PROCESS, Flag.INTERNAL_AFFAIRS)
    assert document.text == "正文第一行\n第二行"
    assert (title.category, title.title, title.text, title.status) == (Category.PLANS, "某某工作要点", "", None)


def test_a_change_of_data_changes_the_digest(tmp_path: Path) -> None:
    first = load(training(tmp_path, GOOD)).digest
    assert load(training(tmp_path, GOOD.replace("第二行", "第三行"))).digest != first


def test_all_faults_are_reported_at_once_with_their_lines(tmp_path: Path) -> None:
    faulty = GOOD.replace("不予公开", "保密").replace("process", "proces").replace("领域", "行业") + GOOD
    with pytest.raises(FaultyFileError) as caught:
        load(training(tmp_path, faulty, "规划\t某标题\n没有制表符\n"))
    told = str(caught.value)
    for part in ("保密", "proces", "行业", "编号重复", "a.tsv:1", "a.tsv:2"):
        assert part in told


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(FaultyFileError, match="没有训练文件"):
        load(tmp_path)


def test_a_block_without_its_dividing_line_is_reported(tmp_path: Path) -> None:
    with pytest.raises(FaultyFileError, match="分隔行"):
        load(training(tmp_path, GOOD.replace("---", "——")))
