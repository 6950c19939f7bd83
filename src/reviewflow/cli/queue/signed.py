"""What came of an action, in a sentence or two."""

from reviewflow.cli.queue.timeline import decision_in_words
from reviewflow.domain.review import SIGNING, TABLE, Action, Stage
from reviewflow.domain.terms import Status
from reviewflow.services.review.acts import SignedCase


def signed_in_words(action: Action, signed: SignedCase) -> str:
    """What was done, and where the case is now."""
    case_id, case = signed.row.pk, signed.case
    decision = case.current
    done = "已开始重新审查" if action is Action.REOPEN else f"已{action.label}"
    signed_for = f"（{decision_in_words(decision)}）" if action in SIGNING else ""
    if case.stage is Stage.DECIDED:
        kind = "登记号" if decision.status is Status.NON_PUBLIC else "索引号"
        number = f"\n{kind}：{signed.number}" if signed.number else ""
        return f"第 {case_id} 件{done}，三道审查完成，已确定：{decision_in_words(decision)}。{number}"
    return f"第 {case_id} 件{done}{signed_for}。\n{next_in_words(case.stage, case.section, case.split)}"


def next_in_words(stage: Stage, section: str, split: bool = False) -> str:
    """Where a case waits, and for whom."""
    if stage is Stage.WITHDRAWN:
        return "这一件不再办理。"
    action = Action.ANSWER if stage in (Stage.REFERRED, Stage.CONSULTING) else Action.AGREE
    who = "或".join(role.label for role in TABLE[stage, action].roles)
    place = f"{section}的" if stage in (Stage.SECTION, Stage.RETURNED) else ""
    heard = "；科室与办公室意见不一致，须写明采纳哪一方" if split and stage is Stage.DIRECTOR else ""
    doing = "，得到答复后用 queue answer 记录" if action is Action.ANSWER else ""
    return f"下一步：{stage.label}，由{place}{who}办理{heard}{doing}。"
