"""Legal bases with the days on which they were in force, so that a basis fits the document's date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from reviewflow.domain.terms import Flag, Status


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One clause: stable code, citation in Chinese, first and last day in force (None = still, or unknown start)."""

    code: str
    citation: str
    statuses: frozenset[Status]
    flags: frozenset[Flag]
    since: date | None
    until: date | None

    def in_force(self, day: date) -> bool:
        """Whether the clause was in force on this day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class LegalBases:
    """All the bases of a configuration, by code in file order."""

    by_code: Mapping[str, LegalBasis]

    def supporting(self, codes: Iterable[str], status: Status, day: date) -> tuple[str, ...]:
        """Those of the codes that support the status and were in force on this day, without repeats."""
        known = (self.by_code[code] for code in dict.fromkeys(codes) if code in self.by_code)
        return tuple(basis.code for basis in known if status in basis.statuses and basis.in_force(day))

    def for_flags(self, flags: Iterable[Flag], status: Status, day: date) -> tuple[str, ...]:
        """The bases in force on this day that belong to one of the flags and support the status."""
        wanted = set(flags)
        return tuple(
            basis.code
            for basis in self.by_code.values()
            if basis.flags & wanted and status in basis.statuses and basis.in_force(day)
        )
