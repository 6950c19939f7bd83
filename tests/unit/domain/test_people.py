"""Whose documents a person sees, and on which days."""

from datetime import date

import pytest

from reviewflow.domain.people import Actor, HeldRole, Role

_DAY = date(2025, 11, 3)
_BEFORE, _AFTER = date(2025, 11, 2), date(2025, 11, 4)


@pytest.mark.parametrize(
    ("role", "all_sections", "sections"),
    [
        (Role.SECTION, False, {"大气科"}),
        (Role.OFFICE, True, set()),
        (Role.DIRECTOR, True, set()),
        (Role.OFFICER, True, set()),
        (Role.ADMINISTRATOR, False, set()),
    ],
)
def test_a_role_opens_the_documents_of_its_section_or_of_all(
    role: Role, all_sections: bool, sections: set[str]
) -> None:
    actor = Actor("1", "甲", (HeldRole(role, "大气科", since=_DAY, until=_DAY),))
    assert (actor.sees_all(_DAY), actor.sections(_DAY)) == (all_sections, sections)
    for day in (_BEFORE, _AFTER):
        assert (actor.sees_all(day), actor.sections(day)) == (False, frozenset())
