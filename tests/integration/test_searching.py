"""Search finds all that holds what was typed and nothing else, newest first, for those who may see it."""

import random
from collections.abc import Iterator

import pytest

from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.queue import search as searching
from reviewflow.services.queue.search import find_cases, search_ids
from reviewflow.text.search.grams import fold
from tests.integration.conftest import Ledger

WORDS = (
    "大气 污染 防治 通知 关于 开展 秋季 执法 检查 水质 月报 批复 环境 影响 报告 书 平岳市 青岚 分局 ２０２５年 11月 PM2.5 ＣＯＤ "
    "《办法》 （试行） 第〔3〕号 a-b_c 100% 。 ， 、 \n \u3000 ﬁ ㈱ é e\u0301 가 𠀀 \U0001f600 - * \" ' ( ) : ^ AND or NEAR"
).split(" ")


def invented(chance: random.Random) -> str:
    """A text of words in any order."""
    return "".join(chance.choice(WORDS) for _ in range(chance.randint(1, 60)))


def truth(query: str) -> list[int]:
    """The cases whose current title or text holds a query, newest document first."""
    cases = rows.Case.objects.order_by("-document_id").values_list("pk", "title", "document__text__content")
    return [number for number, title, content in cases if fold(query) in fold(f"{title}\n{content}")]


def queries(chance: random.Random, count: int) -> Iterator[str]:
    """Pieces of 1 to 8 characters of the ledger's own texts, and some that are in none."""
    texts = list(rows.DocumentText.objects.values_list("content", flat=True))
    titles = list(rows.Case.objects.values_list("title", flat=True))
    for number in range(count):
        text = chance.choice(texts if number % 3 else titles)
        start = chance.randrange(len(text))
        piece = text[start : start + chance.randint(1, 8)]
        yield piece if number % 5 else piece[::-1]


@pytest.mark.parametrize("read_through", [3, searching.READ_THROUGH])
def test_what_is_found_is_what_holds_the_query(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, read_through: int
) -> None:
    monkeypatch.setattr(searching, "READ_THROUGH", read_through)
    chance = random.Random(read_through)
    made = [ledger.arrival(invented(chance)[:40] or "无题", content=invented(chance) or "空") for _ in range(300)]
    ledger.admit(*made[:150])
    ledger.admit(*made[150:])
    changed = [ledger.arrival(one.title, content=invented(chance) or "无") for one in made[:40]]
    ledger.admit(*changed)
    for query in queries(chance, 150):
        if fold(query):
            assert list(search_ids(query, 1000)) == truth(query), repr(query)


def test_widths_cases_and_spaces_do_not_count(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival(content="ＰＭ２．５ 浓度\n同比下降"))
    for query in ("pm2.5", "ＰＭ2.５浓 度", "浓度同比", "５"):
        assert list(search_ids(query, 5)) == [case_id]


def test_a_title_is_found_that_the_text_does_not_hold(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival("饮用水源巡查简报", content="正文。"))
    assert list(search_ids("源巡", 5)) == [case_id]


def test_a_replaced_text_is_found_no_more(ledger: Ledger) -> None:
    old = ledger.arrival(content="旧的措辞。")
    (case_id,) = ledger.admit(old)
    ledger.admit(ledger.arrival(content="新的说法。"))
    assert list(search_ids("旧的措辞", 5)) == []
    assert list(search_ids("新的说法", 5)) == [case_id]


def test_a_section_finds_its_own_cases_and_an_administrator_none(ledger: Ledger) -> None:
    ledger.admit(ledger.arrival("大气监测简报"))
    ledger.admit(ledger.arrival("水质监测简报"), by="王科员")
    found = {
        name: [row.title for row in find_cases(ledger.office, ledger.people[name], "监测").cases]
        for name in ("李科员", "王科员", "赵主任", "孙管理员")
    }
    assert found == {
        "李科员": ["大气监测简报"],
        "王科员": ["水质监测简报"],
        "赵主任": ["水质监测简报", "大气监测简报"],
        "孙管理员": [],
    }


def test_pages_follow_one_another_without_gap(ledger: Ledger) -> None:
    ids = ledger.admit(*(ledger.arrival(f"第{n}期简报") for n in range(45)))
    pages = [find_cases(ledger.office, ledger.people["李科员"], "简报", page) for page in (1, 2, 3, 4)]
    assert [len(page.cases) for page in pages] == [20, 20, 5, 0]
    assert [page.more for page in pages] == [True, True, False, False]
    assert [row.pk for page in pages for row in page.cases] == ids[::-1]


def test_a_long_query_counts_by_its_first_hundred_characters(ledger: Ledger) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(150))
    (case_id,) = ledger.admit(ledger.arrival(content=text))
    assert list(search_ids(text[:100] + "别的" * 50_000, 5)) == [case_id]
    assert list(search_ids(text[:99] + "别" + text[100:], 5)) == []


@pytest.mark.parametrize("nothing", ["", " \n\u3000", "\u200b"])
def test_nothing_to_search_for_is_said(ledger: Ledger, nothing: str) -> None:
    with pytest.raises(ReviewflowError, match=r"search\.empty"):
        find_cases(ledger.office, ledger.people["李科员"], nothing)
