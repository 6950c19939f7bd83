"""Ctrl-C, or a question that was left unanswered: what has become of the work so far, and how it goes on."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

INTERRUPTED = 130
"""the exit code: 128 and the number of SIGINT, as shells have it"""


@contextmanager
def interruptible(message: str) -> Iterator[None]:
    """Within the block an interruption ends the command with this message: for commands that can go on."""
    try:
        yield
    except (KeyboardInterrupt, click.Abort):
        click.echo(message, err=True)
        sys.exit(INTERRUPTED)
