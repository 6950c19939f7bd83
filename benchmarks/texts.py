"""Rows of 2,000 characters from the public training documents."""

import random
from pathlib import Path

from reviewflow.domain.terms import Status
from reviewflow.learn.dataset import load

ROOT = Path(__file__).resolve().parents[1]
LENGTH = 2000
_TAIL = 200


def rows(count: int, seed: int = 1) -> list[dict[str, str]]:
    """So many rows with id, title and a text of exactly LENGTH characters, the same for the same seed.

    Each row is one document (about one matter, as documents are), brought to length by repeating its own middle
    in a shuffled order of sentences; its head and tail stay what they are.
    """
    documents = [one for one in load(ROOT / "data" / "training").documents if one.status is Status.PROACTIVE]
    chance = random.Random(seed)
    made = []
    for number in range(count):
        document = chance.choice(documents)
        head, tail = document.text[:-_TAIL], document.text[-_TAIL:]
        sentences = head[len(head) // 4 :].split("。")
        while len(head) < LENGTH - len(tail):
            chance.shuffle(sentences)
            head += "。".join(sentences) + "。\n"
        made.append({"id": f"b{number}", "title": document.title, "text": head[: LENGTH - len(tail)] + tail})
    return made
