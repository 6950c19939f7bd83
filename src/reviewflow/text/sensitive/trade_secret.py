"""Trade secrets that a firm claims or that stand in the open: marks, formulas with figures, customers, costs."""

import re
from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.scan import Scan, Span
from reviewflow.text.sensitive.wordlists import WordList, Words

_CLAIM_BEFORE = re.compile(
    r"(?:公司|企业|厂|我方|单位|申请人|投标人|供应商|第三方|权利人|其)[^\u3002\uff1b\n]{0,16}"
    r"(?:主张|声明|申明|认定为|认为|标注|标明|注明|写明|列为|属于|属|系|要求|提出|为其|作为)[^\u3002\uff1b\n]{0,12}$"
)
_UNTIL_ALLOWED = r"未经[^，。；\n]{0,8}(?:许可|同意|授权)"
_TO_BE_KEPT = re.compile(
    r"^[\uff0c,、;\uff1b:\uff1a \u3000]*(?:请勿|不得外传|不得外泄|注意保密|严禁|不宜公开|请求不予公开|申请不公开"
    rf"|{_UNTIL_ALLOWED}|要求(?:保密|不公开|不予公开))"
)
_INSIDE = r"[^\uff08\uff09()\u3010\u3011\[\]\u3002\n]"
_MARK = re.compile(
    rf"[\uff08(\u3010\[](?P<mark>{_INSIDE}{{0,10}}(?:商业|技术)(?:秘密|机密){_INSIDE}{{0,12}})[\uff09)\u3011\]]"
)
_FIGURES = re.compile(r"\d+(?:\.\d+)?\s*(?:%|\uff05|份|公斤|千克|kg|克|g/L|mg/L|摄氏度|℃)")
_LEAST_FIGURES = 2
_SENTENCE_END = re.compile(r"[\u3002\n\uff1b]")


class TradeSecrets:
    """Claims, marks and open secrets. Talk about the protection of trade secrets is none."""

    kind = Kind.TRADE_SECRET

    def __init__(self, words: Words) -> None:
        self._secrets = words.of(WordList.TRADE_SECRETS)
        self._general = words[WordList.SECRETS_IN_GENERAL]
        self.cues = (*words[WordList.TRADE_SECRETS], *words[WordList.OPEN_SECRETS])

    def find(self, scan: Scan) -> Iterator[Span]:
        """Spans of claims, marks and open secrets. Talk about the protection of trade secrets is none."""
        spans: set[Span] = set()
        for at, cue in scan.places(self.cues):
            span = self._claimed(scan, at, cue) if cue in self._secrets else _open(scan, at, cue)
            if span:
                spans.add(span)
        yield from _merged(spans)

    def _claimed(self, scan: Scan, at: int, cue: str) -> Span | None:
        end = at + len(cue)
        mark = next((m for m in _MARK.finditer(scan.text, max(0, at - 12), end + 14) if m.start() < at < m.end()), None)
        if mark and not any(word in mark["mark"] for word in self._general):
            return mark.span("mark")
        line_start = scan.text.rfind("\n", 0, at) + 1
        line_end = scan.text.find("\n", at)
        line = scan.text[line_start : line_end if line_end >= 0 else len(scan.text)].strip()
        if (
            len(line) <= 24
            and not line.startswith("涉及")
            and (line.startswith(cue) or line.endswith(cue))
            and not any(word in line for word in self._general)
        ):
            return at, end
        before, behind = scan.before(at, 40), scan.after(end, 20)
        if behind.startswith(("的", "、", "和", "或", "等")):
            return None  # 属于商业秘密的, … is a rule about such cases, not a claim
        if _TO_BE_KEPT.match(behind) and not any(word in before[-14:] + behind for word in self._general):
            return at, end
        return (
            (at, end)
            if _CLAIM_BEFORE.search(before) and not any(w in before[-12:] for w in ("个人隐私", "国家秘密", "或者"))
            else None
        )


def _open(scan: Scan, at: int, cue: str) -> Span | None:
    """A formula, list of customers or cost breakdown with figures in the same sentence."""
    stop = _SENTENCE_END.search(scan.text, at)
    end = min(stop.start() if stop else len(scan.text), at + 160)
    behind = scan.text[at + len(cue) : end]
    if cue == "客户名单":
        return (at, end) if re.match(r"[^\u3002\n]{0,6}[:\uff1a]", behind) and len(behind) > 8 else None
    return (at, end) if len(_FIGURES.findall(behind)) >= _LEAST_FIGURES else None


def _merged(spans: set[Span]) -> Iterator[Span]:
    last: Span | None = None
    for span in sorted(spans):
        if last and span[0] < last[1]:
            last = last[0], max(last[1], span[1])
            continue
        if last:
            yield last
        last = span
    if last:
        yield last
