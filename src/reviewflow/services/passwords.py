"""What makes a password good enough. All that is wrong is said at once."""

from collections.abc import Iterator

from reviewflow.errors import ReviewflowError

_COMMON = frozenset(
    "password passw0rd p@ssw0rd admin administrator welcome letmein qwerty qwertyuiop asdfghjkl zxcvbnm iloveyou "
    "1qaz2wsx 1qaz@wsx qazwsx abc123 abcd1234 a123456 woaini 5201314".split()
)
_RUNS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc")
_LONGEST = 200
_FEWEST_DIFFERENT = 5


def check_strength(least: int, username: str, password: str) -> None:
    """Raise ReviewflowError ``accounts.password`` with everything that is wrong with a password."""
    wrong = list(_faults(least, username, password))
    if wrong:
        raise ReviewflowError("accounts.password", f"密码{'；'.join(wrong)}。", "可以用几个不相干的词连成一句。")


def _faults(least: int, username: str, password: str) -> Iterator[str]:
    plain = password.casefold()
    if not least <= len(password) <= _LONGEST:
        yield f"应有 {least} 至 {_LONGEST} 位"
    if password.isdigit():
        yield "不能全是数字"
    if len(username) > 2 and username.casefold() in plain:
        yield "不能含有用户名"
    if len(set(plain)) < _FEWEST_DIFFERENT:
        yield "重复的字符太多"
    stem = plain.strip("0123456789!@#$%^&*._-")
    if plain in _COMMON or stem in _COMMON or any(_follows(stem or plain, run) for run in _RUNS):
        yield "太常见，容易被猜中"


def _follows(word: str, run: str) -> bool:
    """Whether a word is a run of the keyboard or alphabet, forwards or backwards."""
    return len(word) >= 4 and (word in run or word in run[::-1])
