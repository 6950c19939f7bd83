"""Key files: secrets of an installation that their owner alone can read. There is no default secret."""

import os
from pathlib import Path

from reviewflow.errors import ReviewflowError
from reviewflow.finished_files import whole_file

_KEY_BYTES = 32


def read_key(path: Path) -> bytes:
    """The key of the chain. Raises ReviewflowError ``chain.no_key`` or ``chain.open_key`` (others may read it)."""
    try:
        mode = path.stat().st_mode
        content = path.read_bytes()
    except OSError:
        raise ReviewflowError(
            "chain.no_key", f"读不到审计链密钥文件 {path.name}。", "请从备份中恢复它；没有它不能办理，也不能核验。"
        ) from None
    if mode & 0o077:
        raise ReviewflowError("chain.open_key", f"密钥文件 {path.name} 他人可读。", f"请运行 chmod 600 {path}。")
    if len(content) < _KEY_BYTES:
        raise ReviewflowError("chain.no_key", f"密钥文件 {path.name} 不完整。", "请从备份中恢复它。")
    return content


def make_key(path: Path) -> None:
    """Write a new key that its owner alone can read. An existing one is kept; half a key never has this name."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    save_key(path, os.urandom(_KEY_BYTES))


def save_key(path: Path, key: bytes) -> None:
    """Write a key under a name that is still free, readable by its owner alone, in one step. Raises OSError."""
    with whole_file(path, 0o600, new=True) as temporary:
        temporary.write_bytes(key)
