"""Under construction."""

from reviewflow.domain.terms import Kind

KIND = Kind.HEALTH
CUES: tuple[str, ...] = ()


def find(scan):
    return []
