"""What workers are handed: documents, in loads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from reviewflow.batch.troubles import Trouble

if TYPE_CHECKING:
    from reviewflow.pipeline import Toolkit

Made = TypeVar("Made")


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
