"""The audit on a terminal: a verdict in words, the record as a table, progress."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from reviewflow.cli.terminal.table import draw
from reviewflow.domain.catalogue import Channel
from reviewflow.domain.clock import local
from reviewflow.domain.people import Role
from reviewflow.domain.review import Action, Stage
from reviewflow.domain.terms import Category, Lane, Status
from reviewflow.services.audit.verify import LedgerVerdict, LogEntry


class VerifyingBar:
    """A line that shows how far verifying is."""

    def __init__(self, quiet: bool) -> None:
        from tqdm import tqdm

        self._bar = tqdm(disable=True if quiet else None, dynamic_ncols=True, leave=False)

    def __enter__(self) -> "VerifyingBar":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._bar.close()

    def show(self, done: int, total: int) -> None:
        """Show how many of how many are done."""
        self._bar.total = total
        self._bar.n = done
        self._bar.refresh()


def verdict_in_words(verdict: LedgerVerdict) -> str:
    """What verifying found and what to do."""
    if verdict.good:
        against = f"，与 {verdict.anchors} 个链首记录相符" if verdict.anchors else ""
        lines = [f"✓ 审计链完好：{verdict.entries} 条记录，{verdict.cases} 件{against}。"]
        if verdict.head.sequence:
            lines.append(f"  链首 {verdict.head.sequence}:{verdict.head.hash}")
        return "\n".join(lines)
    lines = ["✗ 核验没有通过：", *(f"  {fault}" for fault in verdict.faults())]
    lines.append("办法：停止办理，保存现场，与最近的备份核对；需要时用 reviewflow restore 恢复备份，并报告负责人。")
    return "\n".join(lines)


def record_table(noted: Sequence[LogEntry]) -> str:
    """Entries as a table."""
    lines = [
        [str(one.sequence), f"{local(datetime.fromisoformat(one.at)):%Y-%m-%d %H:%M}", one.actor, _action(one.action),
         _subject(one.subject), _details(one.details)]
        for one in noted
    ]  # fmt: skip
    return draw(("序号", "时间", "人", "做了什么", "对象", "内容"), lines, (0, 0, 16, 0, 24, 60))


_ACTIONS: dict[str, str] = {
    "import": "提交", "amend": "更正条目", "retire": "条目失效", "publish": "登记公开", "withdraw_publication": "撤下公开",
    "backup": "备份", "restore": "恢复备份", "upgrade": "升级",
    "add-user": "添加账号", "add-section": "添加科室", "grant-role": "授予角色", "revoke-role": "收回角色",
    "stand-in": "安排代理", "activate": "启用账号", "deactivate": "停用账号", "reset-password": "重设密码",
    "change-password": "修改密码", "sign-in": "登录", "sign-in-failed": "登录失败", "sign-out": "退出登录",
    "token": "发放接口令牌", "end-token": "停用接口令牌",
} | {one.value: one.label for one in Action}  # fmt: skip
_SUBJECTS = {
    "case": "第 {} 件",
    "entry": "条目 {}",
    "user": "账号 {}",
    "token": "令牌 {}",
    "ledger": "台账",
    "file": "文件 {}",
}
_NAMES = {
    "category": "类别", "status": "属性", "lane": "通道", "role": "角色", "stage": "转到", "bases": "依据",
    "index_number": "索引号", "revision": "修订", "register_number": "登记号", "file": "文件", "position": "签字",
    "entries": "记录数", "channel": "公开渠道", "count": "条数",
}  # fmt: skip
_TERMS: dict[str, type[Any]] = {
    "category": Category, "status": Status, "lane": Lane, "role": Role, "stage": Stage, "channel": Channel,
}  # fmt: skip
_DIGEST_SHOWN = 8


def _action(code: str) -> str:
    return _ACTIONS.get(code, code)


def _subject(subject: str) -> str:
    kind, _, name = subject.partition(":")
    return _SUBJECTS.get(kind, subject).format(name)


def _details(details: dict[str, Any]) -> str:
    """Those of the details that tell a person something."""
    labelled = ((label, _value(name, details[name])) for name, label in _NAMES.items() if name in details)
    return "，".join(f"{label} {value}" for label, value in labelled if value)


def _value(name: str, value: Any) -> str:
    terms = _TERMS.get(name)
    if terms is not None:
        return next((f"{one.label}" for one in terms if one.value == value), f"{value}")
    return f"{str(value)[:_DIGEST_SHOWN]}…" if name == "file" else str(value)
