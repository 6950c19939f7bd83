"""The real server in this process, for what it does before the desk is asked."""

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import waitress
from waitress import wasyncore


@contextmanager
def waitress_with(application: Callable[..., Any], **options: Any) -> Iterator[int]:
    """Serve until the block ends; gives the port."""
    server = waitress.create_server(application, host="127.0.0.1", port=0, **options)
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            wasyncore.loop(timeout=0.05, map=server._map, count=1)

    running = threading.Thread(target=serve)
    running.start()
    try:
        yield server.effective_port
    finally:
        ended.set()
        running.join()
        server.close()
        server.task_dispatcher.shutdown()


def asked(
    port: int, address: str, body: bytes = b"", source: str = "127.0.0.1", **headers: str
) -> tuple[int, str, bytes]:
    """Post something from an address of this machine; gives status, type and body of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(source, 0))
    connection.request("POST", address, body, headers)
    response = connection.getresponse()
    content = response.read()
    connection.close()
    return response.status, str(response.headers["Content-Type"]), content
