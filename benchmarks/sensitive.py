"""Microseconds a document for each detector, on rows of 2,000 characters cut from public training documents."""

import argparse
import time

from reviewflow.text.sensitive import shipped_detectors
from texts import rows


def main() -> None:
    """Measure and print; the best of several rounds, in processor time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    texts = [row["text"] for row in rows(options.documents)]
    detectors = shipped_detectors()
    best: dict[str, float] = {}
    for _ in range(options.rounds):
        spent = dict.fromkeys(
            ("cue words", "number runs", *(detector.kind.value for detector in detectors.in_order)), 0.0
        )
        for text in texts:
            started = time.process_time()
            scan = detectors.scan(text)
            spent["cue words"] += (now := time.process_time()) - started
            _ = scan.numbers
            spent["number runs"] += time.process_time() - now
            for detector in detectors.in_order:
                now = time.process_time()
                found = list(detector.find(scan))
                spent[detector.kind.value] += time.process_time() - now
                if found:
                    scan.found[detector.kind] = found
        best = {name: min(value, best.get(name, value)) for name, value in spent.items()}
    for name, seconds in best.items():
        print(f"{name:18} {seconds / len(texts) * 1e6:8.1f} us")
    print(f"{'together':18} {sum(best.values()) / len(texts) * 1e6:8.1f} us")


if __name__ == "__main__":
    main()
