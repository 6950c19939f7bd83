"""Documents a second and core through propose_frame, against the naive baseline in the same run.

Rounds alternate between the two, so that a machine that slows down slows both; the ratio is the median of pairs.
"""

import argparse
import statistics
import time
from collections.abc import Callable

import jieba
import pandas as pd

from naive import Naive
from reviewflow.learn.dataset import load
from reviewflow.pipeline import load_toolkit, propose_frame
from texts import ROOT, rows


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of this process for one call."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--baseline-documents", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    kit = load_toolkit(ROOT)
    jieba.setLogLevel("WARNING")
    naive = Naive(load(ROOT / "data" / "training"), kit.matcher.rules)
    frame = pd.DataFrame(rows(options.documents))
    few = rows(options.baseline_documents, seed=2)
    propose_frame(frame.head(50), kit)
    naive.classify(few[:5])
    rates, base, ratios, words = [], [], [], []
    for _ in range(options.rounds):
        rates.append(len(frame) / seconds(lambda: propose_frame(frame, kit)))
        base.append(len(few) / seconds(lambda: naive.classify(few)))
        ratios.append(rates[-1] / base[-1])
        words.append(len(few) / seconds(lambda: [jieba.lcut(row["text"]) for row in few]))
    print(f"rows of 2,000 characters, {len(frame)} x {options.rounds} rounds, processor time of one process")
    for name, values, unit in (
        ("propose_frame", rates, "documents/s/core"),
        ("naive baseline", base, "documents/s/core"),
        ("ratio", ratios, "x"),
        ("jieba alone", words, "documents/s/core, a yardstick of the machine's speed"),
    ):
        print(f"{name:15} median {statistics.median(values):8.1f}  ({min(values):.1f} - {max(values):.1f}) {unit}")


if __name__ == "__main__":
    main()
