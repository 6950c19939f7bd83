"""Values that options take: members of closed vocabularies by code or Chinese name, and days."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from reviewflow.domain.terms import Term

if TYPE_CHECKING:
    _Type = click.ParamType[Any]
else:
    _Type = click.ParamType  # not generic in click 8.1


class Named(_Type):
    """A member of a vocabulary, given by its code or its Chinese name."""

    name = "名称"

    def __init__(self, terms: type[Term]) -> None:
        self._terms = terms

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Term:
        """The member. Fails with the list of all names."""
        found = next((one for one in self._terms if value in (one, one.value, one.label)), None)
        if found is None:
            self.fail(f"没有“{value}”，可用：{'、'.join(one.label for one in self._terms)}。", param, ctx)
        return found


class Day(_Type):
    """A day as 2025-11-03."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day. Fails for anything else."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2025-11-03。", param, ctx)


DAY = Day()
