"""What makes a password good enough, all that is wrong said at once; and how the ledger keeps one (Django's PBKDF2)."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError

from reviewflow.errors import ReviewflowError

_COMMON_HERE = frozenset("mima huanbao shengtai zhengfu bangongshi reviewflow 密码 口令 管理员 环保 生态环境局".split())
"""what Django's list of 20,000 common passwords does not have and offices here do"""
_DISGUISES = str.maketrans("@0$3", "aose")
_DIGITS = "0123456789"
_ENDS = f"{_DIGITS}!@#$%^&*()_-+=.?~ "
_RUNS = (
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "!@#$%^&*()_+",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
)
_NEIGHBOURS = frozenset(pair for run in _RUNS for way in (run, run[::-1]) for pair in pairwise(way))
_MOSTLY = 2 / 3
"""share of neighbouring pairs from which on a password counts as a run of keys"""
_LONGEST = 200
_LONG_NAME = 4  # shorter names stand in many a password by chance
_FEWEST_DIFFERENT = 5


def check_strength(least: int, username: str, password: str) -> None:
    """Raise ReviewflowError ``accounts.password`` with everything that is wrong with a password.

    ``least`` is its least length in characters.
    """
    wrong = list(_faults(least, username, _plain(password)))
    if wrong:
        raise ReviewflowError("accounts.password", f"密码{'；'.join(wrong)}。", "可以用几个不相干的词连成一句。")


def hash_password(password: str) -> str:
    """What the ledger keeps of a password. Takes a good part of a second, by intent: never within a transaction."""
    from django.contrib.auth.hashers import make_password

    return make_password(_plain(password))


def password_matches(password: str, kept: str | None) -> bool:
    """Whether a password is the one kept. Where none is kept the same work is done, so that nobody learns it by the
    clock."""
    from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, check_password

    return check_password(_plain(password[:_LONGEST]), kept or UNUSABLE_PASSWORD_PREFIX)


def _plain(password: str) -> str:
    """A password as it is hashed: the full-width characters of an input method count as the plain ones."""
    return unicodedata.normalize("NFKC", password.encode("utf-8", "replace").decode())


def _faults(least: int, username: str, password: str) -> Iterator[str]:
    folded = password.casefold()
    if not least <= len(password) <= _LONGEST:
        yield f"应有 {least} 至 {_LONGEST} 位"
    if not password.isprintable():
        yield "不能有看不见的字符"
    if not _accepts(NumericPasswordValidator(), password):
        yield "不能全是数字"
    if len(username) >= _LONG_NAME and (username.casefold() in folded or _is_like(username, password)):
        yield "不能含有用户名或与它相近"
    if len(set(folded)) < min(_FEWEST_DIFFERENT, len(folded)):
        yield "重复的字符太多"
    elif _is_common(folded) or _is_run(folded):
        yield "太常见，容易被猜中"


def _accepts(validator: CommonPasswordValidator | NumericPasswordValidator, password: str) -> bool:
    try:
        validator.validate(password)
    except ValidationError:
        return False
    return True


def _is_like(username: str, password: str) -> bool:
    """Whether the password is nearly the name."""
    from reviewflow.records.models import User

    try:
        UserAttributeSimilarityValidator(("username",)).validate(password, User(username=username))
    except ValidationError:
        return True
    return False


def _is_common(folded: str) -> bool:
    """Whether nothing but digits and signs surrounds a common word, also in disguise (p@ssw0rd)."""
    disguised = folded.strip(_DIGITS).rstrip(_ENDS)
    words = (folded, folded.strip(_ENDS), disguised.translate(_DISGUISES))
    return any(word in _COMMON_HERE or not _accepts(_common_validator(), word) for word in words)


@cache
def _common_validator() -> CommonPasswordValidator:
    """Django's list, read from its file once."""
    return CommonPasswordValidator()


def _is_run(folded: str) -> bool:
    """Whether it mostly goes along the keyboard or the alphabet, or stands still."""
    pairs = list(pairwise(folded))
    near = sum(pair in _NEIGHBOURS or pair[0] == pair[1] for pair in pairs)
    return bool(pairs) and near / len(pairs) >= _MOSTLY
