"""Tables: files that are damaged, very long lines, and characters that hide."""

from pathlib import Path

import pytest

from reviewflow.errors import ReviewflowError
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading import count_rows, iter_slice, iter_table, slices, tables
from reviewflow.text.reading.tables import TableSlice

LIMITS = ReadingLimits()


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_batches_are_no_larger_than_asked(tmp_path: Path) -> None:
    path = file(tmp_path, "t.jsonl", '{"text":"甲"}\n' * 10)
    assert [len(batch.rows) for batch in iter_table(path, LIMITS, 4)] == [4, 4, 2]


def test_blank_lines_count_and_are_no_rows(tmp_path: Path) -> None:
    path = file(tmp_path, "t.jsonl", '{"text":"甲"}\n\n  \n{"text":"乙"}')
    assert [row["id"] for batch in iter_table(path, LIMITS, 9) for row in batch.rows] == ["t:1", "t:4"]


def test_a_line_too_long_for_memory_is_reported_and_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_LONGEST_LINE", 100)
    long = '{"text":"' + "x" * 950 + '"}'
    path = file(tmp_path, "t.jsonl", f'{{"text":"甲"}}\n{long}\n{{"text":"乙"}}\n')
    (batch,) = iter_table(path, LIMITS, 9)
    assert [row["text"] for row in batch.rows] == ["甲", "乙"]
    assert [(number, error.code) for number, error in batch.errors] == [(2, "read.too_large")]


def test_a_text_over_the_limit_is_reported_and_not_cut(tmp_path: Path) -> None:
    path = file(tmp_path, "t.jsonl", '{"text":"甲乙丙丁"}\n{"text":"甲"}\n')
    (batch,) = iter_table(path, ReadingLimits(max_characters=3), 9)
    assert [number for number, _ in batch.errors] == [1]
    assert len(batch.rows) == 1


def test_hiding_and_broken_characters_are_made_sound(tmp_path: Path) -> None:
    path = file(tmp_path, "t.jsonl", '{"id":"a\\ud800","text":"139\\u200b0001\\u202e2345\\u0000\\r\\n甲\\udc00"}\n')
    (batch,) = iter_table(path, LIMITS, 9)
    assert batch.rows == [{"id": "a\ufffd", "text": "13900012345\n甲\ufffd"}]


@pytest.mark.parametrize("name", ["t.jsonl", "t.csv", "t.parquet"])
def test_a_table_that_is_not_there_is_said_to_be_missing(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReviewflowError) as caught:
        list(iter_table(tmp_path / name, LIMITS, 9))
    assert caught.value.code == "read.missing"
    with pytest.raises(ReviewflowError):
        list(iter_slice(TableSlice(str(tmp_path / name), 0, 1, 1), LIMITS, 9))
    assert count_rows(tmp_path / name) is None


def test_a_damaged_parquet_file_cannot_be_cut_into_slices(tmp_path: Path) -> None:
    with pytest.raises(ReviewflowError) as caught:
        slices(file(tmp_path, "t.parquet", b"PAR1 nothing PAR1"))
    assert caught.value.code == "read.truncated"


def test_a_csv_with_an_open_quote_ends_in_a_row_and_not_in_a_crash(tmp_path: Path) -> None:
    path = file(tmp_path, "t.csv", 'title,text\n甲,"没有收尾\n乙,丙\n')
    (batch,) = iter_table(path, LIMITS, 9)
    assert len(batch.rows) == 1


def test_columns_that_are_not_known_are_left_out(tmp_path: Path) -> None:
    path = file(tmp_path, "t.csv", "title,秘密列,text\n甲,乙,丙\n")
    (batch,) = iter_table(path, LIMITS, 9)
    assert batch.rows == [{"title": "甲", "text": "丙", "id": "t:1"}]


def test_ids_that_repeat_across_batches_are_seen(tmp_path: Path) -> None:
    path = file(tmp_path, "t.jsonl", '{"id":1,"text":"甲"}\n{"id":2,"text":"乙"}\n{"id":"1","text":"丙"}\n')
    errors = [number for batch in iter_table(path, LIMITS, 1) for number, _ in batch.errors]
    assert errors == [3]
