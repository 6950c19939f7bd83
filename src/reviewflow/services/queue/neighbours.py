"""The cases before and after one in a list: going on without going back to the list."""

from dataclasses import dataclass

from reviewflow.domain.people import Actor
from reviewflow.records import models as rows
from reviewflow.services.office import Office
from reviewflow.services.queue.lists import QueueFilters, narrowed, select
from reviewflow.services.queue.shelves import QueueKey, ShelfSelection, first_ids, keys_among


@dataclass(frozen=True, slots=True)
class ListOrder:
    """A list whose filters were found sound; ``ids`` are the cases that a search or age narrows it to, None for all."""

    selection: ShelfSelection
    ids: list[int] | None

    def neighbours(self, row: rows.Case) -> tuple[int | None, int | None]:
        """The ids of the cases before and after a case in the order of the queue; None where there is none.

        The case itself need not be listed any more: after signing it, the next one is the next of where it stands now.
        """
        key = QueueKey(row.lane_rank, row.due_on, row.pk)
        if self.ids is None:
            before, after = first_ids(self.selection, 1, key, backwards=True), first_ids(self.selection, 1, key)
        else:
            keys = keys_among(self.selection, self.ids)
            before, after = [one.id for one in keys if one < key][-1:], [one.id for one in keys if one > key][:1]
        return next(iter(before), None), next(iter(after), None)


def list_order(office: Office, actor: Actor, filters: QueueFilters) -> ListOrder:
    """The order of a person's list. Whoever signs asks for it before the signature: filters that cannot be used are
    refused then, and no error follows a signature that stands.

    Raises ReviewflowError ``queue.no_section``, ``search.empty``, ``ledger.*``.
    """
    selection = select(office, actor, filters)
    ids, _ = narrowed(actor, selection, filters, office.now())
    return ListOrder(selection, ids)
