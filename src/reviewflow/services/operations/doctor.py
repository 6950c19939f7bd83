"""The examination of an installation: every check by itself, so that one that fails hides no other."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from reviewflow.domain.clock import local_day
from reviewflow.domain.clock import now as china_now
from reviewflow.services.operations import checks_of_files as files
from reviewflow.services.operations import checks_of_ledger as ledger
from reviewflow.services.operations.checks import CheckResult, State, good, run_check
from reviewflow.settings import Settings, load_settings


def examine_installation(
    home: Path | None = None, *, full: bool = False, now: Callable[[], datetime] = china_now
) -> Iterator[CheckResult]:
    """Examine an installation, in whatever state it is. Nothing is raised, nobody needs to be signed in.

    ``full`` reads all of the chain, every original and the whole database file.
    """
    settings: list[Settings] = []

    def load() -> Iterator[CheckResult]:
        settings.append(load_settings(home))
        yield good("设置", f"{settings[0].configs / 'reviewflow.toml'}")

    yield from run_check("设置", load)
    if settings:
        yield from _examine_files(settings[0], now())
        yield from _examine_ledger(settings[0], now(), full=full)


def _examine_files(settings: Settings, now: datetime) -> Iterator[CheckResult]:
    yield from run_check("机关", partial(files.office_name, settings))
    yield from run_check("规则", partial(files.rules, settings))
    yield from run_check("工作日历", partial(files.workdays, settings, local_day(now)))
    yield from run_check("索引号", partial(files.index_profile, settings))
    yield from run_check("模型", partial(files.model, settings))
    yield from run_check("权限", partial(files.permissions, settings))
    yield from run_check("密钥", partial(files.key, settings))
    yield from run_check("磁盘", partial(files.disk, settings))
    yield from run_check("遗留文件", partial(files.leftovers, settings))


def _examine_ledger(settings: Settings, now: datetime, *, full: bool) -> Iterator[CheckResult]:
    reached = run_check("数据库", partial(ledger.database, settings))
    yield from reached
    if any(one.state is State.BAD for one in reached):
        return
    yield from run_check("数据库设置", partial(ledger.database_settings, settings))
    yield from run_check("只增不改", partial(ledger.triggers, settings))
    yield from run_check("时钟", partial(ledger.clock, settings, now))
    yield from run_check("审计链", partial(ledger.chain, settings))
    yield from run_check("案件", partial(ledger.cases, settings))
    yield from run_check("原件", partial(ledger.originals, settings, full=full))
    yield from run_check("备份", partial(ledger.backups, settings, now))
    if full:
        yield from run_check("数据库文件", partial(ledger.integrity, settings))
        yield from run_check("全部核验", partial(ledger.whole, settings))
