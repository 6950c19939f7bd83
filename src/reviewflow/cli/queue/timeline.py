"""The steps of a case in words."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reviewflow.domain.review import Action, Decision

if TYPE_CHECKING:
    from reviewflow.services.case.case_view import Step


def timeline(steps: "Iterable[Step]") -> str:
    """All steps, one paragraph each."""
    return "\n".join(step_in_words(step) for step in steps)


def step_in_words(step: "Step") -> str:
    """When, who, in which role, at which stage, what, for what, and why."""
    void = "（已作废）" if step.void else ""
    head = f"{step.at:%Y-%m-%d %H:%M}  {who(step)}  {_what(step)}{void}"
    return "\n".join([head, *(f"    {line}" for line in _details(step))])


def who(step: "Step") -> str:
    """The name on the signature, with the role and whom it stood in for."""
    inside = [step.role.label if step.role else "", f"代{step.stand_in_for}" if step.stand_in_for else ""]
    told = "，".join(part for part in inside if part)
    return f"{step.name}（{told}）" if told else step.name


def decision_in_words(decision: Decision) -> str:
    """Category and status."""
    return f"{decision.category.label if decision.category else '类别未定'}、{decision.status.label}"


def cited(codes: Iterable[str], citations: Iterable[str]) -> Iterator[str]:
    """Bases, a line each: the code, by which one names a basis, before the citation. Those without one are left out."""
    return (f"依据：{code}　{citation}" for code, citation in zip(codes, citations, strict=False))


def _what(step: "Step") -> str:
    if step.action is None:
        return f"提交，建议：{decision_in_words(step.decision)}" if step.decision else "提交"
    told = f"{step.stage.label}：{step.action.label}"
    if step.decision is None:
        return told
    return f"{told}{'为' if step.action is Action.CHANGE else ' '}{decision_in_words(step.decision)}"


def _details(step: "Step") -> Iterable[str]:
    if step.asked:
        until = f"，答复期限 {step.due_on:%Y-%m-%d}" if step.due_on else ""
        yield f"对象：{step.asked}{until}"
    if step.record:
        yield f"解密记录：{step.record}"
    yield from cited(step.decision.bases if step.decision else (), step.citations)
    if step.note:
        yield f"理由：{step.note}"
