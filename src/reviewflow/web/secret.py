"""The secret that signs cookies: a file of the installation that its owner alone can read."""

import secrets
from pathlib import Path

from reviewflow.keys import make_key
from reviewflow.settings import Settings


def secret_path(settings: Settings) -> Path:
    """Where the secret stands."""
    return settings.storage_folder / "web.key"


def read_secret(settings: Settings) -> str:
    """The secret, or one that lasts for this process alone where no file has been made yet (``reviewflow serve`` makes
    it): there is no default secret."""
    try:
        return secret_path(settings).read_bytes().hex()
    except OSError:
        return secrets.token_hex(32)


def make_secret(settings: Settings) -> None:
    """Make the file if it is not there."""
    make_key(secret_path(settings))
