"""The first page and the paged lists of each category."""

from collections.abc import Iterator, Sequence

from reviewflow.domain.terms import Category
from reviewflow.writing.catalogue_html.frame import page
from reviewflow.writing.catalogue_html.listing import Listed, table
from reviewflow.writing.heading import CatalogueHeading

_PER_PAGE = 200
_NEWEST = 10
_SEARCH = """<form id="search" class="search" role="search" hidden>
<label for="words">查找</label>
<input id="words" type="search" autocomplete="off" placeholder="信息名称、文号、索引号、关键词、内容概述">
</form>
<p id="found" class="found" role="status" hidden></p>
<ol id="results" class="results" hidden></ol>
<p id="more" class="more" hidden><button type="button">显示更多</button></p>
<noscript><p class="found">浏览器没有启用脚本，不能查找；可以按下面的类别浏览。</p></noscript>
"""


def first_page(groups: dict[Category, list[Listed]], heading: CatalogueHeading) -> str:
    """The page to start from: search, the five categories with numbers, the newest entries of each."""
    total = sum(map(len, groups.values()))
    links = "".join(
        f'<li><a href="#{category.value}"><span>{category.label}</span><b>{len(rows)}</b></a></li>\n'
        for category, rows in groups.items()
    )
    sections = "".join(_section(category, rows) for category, rows in groups.items())
    main = (
        f'<p class="lead">共 {total} 条</p>\n{_SEARCH}<div id="browse">\n'
        f'<nav aria-label="类别"><ul class="categories">\n{links}</ul></nav>\n{sections}</div>\n'
    )
    return page(heading, "", main, script=True)


def _section(category: Category, rows: Sequence[Listed]) -> str:
    head = f'<section id="{category.value}">\n<h2>{category.label}<small>{len(rows)} 条</small></h2>\n'
    if not rows:
        return head + '<p class="none">没有条目。</p>\n</section>\n'
    rest = len(rows) - _NEWEST
    all_of_them = f'<p class="more"><a href="lists/{category.value}-1.html">全部 {len(rows)} 条</a></p>\n'
    return head + table(rows[:_NEWEST], "entries/") + (all_of_them if rest > 0 else "") + "</section>\n"


def list_pages(category: Category, rows: Sequence[Listed], heading: CatalogueHeading) -> Iterator[tuple[str, str]]:
    """File name and content of each list page of a category; one at least."""
    pages = max(1, -(-len(rows) // _PER_PAGE))
    for number in range(1, pages + 1):
        part = rows[(number - 1) * _PER_PAGE : number * _PER_PAGE]
        steps = _steps(category, number, pages) if pages > 1 else ""
        content = table(part, "../entries/") if part else '<p class="none">没有条目。</p>\n'
        main = (
            f'<nav class="path" aria-label="位置"><a href="../index.html">目录首页</a> › {category.label}</nav>\n'
            f"<section>\n<h1>{category.label}<small>{len(rows)} 条</small></h1>\n{steps}{content}{steps}</section>\n"
        )
        title = category.label if pages == 1 else f"{category.label}（第 {number} 页）"
        yield f"{category.value}-{number}.html", page(heading, title, main, root="../")


def _steps(category: Category, number: int, pages: int) -> str:
    places = [("首页", 1), ("上一页", number - 1), ("下一页", number + 1), ("末页", pages)]
    links = [
        f'<a href="{category.value}-{to}.html">{word}</a>'
        if 1 <= to <= pages and to != number
        else f"<span>{word}</span>"
        for word, to in places
    ]
    links.insert(2, f"<b>第 {number} / {pages} 页</b>")
    return f'<nav class="steps" aria-label="翻页">{"".join(links)}</nav>\n'
