"""Small words for templates: names of terms, dates as an office writes them, days left."""

from datetime import date, datetime

from django import template
from django.utils.safestring import SafeString, mark_safe

from reviewflow.domain.clock import local
from reviewflow.domain.review import Action, Stage
from reviewflow.domain.terms import Category, Lane, Status
from reviewflow.services.queue.lists import CaseLine

register = template.Library()


@register.filter
def category(code: str) -> str:
    """The name of a category, or that it is open."""
    return Category(code).label if code else "类别待定"


@register.filter
def status(code: str) -> str:
    """The name of a status."""
    return Status(code).label if code else ""


@register.filter
def lane(code: str) -> str:
    """The name of a lane."""
    return Lane(code).label


@register.filter
def stage(code: str) -> str:
    """The name of a stage."""
    return Stage(code).label


@register.filter
def action(code: str) -> str:
    """The name of an action."""
    return Action(code).label


@register.filter
def day(value: date | datetime | None) -> str:
    """2025年11月3日."""
    if value is None:
        return ""
    shown = local(value) if isinstance(value, datetime) else value
    return f"{shown.year}年{shown.month}月{shown.day}日"


@register.filter
def moment(value: datetime | None) -> str:
    """2025-11-03 09:05."""
    return local(value).strftime("%Y-%m-%d %H:%M") if value else ""


_SOON = 5
"""workdays from which on what is left is told apart"""
_PROVISIONAL = '<span class="small" title="该年度放假安排尚未公布，暂按周末推算">（暂）</span>'


@register.filter
def left(line: CaseLine) -> SafeString:
    """The workdays left for a case of a list, marked when there are few or none; a dash where nothing is due."""
    days = line.days_left
    if days is None:
        return mark_safe("—")
    told = "逾期" if days < 0 else f"{days} 天" if days else "今天到期"
    kind = "late" if days < 0 else "soon"
    shown = f'<span class="{kind}">{told}</span>' if days <= _SOON else told
    return mark_safe(shown + (_PROVISIONAL if line.provisional else ""))  # noqa: S308 - words and a number
