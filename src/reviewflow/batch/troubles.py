"""What could not be read or proposed for: where, why, what to do; and the list of it for the person who sees to it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from reviewflow.errors import DocumentError, ErrorKind, ReviewflowError
from reviewflow.traces import trace_of

Made = TypeVar("Made")

_HEADINGS = ("来源", "原因", "办法", "错误代码")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that could not be read: where (path, or path and row), and the error.

    ``trace`` tells where in the program it happened, for whoever maintains it; see ``reviewflow.traces``.
    """

    source: str
    code: str
    message: str
    hint: str
    trace: str = ""
    kind: ErrorKind = ErrorKind.DOCUMENT

    @classmethod
    def of(cls, source: str, error: ReviewflowError) -> "Trouble":
        """The trouble of an error at a source."""
        return cls(source, error.code, error.message, error.hint, trace_of(error.__cause__), error.kind)


def trouble_error(trouble: Trouble) -> ReviewflowError:
    """The error of a document that nothing else goes on beside."""
    return DocumentError(trouble.code, trouble.message, trouble.hint)


def troubles_to_json(troubles: Sequence[Trouble]) -> str:
    """Troubles as text, for a file that outlives the run; see ``troubles_of_json``."""
    return json.dumps([{**asdict(trouble), "kind": trouble.kind.value} for trouble in troubles], ensure_ascii=False)


def troubles_of_json(text: str | bytes) -> tuple[Trouble, ...]:
    """Troubles that ``troubles_to_json`` wrote."""
    return tuple(Trouble(**{**fields, "kind": ErrorKind(fields["kind"])}) for fields in json.loads(text))


def attempt(source: str, make: Callable[[], Made]) -> Made | Trouble:
    """What ``make`` makes of one document, or the trouble with it: whatever goes wrong is that document's alone."""
    try:
        return make()
    except ReviewflowError as error:
        return Trouble.of(source, error)
    except MemoryError as error:
        hint = "请拆分，或调大 reading.max_memory_mb。"
        return Trouble(source, "read.too_large", "处理这个文件需要的内存超过上限。", hint, trace_of(error))
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as error:
        # All of them: parsers written in Rust panic with an exception of their own that is no ``Exception``.
        message = f"处理时出现意外错误（{type(error).__name__}）。"
        return Trouble(source, "read.unexpected", message, "请将此文件报告给管理员。", trace_of(error))


def write_troubles(troubles: Sequence[Trouble], path: Path) -> None:
    """Write the list as CSV that opens in a spreadsheet; an empty list has its headings alone."""
    from reviewflow.finished_files import finished_file
    from reviewflow.writing.table_csv import write_csv

    with finished_file(path) as temporary:
        write_csv(temporary, _HEADINGS, ((t.source, t.message, t.hint, t.code) for t in troubles))
