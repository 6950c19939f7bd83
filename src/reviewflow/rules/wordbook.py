"""An office's own words for the detectors: words.yaml adds to the lists that come with the program, and takes from them."""

from reviewflow.errors import FaultyFileError
from reviewflow.rules.nodes import (
    FaultSheet,
    SheetEntry,
    entries_of,
    nearest,
    open_sheet,
    report_unknown_keys,
    value_of,
    values_of,
)
from reviewflow.settings import Source
from reviewflow.text.sensitive.wordlists import WordList, Words, shipped_words, word_fault

LIST_KEYS = ("名称", "增加", "删除")


def load_words(path: Source) -> Words:
    """The shipped words with an office's changes; without the file, the shipped words. Raises FaultyFileError
    ``words.faulty``: an unknown list or one that stands twice, a word to add that is there already or to remove that
    is not, one of a single character in a list of longer ones, and a list that would be empty.
    """
    shipped = shipped_words()
    if not path.exists():
        return shipped
    sheet, top, _ = open_sheet(path)
    added: dict[WordList, tuple[str, ...]] = {}
    removed: dict[WordList, tuple[str, ...]] = {}
    for entry in entries_of(sheet, top, "词表") if top else ():
        report_unknown_keys(sheet, entry, LIST_KEYS)
        name = _list_named(sheet, entry)
        if name in added:
            sheet.fault(entry.line, f"词表“{name.value}”重复。", "每个词表只写一条。")
        elif name:
            added[name], removed[name] = _added(sheet, entry, shipped[name]), _removed(sheet, entry, shipped[name])
    if sheet.faults:
        raise FaultyFileError("words.faulty", sheet.faults)
    return shipped.changed(added, removed) if added else shipped


def _list_named(sheet: FaultSheet, entry: SheetEntry) -> WordList | None:
    label = value_of(sheet, entry, "名称")
    known = {name.value: name for name in WordList}
    if label and label not in known:
        sheet.fault(entry.values["名称"], f"没有名叫“{label}”的词表。", nearest(label, known, 0.3))
    return known.get(label)


def _added(sheet: FaultSheet, entry: SheetEntry, shipped: tuple[str, ...]) -> tuple[str, ...]:
    words = values_of(sheet, entry, "增加")
    if not words and "删除" not in entry.values:
        sheet.fault(entry.line, "没有写要增加或删除的词。", "至少写一项：增加、删除。")
    shortest = min(map(len, shipped))
    for word in words:
        problem = word_fault(word)
        if problem:
            sheet.fault(entry.values["增加"], f"“{word}”{problem}。")
        elif word in shipped:
            sheet.fault(entry.values["增加"], f"“{word}”已经在这个词表里。", "请删去这个词。")
        elif len(word) < shortest:
            sheet.fault(entry.values["增加"], f"“{word}”只有一个字，会到处匹配。", "请写至少两个字的词。")
    return words


def _removed(sheet: FaultSheet, entry: SheetEntry, shipped: tuple[str, ...]) -> tuple[str, ...]:
    words = values_of(sheet, entry, "删除")
    for word in words:
        if word not in shipped:
            sheet.fault(entry.values["删除"], f"“{word}”不在这个词表里。", "请核对写法。")
    if frozenset(shipped) <= frozenset(words):
        sheet.fault(entry.values["删除"], "这个词表会变成空的。", "请至少留一个词。")
    return words
