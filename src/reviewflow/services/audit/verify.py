"""The audit: whether chain and ledger are what was written, anchors for the monthly report, and who did what."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from reviewflow.domain.people import Actor
from reviewflow.errors import ForbiddenError, ReviewflowError
from reviewflow.records import models as rows
from reviewflow.records.backup.snapshot import snapshot
from reviewflow.records.chain.anchors import Anchor, anchors_file, record_anchor
from reviewflow.records.chain.entries import ChainHead, chain_head
from reviewflow.records.chain.verification import Break, Progress, verify_chain
from reviewflow.services.access import find_case, is_serving_administrator, sees_every_section
from reviewflow.services.audit.bindings import Discrepancy, discrepancies
from reviewflow.services.audit.evidence import case_files
from reviewflow.services.office import Office

MOST_SHOWN = 20
"""discrepancies that a verdict names at most"""

_STEP = 500


@dataclass(frozen=True, slots=True)
class LedgerVerdict:
    """What verifying found: good entries in a row, the last of them, cases looked at, anchors met, and all that is wrong.

    ``broken`` is the chain's first bad entry; ``discrepancies`` are rows that differ from what the chain says of them.
    They are sought only where the chain itself is whole.
    """

    entries: int
    head: ChainHead
    cases: int
    anchors: int
    broken: Break | None = None
    discrepancies: tuple[Discrepancy, ...] = ()

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return self.broken is None and not self.discrepancies

    def faults(self) -> list[str]:
        """What is wrong, a sentence each, the first bad entry first."""
        if self.broken:
            return [self.broken.message]
        return [_sentence(one) for one in self.discrepancies]


def _sentence(one: Discrepancy) -> str:
    entry = f"审计第 {one.sequence} 条：" if one.sequence else ""
    return f"{entry}第 {one.case_id} 件，{one.message}。"


def verify_ledger(key: bytes, anchors: Iterable[Anchor] = (), progress: Progress | None = None) -> LedgerVerdict:
    """Verify the connected ledger: the chain from its start, the anchors, then every case against its entries.

    Others may go on working: what is verified is the ledger at one moment. Memory is bounded. Raises ReviewflowError
    ``ledger.*``.
    """
    known = list(anchors)
    with snapshot():
        chain = verify_chain(key, known, progress)
        if chain.broken:
            return LedgerVerdict(chain.entries, chain.head, 0, len(known), chain.broken)
        cases, found = _verify_cases(chain.about_cases, progress)
    return LedgerVerdict(chain.entries, chain.head, cases, len(known), None, found)


def _verify_cases(about_cases: int, progress: Progress | None) -> tuple[int, tuple[Discrepancy, ...]]:
    """How many cases there are, and the first discrepancies in order of their entries."""
    total = rows.Case.objects.count() if progress else 0
    found: list[Discrepancy] = []
    cases = entries = 0
    for file in case_files():
        cases += 1
        entries += len(file.entries)
        if len(found) < MOST_SHOWN:
            found += discrepancies(file)
        if progress and cases % _STEP == 0:
            progress(cases, total)
    if entries != about_cases:
        found += _lost_cases()
    found.sort(key=lambda one: (one.sequence == 0, one.sequence))
    return cases, tuple(found[:MOST_SHOWN])


def _lost_cases() -> Iterator[Discrepancy]:
    """Cases that the chain knows and the ledger does not."""
    known = set(rows.Case.objects.values_list("pk", flat=True))
    seen = set()
    noted = rows.AuditEntry.objects.filter(subject__startswith="case:").order_by("sequence")
    for sequence, subject in noted.values_list("sequence", "subject").iterator():
        case_id = int(subject.removeprefix("case:"))
        if case_id not in known and case_id not in seen:
            seen.add(case_id)
            yield Discrepancy(sequence, case_id, "整件从台账中消失")


def anchor_chain(office: Office) -> Anchor:
    """The head of the chain for the monthly report, written down in anchors.txt as well.

    Raises ReviewflowError ``audit.empty``, ``write.failed``.
    """
    last = chain_head()
    if last.sequence == 0:
        raise ReviewflowError("audit.empty", "审计链还没有记录。", "办理第一件之后再打印链首。")
    made = Anchor(last.sequence, last.hash, office.now().isoformat(timespec="seconds"))
    record_anchor(anchors_file(office.settings), made)
    return made


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An entry of the chain as a person reads it. ``at`` is an ISO moment; ``details`` ids, digests, changed fields."""

    sequence: int
    at: str
    actor: str
    action: str
    subject: str
    details: dict[str, Any]


def case_log(office: Office, actor: Actor, case_id: int) -> list[LogEntry]:
    """All that was done with a case, for those who may see it. Raises ReviewflowError ``review.no_case``."""
    find_case(actor, case_id, office.now())
    return _log_entries(rows.AuditEntry.objects.filter(subject=f"case:{case_id}").order_by("sequence"))


_NOT_ABOUT_REVIEW = Q(subject__startswith="user:") | Q(subject__startswith="section:") | Q(subject="ledger")


def newest_log(office: Office, actor: Actor, newest: int = 50) -> list[LogEntry]:
    """The newest entries, the oldest of them first: all for office, director and officer; for an administrator those
    about accounts and operations alone. Raises ReviewflowError ``audit.not_allowed``."""
    entries = rows.AuditEntry.objects.order_by("-sequence")
    if not sees_every_section(actor, office.now()):
        if not is_serving_administrator(actor, office.now()):
            raise ForbiddenError(
                "audit.not_allowed",
                "全部记录只有办公室、主管局长和信息公开员可以查看。",
                "本科室一件的经过在它的审查页上；命令行用 reviewflow audit log --case 件号。",
            )
        entries = entries.filter(_NOT_ABOUT_REVIEW)
    return _log_entries(entries[:newest])[::-1]


def _log_entries(entries: Iterable[rows.AuditEntry]) -> list[LogEntry]:
    return [LogEntry(one.sequence, one.at, one.actor, one.action, one.subject, _details(one)) for one in entries]


def _details(entry: rows.AuditEntry) -> dict[str, Any]:
    """What an entry says more; nothing where somebody made it unreadable, which is no reason to hide the others."""
    try:
        found = json.loads(entry.details)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
