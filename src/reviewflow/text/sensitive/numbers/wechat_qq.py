"""WeChat names and QQ numbers of persons, behind their label."""

import re
from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.scan import Scan, Span

KIND = Kind.WECHAT_QQ
CUES = ("微信", "QQ", "qq", "Qq", "\uff31\uff31", "扣扣", "WeChat", "wechat")

_WECHAT = re.compile(
    r"(?:号码?|ID|名|账号)?(?:\s*[是为:\uff1a(\uff08]\s*|\s*)(?P<id>[A-Za-z][A-Za-z0-9_\-]{5,19}|\d{6,11})(?![A-Za-z0-9_@])"
)
_QQ = re.compile(r"(?:号码?|账号)?(?:\s*[是为:\uff1a(\uff08]\s*|\s*)(?P<id>[1-9]\d{4,10})(?![A-Za-z0-9_@])")
_PUBLIC = ("公众号", "群", "公众平台", "小程序", "服务号", "订阅号", "邮箱")


def find(scan: Scan) -> Iterator[Span]:
    """The name or number right behind each label; public accounts and groups are passed over."""
    seen: set[Span] = set()
    for at, cue in sorted(scan.places(CUES)):
        behind = at + len(cue)
        if scan.after(behind, 4).lstrip().startswith(_PUBLIC):
            continue
        match = (_QQ if cue.lower() in ("qq", "\uff51\uff51", "扣扣") else _WECHAT).match(scan.text, behind)
        if match is None:
            continue
        span = match.span("id")
        if span not in seen and not scan.taken(*span, Kind.MOBILE, Kind.ID_NUMBER):
            seen.add(span)
            yield span
