"""The desk under load: 20 people reading and 5 signing at once, with 100,000 cases against 1,000, on both databases.

The real server in a process of its own, people in this one, over loopback. Each person looks at a page, thinks for a
second (``--think``), goes on. Both ledgers stand side by side and are served in turn (``--rounds``), each time after some
seconds of warming. Checks that every signature that was acknowledged is in the ledger, then prints p95 by kind of page
over all rounds, and the ratio. Both ledgers hold as many cases that can be signed.
"""

import argparse
import http.client
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

from ledgers import ROOT, SIGNABLE, Made, make, servers

READERS, SIGNERS = 20, 5
WARMING = 6.0
OF_ROUND = 100
"""cases to sign in one round"""
_WORDS = ("饮用水", "第907号", "汇总", "渔政码头", "检查")
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_VERSION = re.compile(r'name="version" value="(\d+)"')


@dataclass
class Told:
    """What the people met: seconds by kind of page, errors, acknowledged signatures."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    signed: int = 0
    counts_from: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Browser:
    """A person's browser: one connection, the cookies, nothing else."""

    def __init__(self, port: int, session: str, told: Told) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = {"reviewflow": session}
        self.told = told

    def ask(self, kind: str, address: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Ask for a page, or send a form; note how long the answer took."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = urlencode(form) if form else None
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        self.connection.request("POST" if form else "GET", address, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        took = time.perf_counter() - begun
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        with self.told.lock:
            if time.monotonic() >= self.told.counts_from:
                self.told.seconds[kind].append(took)
            if answer.status not in (200, 302, 409):
                self.told.errors.append(f"{kind} {answer.status}")
        return answer.status, text


def read(browser: Browser, cases: list[int], until: float, think: float, seed: int) -> None:
    """Look at cases, the queue and searches until the time is over."""
    chance = random.Random(seed)
    time.sleep(chance.random() * think)
    while time.monotonic() < until:
        for kind, address in (
            ("审查页", f"/cases/{chance.choice(cases)}/"),
            ("队列", chance.choice(("/queue/?view=open", "/queue/", "/queue/?view=open&lane=hold"))),
            ("查找", "/queue/?" + urlencode({"view": "open", "text": chance.choice(_WORDS)})),
        ):
            browser.ask(kind, address)
            time.sleep(think * (0.5 + chance.random()))


def sign(browser: Browser, cases: list[int], until: float, think: float) -> None:
    """Open one case after another and agree to it."""
    for case_id in cases:
        if time.monotonic() > until:
            return
        _, page = browser.ask("审查页", f"/cases/{case_id}/")
        token, version = _TOKEN.search(page), _VERSION.search(page)
        if token and version and 'value="agree"' in page:
            form = {"csrfmiddlewaretoken": token[1], "action": "agree", "version": version[1]}
            status, _ = browser.ask("签字", f"/cases/{case_id}/act", form)
            if status == 302:
                with browser.told.lock:
                    browser.told.signed += 1
        time.sleep(think)


def session_of(made: Made, name: str) -> str:
    """The cookie of a person who is signed in."""
    from django.contrib.sessions.backends.signed_cookies import SessionStore

    from reviewflow.domain.clock import now
    from reviewflow.records import models as rows
    from reviewflow.services.accounts.tokens import token_digest

    token = f"token of {name}"
    user = rows.User.objects.get(pk=int(made.people[name].id))
    rows.SignIn.objects.get_or_create(
        token_digest=token_digest(token),
        defaults={"user": user, "started_at": now() - timedelta(minutes=1), "expires_at": now() + timedelta(hours=8)},
    )
    store = SessionStore()
    store["token"] = token
    store.save()
    return str(store.session_key)


def home_of(made: Made) -> Path:
    """An installation for the server: the shipped configuration with the ledger's own database section."""
    folder = made.office.settings.storage_folder / "home"
    shutil.copytree(ROOT / "configs", folder / "configs", dirs_exist_ok=True)
    if not (folder / "models").exists():
        (folder / "models").symlink_to(ROOT / "models")
    own = made.office.settings
    toml = folder / "configs" / "reviewflow.toml"
    text = re.sub(r'folder = "data/office"', f'folder = "{own.storage_folder}"', toml.read_text("utf-8"))
    for name in ("engine", "name", "host", "user"):
        value = getattr(own.database, name)
        text = re.sub(rf'(\[database\][^\[]*?\n){name} = "[^"]*"', rf'\g<1>{name} = "{value}"', text)
    toml.write_text(text, "utf-8")
    key = own.storage_folder / "chain.key"
    key.write_bytes(made.office.key)
    key.chmod(0o600)
    return folder


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def measure(made: Made, number: int, seconds: float, think: float) -> Told:
    """Let everybody work for so many seconds; each number of a round has cases of its own to sign."""
    from django.conf import settings as django_settings

    from reviewflow.keys import make_key
    from reviewflow.records import models as rows
    from reviewflow.records.configuration import connect

    connect(made.office.settings)
    home = home_of(made)
    secret = made.office.settings.storage_folder / "web.key"
    make_key(secret)
    django_settings.SECRET_KEY = secret.read_bytes().hex()
    port = free_port()
    command = [sys.executable, "-m", "reviewflow", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env={**os.environ, "REVIEWFLOW_HOME": str(home)}, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        # The first pages of each thread open its connection and read templates: a server is started once a day.
        told = Told(counts_from=time.monotonic() + WARMING)
        cases = list(rows.Case.objects.order_by("id").values_list("id", flat=True)[SIGNABLE : SIGNABLE + 500])
        waiting = list(range(number * OF_ROUND + 1, (number + 1) * OF_ROUND + 1))
        readers = session_of(made, "主任")
        signers = session_of(made, "科员")
        before = rows.Signature.objects.count()
        until = time.monotonic() + WARMING + seconds
        people = [
            threading.Thread(target=read, args=(Browser(port, readers, told), cases, until, think, number))
            for number in range(READERS)
        ] + [
            threading.Thread(target=sign, args=(Browser(port, signers, told), waiting[number::SIGNERS], until, think))
            for number in range(SIGNERS)
        ]
        for one in people:
            one.start()
        for one in people:
            one.join()
        assert rows.Signature.objects.count() - before == told.signed, "a signature is lost or doubled"
        return told
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthy")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


def p95(times: list[float]) -> float:
    """The 95th percentile in milliseconds."""
    return quantiles(times, n=20)[-1] * 1000 if len(times) > 1 else times[0] * 1000


def main() -> None:
    """Measure both sizes on both databases."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--large", type=int, default=100_000)
    arguments.add_argument("--rounds", type=int, default=3, choices=range(1, SIGNABLE // OF_ROUND + 1))
    arguments.add_argument("--seconds", type=float, default=10)
    arguments.add_argument("--think", type=float, default=1.0)
    arguments.add_argument("--engines", nargs="+", default=["sqlite", "postgresql"])
    given = arguments.parse_args()
    with servers() as empty:
        for engine in given.engines:
            sizes = (1000, given.large)
            made = [make(empty(engine, f"{engine}_{count}"), count) for count in sizes]
            rounds = [
                [measure(one, number, given.seconds, given.think) for one in made] for number in range(given.rounds)
            ]
            report(engine, given.large, *(pooled(list(told)) for told in zip(*rounds, strict=True)))


def pooled(rounds: list[Told]) -> Told:
    """What was met in all rounds."""
    whole = Told()
    for one in rounds:
        for kind, times in one.seconds.items():
            whole.seconds[kind].extend(times)
        whole.errors.extend(one.errors)
        whole.signed += one.signed
    return whole


def report(engine: str, count: int, small: Told, large: Told) -> None:
    """One line for each kind of page."""
    for kind in ("审查页", "队列", "查找", "签字"):
        one, other = p95(small.seconds[kind]), p95(large.seconds[kind])
        of = f"of {len(small.seconds[kind])} and {len(large.seconds[kind])}"
        print(f"{engine:10} {kind} p95 {one:6.0f} ms at 1,000, {other:6.0f} ms at {count:,}: {other / one:.2f} x, {of}")
    print(f"{engine:10} signed {small.signed} and {large.signed}, errors {small.errors[:5]} {large.errors[:5]}")


if __name__ == "__main__":
    main()
