"""Who sits at this terminal: the session file, which its owner alone can read, and the person it stands for."""

import hashlib
import os
import stat
from pathlib import Path

from reviewflow.domain.people import Actor
from reviewflow.errors import ReviewflowError
from reviewflow.finished_files import unwritable_error, whole_file
from reviewflow.services.office import Office, open_office

_CHECK_FOLDER = "请检查该文件夹的权限。"
_LONGEST = 200
"""bytes of a session file that are read; a token is much shorter"""


def signed_in() -> tuple[Office, Actor]:
    """The opened office and the person who is signed in.

    Raises ReviewflowError ``login.required``, ``login.session_open``, and those of ``open_office``.
    """
    office = open_office()
    from reviewflow.services.accounts.sessions import actor_for

    return office, actor_for(office, read_token(session_path(office)))


def session_path(office: Office) -> Path:
    """Where the token of this office is kept: ``REVIEWFLOW_SESSION_FILE``, or a file of one's state folder."""
    named = os.environ.get("REVIEWFLOW_SESSION_FILE")
    if named:
        return Path(named)
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    home = hashlib.sha256(str(office.settings.home.resolve()).encode()).hexdigest()[:16]
    return state / "reviewflow" / f"{home}.session"


def read_token(path: Path) -> str:
    """The token in a session file, empty where there is none. Raises ReviewflowError ``login.session_open``."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return ""
    except OSError:
        raise _open_to_others(path) from None
    try:
        # Of the opened file, not of the path: nobody can put another in its place meanwhile.
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_mode & 0o077 or status.st_uid != os.geteuid():
            raise _open_to_others(path)
        return os.read(descriptor, _LONGEST).decode("ascii", "replace").strip()
    finally:
        os.close(descriptor)


def _open_to_others(path: Path) -> ReviewflowError:
    return ReviewflowError(
        "login.session_open", f"登录文件 {path} 他人可读，或不属于您。", "请删除它，再运行 reviewflow login。"
    )


def save_token(path: Path, token: str) -> None:
    """Write a session file that its owner alone can read. Raises ReviewflowError ``write.failed``."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with whole_file(path, 0o600) as temporary:
            temporary.write_text(token + "\n", "ascii")
    except OSError as error:
        raise unwritable_error(path, error, _CHECK_FOLDER) from None


def remove_token(path: Path) -> None:
    """Remove a session file. Raises ReviewflowError ``write.failed``."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable_error(path, error, _CHECK_FOLDER) from None
