"""Under construction."""

from reviewflow.domain.terms import Kind

KIND = Kind.PERSON_PRIVATE
CUES: tuple[str, ...] = ()


def find(scan):
    return []
