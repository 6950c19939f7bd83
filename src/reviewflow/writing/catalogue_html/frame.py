"""What every page of the site has in common."""

from html import escape

from reviewflow.writing.dates import chinese_date
from reviewflow.writing.heading import CatalogueHeading

GENERATOR = '<meta name="generator" content="reviewflow catalogue">'
# Firefox takes 'self' to match nothing for pages opened from disk, hence file: beside it; on a web server it is idle.
_POLICY = "default-src 'none'; script-src 'self' file:; style-src 'self' file:; base-uri 'none'; form-action 'none'"


def page(heading: CatalogueHeading, title: str, main: str, *, root: str = "", script: bool = False) -> str:
    """A whole page. ``title`` is plain text, ``main`` is HTML, ``root`` the path from the page to the site's top."""
    name = escape(heading.full_title)
    whole = f"{escape(title)} - {name}" if title else name
    run = f'<script src="{root}search.js" defer></script>\n' if script else ""
    return f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
{GENERATOR}
<title>{whole}</title>
<link rel="stylesheet" href="{root}style.css">
{run}</head>
<body>
<a class="skip" href="#main">跳到正文</a>
<header class="top"><div><p class="agency">{escape(heading.agency)}</p>
<p class="site"><a href="{root}index.html">{escape(heading.title)}</a></p></div></header>
<main id="main">
{main}</main>
<footer>编制日期：{chinese_date(heading.made_on)}　期间：{heading.period}</footer>
</body>
</html>
"""
