"""The cases before and after one in a list: going on without going back to the list."""

from reviewflow.domain.people import Actor
from reviewflow.records import models as rows
from reviewflow.services.listing import Filters, select
from reviewflow.services.office import Office
from reviewflow.services.shelves import Key, first_ids

REACH = 500
"""how far from the top of the list the case before is looked for"""


def neighbours(office: Office, actor: Actor, filters: Filters, row: rows.Case) -> tuple[int | None, int | None]:
    """The ids of the cases before and after a case in the order of the queue; None where there is none.

    The case itself need not be listed any more: after signing it, the next one is still the next.
    """
    key = Key(row.lane_rank, row.due_on, row.pk)
    selection = select(office, actor, filters)
    following = first_ids(selection, 2, key)
    after = next((one for one in following if one != row.pk), None)
    before = None
    for one in first_ids(selection, REACH):
        if one in (row.pk, after):
            break
        before = one
    else:
        before = None
    return before, after
