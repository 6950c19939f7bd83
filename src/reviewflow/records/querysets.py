"""Conditions that several services ask for, each written once."""

from collections.abc import Collection
from typing import Self, TypeVar

from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat, StrIndex

Row = TypeVar("Row", bound=models.Model)


class OutcomeQuerySet(models.QuerySet[Row]):
    """Catalogue entries or lines of the register: what decisions have become."""

    def in_force(self) -> Self:
        """Those whose decision stands."""
        # Written as IN, since SQLite uses no index for the bare column that Django makes of a plain True.
        return self.filter(in_force__in=[True])

    def in_force_as_entered(self) -> Self:
        """Those whose decision stands, in the order in which they were entered."""
        # The bare column, for the reason above: SQLite then goes along the primary key, so that a page costs the same
        # wherever it begins, instead of sorting all that an index gives.
        return self.filter(in_force=True).order_by("pk")

    def of_sections(self, names: Collection[str] | None) -> Self:
        """Those of these sections' cases; all of them for None (see reviewflow.services.access.sections_seen)."""
        return self if names is None else self.filter(case__section__name__in=names)

    def citing(self, basis: str) -> Self:
        """Those that cite the legal basis of this code, the whole of it, among the codes that they hold."""
        codes = Concat(Value(" "), "bases", Value(" "))
        return self.alias(place=StrIndex(codes, Value(f" {basis} "))).filter(place__gt=0)
