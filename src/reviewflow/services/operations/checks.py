"""What an examination finds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reviewflow.domain.terms import Term
from reviewflow.errors import ReviewflowError


class State(Term):
    """How something stands."""

    GOOD = "good", "好"
    NOTE = "note", "注意"
    BAD = "bad", "坏"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing examined: its name, how it stands, what was found, and the remedy."""

    check: str
    state: State
    message: str
    remedy: str = ""


def good(check: str, message: str) -> Finding:
    """Nothing to do."""
    return Finding(check, State.GOOD, message)


def note(check: str, message: str, remedy: str) -> Finding:
    """Works, and somebody should look at it."""
    return Finding(check, State.NOTE, message, remedy)


def bad(check: str, message: str, remedy: str) -> Finding:
    """Must be mended."""
    return Finding(check, State.BAD, message, remedy)


def isolated(check: str, examine: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """What one check finds. Whatever it comes upon is a finding too, and never ends the examination."""
    try:
        return list(examine())
    except ReviewflowError as error:
        return [bad(check, error.message, error.hint)]
    except Exception as error:  # an examination of what is broken meets what nobody foresaw
        return [bad(check, f"检查时出错（{type(error).__name__}）。", "请把这一行报告给维护人员。")]
