"""The baseline: what one writes in an afternoon. jieba, TfidfVectorizer, two LinearSVC, an `in` loop, re."""

import re
from typing import Any

import jieba
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from reviewflow.learn.dataset import Dataset
from reviewflow.rules.model import RuleSet
from reviewflow.text.sensitive import shipped_detectors

_PATTERNS = [
    re.compile(pattern)
    for pattern in (
        r"\d{17}[\dXx]|\d{15}",
        r"1[3-9]\d{9}",
        r"0\d{2,3}-?\d{7,8}",
        r"\d{16,19}",
        r"[京津沪冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][A-Z0-9]{5,6}",
        r"[\w.-]+@[\w.-]+",
        r"(?:微信|QQ)[：:]?\s*\w{5,20}",
        r"(?:绝密|机密|秘密)★?",
        r"\d{4}年\d{1,2}月\d{1,2}日出生",
        r"[\u4e00-\u9fa5]{2,20}(?:小区|村)\d+号",
        r"(?:申请人|投诉人|当事人)[：:]?[\u4e00-\u9fa5]{2,3}",
        r"患[\u4e00-\u9fa5]{2,8}病",
    )
]


class Naive:
    """Trained on the same documents, looking for the same words: those of the rules and the cue words of the detectors."""

    def __init__(self, dataset: Dataset, rules: RuleSet) -> None:
        documents = [e for e in dataset.documents if e.category and e.status]
        self.vectorizer = TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None, sublinear_tf=True)
        features = self.vectorizer.fit_transform([e.title + "\n" + e.text for e in documents])
        self.category = LinearSVC().fit(features, [e.category.value for e in documents if e.category])
        self.status = LinearSVC().fit(features, [e.status.value for e in documents if e.status])
        of_rules = {word for rule in rules.rules for c in (*rule.conditions, *rule.unless) for word in c.any_of}
        self.words = sorted(of_rules | shipped_detectors().cues)

    def classify(self, rows: list[dict[str, str]]) -> list[tuple[Any, ...]]:
        """Category, status, words that occur and pattern matches of each row."""
        texts = [row["title"] + "\n" + row["text"] for row in rows]
        features = self.vectorizer.transform(texts)
        categories, statuses = self.category.predict(features), self.status.predict(features)
        return [
            (
                categories[i],
                statuses[i],
                [word for word in self.words if word in text],
                [match.span() for pattern in _PATTERNS for match in pattern.finditer(text)],
            )
            for i, text in enumerate(texts)
        ]
