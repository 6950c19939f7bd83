"""What is said of documents that came to nothing, as it is kept with a part of a run."""

from reviewflow.batch.troubles import Trouble, troubles_of_json, troubles_to_json
from reviewflow.errors import ErrorKind


def test_troubles_come_back_from_a_file_as_they_were() -> None:
    troubles = (
        Trouble("表.jsonl#21", "table.not_json", "这一行不是有效的 JSON。", "请检查引号。"),
        Trouble("表.jsonl#22", "read.crashed", "崩溃。", "另存。", "a.py:1 f\nKeyError", ErrorKind.REFUSED),
    )
    assert troubles_of_json(troubles_to_json(troubles)) == troubles


def test_no_troubles_are_none() -> None:
    assert troubles_of_json(troubles_to_json(())) == ()
