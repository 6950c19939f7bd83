"""The examination of the ledger: database, tables, triggers, chain, clock, cases, originals."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from reviewflow.errors import ReviewflowError
from reviewflow.keys import read_key
from reviewflow.records import append_only
from reviewflow.records import models as rows
from reviewflow.records.backup.snapshot import snapshot
from reviewflow.records.chain.anchors import anchors_file, read_anchors
from reviewflow.records.chain.entries import chain_head
from reviewflow.records.chain.verification import verify_chain
from reviewflow.records.originals import Originals
from reviewflow.services.audit.bindings import discrepancies
from reviewflow.services.audit.evidence import case_files
from reviewflow.services.audit.verify import verify_ledger
from reviewflow.services.office import check_version
from reviewflow.services.operations.checks import CheckResult, attention, bad, good
from reviewflow.services.operations.connection import connect_ledger
from reviewflow.settings import Settings

_QUICK_ENTRIES = 1000
_QUICK_CASES = 200
_QUICK_ORIGINALS = 50
_SHOWN = 3
_PATIENCE = timedelta(hours=1)
_BACKUP_DAYS = 7
_FEWEST_CONNECTIONS = 20

_STOP = "请停止办理，保存现场，运行 reviewflow audit verify，并与最近的备份核对。"


def database(settings: Settings) -> Iterator[CheckResult]:
    """Connect, without waiting long for anybody, and see whether ledger and program fit."""
    connect_ledger(settings, impatient=True)
    check_version()
    yield good("数据库", f"{settings.database.engine} 可用，版本与程序相符。")


def database_settings(settings: Settings) -> Iterator[CheckResult]:
    """Whether the database keeps what it has acknowledged."""
    wanted = _SQLITE if settings.database.engine == "sqlite" else _POSTGRESQL
    found = {name: _answer_of(statement) for name, (statement, _) in wanted.items()}
    wrong = [f"{name} 是 {found[name]}" for name, (_, fits) in wanted.items() if not fits(found[name])]
    if wrong:
        yield bad("数据库设置", f"{'，'.join(wrong)}：断电时可能丢失已签的字。", "请按管理员手册改回。")
    else:
        yield good("数据库设置", "，".join(f"{name} {value}" for name, value in found.items()) + "。")
    if settings.database.engine == "postgresql" and int(_answer_of("SHOW max_connections")) < _FEWEST_CONNECTIONS:
        yield attention("数据库设置", "max_connections 太小。", f"请至少设为 {_FEWEST_CONNECTIONS}。")


_Wanted = dict[str, tuple[str, Callable[[str], bool]]]
_SQLITE: _Wanted = {
    "journal_mode": ("PRAGMA journal_mode", lambda value: value == "wal"),
    "synchronous": ("PRAGMA synchronous", lambda value: value in ("2", "3")),
}
_POSTGRESQL: _Wanted = {
    "fsync": ("SHOW fsync", lambda value: value == "on"),
    "synchronous_commit": ("SHOW synchronous_commit", lambda value: value != "off"),
    "full_page_writes": ("SHOW full_page_writes", lambda value: value == "on"),
}


def _answer_of(statement: str) -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return str(cursor.fetchone()[0])


def integrity(settings: Settings) -> Iterator[CheckResult]:
    """Whether SQLite finds its file whole. Reads all of it."""
    if settings.database.engine != "sqlite":
        return
    answer = _answer_of("PRAGMA quick_check(1)")
    if answer == "ok":
        yield good("数据库文件", "完整。")
    else:
        yield bad("数据库文件", "已损坏。", "请停止使用，用 reviewflow restore 恢复备份。")


def triggers(settings: Settings) -> Iterator[CheckResult]:
    """Whether the database itself refuses to change what proves something."""
    from django.db import connection

    missing = append_only.tables_without_triggers(connection.vendor)
    if missing:
        names = "、".join(missing)
        yield bad("只增不改", f"{names} 的触发器不见了。", "可能有人改过数据库。" + _STOP)
    else:
        yield good("只增不改", f"{len(append_only.APPEND_ONLY)} 张表的触发器齐全。")


def chain(settings: Settings) -> Iterator[CheckResult]:
    """The newest entries of the chain, and the anchors among them."""
    key = read_key(settings.key_file)
    anchors = read_anchors(anchors_file(settings))
    with snapshot():
        after = max(chain_head().sequence - _QUICK_ENTRIES, 0)
        verdict = verify_chain(key, anchors, after=after)
    if verdict.broken:
        yield bad("审计链", verdict.broken.message, _STOP)
    else:
        yield good(
            "审计链", f"第 {after + 1} 至 {verdict.head.sequence} 条相符。" if verdict.entries else "还没有记录。"
        )
    if verdict.head.sequence and not anchors:
        yield attention("审计链", "还没有打印过链首，末尾被截去时看不出来。", "请每月运行 reviewflow audit anchor。")


def whole(settings: Settings) -> Iterator[CheckResult]:
    """The whole chain and all that it binds."""
    verdict = verify_ledger(read_key(settings.key_file), read_anchors(anchors_file(settings)))
    for fault in verdict.faults()[:_SHOWN]:
        yield bad("全部核验", fault, _STOP)
    if verdict.good:
        yield good("全部核验", f"{verdict.entries} 条记录、{verdict.cases} 件全部相符。")


def clock(settings: Settings, now: datetime) -> Iterator[CheckResult]:
    """Whether this machine's clock is behind the last entry of the chain."""
    last = rows.AuditEntry.objects.order_by("-sequence").values_list("at", flat=True).first()
    message = f"{now:%Y-%m-%d %H:%M}"
    if last is None or (behind := datetime.fromisoformat(last) - now) <= timedelta():
        yield good("时钟", f"{message}。")
        return
    state = bad if behind > _PATIENCE else attention
    yield state("时钟", f"{message}，早于最后一条记录 {last[:16]}。", "请校准系统时间；期限和签字时间都靠它。")


def cases(settings: Settings) -> Iterator[CheckResult]:
    """Whether the newest cases are what their signatures say."""
    with snapshot():
        files = list(case_files(newest=_QUICK_CASES))
    found = [one for file in files for one in discrepancies(file)]
    for one in found[:_SHOWN]:
        yield bad("案件", f"第 {one.case_id} 件，{one.message}。", _STOP)
    if not found:
        yield good("案件", f"最近 {len(files)} 件与签字相符。")


def originals(settings: Settings, *, full: bool) -> Iterator[CheckResult]:
    """Whether the originals (of the newest documents) are there and unchanged."""
    store = Originals(settings.storage_folder / "originals")
    named = rows.Document.objects.order_by("-pk").values_list("original", flat=True)
    digests = set(named.iterator() if full else named[:_QUICK_ORIGINALS])
    wrong = [digest for digest in sorted(digests) if not _is_whole(store, digest)]
    if wrong:
        names = "、".join(f"{digest[:12]}…" for digest in wrong[:_SHOWN])
        yield bad("原件", f"{len(wrong)} 个原件不见了或被改动：{names}。", "请从备份中恢复这些文件。")
    else:
        yield good("原件", f"抽查 {len(digests)} 个，摘要相符。" if not full else f"{len(digests)} 个，摘要相符。")


def _is_whole(store: Originals, digest: str) -> bool:
    try:
        store.verify(digest)
    except ReviewflowError:
        return False
    return True


def backups(settings: Settings, now: datetime) -> Iterator[CheckResult]:
    """How long ago the last backup was taken."""
    saved = rows.AuditEntry.objects.filter(action__in=("backup", "restore"))
    last = saved.order_by("-sequence").values_list("at", flat=True).first()
    if last is None:
        yield attention("备份", "还没有备份过。", "请运行 reviewflow backup，并把文件和密钥分开放到别处。")
        return
    days = (now - datetime.fromisoformat(last)).days
    if days > _BACKUP_DAYS:
        yield attention("备份", f"上一次备份在 {days} 天前。", "请运行 reviewflow backup，最好每天自动运行。")
    else:
        yield good("备份", f"上一次在 {last[:10]}。")
