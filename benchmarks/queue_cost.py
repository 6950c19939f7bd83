"""What a page of the queue, a case and a search cost with 100,000 cases against 1,000, on SQLite and PostgreSQL.

Both ledgers stand side by side and are asked in turn. Times are the best of 35 within one process, without start-up; a
command adds the same start-up to both. ``--every`` asks every combination of up to three filters instead, and prints the worst.
"""

import argparse
import itertools
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from ledgers import Made, make, servers
from reviewflow.domain.review import Stage
from reviewflow.domain.terms import Category, Lane, Status
from reviewflow.records.configuration import connect

_ROUNDS = 5
_RUNS = 7


def questions() -> dict[str, Callable[[Made], Any]]:
    """What is asked, by name."""
    from reviewflow.services.case.case_view import view_of
    from reviewflow.services.case.dossier import dossier
    from reviewflow.services.queue.lists import QueueFilters, QueueView, list_cases
    from reviewflow.services.queue.search import find_cases

    def shown(made: Made) -> Any:
        person = made.people["主任"]
        return view_of(made.office, person, dossier(made.office, person, 900))

    def listed(who: str, **filters: Any) -> Callable[[Made], Any]:
        return lambda made: list_cases(made.office, made.people[who], QueueFilters(**filters))

    return {
        "list, section person": listed("科员"),
        "list, office": listed("主任"),
        "list --all": listed("主任", view=QueueView.OPEN),
        "list --all --lane 停止": listed("主任", view=QueueView.OPEN, lane=Lane.HOLD),
        "list --all --category 机构职能": listed("主任", view=QueueView.OPEN, category=Category.FUNCTIONS),
        "list --stage 退回补正 --category --lane": listed(
            "主任", view=QueueView.ALL, stage=Stage.RETURNED, category=Category.FUNCTIONS, lane=Lane.HOLD
        ),
        "list --all --overdue --status 不予公开": listed(
            "主任", view=QueueView.OPEN, overdue=True, status=Status.NON_PUBLIC
        ),
        "list --all --older-than 30": listed("主任", view=QueueView.OPEN, older_than=30),
        "list --all --older-than 900": listed("主任", view=QueueView.OPEN, older_than=900),
        "list --all --split": listed("主任", view=QueueView.OPEN, split=True),
        "list --decided": listed("主任", view=QueueView.DECIDED),
        "list --all --text 饮用水": listed("主任", view=QueueView.OPEN, text="饮用水"),
        "show": shown,
        "search 饮用水 (in many)": lambda made: find_cases(made.office, made.people["主任"], "饮用水"),
        "search 第907号 (in one)": lambda made: find_cases(made.office, made.people["主任"], "第907号"),
        "search 渔政码头 (in none)": lambda made: find_cases(made.office, made.people["主任"], "渔政码头"),
    }


def combinations() -> Iterator[dict[str, Any]]:
    """Every combination of up to three filters, with values that are common, rare and nowhere met."""
    from reviewflow.services.queue.lists import QueueView

    values: dict[str, list[Any]] = {
        "view": [QueueView.OPEN, QueueView.DECIDED, QueueView.ALL],
        "stage": [Stage.SECTION, Stage.REFERRED, Stage.DECIDED],
        "section": ["水科", "综合科"],
        "lane": list(Lane),
        "category": [Category.ACTIVITIES, Category.FUNCTIONS],
        "status": [Status.PROACTIVE, Status.ON_REQUEST],
        "older_than": [5, 30, 695, 705],
        "due_within": [3],
        "overdue": [True],
        "split": [True],
    }
    for number in range(4):
        for names in itertools.combinations(values, number):
            for chosen in itertools.product(*(values[name] for name in names)):
                yield dict(zip(names, chosen, strict=True))


def seconds(ask: Callable[[Made], Any], made: Made) -> float:
    """How long one question takes."""
    started = time.perf_counter()
    ask(made)
    return time.perf_counter() - started


def compare(engine: str, small: Made, large: Made) -> None:
    """Ask both ledgers everything, in turn, and print the best times."""
    asked = questions()
    taken: dict[tuple[str, Made], list[float]] = {(name, made): [] for name in asked for made in (small, large)}
    for _ in range(_ROUNDS):
        for made in (small, large):
            connect(made.office.settings)
            for name, ask in asked.items():
                ask(made)
                taken[name, made] += [seconds(ask, made) for _ in range(_RUNS)]
    for name in asked:
        before, after = (1000 * min(taken[name, made]) for made in (small, large))
        print(f"{engine:11} {name:42} {before:7.2f} ms {after:7.2f} ms  x {after / before:5.2f}", flush=True)


def every(engine: str, large: Made) -> None:
    """Ask every combination of filters; what seems slow is asked again, since other work may have been in the way."""
    from reviewflow.services.queue.lists import QueueFilters, list_cases

    connect(large.office.settings)
    found = []
    for who, chosen in itertools.product(("科员", "主任"), combinations()):
        filters = QueueFilters(**chosen)

        def ask(made: Made, who: str = who, filters: QueueFilters = filters) -> None:
            list_cases(made.office, made.people[who], filters)

        taken = seconds(ask, large)
        if taken > 0.01:
            taken = min(seconds(ask, large) for _ in range(5))
        found.append((taken, who, chosen))
    found.sort(key=lambda one: -one[0])
    print(f"{engine}: {len(found)} combinations, median {1000 * median(one[0] for one in found):.1f} ms; the slowest:")
    for taken, who, chosen in found[:10]:
        print(f"  {1000 * taken:6.1f} ms  {who}  " + " ".join(f"{name}={value}" for name, value in chosen.items()))


def main() -> None:
    """Make the ledgers, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=1000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--every", action="store_true")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), action="append")
    chosen = parser.parse_args()
    with servers() as empty:
        for engine in chosen.engine or ("sqlite", "postgresql"):
            large = make(empty(engine, "large"), chosen.large)
            if chosen.every:
                every(engine, large)
            else:
                compare(engine, make(empty(engine, "small"), chosen.small), large)


if __name__ == "__main__":
    main()
