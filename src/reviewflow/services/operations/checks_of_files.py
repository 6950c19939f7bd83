"""The examination of what lies in files: configuration, model, permissions, key, disk, and what a break left behind."""

import shutil
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from reviewflow.configuration.configuration import load_configuration
from reviewflow.keys import read_key
from reviewflow.records.configuration import sqlite_path
from reviewflow.services.operations.checks import CheckResult, attention, bad, good
from reviewflow.services.operations.restore import LEFTOVER
from reviewflow.settings import OfficeSettings, Settings

_MB = 1_000_000
_LITTLE_MB = 1000
_TOO_LITTLE_MB = 200
_OLD_SECONDS = 3600
_SHOWN = 5


def office_name(settings: Settings) -> Iterator[CheckResult]:
    """Whether the office has written its own name and code, which go on every export."""
    own, shipped = settings.office, OfficeSettings()
    if own.name == shipped.name or own.code == shipped.code:
        yield attention("机关", "机关全称或代码还没有填写。", "请填写 configs/reviewflow.toml 的 [office]。")
    else:
        yield good("机关", f"{own.name}，代码 {own.code}。")


def rules(settings: Settings) -> Iterator[CheckResult]:
    """Whether catalogue, legal bases, rules and the office's own words can be read, as a server reads them."""
    configuration = load_configuration(settings.home)
    laws, found = len(configuration.bases.by_code), len(configuration.rules.rules)
    configuration.detectors  # noqa: B018 - raises for faulty words
    yield good("规则", f"类别 {len(configuration.catalogue)} 个，依据 {laws} 条，规则 {found} 条。")


def workdays(settings: Settings, today: date) -> Iterator[CheckResult]:
    """Whether the holidays of this year and the next are known."""
    calendar = load_configuration(settings.home).calendar
    unknown = [year for year in (today.year, today.year + 1) if not calendar.is_known(date(year, 1, 1))]
    if unknown:
        years = "、".join(map(str, unknown))
        yield attention(
            "工作日历", f"{years} 年的放假安排未知，期限只按周末推算。", "请在 configs/workdays.yaml 中补上。"
        )
    else:
        yield good("工作日历", f"已知到 {calendar.last_year} 年。")


def index_profile(settings: Settings) -> Iterator[CheckResult]:
    """Whether the profile of index numbers can give no number twice."""
    load_configuration(settings.home).profile  # noqa: B018 - raises for a faulty one
    yield good("索引号", f"格式 {settings.index_number.pattern}，重新编号方式 {settings.index_number.reset}。")


def model(settings: Settings) -> Iterator[CheckResult]:
    """Whether the active model loads, its digests checked."""
    from reviewflow.learn.store import load

    yield good("模型", f"{load(settings.models).version}，摘要相符。")


def permissions(settings: Settings) -> Iterator[CheckResult]:
    """Whether others on this machine can reach the ledger."""
    folder = settings.storage_folder
    if not folder.is_dir():
        yield bad("权限", f"没有台账文件夹 {folder}。", "请运行 reviewflow init。")
        return
    secret = [folder, folder / "originals", folder / "backups", sqlite_path(settings), folder / "web.key"]
    open_ones = [path for path in secret if path.exists() and path.stat().st_mode & 0o077]
    if folder in open_ones:
        yield bad("权限", f"台账文件夹 {folder} 他人可以进入。", f"请运行 chmod 700 {folder}。")
    elif open_ones:
        names = "、".join(path.name for path in open_ones)
        yield attention("权限", f"{names} 他人可读，只靠上级文件夹挡着。", "请去掉它们的组和他人权限（chmod go-rwx）。")
    else:
        yield good("权限", "台账文件夹只有本账号可以进入。")


def key(settings: Settings) -> Iterator[CheckResult]:
    """Whether the key of the chain is there, whole, and its owner's alone."""
    read_key(settings.key_file)
    yield good("密钥", f"{settings.key_file.name} 完整，只有本账号可读。请确认另有一份备份放在别处。")


def disk(settings: Settings) -> Iterator[CheckResult]:
    """Whether there is room to go on."""
    place = settings.storage_folder if settings.storage_folder.exists() else settings.home
    free = shutil.disk_usage(place).free // _MB
    if free < _TOO_LITTLE_MB:
        yield bad("磁盘", f"只剩 {free} MB。", "请立即清理磁盘，否则提交和签字会失败。")
    elif free < _LITTLE_MB:
        yield attention("磁盘", f"只剩 {free} MB。", "请清理磁盘，或把旧备份移走。")
    else:
        yield good("磁盘", f"剩余 {free // 1000} GB。")


def leftovers(settings: Settings) -> Iterator[CheckResult]:
    """What killed commands have left: half-written files and folders that nothing works on any more."""
    found = [path for path in _temporary(settings) if time.time() - path.stat().st_mtime > _OLD_SECONDS]
    if any(path.name.startswith(LEFTOVER) for path in found):
        yield attention(
            "遗留文件", "有一次恢复中途断了。", "请再恢复一次，或核验台账后删除安装文件夹中的 .restoring-*。"
        )
    if found:
        names = "、".join(str(path.relative_to(path.parents[1])) for path in found[:_SHOWN])
        more = f" 等 {len(found)} 个" if len(found) > _SHOWN else ""
        yield attention("遗留文件", f"中断的命令留下了 {names}{more}。", "没有命令在运行时可以删除。")
    else:
        yield good("遗留文件", "没有。")


def _temporary(settings: Settings) -> Iterator[Path]:
    yield from settings.home.glob(f"{LEFTOVER}*")
    for folder in {settings.storage_folder, settings.key_file.parent, settings.storage_folder / "backups"}:
        yield from folder.glob(".*.writing")
        yield from folder.glob(".backup-*")
    yield from (settings.storage_folder / "originals").glob("*/.*.writing")
