"""The front door: proposals for a file, and for a table however its owner writes that something is missing."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import reviewflow
from reviewflow import propose, propose_frame
from reviewflow.explained.record import COLUMNS, LISTS, NUMBERS, TEXTS, record_of
from reviewflow.pipeline import default_toolkit, documents_of

TEXT = "各乡镇：现将有关事项通知如下，请认真执行。" * 5


@pytest.fixture
def gaps(at_home: Path) -> pd.DataFrame:
    """Rows some of which have a title, a number or a date and some not."""
    return pd.DataFrame(
        {
            "id": [7, None, 9],
            "title": ["关于防汛工作的通知", None, "关于节水的函"],
            "doc_number": [None, None, "云水函〔2024〕3号"],
            "text": [TEXT, TEXT, None],
        },
        index=["甲", "乙", "乙"],
    )


def test_a_file_is_proposed_for_by_the_package_itself(at_home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("关于防汛工作的通知\n" + TEXT, "utf-8")
    assert record_of(propose(tmp_path / "a.txt"))["title"] == "关于防汛工作的通知"


def test_the_package_has_no_other_names() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        reviewflow.nonsense  # noqa: B018


def test_importing_the_package_loads_nothing_heavy() -> None:
    probe = (
        "import reviewflow, sys; print({'numpy', 'pandas', 'jieba', 'rjieba', 'reviewflow.pipeline'} & {*sys.modules})"
    )
    assert subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True).stdout == "set()\n"


@pytest.mark.parametrize("dtypes", ["as they come", "objects", "nullable"])
def test_what_is_missing_is_none_whatever_the_table_writes_for_it(gaps: pd.DataFrame, dtypes: str) -> None:
    frame = {"as they come": gaps, "objects": gaps.astype(object), "nullable": gaps.convert_dtypes()}[dtypes]
    documents = list(documents_of(frame))
    assert [document.id for document in documents] == ["7", "1", "9"]
    assert [document.title for document in documents] == ["关于防汛工作的通知", None, "关于节水的函"]
    assert [document.doc_number for document in documents] == [None, None, "云水函〔2024〕3号"]
    assert [document.text for document in documents] == [TEXT, TEXT, ""]


def test_a_date_may_be_a_date(at_home: Path) -> None:
    frame = pd.DataFrame({"title": ["甲", "乙"], "formed_on": [pd.Timestamp("2024-05-01"), pd.NaT]})
    assert [str(document.formed_on) for document in documents_of(frame)] == ["2024-05-01", "None"]


def test_columns_may_have_their_chinese_names_and_a_source(at_home: Path) -> None:
    (document,) = documents_of(pd.DataFrame({"编号": ["a"], "标题": ["甲"], "正文": [TEXT], "source": ["表.csv"]}))
    assert (document.id, document.title, document.text, document.source) == ("a", "甲", TEXT, "表.csv#a")


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_columns_have_the_same_dtypes_however_many_rows_there_are(gaps: pd.DataFrame, rows: int) -> None:
    proposed = propose_frame(gaps.iloc[:rows])
    assert list(proposed.columns) == list(COLUMNS)
    assert len(proposed) == rows
    assert {str(proposed[name].dtype) for name in TEXTS} == {"string"}
    assert {str(proposed[name].dtype) for name in NUMBERS} == {"float64"}
    assert {str(proposed[name].dtype) for name in LISTS} == {"object"}


def test_a_frame_without_columns_gives_none(at_home: Path) -> None:
    assert propose_frame(pd.DataFrame()).shape == (0, len(COLUMNS))


def test_a_text_that_is_missing_in_every_row_is_still_a_text_in_parquet(gaps: pd.DataFrame, tmp_path: Path) -> None:
    propose_frame(gaps.iloc[1:2]).to_parquet(tmp_path / "p.parquet")
    table = pq.read_table(tmp_path / "p.parquet")
    assert table.schema.field("title").type in (pa.string(), pa.large_string())
    assert table.column("title").to_pylist() == [None]


def test_a_frame_says_what_the_records_of_its_documents_say(gaps: pd.DataFrame, tmp_path: Path) -> None:
    kit = default_toolkit()
    records = [record_of(one) for one in reviewflow.pipeline.propose_documents(list(documents_of(gaps)), kit)]
    assert propose_frame(gaps, kit).astype(object).where(lambda f: f.notna(), None).to_dict("records") == records
