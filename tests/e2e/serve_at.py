"""``python -m tests.e2e.serve_at MOMENT PORT``: the desk with its clock set, so that its pictures stay the same."""

import sys
from datetime import datetime

from reviewflow.domain import clock


def main(moment: str, port: str) -> None:
    """Serve until ended."""
    standing = datetime.fromisoformat(moment)
    # Before anything takes the clock over as its default.
    clock.now = lambda: standing

    from reviewflow.settings import load_settings
    from reviewflow.web.server import run

    run(load_settings(), "127.0.0.1", int(port))


if __name__ == "__main__":
    main(*sys.argv[1:])
