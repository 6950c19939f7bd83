"""Characters that cannot be kept: halves of surrogate pairs, which no encoding holds, and NUL, which PostgreSQL does not.

Each becomes U+FFFD, one for one, so that offsets stay.
"""

import re

_SURROGATES = re.compile("[\ud800-\udfff]")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def without_surrogates(text: str) -> str:
    """A text that every encoding of Unicode can hold."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text)
    return text


def storable(text: str) -> str:
    """A text that every database can hold."""
    return _UNSTORABLE.sub("\ufffd", text)
