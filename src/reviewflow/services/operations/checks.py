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
class CheckResult:
    """One thing examined: its name, how it stands, what was found, and the remedy."""

    check: str
    state: State
    message: str
    remedy: str = ""


def good(check: str, message: str) -> CheckResult:
    """Nothing to do."""
    return CheckResult(check, State.GOOD, message)


def attention(check: str, message: str, remedy: str) -> CheckResult:
    """Works, and somebody should look at it."""
    return CheckResult(check, State.NOTE, message, remedy)


def bad(check: str, message: str, remedy: str) -> CheckResult:
    """Must be mended."""
    return CheckResult(check, State.BAD, message, remedy)


def run_check(check: str, examine: Callable[[], Iterable[CheckResult]]) -> list[CheckResult]:
    """What one check finds. Whatever it comes upon is a result too, and never ends the examination."""
    try:
        return list(examine())
    except ReviewflowError as error:
        return [bad(check, error.message, error.hint)]
    except Exception as error:  # an examination of what is broken meets what nobody foresaw
        return [bad(check, f"检查时出错（{type(error).__name__}）。", "请把这一行报告给维护人员。")]
