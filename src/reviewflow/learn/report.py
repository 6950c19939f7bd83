"""One HTML page about a model: pictures of confusion, reliability and coverage, top words, worst mistakes.

All pictures are SVG made here, so that the page needs nothing from outside and prints sharply.
"""

from html import escape
from pathlib import Path
from typing import Any

import numpy as np

from reviewflow.domain.terms import Category, Status
from reviewflow.learn import evaluate, pictures, store
from reviewflow.learn.calibrate import softmax
from reviewflow.learn.dataset import Dataset
from reviewflow.learn.features import bigram_buckets, code_points
from reviewflow.learn.predict import Model
from reviewflow.learn.train import HeldOut, Recipe, held_out_margins

TOP_WORDS = 20
WORST = 15
_NAMES = {"category": "类别", "status": "公开属性"}
_LABELS = {term.value: term.label for term in (*Category, *Status)}
_STYLE = """
body{margin:0 auto;max-width:64rem;padding:2rem 1.25rem;line-height:1.75;color:#1f2328;
font-family:"Source Han Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2.5rem}h3{font-size:1rem;margin:1.5rem 0 .5rem}
table{border-collapse:collapse;font-size:.92rem}td,th{border-bottom:1px solid #d8dee4;padding:.3rem .75rem;text-align:left}
td.n{text-align:right;font-variant-numeric:tabular-nums}figure{display:inline-block;margin:0 1.5rem 1rem 0;vertical-align:top}
figcaption{color:#57606a;font-size:.88rem}.soft{color:#57606a}
"""


def write_report(models: Path, version: str, dataset: Dataset, output: Path) -> None:
    """Write the report of a version; held-out figures come from cross-validation on the training documents."""
    model = store.load(models, version)
    manifest = store.manifest_of(models, version)
    recipe = Recipe(model.shape, model.title_weight, manifest["training"]["cost"], manifest["training"]["seed"])
    sections = [_head(manifest)]
    for name, held_out in held_out_margins(dataset, recipe).items():
        temperature = manifest["heads"][name]["temperature"]
        sections.append(_decision(name, held_out, softmax(held_out.margins, temperature)))
    sections.append(_top_words(model))
    body = "\n".join(sections)
    output.write_text(
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>模型报告 {version}</title>'
        f"<style>{_STYLE}</style></head><body>\n{body}\n</body></html>\n",
        "utf-8",
    )


def _head(manifest: dict[str, Any]) -> str:
    trained = manifest["training"]
    counts = "；".join(
        f"{_LABELS[label]} {number}" for counted in trained["per_class"].values() for label, number in counted.items()
    )
    return (
        f"<h1>模型报告 {escape(manifest['version'])}</h1>\n"
        f"<p>训练文件 {trained['documents']} 篇，标题 {trained['titles']} 条；{counts}。</p>\n"
        f'<p class="soft">数据摘要 {trained["data_digest"][:16]}，C={trained["cost"]}，种子 {trained["seed"]}，'
        f"scikit-learn {trained['scikit_learn']}。以下各图来自五折交叉验证：每件都由没有见过它的模型判断。</p>"
    )


def _decision(name: str, held_out: HeldOut, probabilities: Any) -> str:
    truth, labels = held_out.truth, held_out.labels
    names = [_LABELS[label] for label in labels]
    measured = evaluate.scores(labels, probabilities, truth)
    table = evaluate.confusion(labels, probabilities, truth)
    figures = (
        (pictures.confusion(names, table), "混淆矩阵：行为实际，列为模型判断"),
        (
            pictures.reliability(evaluate.reliability(probabilities, truth)),
            "可靠性：把握与实际正确率，越近对角线越可信",
        ),
        (pictures.coverage(evaluate.coverage_curve(probabilities, truth)), "只回答最有把握的一部分时的正确率"),
    )
    drawn = "".join(f"<figure>{svg}<figcaption>{caption}</figcaption></figure>\n" for svg, caption in figures)
    return (
        f"<h2>{_NAMES[name]}</h2>\n<p>{measured['documents']} 件，正确率 {measured['accuracy']:.1%}，"
        f"宏平均 F1 {measured['macro_f1']}，校准误差 {measured['calibration_error']}。</p>\n"
        f"{_scores(measured)}\n{drawn}\n{_worst(held_out, probabilities)}"
    )


def _scores(measured: dict[str, Any]) -> str:
    rows = []
    for label, row in measured["per_class"].items():
        cells = (
            "".join(f'<td class="n">{row[key]:.3f}</td>' for key in ("precision", "recall", "f1"))
            if "f1" in row
            else f'<td colspan="3" class="soft">少于 {evaluate.LEAST_FOR_A_SCORE} 件，不打分</td>'
        )
        rows.append(f'<tr><td>{_LABELS[label]}</td><td class="n">{row["documents"]}</td>{cells}</tr>')
    return f"<table><tr><th>标签</th><th>件数</th><th>精确率</th><th>召回率</th><th>F1</th></tr>{''.join(rows)}</table>"


def _worst(held_out: HeldOut, probabilities: Any) -> str:
    """The mistakes made with most confidence."""
    said = probabilities.argmax(axis=1)
    wrong = np.flatnonzero(said != held_out.truth)
    ranked = wrong[np.argsort(-probabilities[wrong, said[wrong]], kind="stable")][:WORST]
    rows = "".join(
        f"<tr><td>{escape(held_out.examples[i].title[:60])}</td><td>{_LABELS[held_out.labels[held_out.truth[i]]]}</td>"
        f'<td>{_LABELS[held_out.labels[said[i]]]}</td><td class="n">{probabilities[i, said[i]]:.0%}</td></tr>'
        for i in ranked
    )
    return f"<h3>错得最远的文件</h3><table><tr><th>标题</th><th>实际</th><th>判断</th><th>把握</th></tr>{rows}</table>"


def _top_words(model: Model) -> str:
    """Words of the vocabulary whose bigrams speak most for each category."""
    words = [word for word, share in model.frequencies.items() if share > 0.005]
    scores = np.array([_word_scores(model, word) for word in words])
    rows = []
    for number, label in enumerate(model.category.labels):
        best = np.argsort(-scores[:, number], kind="stable")[:TOP_WORDS]
        rows.append(f"<tr><td>{_LABELS[label]}</td><td>{escape('、'.join(words[i] for i in best))}</td></tr>")
    return f"<h2>各类的词</h2><table><tr><th>类别</th><th>最有分量的词</th></tr>{''.join(rows)}</table>"


def _word_scores(model: Model, word: str) -> Any:
    at = bigram_buckets(code_points(word), model.shape.bits)
    return model.contrast.reshape(len(model.category.labels), -1)[:, at].mean(axis=1)
