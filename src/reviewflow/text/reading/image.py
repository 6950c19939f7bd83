"""Pictures through text recognition (optional extra ``ocr``)."""

import io
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from reviewflow.domain.document import Reading
from reviewflow.errors import DocumentError
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading.draft import Draft

_MOST_PIXELS = 100_000_000


def read(content: bytes, limits: ReadingLimits) -> Reading:
    """The text in a picture, of every page of a .tif.

    Raises ReviewflowError ``read.no_ocr``, ``read.no_text``, ``read.truncated``, ``read.too_large``.
    """
    if not available():
        raise DocumentError(
            "read.no_ocr", "这是图片，需要文字识别才能读取。", "安装后重试：pip install 'reviewflow[ocr]'。"
        )
    draft = Draft()
    seen = False
    for picture in _frames(content, limits):
        text = recognise(picture)
        seen = seen or bool(text)
        draft.page()
        draft.line(text)
    if not seen:
        raise DocumentError("read.no_text", "图片里没有识别出文字。", "请检查图片是否清楚，或提交原始电子文件。")
    draft.note("文字由图像识别得出，请对照原件。")
    return draft.finish()


def available() -> bool:
    """Whether text recognition is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def recognise(picture: Any) -> str:
    """The lines of a picture (array of rows, columns, RGB), top to bottom; empty when there are none."""
    result = _engine()(picture)
    return "\n".join(result.txts or ())


def _frames(content: bytes, limits: ReadingLimits) -> Iterator[Any]:
    """Each page of a picture file as an array."""
    import numpy as np
    from PIL import Image, ImageSequence

    try:
        with Image.open(io.BytesIO(content)) as file:
            pages = getattr(file, "n_frames", 1)
            if file.width * file.height > _MOST_PIXELS or pages > limits.max_pages:
                raise DocumentError("read.too_large", "图片太大，无法识别。", "请缩小或拆分后提交。")
            for frame in ImageSequence.Iterator(file):
                yield np.asarray(frame.convert("RGB"))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise DocumentError("read.truncated", "图片不完整或已损坏。", "请重新取得完整的文件。") from None


@lru_cache(maxsize=1)
def _engine() -> Any:
    import logging

    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    # The classifier for upside-down lines turns good lines of Chinese print around.
    return RapidOCR(params={"Global.use_cls": False, "Global.log_level": "error"})
