"""``reviewflow model``: train, evaluate, report, list, show, activate, roll back."""

import json
from pathlib import Path

import click

from reviewflow.settings import load_settings


@click.group()
def model() -> None:
    """训练、评估、查看、启用模型。版本一经写成不再改动，启用只是切换指向。"""


@model.command()
@click.option(
    "--data", type=click.Path(path_type=Path, exists=True, file_okay=False), help="训练文件夹，默认 data/training。"
)
@click.option("--activate", "make_active", is_flag=True, help="训练后立即启用。")
def train(data: Path | None, make_active: bool) -> None:
    """用训练文件训练一个新版本。同样的文件得到同样的版本。"""
    from reviewflow.learn import store
    from reviewflow.learn.dataset import load
    from reviewflow.learn.train import train_model

    settings = load_settings()
    dataset = load(data or settings.home / "data" / "training")
    click.echo(f"训练文件 {len(dataset.documents)} 篇，标题 {len(dataset.examples) - len(dataset.documents)} 条。")
    version = train_model(dataset, settings.models, progress=lambda step: click.echo(f"{step}……", err=True))
    if make_active:
        store.activate(settings.models, version)
    click.echo(
        f"已写成版本 {version}" + ("，并已启用。" if make_active else "。启用：reviewflow model activate " + version)
    )


@model.command()
@click.argument("labelled", type=click.Path(path_type=Path, exists=True))
@click.option("--version", help="模型版本，默认为启用的版本。")
def evaluate(labelled: Path, version: str | None) -> None:
    """在另外标注好的文件夹（格式同训练文件）上评估模型。"""
    from reviewflow.learn import store
    from reviewflow.learn.dataset import load
    from reviewflow.learn.evaluate import evaluate_model

    measured = evaluate_model(store.load(load_settings().models, version), load(labelled).examples)
    click.echo(json.dumps(measured, ensure_ascii=False, indent=1))


@model.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("model-report.html"), help="报告文件。")
@click.option(
    "--data", type=click.Path(path_type=Path, exists=True, file_okay=False), help="训练文件夹，默认 data/training。"
)
@click.option("--version", help="模型版本，默认为启用的版本。")
def report(output: Path, data: Path | None, version: str | None) -> None:
    """写一页带图的报告：混淆矩阵、可靠性、覆盖率与准确率、各类的词、错得最远的文件。"""
    from reviewflow.learn import store
    from reviewflow.learn.dataset import load
    from reviewflow.learn.report import write_report

    settings = load_settings()
    version = version or store.active_version(settings.models)
    dataset = load(data or settings.home / "data" / "training")
    write_report(settings.models, version, dataset, output)
    click.echo(f"已写成 {output}。")


@model.command("list")
def list_versions() -> None:
    """列出所有版本，* 为启用的版本。"""
    from reviewflow.learn import store

    models = load_settings().models
    active = store.active_version(models)
    for version in store.versions(models):
        trained = store.manifest_of(models, version)["training"]
        mark = "*" if version == active else " "
        click.echo(f"{mark} {version}  文件 {trained['documents']} 篇  标题 {trained['titles']} 条")


@model.command()
@click.argument("version", required=False)
def show(version: str | None) -> None:
    """显示一个版本的清单：训练数据摘要、各类篇数、指标。"""
    from reviewflow.learn import store

    models = load_settings().models
    click.echo(
        json.dumps(store.manifest_of(models, version or store.active_version(models)), ensure_ascii=False, indent=1)
    )


@model.command()
@click.argument("version")
def activate(version: str) -> None:
    """启用一个版本（先核对其文件摘要）。"""
    from reviewflow.learn import store

    store.activate(load_settings().models, version)
    click.echo(f"已启用 {version}。")


@model.command()
def rollback() -> None:
    """退回上一个启用过的版本。"""
    from reviewflow.learn import store

    models = load_settings().models
    version = store.previous_version(models)
    store.activate(models, version)
    click.echo(f"已退回 {version}。")
