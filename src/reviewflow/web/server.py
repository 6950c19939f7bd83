"""Serving the desk: one process, several threads, on loopback unless told otherwise."""

from typing import Any

from reviewflow.errors import ReviewflowError
from reviewflow.settings import Settings
from reviewflow.web.configuration import desk_settings
from reviewflow.web.secret import make_secret

_OVERHEAD_MB = 1
_MEGABYTE = 1_000_000


def set_up(settings: Settings) -> None:
    """Tell Django the desk's settings, once per process."""
    import django
    from django.conf import settings as configured

    if not configured.configured:
        configured.configure(**desk_settings(settings))
        django.setup()


def run(settings: Settings, host: str, port: int) -> None:
    """Serve until interrupted. Raises ReviewflowError as ``open_office``, and ``serve.address``."""
    import waitress

    _secret_where_there_is_a_ledger(settings)
    set_up(settings)
    from django.core.wsgi import get_wsgi_application

    from reviewflow.batch.crew import close_crews
    from reviewflow.web.http.server_errors import answer_errors_in_json
    from reviewflow.web.http.server_log import start_log
    from reviewflow.web.http.turns import in_turns

    start_log()
    _warm()
    answer_errors_in_json()
    try:
        waitress.serve(in_turns(get_wsgi_application()), host=host, port=port, **options(settings))
    except OSError:
        raise ReviewflowError(
            "serve.address", f"不能在 {host}:{port} 上提供网页。", "端口可能被占用；用 --port 换一个。"
        ) from None
    finally:
        # Else an upload that hangs keeps the server from ending.
        close_crews()


def options(settings: Settings) -> dict[str, Any]:
    """How requests are read: their bound in bytes, and whose word counts for where they come from.

    The one proxy that is believed stands on this machine; what anybody else says of addresses is taken out.
    """
    own = settings.server
    proxy = {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"}}
    return {
        "threads": own.threads,
        "ident": "reviewflow",
        "max_request_body_size": (own.upload_mb * own.upload_files + _OVERHEAD_MB) * _MEGABYTE,
        "clear_untrusted_proxy_headers": True,
        **(proxy if own.behind_tls else {}),
    }


def _warm() -> None:
    """Open the office and load its configuration now: a faulty one stops the server before it begins."""
    from reviewflow.web.office import office

    opened = office()
    opened.due(opened.today())


def _secret_where_there_is_a_ledger(settings: Settings) -> None:
    """Make the cookie secret where there is a ledger to serve."""
    if settings.storage_folder.is_dir():
        make_secret(settings)
