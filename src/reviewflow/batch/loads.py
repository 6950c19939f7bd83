"""What workers are handed: loads of documents, and the order under which a whole run works."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from reviewflow.batch.troubles import Trouble
from reviewflow.settings import ReadingLimits, Settings

if TYPE_CHECKING:
    from reviewflow.pipeline import Toolkit

Made = TypeVar("Made")

Stamp = tuple[tuple[str, int, int], ...]
"""by file of the configuration its time of change and its size"""


@dataclass(frozen=True, slots=True)
class Load(Generic[Made]):
    """Documents that one worker is handed in one go.

    ``make`` is a function of a module, or a ``partial`` of one, since it travels to another process by its name: items
    and toolkit in, one result for each out, in order. ``sources`` say what a trouble with each item is reported under.
    Items that are cheap go ``together`` in one call, and one by one only when that fails. ``ready`` are results that
    stand already and come out before those of the items. What only reads is ``bare``: it is given None in the toolkit's
    place, and no worker waits for a model.
    """

    make: "Callable[[Sequence[Any], Toolkit], Sequence[Made]] | Callable[[Sequence[Any], None], Sequence[Made]]"
    items: tuple[Any, ...] = ()
    sources: tuple[str, ...] = ()
    together: bool = False
    ready: tuple[Made | Trouble, ...] = ()
    bare: bool = False

    def part(self, start: int, stop: int, *, together: bool) -> "Load[Made]":
        """The items from ``start`` to before ``stop``."""
        return replace(
            self, items=self.items[start:stop], sources=self.sources[start:stop], together=together, ready=()
        )


@dataclass(frozen=True, slots=True)
class Order:
    """Under what a run works, from its first document to its last: one configuration, one set of bounds a file."""

    home: Path
    stamp: Stamp
    limits: ReadingLimits

    @classmethod
    def of(cls, settings: Settings) -> "Order":
        """The order of a run that begins now."""
        home = settings.home.absolute()
        return cls(home, configuration_stamp(home), settings.reading)


def configuration_stamp(home: Path) -> Stamp:
    """What changes when settings, rules, law or the active model of an installation do."""
    files = [home / "models" / "ACTIVE", *sorted((home / "configs").iterdir())]
    states = [(file.name, file.stat()) for file in files if file.exists()]
    return tuple((name, state.st_mtime_ns, state.st_size) for name, state in states)
