"""What lists say of a proposal in a few words."""

import pytest

from reviewflow.explained.words import attention_in_words


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"lane": "clear"}, ""),
        ({"lane": "attention"}, "类别拿不准"),
        ({"lane": "attention", "reasons": ["请注意：文件里有批注，公开前请清除。"]}, "文件里有批注，公开前请清除"),
        ({"lane": "hold", "flags": ["state_secret_mark"]}, "国家秘密标志"),
        ({}, ""),
    ],
)
def test_a_person_is_told_why_to_look_at_it(row: dict[str, object], told: str) -> None:
    assert attention_in_words({"reasons": [], "flags": [], "findings": [], **row}) == told
