"""A signer in a process of its own: agrees to the cases given, and says of each what came of it as soon as it is kept.

``python -m tests.integration.signers HOME NAME ID…`` prints one line a case: the id and ``ok`` or an error's code.
"""

import subprocess
import sys
from pathlib import Path

from reviewflow.domain.clock import now
from reviewflow.domain.review import Action
from reviewflow.domain.signing import Intent
from reviewflow.errors import ReviewflowError
from tests.integration.offices import ROOT


def start(home: Path, name: str, case_ids: list[int]) -> subprocess.Popen[str]:
    """Start a signer."""
    command = [sys.executable, "-m", "tests.integration.signers", str(home), name, *map(str, case_ids)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def told(signer: "subprocess.Popen[str]") -> dict[int, str]:
    """What a signer acknowledged, by case id; waits for it. Half a line that a kill left is no acknowledgement."""
    out, err = signer.communicate()
    assert "Traceback" not in err, err
    lines = out[: out.rfind("\n") + 1].splitlines()
    return {int(case_id): result for case_id, result in (line.split() for line in lines)}


def main() -> None:
    """Sign."""
    from reviewflow.services.office import open_office

    office = open_office(Path(sys.argv[1]), now)
    from reviewflow.records import models as rows
    from reviewflow.records.projection import actor_of
    from reviewflow.services.review.acts import sign_case

    actor = actor_of(rows.User.objects.get(name=sys.argv[2]))
    for case_id in map(int, sys.argv[3:]):
        try:
            sign_case(office, actor, case_id, Intent(Action.AGREE))
            print(case_id, "ok", flush=True)
        except ReviewflowError as error:
            print(case_id, error.code, flush=True)


if __name__ == "__main__":
    main()
