"""Verifying the chain from its start: the first entry that is not what was appended, and what happened to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import chain

from reviewflow.domain.terms import Term
from reviewflow.records import models as rows
from reviewflow.records.chain.anchors import Anchor
from reviewflow.records.chain.entries import START, ChainHead, entries_after, link

Progress = Callable[[int, int], None]
"""Told now and then how many of how many are done."""

_STEP = 1000
_SAMPLE = 1000


class Damage(Term):
    """What can have happened to an entry."""

    EDITED = "edited", "被改动"
    DELETED = "deleted", "被删除"
    INSERTED = "inserted", "是插入的"
    REORDERED = "reordered", "被调换了次序"
    REPLACED = "replaced", "被另一条顶替"
    DETACHED = "detached", "与前一条不相连"
    TRUNCATED = "truncated", "末尾被截去"
    REWRITTEN = "rewritten", "与记下的链首不同"
    WRONG_KEY = "wrong_key", "密钥不符"


@dataclass(frozen=True, slots=True)
class Break:
    """The first bad entry: its number in the chain, what happened, and a sentence that says it."""

    sequence: int
    damage: Damage
    message: str


@dataclass(slots=True)
class ChainVerdict:
    """How far the chain is good: entries in order, the last of them, how many are about cases, the break if any."""

    entries: int = 0
    head: ChainHead = field(default_factory=lambda: ChainHead(0, START))
    about_cases: int = 0
    broken: Break | None = None


def verify_chain(
    key: bytes, anchors: Iterable[Anchor], progress: Progress | None = None, after: int = 0
) -> ChainVerdict:
    """Verify from the start, or from the entry ``after`` whose hash is taken on trust, to the end or the first break.

    Memory is bounded. Anchors before ``after`` are passed over.
    """
    pending = sorted((one for one in anchors if one.sequence > after), key=lambda one: one.sequence)
    total = rows.AuditEntry.objects.count() if progress else 0
    verdict = ChainVerdict(head=_start(after))
    for entry in entries_after(after):
        if not _follows(key, verdict.head, entry):
            verdict.broken = _diagnosed(key, verdict.head, entry)
            return verdict
        while pending and pending[0].sequence == entry.sequence:
            anchor = pending.pop(0)
            if not anchor.fits(entry.hash):
                verdict.broken = _rewritten(anchor)
                return verdict
        verdict.head = ChainHead(entry.sequence, entry.hash)
        verdict.entries += 1
        verdict.about_cases += entry.subject.startswith("case:")
        if progress and verdict.entries % _STEP == 0:
            progress(verdict.entries, total)
    if pending:
        verdict.broken = _truncated(verdict.head, pending[-1])
    return verdict


@dataclass(frozen=True, slots=True)
class ChainEnding:
    """The newest entries looked at by themselves: how many, and the number of the first that does not fit, else 0."""

    entries: int
    misfit: int = 0


def verify_ending(key: bytes, newest: int) -> ChainEnding:
    """Whether the newest entries hang together. What stands before them is taken on trust, and no cause is sought:
    that may take reading the whole chain."""
    found = list(rows.AuditEntry.objects.order_by("-sequence")[: newest + 1])[::-1]
    entries = found[-newest:]
    last = ChainHead(found[0].sequence, found[0].hash) if len(found) > newest else ChainHead(0, START)
    for entry in entries:
        if not _follows(key, last, entry):
            return ChainEnding(len(entries), last.sequence + 1)
        last = ChainHead(entry.sequence, entry.hash)
    return ChainEnding(len(entries))


def _start(after: int) -> ChainHead:
    found = rows.AuditEntry.objects.filter(sequence=after).values_list("sequence", "hash").first() if after else None
    return ChainHead(*found) if found else ChainHead(0, START)


def _follows(key: bytes, last: ChainHead, entry: rows.AuditEntry) -> bool:
    follows = entry.sequence == last.sequence + 1 and entry.previous == last.hash
    return follows and link(key, entry) == entry.hash


def _rewritten(anchor: Anchor) -> Break:
    when = f"（{anchor.at[:10]} 记下）" if anchor.at else ""
    return Break(
        anchor.sequence, Damage.REWRITTEN, f"第 {anchor.sequence} 条与链首记录{when}不同，整条链可能被重写过。"
    )


def _truncated(last: ChainHead, anchor: Anchor) -> Break:
    when = f"{anchor.at[:10]} " if anchor.at else ""
    message = (
        f"第 {last.sequence + 1} 条起被截去：{when}记下的链首是第 {anchor.sequence} 条，现在只到第 {last.sequence} 条。"
    )
    return Break(last.sequence + 1, Damage.TRUNCATED, message)


def _diagnosed(key: bytes, last: ChainHead, entry: rows.AuditEntry) -> Break:
    """What happened where ``entry`` stands in place of the one that should follow ``last``."""
    number = last.sequence + 1
    written_as = _written_as(key, entry)
    moved_to = _place_of(key, last)
    if moved_to is not None:
        if written_as is None:
            return _break(entry.sequence, Damage.INSERTED, "不是本程序写入的，是插入的")
        if moved_to == number:
            # A later entry stands before the first: all that should follow it has stayed in place.
            return _break(written_as, Damage.REORDERED, f"被移到了第 {entry.sequence} 条的位置")
        return _break(number, Damage.REORDERED, f"被移到了第 {moved_to} 条的位置")
    if written_as is None:
        if not _any_genuine(key):
            return _break(number, Damage.WRONG_KEY, "起全部与密钥不符：密钥拿错了，或整条链是用别的密钥写的")
        if entry.sequence > number:
            return _deleted(number, entry.sequence)
        return _break(number, Damage.EDITED, "的内容被改动，或不是本程序写入的")
    if written_as == number:
        return _break(number, Damage.DETACHED, f"与第 {last.sequence} 条不相连，其中一条来自别处")
    if entry.sequence == number and _stands_elsewhere(entry, written_as):
        return _break(number, Damage.REPLACED, f"被第 {written_as} 条的内容顶替")
    if written_as < number:
        return _break(number, Damage.REPLACED, f"被原第 {written_as} 条顶替")
    return _deleted(number, written_as)


def _break(number: int, damage: Damage, what: str) -> Break:
    return Break(number, damage, f"第 {number} 条{what}。")


def _deleted(first: int, following: int) -> Break:
    which = f"第 {first} 条" if following - first == 1 else f"第 {first} 至 {following - 1} 条"
    return Break(first, Damage.DELETED, f"{which}被删除。")


def _as_number(key: bytes, entry: rows.AuditEntry, numbers: Iterable[int]) -> int | None:
    """The first of the numbers under which the entry's hash is genuine."""
    stands = entry.sequence
    try:
        for number in numbers:
            entry.sequence = number
            if link(key, entry) == entry.hash:
                return number
    finally:
        entry.sequence = stands
    return None


def _written_as(key: bytes, entry: rows.AuditEntry) -> int | None:
    """The number under which an entry was appended, wherever it stands now; None where this key never wrote it."""
    # Bounded by the count, not by the last number: that may have been set to the far end of all numbers.
    beyond = 2 * rows.AuditEntry.objects.count() + _SAMPLE
    return _as_number(key, entry, chain((entry.sequence,), range(1, beyond)))


def _place_of(key: bytes, last: ChainHead) -> int | None:
    """Where the genuine successor of the last good entry stands now."""
    for entry in rows.AuditEntry.objects.filter(previous=last.hash).order_by("sequence"):
        if _as_number(key, entry, (last.sequence + 1,)) is not None:
            return entry.sequence
    return None


def _stands_elsewhere(entry: rows.AuditEntry, number: int) -> bool:
    return rows.AuditEntry.objects.filter(sequence=number, hash=entry.hash).exists()


def _any_genuine(key: bytes) -> bool:
    """Whether the key wrote any of the entries at the start or at the end."""
    both = (rows.AuditEntry.objects.order_by(order)[:_SAMPLE] for order in ("sequence", "-sequence"))
    return any(link(key, entry) == entry.hash for some in both for entry in some)
