"""The people of a review and the roles that they hold, for whom and for how long."""

from dataclasses import dataclass
from datetime import date

from reviewflow.domain.terms import Term


class Role(Term):
    """What a person may do. An administrator keeps accounts and never signs."""

    SECTION = "section", "科室审查员"
    OFFICE = "office", "办公室审查员"
    DIRECTOR = "director", "主管局长"
    OFFICER = "officer", "信息公开员"
    ADMINISTRATOR = "administrator", "系统管理员"


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role held by a person: of one section where the role is SECTION, for these days (None = without limit).

    ``stand_in_for`` names the person for whom it is held (代理); it is recorded with every signature.
    """

    role: Role
    section: str = ""
    since: date | None = None
    until: date | None = None
    stand_in_for: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the role is held on this day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts: the account's id, the name on the signature, and the roles held."""

    id: str
    name: str
    held: tuple[HeldRole, ...] = ()
    active: bool = True

    @property
    def is_administrator(self) -> bool:
        """Whether the account ever administers: such an account never signs, on no day."""
        return any(one.role is Role.ADMINISTRATOR for one in self.held)

    def held_on(self, day: date) -> tuple[HeldRole, ...]:
        """The roles held on this day; a closed account holds none on any day."""
        return tuple(one for one in self.held if one.holds_on(day)) if self.active else ()

    def holding(self, role: Role, day: date, section: str = "") -> HeldRole | None:
        """The role as held on this day (for this section, where it is the section's), an own one before a stand-in's."""
        fitting = [
            one
            for one in self.held_on(day)
            if one.role is role and (role is not Role.SECTION or one.section == section)
        ]
        return min(fitting, key=lambda one: bool(one.stand_in_for), default=None)

    def sections(self, day: date) -> frozenset[str]:
        """The sections whose role is held on this day."""
        return frozenset(one.section for one in self.held_on(day) if one.role is Role.SECTION)

    def sees_all(self, day: date) -> bool:
        """Whether documents of every section are open to this person on this day."""
        wide = (Role.OFFICE, Role.DIRECTOR, Role.OFFICER)
        return any(one.role in wide for one in self.held_on(day))
