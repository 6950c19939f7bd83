"""``reviewflow serve``: the review desk in the browser."""

import click

from reviewflow.settings import load_settings


@click.command()
@click.option("--host", help="监听的地址，默认按设置（127.0.0.1，只有本机能打开）。")
@click.option("--port", type=click.IntRange(1, 65535), help="端口，默认按设置（8000）。")
def serve(host: str | None, port: int | None) -> None:
    """在浏览器里办理审查。按 Ctrl-C 停止。"""
    from reviewflow.web.server import run

    settings = load_settings()
    host, port = host or settings.server.host, port or settings.server.port
    click.echo(f"请在浏览器中打开 http://{host}:{port}/ ，按 Ctrl-C 停止。", err=True)
    run(settings, host, port)
