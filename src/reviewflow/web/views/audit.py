"""审计: the chain's end and the newest entries. A case's own history stands on its page."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reviewflow.records.chain import head
from reviewflow.services.auditing import log
from reviewflow.web.office import office
from reviewflow.web.requests import DeskRequest

_NEWEST = 200
_ACTIONS = {
    "import": "提交文件", "supersede": "更换文件", "agree": "同意", "change": "变更", "return": "退回", "refer": "报请",
    "consult": "征求意见", "answer": "记录答复", "withdraw": "撤回", "reopen": "重新审查", "declassify": "附解密记录",
    "undo": "收回签字", "sign-in": "登录", "sign-in-failed": "登录失败", "sign-in-locked": "账号锁定", "sign-out": "退出",
    "add-user": "添加账号", "grant-role": "授予角色", "revoke-role": "收回角色", "stand-in": "设代理", "export": "导出目录",
    "deactivate": "停用账号", "activate": "启用账号", "reset-password": "重置密码", "change-password": "更换密码",
    "amend": "更正条目", "retire": "条目失效", "publish": "登记公开", "backup": "备份", "restore": "恢复", "token": "发令牌",
    "add-section": "添加科室", "end-token": "停令牌", "refused": "被拒绝的操作", "register_export": "导出登记簿",
    "upgrade": "升级",
}  # fmt: skip
_SUBJECTS = {
    "user": "账号", "entry": "条目", "section": "科室", "token": "令牌", "file": "文件", "page": "页面", "ledger": "台账",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the chain as it is read."""

    sequence: int
    at: datetime
    actor: str
    action: str
    subject: str
    case_id: int | None


@require_GET
def audit(request: DeskRequest) -> HttpResponse:
    """The newest entries that one may see, the newest first."""
    entries = [
        Entry(
            one.sequence,
            datetime.fromisoformat(one.at),
            one.actor,
            _ACTIONS.get(one.action, one.action),
            _named(one.subject),
            _case(one.subject),
        )
        for one in reversed(log(office(), request.actor, _NEWEST))
    ]
    return render(request, "web/audit.html", {"entries": entries, "head": head()})


def _case(subject: str) -> int | None:
    number = subject.removeprefix("case:")
    return int(number) if subject.startswith("case:") and number.isdigit() else None


def _named(subject: str) -> str:
    """What an entry is about, in words: ``user:li`` is 账号 li."""
    kind, _, name = subject.partition(":")
    return f"{_SUBJECTS.get(kind, kind)} {name}".strip()
