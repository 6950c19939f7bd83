"""Texts that are nearly the same, and titles of one template: how precedents are found.

A sketch is a MinHash by one permutation (Li, Owen, Zhang 2012) with empty bins filled from others (Shrivastava 2017).
Sixteen bands of four rows find a pair of resemblance 0.5 with probability 0.64, of 0.8 with 0.9998, of 0.2 with 0.03.
"""

import re
from collections.abc import Sequence

import numpy as np

from reviewflow.text.search.grams import Codes, fold, folded_codes, scrambled

BINS = 64
BANDS = 16
SHINGLE = 4
_BIN_SHIFT = np.uint64(64 - BINS.bit_length() + 1)
_STARTS = np.arange(BINS, dtype=np.uint64) << _BIN_SHIFT
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


def _probes() -> "np.ndarray[tuple[int, int], np.dtype[np.intp]]":
    """For each bin the order in which it looks for a full one: itself, then all others, a fixed order for each."""
    places = scrambled(np.arange(1, BINS * BINS + 1, dtype=np.uint64)).reshape(BINS, BINS)
    np.fill_diagonal(places, 0)
    return np.argsort(places, axis=1)


_PROBES = _probes()
_ROWS = np.arange(BINS)


def sketch(text: str) -> tuple[int, ...]:
    """64 signed 64-bit numbers that stand for a text; empty when there is nothing to compare.

    Texts count as the same when they differ in white space, case, form of characters, and digits alone.
    """
    codes = folded_codes(fold(text))
    if not len(codes):
        return ()
    hashes = np.sort(scrambled(_shingles(codes)))
    first = np.searchsorted(hashes, _STARTS)
    full = np.append(first[1:], len(hashes)) > first
    source = _PROBES[_ROWS, full[_PROBES].argmax(axis=1)]
    return tuple((hashes[first[source]] >> np.uint64(1)).tolist())


def _shingles(codes: Codes) -> Codes:
    codes[(codes >= 48) & (codes <= 57)] = 48
    if len(codes) < SHINGLE:
        codes = np.concatenate((codes, np.zeros(SHINGLE - len(codes), np.uint64)))
    last = len(codes) - SHINGLE + 1
    packed = codes[:last]
    for at in range(1, SHINGLE):
        packed = packed * _FACTOR + codes[at : last + at]
    return packed


def bands(drawn: tuple[int, ...]) -> tuple[int, ...]:
    """16 signed 64-bit keys of a sketch; two texts that share one are worth comparing. Empty for an empty sketch."""
    if not drawn:
        return ()
    rows = np.array(drawn, np.uint64).reshape(BANDS, -1)
    keys = np.arange(1, BANDS + 1, dtype=np.uint64)
    for column in rows.T:
        keys = scrambled(keys * _FACTOR + column)
    return tuple(keys.view(np.int64).tolist())


def resemblance(one: Sequence[int] | Sequence[str], other: Sequence[int] | Sequence[str]) -> float:
    """The estimated share of shingles that two texts have in common (Jaccard), 0 to 1, standard error at most 0.06.

    Takes two sketches, or what was kept of them, in the same form.
    """
    alike = sum(a == b for a, b in zip(one, other, strict=False))
    return alike / BINS


_LONGEST = 120
"""Characters of a title that are looked at."""
_FEWEST = 4
"""Characters beside the common words of all titles that make a template."""
_OFFICE = 40
"""Characters within which the office stands before 关于."""
_NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|〔[^〔〕]*〕|【[^【】]*】|[(〔【\[][^)〕】\]]*$")
_NUMERAL = r"(?:[0-9][0-9.,]*|[〇零○一二三四五六七八九十百]+)"
_NUMBER = re.compile(rf"{_NUMERAL}(?:[-—–~～至、]{_NUMERAL})*")
_QUOTED = re.compile(r"《[^《》]*?([^《》]{0,4})》|[“\"「『][^“”\"」』]*[”\"」』]")
_SEVERAL = re.compile(r"@[@、和与及]*@")
_BEGINNING = re.compile(r"^(?:@|#年度?)+")
# A name begins at the beginning, after a period, or after one of these words, and holds none of them.
_LEADING = (
    "关于 对 给予 同意 准予 批准 核准 撤销 注销 设立 成立 调整 充实 加强 做好 开展 印发 转发 发布 公布 组织 申报 拟 认定 确定 "
    "划定 召开 举办 参加 部署 落实 进一步 规范 明确 启用 聘任 任命 表彰 取消 变更 解除 通报 征求 报送 下达 推进 支持 将 向 与 和 "
    "及 、 在 由 为 从 请求 申请 提请 审议 修改 废止 反映 举报 延长 延续 筹设 组建 更名 划归 委托 责令 处罚 查封 征收 公开 不予 重新"
).split()
_OTHERS = "|".join(sorted(_LEADING, key=len, reverse=True))
_NAME = rf"(^|[年月]|年度|月份|季度|{_OTHERS})((?:(?!{_OTHERS})[\w@#]){{1,%d}}?)"
_ORGANISATION = re.compile(
    _NAME
    % 24
    + r"(?:有限责任公司|有限公司|分公司|公司|集团|(?<!工)厂|超市|[商饭酒药门]店|餐厅|酒楼|加油站|合作社|养殖场|医院"
    r"|卫生院|诊所|门诊部|学校|小学|中学|大学|学院|幼儿园|中心|事务所|研究院|研究所|监测站|协会|学会|商会|基金会|支队|大队|法院"
    r"|检察院|分局|(?<![出结布])局|厅|人民政府|政府|管委会|管理委员会|办公厅|办公室|委员会(?!组成))"
)
_PLACE = re.compile(_NAME % 3 + r"(?:[省市县区镇乡村]|街道|新区|开发区|高新区|自治区|自治州)(?![区域级属场民庄村])")
_BODY = re.compile(_NAME % 24 + r"(?=领导小组|指挥部|工作组|专班|专家组|委员会|联席会议)")
_PARTY = re.compile(r"^((?:关于)?对).*(?=的[^的]{4,}[书单]$)")
_ENDING = r"(?:批复|复函|意见|决定|决定书|公示|公告|许可)$"
_PROJECT = re.compile(
    r"^((?:关于)?(?:对|同意|不予)?)"
    rf"(?:.*?(?=(?:环境影响|竣工环境|水土保持|初步设计|可行性研究).*{_ENDING})|.*(?=(?:项目|工程)[^项工]*{_ENDING}))"
)
_COMMON = re.compile(
    "关于|印发|转发|发布|公布|成立|设立|调整|同意|通知|公告|通告|公示|决定|意见|报告|请示|批复|复函|函|的|对|方案|办法|规定|规划|计划|细则|实施|管理|工作"
    "|项目|工程|发展|专项|行动|有关|情况|问题|年度|[@#年月日第号期次届批…《》“”、,。:;]"
)


def template_key(title: str) -> str:
    """What the titles of one template have in common, or "" when that is too little to tell templates apart.

    Numbers, dates, names in book-title marks, bracketed notes, places and organisations are left out; so is the office
    before 关于, the project before 项目 or 工程 that a decision is about, and the party of a notice of penalty.
    """
    text = _bare(title)
    for pattern in (_BODY, _ORGANISATION, _PLACE, _PLACE):
        text = pattern.sub(r"\1@", text)
    for pattern in (_PROJECT, _PARTY):
        text = pattern.sub(r"\1…", text)
    text = _BEGINNING.sub("", _SEVERAL.sub("@", text))
    return text if len(_COMMON.sub("", text)) >= _FEWEST else ""


def _bare(title: str) -> str:
    text = fold(title)[:_LONGEST]
    while (less := _NOTE.sub("", text)) != text:
        text = less
    text = _NUMBER.sub("#", _QUOTED.sub(r"《\1》", text))
    return text[max(text.find("关于", 0, _OFFICE), 0) :]
