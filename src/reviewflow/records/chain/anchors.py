"""Anchors: heads of the chain written down outside the database, against which a chain that was cut short is seen.

They stand in ``anchors.txt`` beside the key file, one a line: moment, sequence, hash. The same line on a monthly report
is worth more, since whoever holds the disk cannot change it.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from reviewflow.errors import Fault, FaultyFileError, ReviewflowError
from reviewflow.finished_files import unwritable_error
from reviewflow.settings import Settings

_LINE = re.compile(r"(\S+) ([1-9][0-9]*) ([0-9a-f]{64})")
_GIVEN = re.compile(r"([1-9][0-9]*)[:：]([0-9a-fA-F]{12,64})")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head as written down: ``hash`` may be its first characters alone (12 at least), ``at`` an ISO moment or empty."""

    sequence: int
    hash: str
    at: str = ""

    def fits(self, found: str) -> bool:
        """Whether the entry of this number carries this hash."""
        return found.startswith(self.hash)


def anchors_file(settings: Settings) -> Path:
    """Where the anchors of an installation stand."""
    return settings.key_file.with_name("anchors.txt")


def parse_anchor(text: str) -> Anchor:
    """An anchor as given on the command line, ``123:abcdef…``. Raises ReviewflowError ``audit.anchor``."""
    found = _GIVEN.fullmatch(text.strip())
    if found is None:
        raise ReviewflowError(
            "audit.anchor",
            f"链首“{text}”看不懂。",
            "请写成 123:9f86d081884c 这样：序号、冒号、哈希，哈希至少写前 12 位。",
        )
    return Anchor(int(found[1]), found[2].lower())


def read_anchors(path: Path) -> list[Anchor]:
    """All anchors of a file, none where there is no file yet.

    Raises FaultyFileError ``audit.anchors``, also for half a line: an anchor that cannot be read must not be passed over.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError):
        raise ReviewflowError("audit.anchors", f"读不了 {path.name}。", f"请检查 {path} 的权限和内容。") from None
    found = [(number, _LINE.fullmatch(line)) for number, line in enumerate(lines, 1) if line.strip()]
    faults = [
        Fault(path.name, number, "这一行不是链首记录。", "应为 时间 序号 哈希；请从备份中恢复该文件。")
        for number, match in found
        if match is None
    ]
    if faults:
        raise FaultyFileError("audit.anchors", faults)
    return [Anchor(int(match[2]), match[3], match[1]) for _, match in found if match]


def record_anchor(path: Path, anchor: Anchor) -> None:
    """Write one down, durably. Raises ReviewflowError ``write.failed``."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            file.write(f"{anchor.at} {anchor.sequence} {anchor.hash}\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise unwritable_error(path, error) from None
