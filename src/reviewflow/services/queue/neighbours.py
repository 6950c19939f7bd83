"""The cases before and after one in a list: going on without going back to the list."""

from reviewflow.domain.people import Actor
from reviewflow.records import models as rows
from reviewflow.services.office import Office
from reviewflow.services.queue.lists import QueueFilters, narrowed, select
from reviewflow.services.queue.shelves import QueueKey, first_ids, keys_among


def neighbours(office: Office, actor: Actor, filters: QueueFilters, row: rows.Case) -> tuple[int | None, int | None]:
    """The ids of the cases before and after a case in the order of the queue; None where there is none.

    The case itself need not be listed any more: after signing it, the next one is the next of where it stands now.
    """
    key = QueueKey(row.lane_rank, row.due_on, row.pk)
    selection = select(office, actor, filters)
    ids, _ = narrowed(actor, selection, filters, office.now())
    if ids is None:
        before, after = first_ids(selection, 1, key, backwards=True), first_ids(selection, 1, key)
    else:
        keys = keys_among(selection, ids)
        before, after = [one.id for one in keys if one < key][-1:], [one.id for one in keys if one > key][:1]
    return next(iter(before), None), next(iter(after), None)
