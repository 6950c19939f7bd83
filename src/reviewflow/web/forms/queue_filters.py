"""The filters of the queue as an address names them, on its page and to programs."""

from typing import TypeVar

from django.http import QueryDict

from reviewflow.domain.review import Stage
from reviewflow.domain.terms import Category, Lane, Status, Term
from reviewflow.errors import ReviewflowError
from reviewflow.services.queue.lists import QueueFilters, QueueView

T = TypeVar("T", bound=Term)


def filters_from(query: QueryDict) -> QueueFilters:
    """The filters that a query names. Raises ReviewflowError ``queue.filter`` for what is none."""
    view, stage = _term(QueueView, query.get("view", "")) or QueueView.WAITING, _term(Stage, query.get("stage", ""))
    return QueueFilters(
        # A stage that was chosen is meant as such, not as what of it waits for oneself.
        view=QueueView.ALL if stage and view is QueueView.WAITING else view,
        stage=stage,
        section=query.get("section", "")[:60],
        lane=_term(Lane, query.get("lane", "")),
        category=_term(Category, query.get("category", "")),
        status=_term(Status, query.get("status", "")),
        older_than=_number(query.get("older_than", "")),
        due_within=_number(query.get("due_within", "")),
        overdue=query.get("overdue") == "1",
        split=query.get("split") == "1",
        text=query.get("text", "").strip()[:100],
    )


def _term(kind: type[T], code: str) -> T | None:
    if not code:
        return None
    try:
        return kind(code)
    except ValueError:
        raise ReviewflowError("queue.filter", "筛选条件不认识。", "请从页面上的列表中选择。") from None


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise ReviewflowError("queue.filter", "天数应是不超过 9999 的整数。", "请改正后再筛选。")
    return int(text)
