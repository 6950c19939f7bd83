"""Chinese headings and cells of a record for tables that people read."""

from typing import Any

from reviewflow.domain.terms import Flag, Kind, Lane

_ATTENTION = "请注意："
_HEADINGS = {
    "id": "编号",
    "source": "来源",
    "title": "标题",
    "doc_number": "文号",
    "agency": "发文机关",
    "formed_on": "生成日期",
    "category_name": "建议类别",
    "category_confidence": "类别把握",
    "status_name": "建议公开属性",
    "status_confidence": "属性把握",
    "lane": "办理道",
    "bases": "依据",
    "flags": "风险标记",
    "findings": "敏感内容",
    "rules": "命中规则",
    "evidence": "类别依据词",
    "keywords": "关键词",
    "summary": "内容概述",
    "reasons": "理由",
    "model": "模型版本",
    "rules_digest": "规则版本",
    "words_digest": "识别词版本",
}


def headings() -> tuple[str, ...]:
    """The headings of a flat table, in order."""
    return tuple(_HEADINGS.values())


def flat_row(row: dict[str, Any]) -> list[Any]:
    """The cells of one record under ``headings()``: lists become text, codes become names."""
    return [_cell(name, row.get(name)) for name in _HEADINGS]


def lane_name(code: str) -> str:
    """The Chinese name of a lane."""
    return Lane(code).label


def findings_in_words(findings: list[dict[str, Any]]) -> str:
    """Kinds with their number, such as 手机号×2、居民身份证号×1. Never the text itself."""
    counted: dict[str, int] = {}
    for finding in findings:
        label = Kind(finding["kind"]).label
        if finding["where"] != "正文":
            label += f"({finding['where']})"
        counted[label] = counted.get(label, 0) + 1
    return "、".join(f"{label}×{number}" for label, number in counted.items())


def attention_in_words(row: dict[str, Any]) -> str:
    """What a person must look at: the kinds found, or else why the proposal asks for attention."""
    told = next((reason for reason in row["reasons"] if reason.startswith(_ATTENTION)), "")
    return (
        findings_in_words(row["findings"])
        or told.removeprefix(_ATTENTION).rstrip("。")
        or "、".join(Flag(flag).label for flag in row["flags"])
        # What is left that asks for attention is a category on which model and rules do not agree, or nobody is sure.
        or ("类别拿不准" if row.get("lane") == Lane.ATTENTION.value else "")
    )


def _cell(name: str, value: Any) -> Any:
    if value is None:
        return ""
    if name == "lane":
        return lane_name(value)
    if name == "flags":
        return "、".join(Flag(code).label for code in value)
    if name == "findings":
        return findings_in_words(value)
    if name == "rules":
        return "、".join(f"{rule['id']}({' '.join(rule['words'])})" for rule in value)
    if name == "evidence":
        return "、".join(item["word"] for item in value)
    if name == "reasons":
        return "".join(value)
    if isinstance(value, list):
        return "、".join(map(str, value))
    return value
