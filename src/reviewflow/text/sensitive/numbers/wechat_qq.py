"""WeChat names and QQ numbers of persons, behind their label."""

import re
from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.scan import Scan, Span
from reviewflow.text.sensitive.wordlists import WordList, Words

_WECHAT = re.compile(
    r"(?:号码?|ID|名|账号)?(?:\s*[是为:\uff1a(\uff08]\s*|\s*)(?P<id>[A-Za-z][A-Za-z0-9_\-]{5,19}|\d{6,11})(?![A-Za-z0-9_@])"
)
_QQ = re.compile(r"(?:号码?|账号)?(?:\s*[是为:\uff1a(\uff08]\s*|\s*)(?P<id>[1-9]\d{4,10})(?![A-Za-z0-9_@])")


class OnlineAccounts:
    """The name or number right behind each label; public accounts and groups are passed over."""

    kind = Kind.WECHAT_QQ

    def __init__(self, words: Words) -> None:
        self.cues = words[WordList.ACCOUNTS_ONLINE]
        self._public = words[WordList.PUBLIC_ACCOUNTS]

    def find(self, scan: Scan) -> Iterator[Span]:
        """The name or number right behind each label; public accounts and groups are passed over."""
        seen: set[Span] = set()
        for at, cue in sorted(scan.places(self.cues)):
            behind = at + len(cue)
            if scan.after(behind, 4).lstrip().startswith(self._public):
                continue
            match = (_QQ if cue.lower() in ("qq", "\uff51\uff51", "扣扣") else _WECHAT).match(scan.text, behind)
            if match is None:
                continue
            span = match.span("id")
            if span not in seen and not scan.taken(*span, Kind.MOBILE, Kind.ID_NUMBER):
                seen.add(span)
                yield span
