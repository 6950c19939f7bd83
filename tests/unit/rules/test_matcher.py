"""Where rules look, and what a remark behind a title changes."""

import pytest

from reviewflow.domain.document import Document
from reviewflow.domain.terms import Category, Flag, Status
from reviewflow.rules.compare import compare, tally
from reviewflow.rules.matcher import Matcher
from reviewflow.rules.model import Condition, Place, Rule, RuleSet


def rule(*conditions: Condition, unless: tuple[Condition, ...] = (), id: str = "R", **more: object) -> Rule:
    given = {"category": Category.PLANS, "status": None, "flags": (), **more}
    return Rule(id, "名", conditions, unless, bases=(), examples=(), counter_examples=(), line=1, **given)  # type: ignore[arg-type]


def matches(place: Place, word: str, title: str = "", text: str = "") -> bool:
    document = Document(id="x", source="x", title=title, text=text)
    return bool(Matcher(RuleSet((rule(Condition(place, (word,))),), "d")).hits(document))


LONG = "甲" * 400


@pytest.mark.parametrize(
    ("place", "word", "title", "text", "expected"),
    [
        (Place.TITLE, "方案", "工作方案的通知", "", True),
        (Place.TITLE, "方案", "通知", "方案", False),
        (Place.TITLE_START, "关于", "关于某事", "", True),
        (Place.TITLE_START, "某事", "关于某事", "", False),
        (Place.TITLE_END, "办法", "某某办法", "", True),
        (Place.TITLE_END, "办法", "某某办法（试行）", "", True),
        (Place.TITLE_END, "办法", "某某办法(试行)", "", True),
        (Place.TITLE_END, "办法", "某某办法（2018年修订）（试行）", "", True),
        (Place.TITLE_END, "办法", "某某办法的通知", "", False),
        (Place.TITLE_END, "办法", "某某办法）", "", False),
        (Place.TITLE_END, "办法", "某某办法（）", "", True),
        (Place.TITLE_END, "函", "函（试行）", "", True),
        (Place.SUBJECT, "方案", "关于印发《某方案》的通知", "", True),
        (Place.SUBJECT, "通知", "关于印发《某方案》的通知", "", False),
        (Place.SUBJECT_END, "方案", "关于印发《某方案（试行）》的通知", "", True),
        (Place.SUBJECT_END, "要点", "县政府关于印发2019年工作要点的通知", "", True),
        (Place.OPENING, "密件", "", "密件\n" + LONG, True),
        (Place.OPENING, "密件", "", "甲" * 398 + "密件", True),
        (Place.OPENING, "密件", "", "甲" * 399 + "密件", False),
        (Place.CLOSING, "请批示", "", LONG + "请批示", True),
        (Place.CLOSING, "请批示", "", "请批示" + "甲" * 297, True),
        (Place.CLOSING, "请批示", "", "请批示" + "甲" * 298, False),
        (Place.ANYWHERE, "稳控", "", LONG + "稳控" + LONG, True),
        (Place.ANYWHERE, "稳控", "稳控工作", "", True),
    ],
)
def test_each_place_looks_where_it_says(place: Place, word: str, title: str, text: str, expected: bool) -> None:
    assert matches(place, word, title, text) is expected


@pytest.mark.parametrize("place", Place, ids=lambda place: place.value)
def test_a_word_of_another_condition_is_none_of_this_one(place: Place) -> None:
    anywhere = Condition(Place.ANYWHERE, ("稳控",))
    document = Document(id="x", source="x", title="稳控", text="稳控")
    for word, hits in (("稳控", 1), ("密件", 0)):
        matcher = Matcher(RuleSet((rule(anywhere, Condition(place, (word,))),), "d"))
        assert len(matcher.hits(document)) == hits


def test_a_document_without_a_title_is_known_by_its_text() -> None:
    matcher = Matcher(RuleSet((rule(Condition(Place.ANYWHERE, ("稳控",))),), "d"))
    assert len(matcher.hits(Document(id="x", source="x", text="稳控"))) == 1


def test_every_condition_must_hold_and_no_exclusion() -> None:
    one = rule(
        Condition(Place.TITLE, ("成立",)),
        Condition(Place.TITLE, ("领导小组", "指挥部")),
        unless=(Condition(Place.TITLE, ("同意",)),),
    )
    matcher = Matcher(RuleSet((one,), "d"))

    def hits(title: str) -> tuple[str, ...]:
        found = matcher.hits(Document(id="x", source="x", title=title, text=""))
        return found[0].words if found else ()

    assert hits("关于成立指挥部的通知") == ("成立", "指挥部")
    assert hits("关于成立公司的通知") == ()
    assert hits("关于同意成立指挥部的批复") == ()


def test_words_of_titles_are_not_sought_in_the_text() -> None:
    assert not matches(Place.TITLE, "通知", "公告", "通知" * 50)


def test_comparing_two_rule_sets_shows_what_changes() -> None:
    old = Matcher(RuleSet((rule(Condition(Place.TITLE, ("方案",)), id="A"),), "d"))
    new = Matcher(RuleSet((rule(Condition(Place.TITLE, ("方案",)), id="B", category=Category.DUTIES),), "e"))
    documents = [Document(id=str(n), source="x", title=title, text="") for n, title in enumerate(("某方案", "某公告"))]
    changes = list(compare(documents, old, new))
    assert changes[1] is None
    assert changes[0]
    assert (changes[0].gone, changes[0].new) == (("A",), ("B",))
    assert tally([changes[0]]) == {"类别：规划计划→行政职责": 1}


def test_changes_are_counted_by_what_changes() -> None:
    old = Matcher(RuleSet((rule(Condition(Place.ANYWHERE, ("方案",)), flags=(Flag.PROCESS,)),), "d"))
    new = Matcher(
        RuleSet(
            (
                rule(
                    Condition(Place.ANYWHERE, ("方案",)), category=None, status=Status.NON_PUBLIC, flags=(Flag.SAFETY,)
                ),
            ),
            "e",
        )
    )
    documents = [
        Document(id="1", source="甲.txt", text="方案"),
        Document(id="2", source="乙.txt", title="方案", text=""),
    ]
    changes = [change for change in compare(documents, old, new) if change]
    assert [change.title for change in changes] == ["甲.txt", "方案"]
    assert tally(changes) == {
        "公开属性：主动公开→不予公开": 2,
        "类别：规划计划→未定": 2,
        f"新增标记：{Flag.SAFETY.label}": 2,
        f"不再标记：{Flag.PROCESS.label}": 2,
    }
