"""Small offices for tests: a home folder, a ledger on either database, the cast, and documents made up on the spot."""

import json
import shutil
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from reviewflow.configuration.configuration import load_configuration
from reviewflow.domain.clock import CHINA
from reviewflow.domain.people import Actor, Role
from reviewflow.domain.terms import Category, Lane, Status
from reviewflow.services.intake.arrival import Arrival
from reviewflow.services.office import Office
from reviewflow.text.search.grams import gram_hashes, grams
from reviewflow.text.search.similar import bands, sketch, template_key

ROOT = Path(__file__).resolve().parents[2]

CAST = {
    "李科员": (Role.SECTION, "大气科"),
    "王科员": (Role.SECTION, "水科"),
    "赵主任": (Role.OFFICE, ""),
    "钱局长": (Role.DIRECTOR, ""),
    "周信息员": (Role.OFFICER, ""),
    "孙管理员": (Role.ADMINISTRATOR, ""),
}


@dataclass
class Clock:
    """A clock that stands until it is set."""

    at: datetime = datetime(2025, 11, 3, 9, 0, tzinfo=CHINA)

    def __call__(self) -> datetime:
        return self.at


def make_home(folder: Path, models: Path, database: dict[str, object]) -> Path:
    """A folder with the shipped configuration, a database section of its own, and the models of another folder."""
    configs = folder / "configs"
    configs.mkdir(parents=True)
    for file in (ROOT / "configs").iterdir():
        if file.name != "reviewflow.toml":
            (configs / file.name).symlink_to(file)
    shutil.copy(ROOT / "configs" / "reviewflow.toml", configs)
    lines = [f"{name} = {json.dumps(value)}" for name, value in database.items()]
    text = (configs / "reviewflow.toml").read_text("utf-8")
    before, _, after = text.partition("[database]")
    rest = after[after.index("\n[") :]
    (configs / "reviewflow.toml").write_text(f"{before}[database]\n" + "\n".join(lines) + "\n" + rest, "utf-8")
    if models.exists():
        (folder / "models").symlink_to(models)
    return folder


def with_settings(office: Office, before: str, after: str) -> Office:
    """The office after one place of its settings' file was written otherwise."""
    file = office.settings.configs / "reviewflow.toml"
    text = file.read_text("utf-8")
    assert text.count(before) == 1
    file.write_text(text.replace(before, after), "utf-8")
    return replace(office, configuration=load_configuration(office.settings.home))


def make_cast() -> dict[str, Actor]:
    """Write the cast into the connected ledger."""
    from reviewflow.records import models as rows
    from reviewflow.records.projection import actor_of

    at = Clock().at
    actors = {}
    for number, (name, (role, section)) in enumerate(CAST.items()):
        user = rows.User.objects.create(username=f"u{number}", name=name, password="!", created_at=at)
        place = rows.Section.objects.get_or_create(name=section)[0] if section else None
        rows.RoleGrant.objects.create(user=user, role=role.value, section=place, granted_by="init", granted_at=at)
        actors[name] = actor_of(user)
    return actors


def arrival(title: str = "关于开展秋季执法检查的通知", vendor: str = "sqlite", **changes: object) -> Arrival:
    """A made-up document as it arrives; ``changes`` override any field. Its digest follows from title and text."""
    content = str(changes.get("content") or f"{title}\n各科室：现将有关事项通知如下，请认真执行。")
    words = grams(f"{title}\n{content}")
    drawn = sketch(content)
    plain = Arrival(
        digest=sha256(f"{title}{content}".encode()).hexdigest(),
        original=sha256(f"{title}{content}".encode()).hexdigest(),
        row="",
        source=f"{title}.txt",
        size=len(content.encode()),
        title=title,
        doc_number="",
        agency="平岳市生态环境局青岚分局",
        formed_on=date(2025, 10, 20),
        content=content,
        body_length=len(content),
        parts="",
        category=Category.ACTIVITIES.value,
        status=Status.PROACTIVE.value,
        lane=Lane.CLEAR.value,
        bases=(),
        record=json.dumps(
            {
                "keywords": ["执法检查"],
                "summary": "通知如下。",
                "findings": [],
                "flags": [],
                "reasons": ["未发现不予公开的理由，以公开为常态。"],
                "rules": [],
                "evidence": [],
            },
            ensure_ascii=False,
        ),
        model="test",
        rules_digest="test",
        program="0",
        template=template_key(title),
        sketch=" ".join(map(str, drawn)),
        bands=bands(drawn),
        grams=gram_hashes(words) if vendor == "postgresql" else " ".join(words),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]
