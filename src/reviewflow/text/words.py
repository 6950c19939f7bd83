"""Segmentation into words: rjieba for speed, jieba as the reference (same dictionary).

jieba loads a cache from the shared temporary folder with ``marshal``; another user of the machine could plant
code there. Its cache is therefore kept in a private folder that is made before its first use.
"""

import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from reviewflow.errors import ReviewflowError

Cutter = Callable[[str], list[str]]

ENGINES = ("rjieba", "jieba")


@lru_cache(maxsize=2)
def cutter(engine: str = "rjieba") -> Cutter:
    """The word cutter of this engine: text in, words in order out, whose concatenation is the text.

    Raises ReviewflowError ``words.engine`` for an engine that is not known.
    """
    if engine == "rjieba":
        return _rjieba_cutter()
    if engine == "jieba":
        return _jieba_cutter()
    raise ReviewflowError("words.engine", f"未知的分词引擎 {engine}。", f"可用的引擎：{'、'.join(ENGINES)}。")


def _rjieba_cutter() -> Cutter:
    import rjieba

    cut: Cutter = rjieba.cut
    return cut


def _jieba_cutter() -> Cutter:
    import jieba

    jieba.dt.tmp_dir = _private_folder()
    jieba.setLogLevel("WARNING")
    cut: Cutter = jieba.lcut
    return cut


def _private_folder() -> str:
    folder = Path.home() / ".cache" / "reviewflow"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError:
        return tempfile.mkdtemp(prefix="reviewflow-")
    return str(folder)
