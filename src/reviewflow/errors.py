"""The one family of errors that a person may see.

Every error has a stable code, says what happened in the user's words, and what to do next. Its class says what kind of
thing it is: whoever acts on an error asks for the kind, never for the code. Faults of one file are collected and raised
together, each with its place.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, Self


class ErrorKind(Enum):
    """What kind of thing an error is, and so what becomes of it: each has its own HTTP status (``web.http.statuses``)."""

    REFUSED = "refused"
    """understood, and not to be done as things are; the kind of every error that says nothing else"""
    INCOMPLETE = "incomplete"
    """something was filled in wrongly or not at all: to be put right where it was typed"""
    MALFORMED = "malformed"
    """makes no sense: no page and no command of this program asks so"""
    DOCUMENT = "document"
    """one document cannot be read or kept; those beside it can"""
    SIGN_IN = "sign_in"
    """nobody is known to ask"""
    FORBIDDEN = "forbidden"
    """another person may, this one not"""
    MISSING = "missing"
    """there is no such thing, for this person at least"""
    CONFLICT = "conflict"
    """somebody else was faster"""
    BUSY = "busy"
    """the ledger cannot be reached at the moment"""
    DISK = "disk"
    """nothing can be written: the disk is full, or the place does not allow it"""
    FAULTY = "faulty"
    """the program or its ledger is damaged"""


class ReviewflowError(Exception):
    """Something a person can understand and mend.

    ``code`` is stable and ASCII (``read.encrypted``); ``message`` and ``hint`` are Chinese sentences without
    any text of the document concerned.
    """

    kind: ClassVar[ErrorKind] = ErrorKind.REFUSED

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(code, message, hint)
        self.code = code
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"[{self.code}] {self.message}" + (f" {self.hint}" if self.hint else "")

    def reworded(self, message: str) -> "ReviewflowError":
        """An error of the same code and kind with another sentence."""
        return ERRORS[self.kind](self.code, message, self.hint)


class IncompleteError(ReviewflowError):
    """Something was filled in wrongly or not at all."""

    kind = ErrorKind.INCOMPLETE


class MalformedError(ReviewflowError):
    """What was asked makes no sense."""

    kind = ErrorKind.MALFORMED


class DocumentError(ReviewflowError):
    """One document cannot be read or kept."""

    kind = ErrorKind.DOCUMENT


class SignInError(ReviewflowError):
    """Nobody is known to ask."""

    kind = ErrorKind.SIGN_IN


class ForbiddenError(ReviewflowError):
    """This person may not."""

    kind = ErrorKind.FORBIDDEN


class MissingError(ReviewflowError):
    """There is no such thing, for this person at least."""

    kind = ErrorKind.MISSING


class ConflictError(ReviewflowError):
    """Somebody else was faster."""

    kind = ErrorKind.CONFLICT


class BusyError(ReviewflowError):
    """The ledger cannot be reached at the moment."""

    kind = ErrorKind.BUSY


class DiskError(ReviewflowError):
    """Nothing can be written."""

    kind = ErrorKind.DISK


class DamageError(ReviewflowError):
    """The program or its ledger is damaged."""

    kind = ErrorKind.FAULTY


_CLASSES = (
    ReviewflowError,
    IncompleteError,
    MalformedError,
    DocumentError,
    SignInError,
    ForbiddenError,
    MissingError,
    ConflictError,
    BusyError,
    DiskError,
    DamageError,
)
ERRORS: Mapping[ErrorKind, type[ReviewflowError]] = {error.kind: error for error in _CLASSES}
"""the class of each kind, for an error that crosses from one process to another in parts"""


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

    def __reduce__(self) -> tuple[type[Self], tuple[str, tuple[Fault, ...]]]:
        return type(self), (self.code, self.faults)
