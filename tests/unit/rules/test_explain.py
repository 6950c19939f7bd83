"""Rules as a clerk reads them: one sentence, its words counted, and a word with what stands around it."""

import pytest

from reviewflow.domain.document import Document
from reviewflow.domain.legal import LegalBases, LegalBasis
from reviewflow.domain.terms import Category, Flag, Status
from reviewflow.rules.explain import sentence, surroundings
from reviewflow.rules.model import Condition, Place, Rule

_BASES = LegalBases({"R16": LegalBasis("R16", "《条例》第十六条", frozenset(), frozenset(), None, None)})
_EIGHT = tuple("甲乙丙丁戊己庚辛")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("甲",), "标题里有“甲”"),
        (("甲", "乙"), "标题里有“甲”“乙”之一"),
        (_EIGHT, "标题里有“甲”“乙”“丙”“丁”“戊”“己”“庚”“辛”之一"),
        ((*_EIGHT, "壬"), "标题里有“甲”“乙”“丙”“丁”“戊”“己”“庚”“辛”等 9 个词之一"),
    ],
)
def test_a_rule_is_one_sentence_that_shows_up_to_eight_words(words: tuple[str, ...], told: str) -> None:
    rule = Rule(
        id="A1",
        name="请示",
        conditions=(Condition(Place.TITLE, words), Condition(Place.CLOSING, ("请批示",))),
        unless=(Condition(Place.TITLE_END, ("批复",)),),
        category=Category.DUTIES,
        status=Status.NON_PUBLIC,
        flags=(Flag.PROCESS,),
        bases=("GONE", "R16"),
        examples=(),
        counter_examples=(),
        line=1,
    )
    assert sentence(rule, _BASES) == (
        f"A1 请示：{told}，并且正文结尾有“请批示”（但标题结尾是“批复”的除外），"
        "类别建议为行政职责，建议不予公开，提示过程性信息。依据：《条例》第十六条。"
    )


@pytest.mark.parametrize(
    ("title", "text", "shown"),
    [
        ("稳控方案", "", "稳控方案"),
        ("关于稳控", "方案稳控", "关于稳控"),
        (None, "一\n稳控", "一 稳控"),
        (None, "甲" * 19 + "稳控" + "乙" * 19, "…" + "甲" * 18 + "稳控" + "乙" * 18 + "…"),
        (None, "甲" * 18 + "稳控" + "乙" * 18, "甲" * 18 + "稳控" + "乙" * 18),
        ("别的", "也没有", "稳控"),
    ],
)
def test_a_word_is_shown_with_eighteen_characters_around_it(title: str | None, text: str, shown: str) -> None:
    assert surroundings(Document(id="x", source="x", title=title, text=text), "稳控") == shown
