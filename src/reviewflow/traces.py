"""Where in the program something went wrong, for whoever maintains it.

Only places and types: never the words of an exception, which may be words of a document.
"""

import os
import sys
import traceback

DEBUG = "REVIEWFLOW_DEBUG"
"""the variable of the environment that has commands show traces; ``--debug`` sets it"""
_MOST_FRAMES = 40


def debugging() -> bool:
    """Whether commands are to show traces."""
    return os.environ.get(DEBUG, "") not in ("", "0")


def trace_of(error: BaseException | None) -> str:
    """File, line and function of each frame, and the type of the error and of each that led to it, one a line."""
    lines: list[str] = []
    while error is not None:
        frames = traceback.StackSummary.extract(
            traceback.walk_tb(error.__traceback__), limit=-_MOST_FRAMES, lookup_lines=False
        )
        lines.extend(f"{without_folders(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames)
        lines.append(type(error).__name__)
        error = error.__cause__ or error.__context__
    return "\n".join(lines)


def without_folders(text: str) -> str:
    """A text without the folders in which packages are installed: they tell of the machine and not of the program."""
    for folder in sorted(filter(None, sys.path), key=len, reverse=True):
        text = text.replace(folder + os.sep, "")
    return text
