"""Options whose values are terms of a vocabulary, given by their Chinese names or their codes."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from reviewflow.domain.terms import Term

_Command = TypeVar("_Command", bound=Callable[..., Any])


class TermType(click.ParamType):
    """A term by its label or its code."""

    name = "term"

    def __init__(self, vocabulary: type[Term]) -> None:
        self.names = {one.value: one for one in vocabulary} | {one.label: one for one in vocabulary}
        self.labels = [one.label for one in vocabulary]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Term:
        """Find the term; list them all where there is none of that name."""
        if isinstance(value, Term):
            return value
        if value not in self.names:
            self.fail(f"没有“{value}”，可用：{'、'.join(self.labels)}。", param, ctx)
        return self.names[value]


def term_option(name: str, vocabulary: type[Term], about: str, **more: Any) -> Callable[[_Command], _Command]:
    """An option that takes a term; the help lists them."""
    kind = TermType(vocabulary)
    return click.option(name, type=kind, metavar="|".join(kind.labels), help=about, **more)
