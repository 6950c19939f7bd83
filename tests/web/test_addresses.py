"""Whose word counts for where a request comes from, tried on the real server with the options that it is run with."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from reviewflow.cli.serving import serve
from reviewflow.settings import load_settings
from reviewflow.web.server import options
from tests.integration.offices import make_home
from tests.web.waiting import asked, waitress_with

FORGED = {
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Port": "1",
    "X-Forwarded-By": "evil",
    "Forwarded": "for=203.0.113.8;host=evil.example",
}


def repeat(environ: dict[str, object], start: Callable[..., object]) -> Iterable[bytes]:
    """A desk that says what it was told."""
    start("200 OK", [("Content-Type", "application/json")])
    kept = {name: value for name, value in environ.items() if "FORWARDED" in name}
    return [json.dumps({"from": environ["REMOTE_ADDR"], "scheme": environ["wsgi.url_scheme"], **kept}).encode()]


def told(home: Path, behind_tls: bool, source: str, **more: str) -> dict[str, str]:
    settings = load_settings(home)
    settings = replace(settings, server=replace(settings.server, behind_tls=behind_tls))
    with waitress_with(repeat, **options(settings)) as port:
        status, _, content = asked(port, "/", source=source, **{**FORGED, **more})
    assert status == 200
    return dict(json.loads(content))


@pytest.mark.parametrize(("behind_tls", "source"), [(False, "127.0.0.1"), (False, "127.0.0.2"), (True, "127.0.0.2")])
def test_what_a_stranger_says_of_addresses_is_not_believed(home: Path, behind_tls: bool, source: str) -> None:
    assert told(home, behind_tls, source) == {"from": source, "scheme": "http"}


def test_the_proxy_is_believed_in_address_and_scheme_alone(home: Path) -> None:
    found = told(home, True, "127.0.0.1")
    assert (found["from"], found["scheme"]) == ("203.0.113.7", "https")
    assert "evil" not in str(found)


def test_of_several_addresses_the_one_that_the_proxy_added_counts(home: Path) -> None:
    assert told(home, True, "127.0.0.1", **{"X-Forwarded-For": "203.0.113.7, 198.51.100.4"})["from"] == "198.51.100.4"


@pytest.mark.parametrize(
    ("behind_tls", "address"), [("false", "http://127.0.0.1:8000/"), ("true", "https://shencha.example/")]
)
def test_one_is_told_the_address_that_works(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, behind_tls: str, address: str
) -> None:
    made = make_home(tmp_path / "home", home / "models", {"engine": "sqlite"})
    file = made / "configs" / "reviewflow.toml"
    text = file.read_text("utf-8").replace('hosts = "127.0.0.1,localhost"', 'hosts = "shencha.example, localhost"')
    file.write_text(text.replace("behind_tls = false", f"behind_tls = {behind_tls}"), "utf-8")
    monkeypatch.setenv("REVIEWFLOW_HOME", str(made))
    monkeypatch.setattr("reviewflow.web.server.run", lambda *_: None)
    assert f"请在浏览器中打开 {address} ，" in CliRunner().invoke(serve).output
