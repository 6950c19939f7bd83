"""The gist of a document for its catalogue entry: keywords and a summary made of its own sentences."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from reviewflow.domain.document import Document

MOST_KEYWORDS = 5
LONGEST_SUMMARY = 100
_UNKNOWN = 0.0005
_TITLE_WEIGHT = 4
_SEARCHED = 360
_MOST_SENTENCES = 8
_SENTENCE = re.compile(r"[^。!！?？;；\n]{6,}[。!！?？;；]?")
_EMPTY = frozenset(
    "关于 通知 进行 根据 按照 以及 有关 工作 我局 我区 各单位 单位 规定 要求 部门 开展 做好 进一步 加强 相关 问题 情况 通过 现将 "
    "如下 印发 你们 认真 贯彻 执行 办理 会议 人员 一个 其他 本局 本机关 应当 可以 不得 公告 通告 公示 决定 意见 报告 请示 批复 "
    "人民政府 办公室 附件 以上 以下 联系人 联系电话 电话 地址 日期 年度 月份 全区 全市 全省 中华人民共和国".split()
)


def keywords(document: Document, words: Sequence[str], frequencies: Mapping[str, float]) -> tuple[str, ...]:
    """At most five words that tell this document from others, words of the title first among equals.

    ``frequencies`` is the share of the training documents in which a word occurs. Score: tf x ln(1 / share).
    """
    title = document.title or ""
    counted = Counter([word for word in words if len(word) > 1 and "\u4e00" <= word[0] <= "\u9fff"])
    scored = {
        word: (count + (_TITLE_WEIGHT if word in title else 0)) * -math.log(frequencies.get(word, _UNKNOWN))
        for word, count in counted.items()
        if word not in _EMPTY and (count > 1 or word in title)
    }
    ranked = sorted(scored, key=lambda word: (-scored[word], word))
    return tuple(ranked[:MOST_KEYWORDS])


def summary(document: Document, important: Sequence[str]) -> str:
    """At most 100 characters, whole sentences of the document where they fit.

    The first sentence that holds most of the ``important`` words, and what follows it while it fits; a sentence
    longer than the limit is cut at its last comma. Titles, salutations and numbers alone are passed over.
    """
    sentences = _sentences(document)
    if not sentences:
        return (document.title or "")[:LONGEST_SUMMARY]
    best = max(range(len(sentences)), key=lambda i: (sum(word in sentences[i] for word in important), -i))
    chosen = sentences[best]
    for following in sentences[best + 1 :]:
        if len(chosen) + len(following) > LONGEST_SUMMARY:
            break
        chosen += following
    return _cut(chosen)


def _sentences(document: Document) -> list[str]:
    text = document.body[:_SEARCHED]
    passed_over = {"".join((part or "").split()) for part in (document.title, document.doc_number, document.addressee)}
    found = []
    for match in _SENTENCE.finditer(text):
        sentence = "".join(match[0].split())
        bare = sentence.rstrip(":：。")
        if bare in passed_over or sentence.endswith((":", "：")) or bare in (document.title or ""):
            continue
        if len(sentence) >= 10 and sentence[-1] in "。!！?？;；":
            found.append(sentence)
            if len(found) == _MOST_SENTENCES:
                break
    return found


def _cut(sentence: str) -> str:
    if len(sentence) <= LONGEST_SUMMARY:
        return sentence
    comma = max(sentence.rfind(mark, 30, LONGEST_SUMMARY - 1) for mark in "，、,")
    return sentence[: comma if comma > 0 else LONGEST_SUMMARY - 1] + "…"
