"""How varied the training documents are: counts, lengths, and near-duplicates by shared runs of characters.

Two documents are compared by the Jaccard similarity of their sets of five-character runs (titles: two), digits folded.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from reviewflow.learn.dataset import load
from reviewflow.learn.features import code_points
from texts import ROOT


def similarities(texts: Sequence[str], run: int) -> np.ndarray:
    """For each text its highest similarity to another one, shape (texts,)."""
    rows, columns = [], []
    seen: dict[str, int] = {}
    for row, text in enumerate(texts):
        folded = "".join(map(chr, code_points("".join(text.split())).tolist()))
        for piece in {folded[at : at + run] for at in range(max(1, len(folded) - run + 1))}:
            rows.append(row)
            columns.append(seen.setdefault(piece, len(seen)))
    table = csr_matrix((np.ones(len(rows), dtype=np.int32), (rows, columns)), shape=(len(texts), len(seen)))
    sizes = np.asarray(table.sum(axis=1)).ravel()
    highest = np.zeros(len(texts))
    for start in range(0, len(texts), 500):
        shared = (table[start : start + 500] @ table.T).toarray().astype(float)
        union = sizes[start : start + 500, None] + sizes[None, :] - shared
        jaccard = shared / np.maximum(union, 1)
        jaccard[np.arange(len(jaccard)), np.arange(start, start + len(jaccard))] = 0
        highest[start : start + 500] = jaccard.max(axis=1)
    return highest


def show(name: str, highest: np.ndarray, bounds: Sequence[float]) -> None:
    """One line: how many have a neighbour above each bound."""
    counted = ", ".join(f">= {bound:.1f}: {int((highest >= bound).sum())}" for bound in bounds)
    spread = f"median {np.median(highest):.3f}, 99 % {np.quantile(highest, 0.99):.3f}, max {highest.max():.3f}"
    print(f"{name}: nearest neighbour {spread}; {counted}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT / "data" / "training")
    dataset = load(parser.parse_args().data)
    documents = dataset.documents
    titles = [example.title for example in dataset.examples if not example.text]
    lengths = [len(document.text) for document in documents]
    ecology = sum(document.field in ("生态环境", "环保", "环境保护") for document in documents)
    print(f"{len(documents)} documents of {min(lengths)}-{max(lengths)} characters (mean {np.mean(lengths):.0f})")
    print(f"{len(titles)} further titles")
    print("categories:", dict(Counter(e.category.value if e.category else "none" for e in documents)))
    print("statuses:", dict(Counter(e.status.value for e in documents if e.status)))
    print(f"not environmental: {1 - ecology / len(documents):.0%}; fields: {len({e.field for e in documents})}")
    dated = [e.formed_on for e in documents if e.formed_on]
    print(
        f"before 2019-05-15: {sum(day < '2019-05-15' for day in dated) / len(dated):.0%} of {len(dated)} dated documents"
    )
    show("documents", similarities([document.text for document in documents], 5), (0.3, 0.5, 0.8))
    show("titles", similarities(titles, 2), (0.6, 0.8, 1.0))


if __name__ == "__main__":
    main()
