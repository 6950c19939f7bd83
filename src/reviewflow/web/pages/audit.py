"""审计: the chain's end, whether it holds, and the newest entries. A case's own history stands on its page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reviewflow.services.audit.log_page import existing_cases, log_page
from reviewflow.services.audit.verify import LogEntry
from reviewflow.web.http.requests import DeskRequest
from reviewflow.web.office import office
from reviewflow.web.words.reasons import reason

_DIGITS = 16
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
_PAGES = {
    "workbench": "工作台", "queue": "队列", "confirm": "成批签字的确认页", "sign": "成批签字", "case": "审查页",
    "act": "办理", "original": "原件", "page-picture": "原件的页面", "review-form": "审查表", "upload": "上传",
    "catalogue": "目录", "catalogue-export": "导出目录", "entry": "目录条目", "amend-entry": "更正条目",
    "retire-entry": "条目失效", "publish-entry": "登记公开", "withdraw-publication": "撤下", "register": "登记簿",
    "register-export": "导出登记簿", "rules": "规则", "try-rules": "试规则", "rule": "规则", "model": "模型",
    "model-report": "模型报告", "audit": "审计", "help": "帮助", "me": "本人", "password": "更换密码", "token": "发令牌",
    "end-token": "停令牌", "people": "管理", "people-change": "管理", "login": "登录", "logout": "退出",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An entry of the chain as it is read."""

    sequence: int
    at: datetime | None
    actor: str
    action: str
    subject: str
    case_id: int | None
    code: str
    why: str


@require_GET
def audit(request: DeskRequest) -> HttpResponse:
    """The newest entries that one may see, the newest first."""
    page = log_page(office(), request.actor)
    shown = {
        "entries": _audit_lines(page.entries),
        "head": page.head,
        "ending": page.ending,
        "sees_all": page.sees_all,
    }
    return render(request, "web/audit.html", shown)


def _audit_lines(noted: Iterable[LogEntry]) -> list[AuditLine]:
    """Entries as they are read. What was asked for and refused need not exist: only a case there is gets a link."""
    cases = {one.sequence: _case_number(one) for one in noted}
    numbers = {number for number in cases.values() if number is not None}
    known = existing_cases(numbers)
    entries = []
    for one in noted:
        code, number = str(one.details.get("code", "")) if one.action == "refused" else "", cases[one.sequence]
        entries.append(
            AuditLine(
                sequence=one.sequence,
                at=_moment(one.at),
                actor=one.actor,
                action=_ACTIONS.get(one.action, one.action),
                subject=_subject_in_words(one.subject),
                case_id=number if number in known else None,
                code=code,
                why=reason(code),
            )
        )
    return entries


def _moment(text: str) -> datetime | None:
    """None for what somebody has made unreadable: the check tells of it, and the page stands."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _case_number(noted: LogEntry) -> int | None:
    """The number of the case that an entry is about, or that an attempt was about; None beyond what a ledger holds."""
    number = noted.subject.removeprefix("case:")
    if noted.subject.startswith("case:"):
        return int(number) if number.isascii() and number.isdigit() and len(number) < _DIGITS else None
    asked = noted.details.get("case_id")
    return asked if isinstance(asked, int) and 0 < asked < 10**_DIGITS else None


def _subject_in_words(subject: str) -> str:
    """What an entry is about, in words: ``user:li`` is 账号 li."""
    kind, _, name = subject.partition(":")
    if kind == "page":
        return f"接口 {name.removeprefix('api-')}" if name.startswith("api-") else _PAGES.get(name, f"页面 {name}")
    return f"{_SUBJECTS.get(kind, kind)} {name}".strip()
