"""One HTML page of proposals: self-contained, readable, printable, without any script or outside request."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, TextIO

from reviewflow.domain.terms import Flag, Lane
from reviewflow.explained.words import findings_in_words, lane_name

_LANES = (Lane.HOLD, Lane.ATTENTION, Lane.CLEAR)
_STYLE = """
:root { --ink:#1f2328; --soft:#57606a; --line:#d8dee4; --paper:#fff; --ground:#f6f7f9;
  --hold:#a40e26; --attention:#8a5a00; --clear:#1a6b3c; }
* { box-sizing:border-box; }
body { margin:0; background:var(--ground); color:var(--ink); line-height:1.75; font-size:16px;
  font-family:"Source Han Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif; }
main { max-width:60rem; margin:0 auto; padding:2rem 1.25rem 4rem; }
h1 { font-size:1.6rem; line-height:1.4; margin:0 0 .25rem; }
.lead { color:var(--soft); margin:0 0 1.5rem; }
.sums { display:flex; flex-wrap:wrap; gap:.75rem; padding:0; margin:0 0 2rem; list-style:none; }
.sums li { background:var(--paper); border:1px solid var(--line); border-left:4px solid; border-radius:4px;
  padding:.5rem 1rem; }
.sums b { font-size:1.3rem; margin-right:.35rem; }
.hold { border-left-color:var(--hold) !important; } .attention { border-left-color:var(--attention) !important; }
.clear { border-left-color:var(--clear) !important; }
article { background:var(--paper); border:1px solid var(--line); border-left:4px solid; border-radius:4px;
  padding:1rem 1.25rem; margin:0 0 1rem; break-inside:avoid; }
h2 { font-size:1.1rem; line-height:1.5; margin:0 0 .35rem; overflow-wrap:anywhere; }
.tags { margin:0 0 .5rem; color:var(--soft); }
.tags strong { color:var(--ink); }
.lane { font-weight:700; } .hold .lane { color:var(--hold); } .attention .lane { color:var(--attention); }
.clear .lane { color:var(--clear); }
dl { display:grid; grid-template-columns:6em 1fr; gap:.15rem .75rem; margin:0; font-size:.94rem; }
dt { color:var(--soft); } dd { margin:0; overflow-wrap:anywhere; }
dd ul { margin:0; padding-left:1.1em; }
footer { color:var(--soft); font-size:.85rem; margin-top:2rem; }
@media print { body { background:#fff; font-size:11pt; } main { max-width:none; padding:0; } }
"""


def write_page(rows: Iterable[dict[str, Any]], out: TextIO, citations: Mapping[str, str]) -> None:
    """Write the page; rows to hold or look at come first. Document text beyond title and summary is not shown.

    ``citations`` say what the codes of legal bases stand for.
    """
    ranked = sorted(rows, key=lambda row: [lane.value for lane in _LANES].index(row["lane"]))
    counts = {lane: sum(row["lane"] == lane.value for row in ranked) for lane in _LANES}
    out.write(
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>公开建议</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>公开建议</h1>\n"
        f'<p class="lead">共 {len(ranked)} 件。以下是机器提出的建议，须经科室初审、办公室汇总审查、主管局长确定。</p>\n'
        '<ul class="sums">\n'
    )
    for lane in _LANES:
        out.write(f'<li class="{lane.value}"><b>{counts[lane]}</b>{lane.label}</li>\n')
    out.write("</ul>\n")
    for row in ranked:
        out.write(_article(row, citations))
    if not ranked:
        out.write("<p>没有可以显示的文件。</p>\n")
    versions = sorted({(row["model"], row["rules_digest"], row["words_digest"]) for row in ranked})
    made_by = "；".join(f"模型 {model}，规则 {rules}，识别词 {words}" for model, rules, words in versions)
    out.write(f"<footer>{escape(made_by)}</footer>\n</main>\n</body>\n</html>\n")


def _article(row: dict[str, Any], citations: Mapping[str, str]) -> str:
    category = row["category_name"] or "类别待定"
    sure = f"（把握 {row['category_confidence']:.0%}）" if row["category_name"] else ""
    facts = [
        ("文号", row["doc_number"]),
        ("发文机关", row["agency"]),
        ("生成日期", row["formed_on"]),
        ("风险标记", "、".join(Flag(flag).label for flag in row["flags"])),
        ("敏感内容", findings_in_words(row["findings"])),
        ("关键词", "、".join(row["keywords"])),
        ("内容概述", row["summary"]),
        ("来源", row["source"]),
    ]
    cited = "".join(f"<li>{escape(citations.get(code, code))}</li>" for code in row["bases"])
    bases = f"<dt>依据</dt><dd><ul>{cited}</ul></dd>\n" if cited else ""
    listed = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>\n" for name, value in facts if value)
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in row["reasons"])
    return (
        f'<article class="{row["lane"]}">\n<h2>{escape(row["title"] or row["source"])}</h2>\n'
        f'<p class="tags"><span class="lane">{lane_name(row["lane"])}</span> · <strong>{escape(category)}</strong>{sure} · '
        f"<strong>{escape(row['status_name'])}</strong></p>\n"
        f"<dl>\n<dt>理由</dt><dd><ul>{reasons}</ul></dd>\n{bases}{listed}</dl>\n</article>\n"
    )
