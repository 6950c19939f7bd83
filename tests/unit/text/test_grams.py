"""Search keys: whatever stands in a text is found by them, in FTS5 as in arrays of hashes."""

import random
import sqlite3
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewflow.text.search import grams as module
from reviewflow.text.search.grams import fold, gram_hashes, gram_text, grams, query_grams

ROOT = Path(__file__).resolve().parents[3]
ALPHABET = "大气污染防治12３４ABcdＥｆ，。：；（）!-\"'*^:()_+~😀👨‍👩‍👧①Ⅲ㎡℃…é\u0301か\u3099\u3000\u200b\n \x00\u00a8ßİſ가\u1161\ud800𠮷\ue000"
LONG = "办理结果应当依法公开。" * 12
awkward = st.text(st.one_of(st.sampled_from(ALPHABET), st.characters()), max_size=30)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ　１２３", "abc123"),
        ("京环〔２０１８〕\n１２ 号", "京环〔2018〕12号"),
        ("水质Ⅲ类，５㎡…", "水质iii类,5m2..."),
        ("零\u200b宽\ufeff\x00字", "零宽字"),
        ("Straße", "strasse"),
        ("坏\ud800字", "坏字"),
        ("", ""),
    ],
)
def test_folding_leaves_what_a_person_would_compare(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(LONG + text + LONG) == fold(LONG) + folded + fold(LONG)


def test_folding_by_table_is_folding_for_every_character() -> None:
    for start in range(0, 0x30000, 64):
        text = "".join(f"{chr(code)}办" for code in range(start, start + 64))
        assert fold(text) == module._folded(text), hex(start)


@given(awkward)
def test_folding_by_table_is_folding_for_any_neighbours(text: str) -> None:
    assert fold(LONG + text) == module._folded(LONG + text)


@given(awkward)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(awkward, st.integers(0, 40), st.integers(1, 8))
def test_the_grams_of_a_query_are_among_those_of_every_text_that_holds_it(text: str, start: int, length: int) -> None:
    query = fold(text)[start : start + length]
    assert set(query_grams(query)) <= set(grams(text))
    assert set(gram_hashes(query_grams(query))) <= set(gram_hashes(grams(text)))


def test_grams_are_the_distinct_characters_and_pairs() -> None:
    assert grams("信息公信息") == ["信", "公", "息", "信息", "公信", "息公"]
    assert query_grams("信") == ["信"]
    assert query_grams("信息公") == ["信息", "息公"]


@pytest.mark.parametrize("nothing", ["", "  ", "\u200b", "\x00"])
def test_a_query_with_nothing_in_it_has_no_grams(nothing: str) -> None:
    assert query_grams(nothing) == grams(nothing) == gram_hashes([]) == []


@given(awkward)
def test_no_gram_is_split_by_the_tokenizer(text: str) -> None:
    for gram in grams(text):
        assert all(char.isalnum() or char >= "\x80" for char in gram)
        assert not any("A" <= char <= "Z" for char in gram)


def test_hashes_are_the_same_on_every_machine() -> None:
    assert gram_hashes(["信", "信息", "a"]) == [-873690744, -730682521, 1947919317]


def test_hashes_hardly_ever_collide() -> None:
    pairs = [chr(0x4E00 + first) + chr(0x4E00 + second) for first in range(200) for second in range(200)]
    assert len(gram_hashes(pairs)) > len(pairs) - 3


class Index:
    """An FTS5 table as the ledger has it, with the texts beside it."""

    def __init__(self, texts: list[str]) -> None:
        self.folded = [fold(text) for text in texts]
        self.connection = sqlite3.connect(":memory:")
        self.connection.execute("CREATE VIRTUAL TABLE t USING fts5(g, content='', detail=none, tokenize='ascii')")
        rows = [(at, gram_text(text)) for at, text in enumerate(texts)]
        self.connection.executemany("INSERT INTO t(rowid, g) VALUES (?, ?)", rows)

    def candidates(self, query: str) -> set[int]:
        found = self.connection.execute("SELECT rowid FROM t WHERE t MATCH ?", (" ".join(query_grams(query)),))
        return {row[0] for row in found}

    def holding(self, query: str) -> set[int]:
        return {at for at, text in enumerate(self.folded) if fold(query) in text}


def texts_and_queries() -> tuple[list[str], list[str]]:
    source = random.Random(7)
    written = (ROOT / "data/training/documents/lin.txt").read_text("utf-8")
    texts = [written[at : at + 300] for at in range(0, 60_000, 300)]
    texts += ["".join(source.choices(ALPHABET.replace("\ud800", ""), k=60)) for _ in range(100)]
    queries = []
    for _ in range(1500):
        text = source.choice(texts)
        start = source.randrange(len(text))
        queries.append(text[start : start + source.randint(1, 8)])
    return texts, [query for query in queries if query_grams(query)]


def test_fts5_finds_every_text_that_holds_a_query_and_few_others() -> None:
    texts, queries = texts_and_queries()
    index = Index(texts)
    counted: Counter[str] = Counter()
    for query in queries:
        found, true = index.candidates(query), index.holding(query)
        assert true <= found, query
        counted.update(found=len(found), true=len(true))
    assert counted["found"] <= 1.1 * counted["true"]


def test_words_of_the_query_language_are_only_text() -> None:
    index = Index(["AND OR NOT NEAR(", "a*b^c:d", '"引号"', "没有"])
    for query, place in (("AND", 0), ("or", 0), ("NEAR(", 0), ("b^c", 1), ("*", 1), ('"引', 2), ("-", None)):
        assert index.candidates(query) == ({place} if place is not None else set())


def test_a_text_can_be_taken_out_of_the_index_again() -> None:
    index = Index(["大气污染", "水污染"])
    index.connection.execute("INSERT INTO t(t, rowid, g) VALUES ('delete', 0, ?)", (gram_text("大气污染"),))
    assert index.candidates("污染") == {1}
