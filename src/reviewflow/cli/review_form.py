"""``reviewflow review-form``: the review form of a case as Word and PDF files."""

from pathlib import Path

import click


@click.command("review-form")
@click.argument("case_id", metavar="件号", type=int)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    help="写到哪个文件夹（没有就建），默认为当前文件夹。",
)
@click.option(
    "--format", "form", type=click.Choice(("docx", "pdf", "both")), default="both", help="格式，默认两种都写。"
)
def review_form(case_id: int, output: Path, form: str) -> None:
    """写出一件的《政府信息公开保密审查表》；还没有签的意见留空。"""
    from reviewflow.cli.terminal.person import signed_in
    from reviewflow.services.case.review_form import write_review_form

    office, actor = signed_in()
    for path in write_review_form(office, actor, case_id, output, form):
        click.echo(f"已写入 {path}。")
