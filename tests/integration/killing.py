"""Programs that are killed on the way, and what they had said was kept by then.

``python -m tests.integration.killing HOME NAME SECTION JOBS PATH…`` imports for a person, and prints ``ready`` when it
begins and one number a batch: how many documents are done, as soon as they are.
"""

import random
import subprocess
import sys
import time
from pathlib import Path

from tests.integration.offices import ROOT


def start_import(home: Path, name: str, section: str, paths: list[Path], jobs: int = 1) -> "subprocess.Popen[str]":
    """Start an import in a process of its own."""
    arguments = [str(home), name, section, str(jobs), *map(str, paths)]
    return start("tests.integration.killing", *arguments)


def start(module: str, *arguments: str) -> "subprocess.Popen[str]":
    """Start a module as a program that says ``ready`` before it begins."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def kill_within(process: "subprocess.Popen[str]", seconds: float, chance: random.Random) -> list[str]:
    """Kill a program at a random moment within so many seconds of its ``ready``; the whole lines that it had said."""
    assert process.stdout is not None
    said = process.stdout.readline()
    if said == "ready\n":
        time.sleep(chance.uniform(0, seconds))
    process.kill()
    rest, errors = process.communicate()
    assert "Traceback" not in errors, errors
    return rest[: rest.rfind("\n") + 1].splitlines()


def main() -> None:
    """Import."""
    from reviewflow.services.office import open_office

    office = open_office(Path(sys.argv[1]))
    from reviewflow.records import models as rows
    from reviewflow.records.projection import actor_of
    from reviewflow.services.intake.importing import import_paths

    name, section, jobs = sys.argv[2:5]
    actor = actor_of(rows.User.objects.get(name=name))
    print("ready", flush=True)
    import_paths(office, actor, section, sys.argv[5:], int(jobs), lambda done, _total: print(done, flush=True))


if __name__ == "__main__":
    main()
