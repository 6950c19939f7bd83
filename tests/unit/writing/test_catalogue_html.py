"""The catalogue as a folder of pages."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from reviewflow.domain.terms import Category
from reviewflow.errors import ReviewflowError
from reviewflow.writing.catalogue_html.names import page_name
from tests.unit.writing.samples import AGENCY, ENTRIES, HEADING, MARKUP, entry, write_whole

FIELDS = [
    "索引号", "公开责任部门", "文号", "信息有效性", "生成日期", "公开日期", "公开类别", "公开形式", "载体类型", "记录形式",
    "信息名称", "关键词", "内容概述",
]  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_whole(ENTRIES, tmp_path / "目录", "html", HEADING)
    return tmp_path / "目录"


def parsed(path: Path) -> LexborHTMLParser:
    return LexborHTMLParser(path.read_text("utf-8"))


def text(page: LexborHTMLParser, selector: str) -> str:
    node = page.css_first(selector)
    assert node is not None
    return node.text(strip=True)


def test_the_first_page_has_the_five_categories_with_their_numbers(site: Path) -> None:
    page = parsed(site / "index.html")
    links = [(a.attributes["href"], a.text(strip=True)) for a in page.css(".categories a")]
    assert links == [(f"#{c.value}", f"{c.label}1") for c in Category]
    assert text(page, ".site") == "政府信息公开目录"
    assert text(page, ".agency") == AGENCY


def test_every_entry_has_a_page_with_the_public_fields_and_no_other(site: Path) -> None:
    assert len(list((site / "entries").iterdir())) == len(ENTRIES)
    page = parsed(site / "entries" / page_name(ENTRIES[0].index_number))
    facts = {div.css_first("dt").text(): div.css_first("dd").text() for div in page.css(".facts div")}
    assert list(facts) == FIELDS
    assert facts["公开形式"] == "网站公开、政务微信"
    assert [p.text() for p in page.css(".body p")] == [line for line in ENTRIES[0].body.split("\n") if line]
    assert [li.text() for li in page.css(".attachments li")] == ["审批意见opinion.pdf", "公示截图notice.png"]


def test_an_entry_that_is_no_longer_valid_is_marked_wherever_it_stands(site: Path) -> None:
    invalid = ENTRIES[2]
    assert text(parsed(site / "entries" / page_name(invalid.index_number)), "h1 .mark") == "失效"
    assert text(parsed(site / "index.html"), "#plans .mark") == "失效"
    assert text(parsed(site / "lists" / "plans-1.html"), ".mark") == "失效"


def test_an_entry_given_on_request_without_text_says_so(site: Path) -> None:
    page = parsed(site / "entries" / page_name(ENTRIES[3].index_number))
    assert text(page, "h1 .mark") == "依申请公开"
    assert text(page, ".no-body") == "本条目不附正文。"
    assert "含个人信息，正文不附。" in text(page, ".facts")


def test_every_link_leads_somewhere_within_the_site(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = parsed(path)
        for node in page.css("a[href], link[href], script[src]"):
            target = node.attributes.get("href") or node.attributes.get("src") or ""
            file, _, anchor = target.partition("#")
            there = (path.parent / file).resolve() if file else path
            assert there.is_relative_to(site.resolve())
            assert there.is_file(), target
            assert not anchor or page.css_first(f"#{anchor}") is not None


def test_no_page_has_a_script_in_it_or_asks_another_place(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = parsed(path)
        assert [s.attributes.get("src") for s in page.css("script")] in ([], ["search.js"])
        assert all(not name.startswith("on") for node in page.css("*") for name in node.attributes)
        assert page.css("img, iframe, style, [style]") == []
        policy = page.css_first("meta[http-equiv]").attributes["content"] or ""
        assert policy.startswith("default-src 'none'; script-src 'self' file:; style-src 'self' file:;")
        assert "http" not in policy
        assert "//" not in re.sub(r"<title>.*?</title>|<main.*</main>", "", path.read_text("utf-8"), flags=re.DOTALL)


def test_the_search_data_reads_back_and_holds_no_angle_bracket(site: Path) -> None:
    script = (site / "entries.js").read_text("utf-8")
    assert not re.search("[<>&\u2028\u2029]", script)
    rows = json.loads(script.removeprefix("var ENTRIES=").rstrip(";\n").removesuffix("]").rstrip().rstrip(",") + "]")
    assert len(rows) == len(ENTRIES)
    assert rows[1][1] == f'=cmd|"/c calc"!A1 {MARKUP}'
    assert {len(row) for row in rows} == {9}


def test_long_lists_have_pages_newest_first(tmp_path: Path) -> None:
    many = [entry(index_number=f"{n:04}", title=f"第{n}号") for n in range(450)]
    write_whole(many, tmp_path / "s", "html", HEADING)
    assert len(list((tmp_path / "s" / "lists").glob("duties-*.html"))) == 3
    middle = parsed(tmp_path / "s" / "lists" / "duties-2.html")
    assert len(middle.css("tbody tr")) == 200
    assert text(middle, "tbody tr td") == "第249号"
    assert {a.attributes["href"] for a in middle.css(".steps a")} == {"duties-1.html", "duties-3.html"}
    assert len(parsed(tmp_path / "s" / "index.html").css("#duties tbody tr")) == 10


def test_the_same_index_number_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReviewflowError) as caught:
        write_whole([entry(), entry()], tmp_path / "s", "html", HEADING)
    assert caught.value.code == "write.index_number_twice"
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_catalogue_is_replaced(site: Path) -> None:
    write_whole(ENTRIES[:1], site, "html", HEADING)
    assert len(list((site / "entries").iterdir())) == 1


@pytest.mark.parametrize("own", ["报告.docx", "index.html"])
def test_a_folder_with_other_things_in_it_is_never_replaced(tmp_path: Path, own: str) -> None:
    folder = tmp_path / "资料"
    folder.mkdir()
    (folder / own).write_text("自己的", "utf-8")
    with pytest.raises(ReviewflowError) as caught:
        write_whole(ENTRIES, folder, "html", HEADING)
    assert caught.value.code == "write.not_a_catalogue"
    assert (folder / own).read_text("utf-8") == "自己的"


def test_a_catalogue_to_which_somebody_added_a_file_is_not_replaced(site: Path) -> None:
    (site / "附件.zip").touch()
    with pytest.raises(ReviewflowError, match="目录网页以外"):
        write_whole(ENTRIES, site, "html", HEADING)


def test_a_file_in_the_place_of_the_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "目录").write_text("旧", "utf-8")
    with pytest.raises(ReviewflowError):
        write_whole(ENTRIES, tmp_path / "目录", "html", HEADING)
    assert (tmp_path / "目录").read_text("utf-8") == "旧"


@given(st.lists(st.text(max_size=200), unique=True, min_size=2, max_size=6))
def test_page_names_are_safe_and_never_clash_even_without_capitals(index_numbers: list[str]) -> None:
    names = [page_name(number.encode("utf-8", "replace").decode()) for number in index_numbers]
    for name in names:
        assert re.fullmatch(r"e[a-z0-9_.-]*\.html", name)
        assert len(name) < 200
    if all(number.isprintable() for number in index_numbers):
        assert len({name.lower() for name in names}) == len(names)


@pytest.mark.parametrize(
    ("one", "other"),
    [("A1", "a1"), ("a/b", "a-b"), ("_0", "0"), ("_a", "A"), ("平", "_05e73_"), ("x" * 300, "x" * 301)],
)
def test_index_numbers_that_look_alike_have_pages_of_their_own(one: str, other: str) -> None:
    assert page_name(one).lower() != page_name(other).lower()


def test_text_can_be_read_against_its_ground() -> None:
    """WCAG 2.1 AA (1.4.3): at least 4.5 to 1."""
    style = (Path(__file__).parents[3] / "src/reviewflow/writing/catalogue_html/style.css").read_text("utf-8")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", style))
    pairs = [
        ("ink", "paper"), ("ink", "main-soft"), ("soft", "ground"), ("soft", "paper"), ("link", "paper"), ("link", "ground"),
        ("mark", "mark-soft"), ("paper", "main"), ("main", "paper"),
    ]  # fmt: skip
    for one, other in pairs:
        assert contrast(colours[one], colours[other]) >= 4.5, (one, other)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
