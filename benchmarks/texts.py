"""Rows of 2,000 characters cut from the training documents, varied enough that nothing can be cached."""

import random
from pathlib import Path

from reviewflow.domain.terms import Status
from reviewflow.learn.dataset import load

ROOT = Path(__file__).resolve().parents[1]
LENGTH = 2000


def rows(count: int, seed: int = 1) -> list[dict[str, str]]:
    """So many rows with id, title and a text of exactly LENGTH characters, the same for the same seed."""
    # What an office files is mostly public and names nobody: the filler is of that kind, the head of every public kind.
    documents = [one for one in load(ROOT / "data" / "training").documents if one.status is Status.PROACTIVE]
    plain = [one for one in documents if not one.flags]
    chance = random.Random(seed)
    made = []
    for number in range(count):
        first = chance.choice(documents)
        text = first.text
        while len(text) < LENGTH:
            # Middles of other documents, so that heads and tails stay what they are.
            filler = chance.choice(plain).text
            middle = filler[len(filler) // 4 : 3 * len(filler) // 4]
            cut = max(0, len(text) - 200)
            text = text[:cut] + middle + "\n" + text[cut:]
        made.append({"id": f"b{number}", "title": first.title, "text": text[: LENGTH - 200] + text[-200:]})
    return made
