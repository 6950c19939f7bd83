"""Options whose values are terms of a vocabulary; the help lists them."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from reviewflow.cli.terminal.values import Named
from reviewflow.domain.terms import Term

_Command = TypeVar("_Command", bound=Callable[..., Any])


def term_option(name: str, vocabulary: type[Term], about: str, **more: Any) -> Callable[[_Command], _Command]:
    """An option that takes a term by its Chinese name or its code."""
    names = "|".join(one.label for one in vocabulary)
    return click.option(name, type=Named(vocabulary), metavar=names, help=about, **more)
