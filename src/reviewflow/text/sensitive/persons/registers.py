"""Names in columns of a register and in lists such as an attendance sheet."""

import re
from collections.abc import Iterator

from reviewflow.text.sensitive.persons.names import SURE, Names
from reviewflow.text.sensitive.scan import Scan
from reviewflow.text.sensitive.wordlists import WordList, Words, either

_CELLS = re.compile(r"\t|[|｜]| {2,}|\u3000+")
_LOOSE_CELLS = re.compile(r"[\t|｜ \u3000、，,]+")
_ITEMS = re.compile(r"[、，,\s]+")
_END = re.compile(r"[。！？；;]|\n\n")
_MOST_ROWS = 2_000
_LIST_REACH = 400


class Registers:
    """Names in registers of private matters and in lists of people who signed."""

    def __init__(self, words: Words, names: Names) -> None:
        self._names = names
        self.columns = words.of(WordList.NAME_COLUMNS)
        # A column of names only is private where the register tells private things of them.
        self._private = re.compile(either(words[WordList.PRIVATE_COLUMNS]))
        self._public = re.compile(either(words[WordList.PUBLIC_COLUMNS]))

    def names_in_columns(self, scan: Scan) -> Iterator[str]:
        """Cells of the columns whose heading is a private role, or 姓名 in a register of private matters."""
        lines_seen: set[int] = set()
        for at, word in scan.places(self.columns):
            behind = scan.after(at + len(word), 2)
            if not behind or behind[0] not in "\t|｜ \u3000、，,）)\n":
                continue
            begin = scan.text.rfind("\n", 0, at) + 1
            end = scan.text.find("\n", at)
            if begin in lines_seen or end < 0:
                continue
            lines_seen.add(begin)
            yield from self._column(scan.text, begin, end)

    def _column(self, text: str, begin: int, end: int) -> Iterator[str]:
        heading = text[begin:end]
        splitter = _CELLS if len(_CELLS.split(heading.strip())) > 1 else _LOOSE_CELLS
        cells = [cell.strip() for cell in splitter.split(heading.strip())]
        if len(cells) < 2 or any(len(cell) > 12 for cell in cells):
            return
        private = bool(self._private.search(heading)) and not self._public.search(heading)
        wanted = [place for place, cell in enumerate(cells) if cell in self.columns and (private or cell != "姓名")]
        if not wanted:
            return
        for row in text[end + 1 :].split("\n", _MOST_ROWS)[:_MOST_ROWS]:
            values = [value.strip() for value in splitter.split(row.strip())]
            if len(values) < 2:
                return
            for place in wanted:
                value = values[place] if place < len(values) else ""
                if 2 <= len(value) <= 14 and self._names.name_at(value, 0, trust=SURE) == value:
                    yield value

    def names_in_list(self, scan: Scan, at: int) -> Iterator[str]:
        """A list behind a colon, 签到：甲、乙、丙; between two names an item of up to six characters is one too."""
        if scan.text[at : at + 1] not in ("：", ":"):
            return
        end = _END.search(scan.text, at + 1, at + _LIST_REACH)
        items = [item for item in _ITEMS.split(scan.text[at + 1 : end.start() if end else at + _LIST_REACH]) if item]
        labelled = next((place for place, item in enumerate(items) if re.search(r"[：:]", item)), len(items))
        items = items[:labelled]
        found = [self._names.name_at(item, 0, trust=SURE) if len(item) <= 10 else None for item in items]
        if sum(name is not None for name in found) < 2:
            return
        last = max(place for place, name in enumerate(found) if name)
        for name, item in zip(found[: last + 1], items, strict=False):
            if name or (2 <= len(item) <= 6 and "某" not in item):
                yield name or item
