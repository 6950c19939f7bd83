"""Cases signed by the three of the cast."""

from datetime import timedelta

from reviewflow.domain.review import Action, Decision, Particulars, Reopening
from reviewflow.domain.signing import Intent
from reviewflow.domain.terms import Category, Status
from reviewflow.services.review.acts import SignedCase, sign_case
from tests.integration.conftest import Ledger

PRIVACY = "OGI19-15-PRIVACY"
WITHHELD = Decision(Category.ACTIVITIES, Status.NON_PUBLIC, (PRIVACY,))
ON_REQUEST = Decision(Category.ACTIVITIES, Status.ON_REQUEST, (PRIVACY,))
PROACTIVE = Decision(Category.ACTIVITIES, Status.PROACTIVE)


def take_step(ledger: Ledger, name: str, case_id: int, intent: Intent) -> SignedCase:
    """Let one of the cast act, a minute later."""
    ledger.clock.at += timedelta(minutes=1)
    return sign_case(ledger.office, ledger.people[name], case_id, intent)


def decide(ledger: Ledger, case_id: int, decision: Decision | None = None, note: str = "涉及个人") -> str:
    """Let 李科员, 赵主任 and 钱局长 sign: the first changes to ``decision`` if given, all else agree. Gives the number."""
    first = Intent(Action.CHANGE, note, decision) if decision else Intent(Action.AGREE)
    take_step(ledger, "李科员", case_id, first)
    take_step(ledger, "赵主任", case_id, Intent(Action.AGREE))
    return take_step(ledger, "钱局长", case_id, Intent(Action.AGREE)).number


def decided(ledger: Ledger, title: str = "关于开展秋季执法检查的通知", decision: Decision | None = None, **changes: object) -> str:  # fmt: skip
    """Bring a document in and decide it; gives its index or register number."""
    (case_id,) = ledger.admit(ledger.arrival(title, **changes))
    return decide(ledger, case_id, decision)


def reopen(ledger: Ledger, case_id: int, kind: Reopening) -> None:
    """Let the office open a decided case again."""
    take_step(ledger, "赵主任", case_id, Intent(Action.REOPEN, "需再看", particulars=Particulars(reopening=kind)))
