"""How often the interface may be asked: by one token, and from one address."""

from reviewflow.web.http.statuses import RequestError
from reviewflow.web.http.throttle import Throttle

of_token = Throttle(most=120, seconds=60)
of_address = Throttle(most=300, seconds=60)
of_wrong_tokens = Throttle(most=20, seconds=300)
"""from one address; every one of them is written into the audit chain, which nobody shall flood"""


class TooOftenError(RequestError):
    """Asked too often; ``wait`` is the number of seconds until it may be tried again."""

    def __init__(self, wait: int) -> None:
        super().__init__(429, "api.too_often", "请求过于频繁，没有处理。", f"请 {wait} 秒后再试。")
        self.wait = wait


def check(throttle: Throttle, place: str) -> None:
    """Raise TooOftenError where the place has to wait. Counts nothing."""
    if wait := throttle.wait(place):
        raise TooOftenError(wait)


def count(throttle: Throttle, place: str) -> None:
    """Count one request. Raises TooOftenError."""
    check(throttle, place)
    throttle.count(place)
