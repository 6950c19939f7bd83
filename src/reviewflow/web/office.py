"""The office that this server serves, opened once."""

from functools import lru_cache

from reviewflow.services.office import Office, open_office


@lru_cache(maxsize=1)
def office() -> Office:
    """The opened office. Raises ReviewflowError as ``open_office``."""
    return open_office()
