"""File names of pages, made from index numbers."""

import hashlib
import string

_PLAIN = set(string.ascii_lowercase + string.digits + "-")
_LONGEST = 120


def page_name(index_number: str) -> str:
    """The name of an entry's page, without folder: letters a-z, digits, ``-``, ``_`` and ``.`` only.

    Different index numbers get different names, also where capitals do not count (Windows, macOS): a capital is
    ``_`` and its small letter, ``/`` is ``_-``, any other character ``_0``, its code in hexadecimal, ``_``. Very long ones
    end in a SHA-256 digest instead. The ``e`` in front keeps clear of names that Windows reserves.
    """
    name = "".join(map(_sign, index_number))
    if len(name) > _LONGEST:
        name = f"{name[:40]}.{hashlib.sha256(index_number.encode()).hexdigest()}"
    return f"e{name}.html"


def _sign(character: str) -> str:
    if character in _PLAIN:
        return character
    if character in string.ascii_uppercase:
        return "_" + character.lower()
    if character == "/":
        return "_-"
    return f"_0{ord(character):x}_"
