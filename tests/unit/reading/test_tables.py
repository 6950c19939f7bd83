"""Tables of documents: streamed, faulty rows reported by number, the rest goes on."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reviewflow.errors import ReviewflowError
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading import count_rows, iter_slice, iter_table, slices

LIMITS = ReadingLimits()


def rows_and_errors(path: Path, size: int = 100):
    rows, errors = [], []
    for batch in iter_table(path, LIMITS, size):
        rows.extend(batch.rows)
        errors.extend((number, error.code) for number, error in batch.errors)
    return rows, errors


def lines(folder: Path, *values: object) -> Path:
    path = folder / "t.jsonl"
    path.write_text(
        "".join((v if isinstance(v, str) else json.dumps(v, ensure_ascii=False)) + "\n" for v in values), "utf-8"
    )
    return path


def test_a_line_that_is_not_json_is_reported_with_its_number_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = lines(tmp_path, {"title": "甲", "text": "乙"}, "{not json", "[1]", {"title": "丙", "text": "丁"})
    rows, errors = rows_and_errors(path)
    assert [row["title"] for row in rows] == ["甲", "丙"]
    assert errors == [(2, "table.not_json"), (3, "table.not_json")]


def test_a_missing_id_becomes_file_and_row(tmp_path: Path) -> None:
    rows, _ = rows_and_errors(lines(tmp_path, {"text": "甲"}, {"id": 7, "text": "乙"}))
    assert [row["id"] for row in rows] == ["t:1", "7"]


def test_a_repeated_id_is_reported(tmp_path: Path) -> None:
    _, errors = rows_and_errors(lines(tmp_path, {"id": "1", "text": "甲"}, {"id": "1", "text": "乙"}))
    assert errors == [(2, "table.duplicate_id")]


def test_a_row_with_a_title_alone_is_fine_and_an_empty_one_is_not(tmp_path: Path) -> None:
    rows, errors = rows_and_errors(lines(tmp_path, {"title": "甲", "text": ""}, {"title": "", "text": ""}))
    assert len(rows) == 1
    assert errors[0][0] == 2


def test_a_table_without_text_or_title_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReviewflowError) as caught:
        rows_and_errors(lines(tmp_path, {"name": "甲"}))
    assert caught.value.code == "table.no_text"


def test_chinese_headings_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("编号,标题,正文,成文日期\n1,甲,乙,2020-01-02\n", "gb18030")
    rows, _ = rows_and_errors(path)
    assert rows == [{"id": "1", "title": "甲", "text": "乙", "formed_on": "2020-01-02"}]


def test_csv_with_a_byte_order_mark_and_line_breaks_in_cells(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('title,text\n甲,"第一行\n第二行"\n', "utf-8-sig")
    assert rows_and_errors(path)[0][0]["text"] == "第一行\n第二行"


def test_csv_without_the_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(ReviewflowError):
        rows_and_errors(path)


def test_parquet_is_read_in_row_groups(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(
        pa.table({"id": [str(n) for n in range(10)], "title": ["甲"] * 10, "text": ["乙"] * 10}), path, row_group_size=4
    )
    rows, errors = rows_and_errors(path, size=3)
    assert [row["id"] for row in rows] == [str(n) for n in range(10)]
    assert errors == []
    assert count_rows(path) == 10


def test_a_truncated_parquet_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"text": ["乙"] * 10}), path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(ReviewflowError) as caught:
        rows_and_errors(path)
    assert caught.value.code == "read.truncated"


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_slices_together_hold_every_row_once_with_its_true_number(tmp_path: Path, kind: str) -> None:
    values = [{"title": f"题{n}", "text": "文" * (n % 7 + 1)} for n in range(50)]
    if kind == "jsonl":
        path = lines(tmp_path, *values[:20], "broken", *values[20:])
    else:
        path = tmp_path / "t.parquet"
        pq.write_table(pa.Table.from_pylist(values), path, row_group_size=9)
    pieces = slices(path, 300)
    assert len(pieces) > 3
    batches = [batch for piece in pieces for batch in iter_slice(piece, LIMITS, 4)]
    assert sum(piece.rows for piece in pieces) == len(values) + (kind == "jsonl")
    assert [row["title"] for batch in batches for row in batch.rows] == [value["title"] for value in values]
    if kind == "jsonl":
        assert [number for batch in batches for number, _ in batch.errors] == [21]
        assert batches[-1].rows[-1]["id"] == "t:51"


def test_a_large_group_of_rows_is_cut_as_well(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    values = [{"title": f"题{n}"} for n in range(5100)]
    pq.write_table(pa.Table.from_pylist(values), path, row_group_size=4500)
    pieces = slices(path)
    assert [(piece.first_row, piece.rows) for piece in pieces] == [(1, 2000), (2001, 2000), (4001, 500), (4501, 600)]
    batches = [batch for piece in pieces for batch in iter_slice(piece, LIMITS, 10**9)]
    assert [row["title"] for batch in batches for row in batch.rows] == [value["title"] for value in values]
    assert batches[2].rows[0]["id"] == "t:4001"


def test_lone_surrogates_in_json_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"id":"1","title":"\\ud83d","text":"甲\\udc00乙"}\n', "utf-8")
    assert len(rows_and_errors(path)[0]) == 1
