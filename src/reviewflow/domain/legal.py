"""Legal bases with the days on which they were in force, so that a basis fits the document's date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from reviewflow.domain.terms import Flag, Status
from reviewflow.errors import ReviewflowError


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One clause: stable code, citation in Chinese, first and last day in force (None = still, or unknown start).

    ``region`` is the place whose law it is, as it stands in the names of that place's offices; empty for national law.
    """

    code: str
    citation: str
    statuses: frozenset[Status]
    flags: frozenset[Flag]
    since: date | None
    until: date | None
    region: str = ""

    def in_force(self, day: date) -> bool:
        """Whether the clause was in force on this day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class LegalBases:
    """All the bases of a configuration, by code in file order, and the full name of the office that they are for."""

    by_code: Mapping[str, LegalBasis]
    office: str = ""

    def offered(self, status: Status, day: date) -> tuple[LegalBasis, ...]:
        """The bases for a status in force on this day, without those of other places. Whoever names one may cite it."""
        return tuple(
            basis
            for basis in self.by_code.values()
            if status in basis.statuses and basis.in_force(day) and basis.region in self.office
        )

    def supporting(self, codes: Iterable[str], status: Status, day: date) -> tuple[str, ...]:
        """Those of the codes that support the status and were in force on this day, without repeats."""
        known = (self.by_code[code] for code in dict.fromkeys(codes) if code in self.by_code)
        return tuple(basis.code for basis in known if status in basis.statuses and basis.in_force(day))

    def for_flags(self, flags: Iterable[Flag], status: Status, day: date) -> tuple[str, ...]:
        """Those of the bases offered that belong to one of the flags."""
        wanted = set(flags)
        return tuple(basis.code for basis in self.offered(status, day) if basis.flags & wanted)

    def citations(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Bases as they are cited; a code that the configuration no longer has stays as it is."""
        return tuple(self.by_code[code].citation if code in self.by_code else code for code in codes)

    def find_codes(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Codes as the configuration spells them. Raises ReviewflowError ``review.unknown_basis``, with those near."""
        spelled = {code.upper(): code for code in self.by_code}
        wanted = [(code, code.strip().upper()) for code in codes]
        for typed, code in wanted:
            if code not in spelled:
                near = [spelled[one] for one in get_close_matches(code, spelled, n=3, cutoff=0.5)]
                hint = f"是不是 {' 或 '.join(near)}？" if near else "依据见 configs/legal_bases.yaml。"
                raise ReviewflowError("review.unknown_basis", f"没有代码为 {typed} 的依据。", hint)
        return tuple(spelled[code] for _, code in wanted)
