"""Under construction."""

from reviewflow.domain.terms import Kind

KIND = Kind.ADDRESS_HOME
CUES: tuple[str, ...] = ()


def find(scan):
    return []
