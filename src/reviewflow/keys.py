"""Key files: secrets of an installation that their owner alone can read. There is no default secret."""

import os
import secrets
from pathlib import Path

from reviewflow.errors import ReviewflowError

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
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.writing")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(temporary)
    finally:
        temporary.unlink()
