"""Small words for templates: names of terms, dates as an office writes them, days left."""

from datetime import date, datetime

from django import template

from reviewflow.domain.clock import local
from reviewflow.domain.review import Action, Stage
from reviewflow.domain.terms import Category, Lane, Status

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
