"""Backups on a terminal."""

from datetime import datetime

from reviewflow.domain.clock import local
from reviewflow.services.operations.backup import FinishedBackup
from reviewflow.services.operations.restore import Restoration

_MB = 1_000_000
_SHOWN = 5


def backup_in_words(made: FinishedBackup) -> str:
    """What a backup holds and how to keep it."""
    key = "密钥在内，请像密钥一样保管" if made.with_key else "密钥不在内，请另存一份，分开放"
    return (
        f"已备份到 {made.path}（{made.size / _MB:.1f} MB）\n"
        f"  文件 {made.documents} 件，审计记录 {made.head.sequence} 条；{key}。\n"
        f"  链首 {made.head.sequence}:{made.head.hash}"
    )


def faults_of_backup(made: FinishedBackup) -> tuple[str, ...]:
    """What was wrong with the ledger when it was backed up."""
    faults = []
    if made.broken:
        faults.append(f"审计链：{made.broken}这份备份只能用 --in-spite 恢复。")
    if made.missing:
        faults.append(f"缺少 {len(made.missing)} 个原件：{_digests(made.missing)}。请从以前的备份中找回。")
    if made.damaged:
        faults.append(f"{len(made.damaged)} 个原件被改动：{_digests(made.damaged)}。请从以前的备份中找回。")
    return tuple(faults)


def restoration_in_words(done: Restoration) -> str:
    """What was restored, and what to look at."""
    taken = local(datetime.fromisoformat(done.created))
    lines = [
        f"已恢复到 {done.home}：{taken:%Y-%m-%d %H:%M} 的备份，审计记录 {done.head.sequence} 条。",
        f"  原有的台账在 {done.aside}（PostgreSQL 的旧表在模式 {done.schema} 中），确认无误后可以删除。"
        if done.schema
        else f"  原有的台账在 {done.aside}，确认无误后可以删除。",
        "  备份之后停用的账号、收回的角色和令牌都回到了备份时的样子，请核对。",
    ]
    if done.own_settings:
        lines.append("  设置文件 reviewflow.toml 保持不变，备份中的那一份在上述文件夹中。")
    if done.missing:
        lines.append(f"  有 {len(done.missing)} 个原件在备份时已经缺失：{_digests(done.missing)}。")
    return "\n".join(lines)


def _digests(digests: tuple[str, ...]) -> str:
    more = " 等" if len(digests) > _SHOWN else ""
    return "、".join(f"{digest[:12]}…" for digest in digests[:_SHOWN]) + more
