"""The genre (文种) of a document, by the end of its title: 党政机关公文处理工作条例(2012) Art. 8, and common forms."""

_OFFICIAL = "决议 决定 命令 令 公报 公告 通告 意见 通知 通报 报告 请示 批复 议案 函 纪要".split()
_FORMS = (
    "决定书 告知书 通知书 催告书 申请书 意见书 答复书 承诺书 协议书 协议 建议书 裁决书 笔录 会议纪要 会议记录 "
    "公示 简报 简历 月报 季报 年报 快报 指南 目录 清单 名单 一览表 统计表 审批表 登记表 申请表 汇总表 安排表 "
    "值班表 报表 台账 方案 预案 规划 计划 要点 总结 办法 规定 细则 规则 规程 条例 准则 制度 标准 指引 章程 "
    "解读 答复 复函 回函 说明 回证 流程 流程图 预算 决算 招聘公告 招标公告 中标公告 讲话 措施 分工 职责"
).split()
_GENRES = frozenset((*_OFFICIAL, *_FORMS))
_LENGTHS = sorted({len(genre) for genre in _GENRES}, reverse=True)
_BRACKETS = {")": "(", "）": "（"}


def genre_of(title: str) -> str | None:
    """The longest known genre that ends the title (a bracketed remark behind it is passed over), or None."""
    bare = title.strip()
    while bare and (opening := _BRACKETS.get(bare[-1])):
        bare = bare.rpartition(opening)[0].strip()
    bare = bare.rstrip("》")
    return next((bare[-length:] for length in _LENGTHS if bare[-length:] in _GENRES), None)
