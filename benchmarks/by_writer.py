"""How the whole pipeline does on documents of a hand it has not learnt from: leave one writer out.

For each writer of training documents a model is trained on all the others and, with the shipped rules, proposes for
that writer's documents. Prints per writer and together: recall of 不予公开, documents not public in the clear lane,
public documents in the clear lane and called 不予公开, category accuracy, recall of flags.
"""

import shutil
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from reviewflow.domain.terms import Flag, Lane, Status
from reviewflow.explained.record import Explained
from reviewflow.learn import store
from reviewflow.learn.dataset import Dataset, Example, load
from reviewflow.learn.train import train_model
from reviewflow.pipeline import document_of_row, load_toolkit, propose_documents
from texts import ROOT


def tally(examples: list[Example], proposed: list[Explained]) -> Counter[str]:
    """What is counted, over one writer's documents."""
    counts: Counter[str] = Counter()
    for example, explained in zip(examples, proposed, strict=True):
        proposal, clear = explained.proposal, explained.proposal.lane is Lane.CLEAR
        counts["documents"] += 1
        if example.status is Status.NON_PUBLIC:
            counts["withheld"] += 1
            counts["withheld found"] += proposal.status is Status.NON_PUBLIC
        must_look = example.status is not Status.PROACTIVE or Flag.PRIVACY in example.flags
        counts["leaks"] += must_look and clear and proposal.status is Status.PROACTIVE
        if not must_look:
            counts["public"] += 1
            counts["public clear"] += clear and proposal.status is Status.PROACTIVE
            counts["public withheld"] += proposal.status is Status.NON_PUBLIC
        if example.category:
            counts["category"] += 1
            counts["category right"] += proposal.category is example.category
        counts["flags"] += len(example.flags)
        counts["flags found"] += len(set(example.flags) & set(proposal.flags))
    return counts


def line(name: str, c: Counter[str]) -> str:
    """One row of the table."""

    def share(part: str, whole: str) -> str:
        return f"{c[part] / c[whole]:.3f} ({c[part]}/{c[whole]})" if c[whole] else "-"

    cells = (
        name, str(c["documents"]), share("withheld found", "withheld"), str(c["leaks"]), share("public clear", "public"),
        share("public withheld", "public"), share("category right", "category"), share("flags found", "flags"),
    )  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Print the table."""
    dataset = load(ROOT / "data" / "training")
    writers = sorted({example.id.split("-")[0] for example in dataset.documents})
    print(
        "| writer left out | documents | 不予公开 recall | leaks in clear lane | public in clear lane "
        "| public withheld | category | flags |"
    )
    print("|---|---|---|---|---|---|---|---|")
    together: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        shutil.copytree(ROOT / "configs", home / "configs")
        for writer in writers:
            rest = tuple(e for e in dataset.examples if not e.id.startswith((f"{writer}-", f"{writer}.tsv")))
            store.activate(home / "models", train_model(Dataset(rest, writer), home / "models"))
            own = [example for example in dataset.documents if example.id.startswith(f"{writer}-")]
            rows = [
                {"id": e.id, "title": e.title, "text": e.text, "agency": e.agency, "formed_on": e.formed_on}
                for e in own
            ]
            kit = replace(load_toolkit(home))
            proposed = propose_documents([document_of_row(row, "") for row in rows], kit)
            counts = tally(own, proposed)
            together += counts
            print(line(writer, counts), flush=True)
    print(line("together", together))


if __name__ == "__main__":
    main()
