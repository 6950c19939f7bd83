"""Milliseconds to read a file of each format: the small notice, sheet and scan that the tests read too.

The best of several rounds, processor time of one process; the first round, which imports the reader, does not count.
Pictures and scans are left out where text recognition is not installed.
"""

import argparse
import time
from pathlib import Path

from reviewflow.errors import ReviewflowError
from reviewflow.settings import load_settings
from reviewflow.text.reading import read_file
from texts import ROOT

FILES = ROOT / "tests" / "data" / "formats"


def milliseconds(path: Path, rounds: int) -> tuple[float, int]:
    """Best time of one reading and the characters read. Raises ReviewflowError when the file cannot be read."""
    options = load_settings(ROOT).reading
    length = len(read_file(path, options).text)
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        read_file(path, options)
        best = min(best, time.process_time() - started)
    return best * 1000, length


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    for path in sorted(FILES.iterdir()):
        if path.stem == "locked":
            continue
        try:
            best, length = milliseconds(path, options.rounds)
        except ReviewflowError as error:
            print(f"{path.name:14} not read: {error.code}")
        else:
            print(f"{path.name:14} {best:8.2f} ms  {length:6} characters")


if __name__ == "__main__":
    main()
