"""Conditions that several services ask for, each written once."""

from collections.abc import Collection
from typing import Self, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class OutcomeQuerySet(models.QuerySet[Row]):
    """Catalogue entries or lines of the register: what decisions have become."""

    def in_force(self) -> Self:
        """Those whose decision stands."""
        # Written as IN, since SQLite uses no index for the bare column that Django makes of a plain True.
        return self.filter(in_force__in=[True])

    def of_sections(self, names: Collection[str] | None) -> Self:
        """Those of these sections' cases; all of them for None (see reviewflow.services.access.sections_seen)."""
        return self if names is None else self.filter(case__section__name__in=names)
