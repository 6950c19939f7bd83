"""The server's log: an unexpected error by its number and its places, as the person concerned is told, without its words."""

import io
import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.test import Client

from reviewflow.web.http.server_log import PlacesAlone
from tests.web.conftest import Desk
from tests.web.programs import Program


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the server's handler writes."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(PlacesAlone())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def fail(*_: object) -> None:
    raise RuntimeError("words of the document")


def number_in(said: str) -> str:
    match = re.search(r"请把编号 ([0-9a-f]{8}) 告诉管理员。", said)
    assert match
    return match[1]


def check_log(written: str, address: str, number: str) -> None:
    """Exactly one entry, with the number, the place and the kind of the error, and none of its words."""
    first, *places, kind = written.splitlines()
    assert re.sub(r"^[-\d]+ [:,\d]+ ", "", first) == f"ERROR Internal Server Error: {address} [{number}]"
    assert any(place.endswith(" fail") for place in places)
    assert (kind, written.count("ERROR"), "words" in written) == ("RuntimeError", 1, False)


def test_a_page_shows_the_number_under_which_the_log_has_its_error(
    desk: Desk, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = desk.as_("李科员")
    person.raise_request_exception = False
    monkeypatch.setattr("reviewflow.web.pages.queue.office", fail)
    page = person.get("/queue/")
    assert page.status_code == 500
    check_log(log.getvalue(), "/queue/", number_in(page.content.decode()))


def test_the_interface_gives_the_number_as_well(desk: Desk, log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewflow.web.api.case_endpoints.dossier", fail)
    told = Program(desk, "李科员").get("cases/1")
    assert told.code == (500, "api.unexpected")
    check_log(log.getvalue(), "/api/cases/1", number_in(told.said["hint"]))


def test_a_script_is_given_the_number_of_an_error_outside_of_the_views(
    desk: Desk, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.middleware.common.CommonMiddleware.process_request", fail)
    response = Client(SERVER_NAME="localhost", raise_request_exception=False).get("/api/me")
    check_log(log.getvalue(), "/api/me", number_in(json.loads(response.content)["hint"]))


def test_whatever_library_logs_an_error_its_words_stay_out() -> None:
    script = (
        "import logging; from reviewflow.web.http.server_log import start_log; start_log()\n"
        "try: raise ValueError('words of the document')\n"
        "except ValueError: logging.getLogger('waitress').exception('Exception while serving %s', '/queue/')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    said = done.stderr.splitlines()
    assert said[0].endswith(" ERROR Exception while serving /queue/")
    assert said[1:] == ["<string>:2 <module>", "ValueError"]
