"""``reviewflow serve``: the review desk in the browser."""

import click

from reviewflow.settings import ServerSettings, load_settings


@click.command()
@click.option("--host", help="监听的地址，默认按设置（127.0.0.1，只有本机能打开）。")
@click.option("--port", type=click.IntRange(1, 65535), help="端口，默认按设置（8000）。")
def serve(host: str | None, port: int | None) -> None:
    """在浏览器里办理审查。按 Ctrl-C 停止。"""
    from reviewflow.web.server import run

    settings = load_settings()
    host, port = host or settings.server.host, port or settings.server.port
    click.echo(f"请在浏览器中打开 {_address(settings.server, host, port)} ，按 Ctrl-C 停止。", err=True)
    run(settings, host, port)


def _address(server: ServerSettings, host: str, port: int) -> str:
    """Where the desk is opened: behind a reverse proxy that is the proxy's address, and the own one is refused."""
    return f"https://{server.hosts.split(',')[0].strip()}/" if server.behind_tls else f"http://{host}:{port}/"
