"""The one family of errors that a person may see.

Every error has a stable code, says what happened in the user's words, and what to do next. Faults of one
file are collected and raised together, each with its place.
"""

from collections.abc import Iterable
from dataclasses import dataclass


class ReviewflowError(Exception):
    """Something a person can understand and mend.

    ``code`` is stable and ASCII (``read.encrypted``); ``message`` and ``hint`` are Chinese sentences without
    any text of the document concerned.
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(code, message, hint)
        self.code = code
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"[{self.code}] {self.message}" + (f" {self.hint}" if self.hint else "")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file that people edit: where (1-based line, 0 when unknown), what, and the remedy."""

    file: str
    line: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place} {self.message}" + (f" {self.hint}" if self.hint else "")


class FaultyFileError(ReviewflowError):
    """All the faults of one or more files, reported at once."""

    def __init__(self, code: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(code, f"共 {len(self.faults)} 处错误：\n{lines}", "请逐条改正后重试。")
