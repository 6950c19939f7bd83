"""Lists of the queue: what waits for a person, or everything that meets some conditions, first things first."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product

from reviewflow.domain.clock import local_day
from reviewflow.domain.people import Actor, Role
from reviewflow.domain.review import OPEN_STAGES, TABLE, Action, Stage
from reviewflow.domain.terms import Category, Lane, Status, Term
from reviewflow.errors import ReviewflowError
from reviewflow.explained.words import attention_in_words
from reviewflow.records import models as rows
from reviewflow.services.access import check_reviewer, find_case, sections_seen, sees_every_section
from reviewflow.services.office import Office
from reviewflow.services.queue.shelves import COUNTED, QueueKey, ShelfSelection, counted, first_ids, keys_among

SIZE = 20
HITS = 300
"""hits of a search, the newest, that a list is narrowed to"""
_OLD = 1000


class QueueView(Term):
    """Which cases are listed, before any filter."""

    WAITING = "waiting", "等我办理"
    OPEN = "open", "在办"
    DECIDED = "decided", "已确定"
    WITHDRAWN = "withdrawn", "已撤回"
    ALL = "all", "全部"


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """Conditions, all of which a listed case meets; what is not given does not count.

    ``older_than`` is in days since the case was opened; ``due_within`` in workdays from today, what is overdue
    included. ``text`` narrows to the newest so many hits of a search in titles and texts (see ``QueuePage.narrowed``).
    """

    view: QueueView = QueueView.WAITING
    stage: Stage | None = None
    section: str = ""
    lane: Lane | None = None
    category: Category | None = None
    status: Status | None = None
    older_than: int | None = None
    due_within: int | None = None
    overdue: bool = False
    split: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list. ``days_left`` are workdays, negative once overdue, None when nothing is due any more;
    ``attention`` says in words what to look at, never what was found; ``waiting`` whether it waits for the person who is
    listed it."""

    id: int
    version: int
    lane: Lane
    title: str
    section: str
    category: Category | None
    status: Status
    stage: Stage
    due_on: date
    days_left: int | None
    provisional: bool
    split: bool
    attention: str
    waiting: bool

    @property
    def lane_rank(self) -> int:
        """The place of its lane in the order of the queue."""
        return self.lane.rank

    @property
    def signable(self) -> bool:
        """Whether it may be agreed to among others: clear, waiting for one's own agreement, and with one opinion on it."""
        decided = self.category is not None and not self.split
        return self.lane is Lane.CLEAR and decided and self.waiting and (self.stage, Action.AGREE) in TABLE


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some lines, how many cases there are by lane (counted up to COUNTED each), and the case after which the next
    page begins. ``narrowed`` says that a search had more hits than were looked at."""

    lines: tuple[CaseLine, ...]
    counts: Mapping[Lane, int]
    next_after: int | None
    narrowed: bool = False

    @property
    def total(self) -> int:
        """The cases of all lanes; a lower bound where ``capped``."""
        return sum(self.counts.values())

    @property
    def capped(self) -> bool:
        """Whether a lane has more cases than were counted."""
        return any(number >= COUNTED for number in self.counts.values())


def list_cases(
    office: Office, actor: Actor, filters: QueueFilters = QueueFilters(), after: int | None = None, size: int = SIZE
) -> QueuePage:
    """The first cases in the order of the queue (lane, day due, id), or the first after a case.

    Nobody is shown what he may not see. Raises ReviewflowError ``review.administrator``, ``review.inactive``,
    ``queue.no_section``, ``review.no_case`` (for ``after``), ``ledger.*``.
    """
    at = office.now()
    check_reviewer(actor)
    selection = select(office, actor, filters)
    start = _key(find_case(actor, after, at)) if after is not None else None
    narrowed_to, more = narrowed(actor, selection, filters, at)
    if narrowed_to is None:
        ids, counts = first_ids(selection, size + 1, start), counted(selection)
    else:
        keys = keys_among(selection, narrowed_to)
        ids = [key.id for key in keys if start is None or key > start][: size + 1]
        counts = {lane: min(COUNTED, sum(key.lane_rank == lane for key in keys)) for lane in selection.lanes}
    lines = lines_of(office, actor, ids[:size])
    by_lane = {lane: counts[lane.rank] for lane in reversed(Lane) if lane.rank in counts}
    return QueuePage(lines, by_lane, ids[size - 1] if len(ids) > size else None, more)


def sections_to_choose(office: Office, actor: Actor) -> list[str]:
    """The names of the sections among which this person can narrow a list; none for whoever sees but his own."""
    if not sees_every_section(actor, office.now()):
        return []
    return list(rows.Section.objects.order_by("name").values_list("name", flat=True))


def select(office: Office, actor: Actor, filters: QueueFilters) -> ShelfSelection:
    """What a person's filters mean for the shelves. Raises ReviewflowError ``queue.no_section``."""
    at = office.now()
    today = local_day(at)
    due_by = office.calendar.add_workdays(today, filters.due_within).day if filters.due_within is not None else None
    if filters.overdue:
        due_by = today - timedelta(days=1)
    return ShelfSelection(
        places=_places(actor, filters, at),
        sorts=_sorts(filters),
        lanes=(filters.lane.rank,) if filters.lane else tuple(sorted(lane.rank for lane in Lane)),
        split=filters.split,
        due_by=due_by,
        opened_before=at - timedelta(days=filters.older_than) if filters.older_than is not None else None,
        unsigned_by=actor.id if filters.view is QueueView.WAITING else "",
    )


_WAITING = {
    Role.SECTION: (Stage.SECTION, Stage.RETURNED),
    Role.OFFICE: (Stage.OFFICE, Stage.REFERRED, Stage.CONSULTING),
    Role.DIRECTOR: (Stage.DIRECTOR,),
}
"""where cases wait for the holder of a role"""

_STAGES: Mapping[QueueView, Iterable[Stage]] = {
    QueueView.OPEN: [stage for stage in Stage if stage in OPEN_STAGES],
    QueueView.DECIDED: (Stage.DECIDED,),
    QueueView.WITHDRAWN: (Stage.WITHDRAWN,),
    QueueView.ALL: list(Stage),
}


def _places(actor: Actor, filters: QueueFilters, at: datetime) -> list[tuple[int, str]]:
    """Section ids with stages."""
    sections = {name: number for number, name in rows.Section.objects.values_list("id", "name")}
    if filters.section and filters.section not in sections:
        raise ReviewflowError(
            "queue.no_section", f"没有名为“{filters.section}”的科室。", f"现有：{'、'.join(sections)}。"
        )
    seen, day = sections_seen(actor, at), local_day(at)
    visible = [name for name in sections if seen is None or name in seen]
    wanted = [name for name in visible if not filters.section or name == filters.section]
    return [
        (sections[name], stage.value)
        for name in wanted
        for stage in (_waiting_in(actor, name, day) if filters.view is QueueView.WAITING else _STAGES[filters.view])
        if filters.stage in (None, stage)
    ]


def _waiting_in(actor: Actor, section: str, day: date) -> list[Stage]:
    """The stages at which a section's cases wait for this person."""
    return [
        stage for role, stages in _WAITING.items() if actor.holding(role, day, section) is not None for stage in stages
    ]


def _sorts(filters: QueueFilters) -> list[tuple[str, str]]:
    """Pairs of category and status, where either is asked for."""
    if filters.category is None and filters.status is None:
        return []
    categories = [filters.category.value] if filters.category else ["", *(one.value for one in Category)]
    statuses = [filters.status.value] if filters.status else [one.value for one in Status]
    return list(product(categories, statuses))


def narrowed(
    actor: Actor, selection: ShelfSelection, filters: QueueFilters, at: datetime
) -> tuple[list[int] | None, bool]:
    """The ids that are left to look at where few enough are, and whether a search had more hits.

    A search always narrows; age does where few cases are that old. Where many are, they are soon met on the shelves.
    """
    if filters.text:
        from reviewflow.services.queue.search import search_ids

        hits = list(search_ids(filters.text, HITS + 1, sections_seen(actor, at)))
        return hits[:HITS], len(hits) > HITS
    if selection.opened_before is None:
        return None, False
    is_open = {Stage(stage) in OPEN_STAGES for _, stage in selection.places}
    old = rows.Case.objects.filter(is_open__in=is_open, opened_at__lt=selection.opened_before).order_by("opened_at")
    ids = list(old.values_list("id", flat=True)[: _OLD + 1])
    return (None if len(ids) > _OLD else ids), False


def _key(row: rows.Case) -> QueueKey:
    return QueueKey(row.lane_rank, row.due_on, row.pk)


def lines_of(office: Office, actor: Actor, ids: Sequence[int]) -> tuple[CaseLine, ...]:
    """The lines of cases as this person is listed them, in the order of their ids given."""
    found = {row.pk: row for row in rows.Case.objects.select_related("section").filter(pk__in=ids)}
    proposals = rows.Proposal.objects.filter(document_id__in=[row.document_id for row in found.values()])
    records = dict(proposals.values_list("document_id", "record"))
    return tuple(_line(office, actor, found[one], records[found[one].document_id]) for one in ids if one in found)


def _line(office: Office, actor: Actor, row: rows.Case, record: str) -> CaseLine:
    today = office.today()
    stage = Stage(row.stage)
    return CaseLine(
        id=row.pk,
        version=row.version,
        lane=Lane(row.lane),
        title=row.title,
        section=row.section.name,
        category=Category(row.category) if row.category else None,
        status=Status(row.status),
        stage=stage,
        due_on=row.due_on,
        days_left=office.calendar.workdays_between(today, row.due_on) if row.is_open else None,
        provisional=row.due_provisional,
        split=row.split,
        attention=attention_in_words(json.loads(record)),
        waiting=stage in _waiting_in(actor, row.section.name, today) and f" {actor.id} " not in row.signers,
    )
