"""Characters that cannot be kept become U+FFFD, one for one."""

import pytest

from reviewflow.text.characters import storable, without_surrogates


@pytest.mark.parametrize(
    ("text", "encodable", "kept"),
    [
        ("通知", "通知", "通知"),
        ("甲\ud800乙\udfff", "甲\ufffd乙\ufffd", "甲\ufffd乙\ufffd"),
        ("甲\0乙", "甲\0乙", "甲\ufffd乙"),
        ("\U00020000", "\U00020000", "\U00020000"),
        ("", "", ""),
    ],
    ids=["plain", "halves", "nul", "a whole pair", "nothing"],
)
def test_halves_of_pairs_go_from_every_text_and_nul_from_what_is_stored(text: str, encodable: str, kept: str) -> None:
    assert without_surrogates(text) == encodable
    assert storable(text) == kept
