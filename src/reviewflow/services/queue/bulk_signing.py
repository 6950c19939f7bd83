"""Signing many at once: which cases may be, what is said of them before anybody confirms, and signing them all or none."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from reviewflow.domain.people import Actor
from reviewflow.domain.review import Action
from reviewflow.domain.signing import Intent
from reviewflow.domain.terms import Lane
from reviewflow.errors import ConflictError, ReviewflowError
from reviewflow.records.chain.entries import append
from reviewflow.records.ledger import transaction
from reviewflow.services.access import find_case
from reviewflow.services.office import Office
from reviewflow.services.queue.lists import CaseLine, QueueFilters, lines_of, list_cases
from reviewflow.services.review.acts import SignedCase, sign_row

MOST = 500
"""cases in one signing: more than that nobody has looked over"""


@dataclass(frozen=True, slots=True)
class SigningBatch:
    """Cases to be signed together, and whether there are more than fit; how many of them there are of each category
    and status, and of each section, most first. ``set_aside`` are those that somebody has acted on since they were seen,
    or that the person cannot agree to."""

    lines: tuple[CaseLine, ...]
    more: bool = False
    set_aside: tuple[CaseLine, ...] = ()

    @property
    def kinds(self) -> tuple[tuple[str, int], ...]:
        """Category and status in words, with their numbers."""
        return _tally(f"{one.category.label if one.category else '类别未定'}、{one.status.label}" for one in self.lines)

    @property
    def sections(self) -> tuple[tuple[str, int], ...]:
        """Sections with their numbers."""
        return _tally(line.section for line in self.lines)


def named_for_signing(office: Office, actor: Actor, seen: Mapping[int, int | None]) -> SigningBatch:
    """The cases named, as they are now. ``seen`` has the version of each on the list from which it was chosen, None
    where it was named by its number: such a one is never set aside, signing says what is the matter with it.

    Raises ReviewflowError ``review.no_case``, ``review.not_clear``, ``queue.too_many``, ``queue.none_left``.
    """
    _check_number(len(seen))
    at = office.now()
    for case_id in seen:
        find_case(actor, case_id, at)
    lines = lines_of(office, actor, list(seen))
    _check_clear((line.id, line.lane) for line in lines)
    ready = tuple(line for line in lines if seen[line.id] is None or (line.signable and line.version == seen[line.id]))
    if not ready:
        raise ReviewflowError("queue.none_left", "选中的件都已有人办理，或不能由您同意。", "请回到队列重新选。")
    return SigningBatch(ready, set_aside=tuple(line for line in lines if line not in ready))


def waiting_for_signing(office: Office, actor: Actor, filters: QueueFilters) -> SigningBatch:
    """The first cases of the clear lane that meet the filters and can be agreed to: one that waits for an answer, or on
    which opinions are split, stops nobody from signing the rest. Raises as ``reviewflow.services.queue.lists.list_cases``."""
    page = list_cases(office, actor, replace(filters, lane=Lane.CLEAR), size=MOST)
    return SigningBatch(tuple(line for line in page.lines if line.signable), page.next_after is not None)


def agree_all(office: Office, actor: Actor, seen: Collection[tuple[int, int]]) -> list[SignedCase]:
    """Agree to several cases of the clear lane at once: all of them are signed, or none.

    ``seen`` holds case ids with the versions that were listed for confirmation. One transaction; one audit entry a
    case, since each is a decision of its own. Raises as ``reviewflow.services.review.acts.sign_case``, and
    ``review.not_clear`` for any other lane, ``queue.too_many``.
    """
    _check_number(len(seen))
    at = office.now()
    with transaction():
        done = []
        for case_id, version in sorted(seen):
            row = find_case(actor, case_id, at, lock=True)
            if row.version != version:
                raise ConflictError(
                    "review.stale", f"第 {row.pk} 件在您查看之后已有人办理，一件也没有签。", "请回到队列重新选。"
                )
            _check_clear([(row.pk, Lane(row.lane))])
            try:
                done.append(sign_row(office, actor, row, Intent(Action.AGREE), at))
            except ReviewflowError as error:
                message = f"第 {row.pk} 件：{error.message}一件也没有签。"
                raise error.reworded(message) from None
        append(office.key, actor.name, at, [event for _, event in done])
    return [acted for acted, _ in done]


def _check_number(number: int) -> None:
    if number > MOST:
        raise ReviewflowError("queue.too_many", f"一次最多签 {MOST} 件，这里有 {number} 件。", "请分几次办理。")


def _check_clear(cases: Iterable[tuple[int, Lane]]) -> None:
    """Raise unless all the cases are in the clear lane; the others must be read one by one."""
    others = [f"{case_id}（{lane.label}）" for case_id, lane in cases if lane is not Lane.CLEAR]
    if others:
        rest = f"等 {len(others)} 件" if len(others) > 10 else ""
        raise ReviewflowError(
            "review.not_clear",
            f"成批签字只限常规道，这些不是：{'、'.join(others[:10])}{rest}。",
            "请逐件查看后单独办理，一件也没有签。",
        )


def _tally(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(names).most_common())
