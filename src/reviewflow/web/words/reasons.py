"""Codes of errors in words, as the manual's table has them: one place says what a code means."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_MANUAL = Path(__file__).parents[1] / "manual" / "clerk.md"
_LINE = re.compile(r"^\| ([a-z_]+\.[a-z_]+) \| ([^|]+) \|", re.MULTILINE)


def reason(code: str) -> str:
    """Why, in words; empty for a code that the manual does not list."""
    return _reasons().get(code, "")


@lru_cache(maxsize=1)
def _reasons() -> Mapping[str, str]:
    return {code: why.strip() for code, why in _LINE.findall(_MANUAL.read_text("utf-8"))}
