"""Signing many at once: which cases may be, and what is said of them before anybody confirms."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reviewflow.domain.people import Actor
from reviewflow.domain.terms import Lane
from reviewflow.errors import ReviewflowError
from reviewflow.services.access import find_case
from reviewflow.services.office import Office
from reviewflow.services.queue.lists import Filters, Line, lines_of, list_cases

MOST = 500
"""cases in one signing: more than that nobody has looked over"""


@dataclass(frozen=True, slots=True)
class Batch:
    """Cases to be signed together, and whether there are more than fit; how many of them there are of each category
    and status, and of each section, most first."""

    lines: tuple[Line, ...]
    more: bool = False

    @property
    def kinds(self) -> tuple[tuple[str, int], ...]:
        """Category and status in words, with their numbers."""
        return _tally(f"{one.category.label if one.category else '类别未定'}、{one.status.label}" for one in self.lines)

    @property
    def sections(self) -> tuple[tuple[str, int], ...]:
        """Sections with their numbers."""
        return _tally(line.section for line in self.lines)


def named_for_signing(office: Office, actor: Actor, case_ids: Iterable[int]) -> Batch:
    """The cases named, as they are now. Raises ReviewflowError ``review.no_case``, ``review.not_clear``,
    ``queue.too_many``."""
    ids = list(dict.fromkeys(case_ids))
    if len(ids) > MOST:
        raise ReviewflowError("queue.too_many", f"一次最多签 {MOST} 件，这里有 {len(ids)} 件。", "请分几次办理。")
    at = office.now()
    for case_id in ids:
        find_case(actor, case_id, at)
    lines = lines_of(office, actor, ids)
    _check_clear(lines)
    return Batch(lines)


def waiting_for_signing(office: Office, actor: Actor, filters: Filters) -> Batch:
    """The first cases of the clear lane that meet the filters and can be agreed to: one that waits for an answer, or on
    which opinions are split, stops nobody from signing the rest. Raises as ``reviewflow.services.queue.lists.list_cases``."""
    page = list_cases(office, actor, replace(filters, lane=Lane.CLEAR), size=MOST)
    return Batch(tuple(line for line in page.lines if line.signable), page.next_after is not None)


def _check_clear(lines: Iterable[Line]) -> None:
    """Raise unless all the cases are in the clear lane; the others must be read one by one."""
    others = [line for line in lines if line.lane is not Lane.CLEAR]
    if others:
        named = "、".join(f"{line.id}（{line.lane.label}）" for line in others[:10])
        rest = f"等 {len(others)} 件" if len(others) > 10 else ""
        raise ReviewflowError(
            "review.not_clear",
            f"成批签字只限常规道，这些不是：{named}{rest}。",
            "请用 queue show 逐件查看后单独办理，一件也没有签。",
        )


def _tally(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(names).most_common())
