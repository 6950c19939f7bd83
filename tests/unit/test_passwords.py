"""Which passwords are good enough."""

import pytest

from reviewflow.errors import ReviewflowError
from reviewflow.services.accounts.passwords import check_strength


@pytest.mark.parametrize(
    ("password", "faults"),
    [
        ("123456", ["应有 10 至 200 位", "不能全是数字", "太常见"]),
        ("lina", ["应有 10 至 200 位", "不能含有用户名"]),
        ("LiNa-lina-2025", ["不能含有用户名"]),
        ("7777777777", ["不能全是数字", "重复的字符太多"]),
        ("ＱＱＱＱＱＱＱＱＱＱ", ["重复的字符太多"]),
        ("P@ssw0rd2025!", ["太常见"]),
        ("admin123456", ["太常见"]),
        ("1qaz2wsx3edc", ["太常见"]),
        ("!@#$%^&*()1", ["太常见"]),
        ("poiuytrewq9", ["太常见"]),
        ("2wsx3edc4rfv", ["太常见"]),
        ("aaabbbcccdddeee", ["太常见"]),
        ("jennifer1987!", ["太常见"]),
        ("@dmin-2025", ["太常见"]),
        ("huanbao2025!", ["太常见"]),
        ("生态环境局2025!", ["太常见"]),
        ("abcd\u200befgh7桥", ["不能有看不见的字符"]),
        ("青" * 4 + "a\nb", ["应有 10 至 200 位", "不能有看不见的字符", "重复的字符太多"]),
        ("长" * 201, ["应有 10 至 200 位", "重复的字符太多"]),
    ],
)
def test_all_that_is_wrong_with_a_password_is_said_at_once(password: str, faults: list[str]) -> None:
    with pytest.raises(ReviewflowError) as told:
        check_strength(10, "lina", password)
    assert told.value.code == "accounts.password"
    assert told.value.message.count("；") + 1 == len(faults)
    for fault in faults:
        assert fault in told.value.message
    assert password not in str(told.value)


@pytest.mark.parametrize(
    "password", ["青山下7座桥边等雨停", "correct horse battery", "w7#Kd-pq2Lm", "白鹭过青岚江三只都在看"]
)
def test_a_password_of_unrelated_words_is_good_enough(password: str) -> None:
    check_strength(10, "lina", password)


def test_a_password_that_is_nearly_the_name_is_refused() -> None:
    with pytest.raises(ReviewflowError, match="不能含有用户名或与它相近"):
        check_strength(10, "wangxiaoming", "wang1xiao2ming")
    check_strength(10, "wangxiaoming", "青山wang下7座桥")
