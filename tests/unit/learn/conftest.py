"""A small training set in memory and a model trained on it."""

from pathlib import Path

import pytest

from reviewflow.domain.terms import Category, Status
from reviewflow.learn import store
from reviewflow.learn.dataset import Dataset, Example
from reviewflow.learn.features import Shape
from reviewflow.learn.train import Recipe, train_model

WORDS = {
    Category.FUNCTIONS: ("成立领导小组", "主要职责", "内设机构", "联系方式", "工作分工"),
    Category.REGULATIONS: ("管理办法", "实施细则", "若干规定", "实施意见", "政策解读"),
    Category.PLANS: ("行动计划", "工作要点", "实施方案", "发展规划", "应急预案"),
    Category.DUTIES: ("批复", "处罚决定书", "办事指南", "验收公示", "许可证注销"),
    Category.ACTIVITIES: ("召开会议", "空气质量月报", "中标公告", "招聘公告", "部门预算"),
}
TOPICS = ("水务", "教育", "卫生", "交通", "农业", "文化", "体育", "林业", "消防", "粮食", "民政", "司法")
SMALL = Recipe(shape=Shape(bits=12))


def small_dataset() -> Dataset:
    """Sixty documents: five categories by twelve topics, statuses in turn."""
    examples = []
    for category, words in WORDS.items():
        for number, topic in enumerate(TOPICS):
            word = words[number % len(words)]
            status = list(Status)[number % 3]
            secret = {0: "现予公布。", 1: "现将结果告知你。", 2: "妥否，请批示。"}[number % 3]
            examples.append(
                Example(
                    f"{category.value}{number}",
                    f"{topic}局{word}",
                    f"{topic}{word}的内容。{secret}" * 3,
                    category,
                    status,
                )
            )
    return Dataset(tuple(examples), "0" * 64)


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one active version."""
    folder = tmp_path_factory.mktemp("models") / "models"
    store.activate(folder, train_model(small_dataset(), folder, SMALL))
    return folder
