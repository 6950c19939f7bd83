"""Pictures through text recognition (optional extra ``ocr``)."""

from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from reviewflow.domain.document import Reading
from reviewflow.errors import ReviewflowError
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading.draft import Draft


def read(content: bytes, _limits: ReadingLimits) -> Reading:
    """The text in a picture. Raises ReviewflowError ``read.no_ocr``, ``read.no_text``."""
    if not available():
        raise ReviewflowError(
            "read.no_ocr", "这是图片，需要文字识别才能读取。", "安装后重试：pip install 'reviewflow[ocr]'。"
        )
    text = recognise(content)
    if not text:
        raise ReviewflowError("read.no_text", "图片里没有识别出文字。", "请检查图片是否清楚，或提交原始电子文件。")
    draft = Draft()
    draft.page()
    draft.add(text)
    draft.note("文字由图像识别得出，请对照原件。")
    return draft.finish()


def available() -> bool:
    """Whether text recognition is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def recognise(picture: Any) -> str:
    """The lines of a picture (file content or array), top to bottom; empty when there are none."""
    result = _engine()(picture)
    return "\n".join(result.txts or ())


@lru_cache(maxsize=1)
def _engine() -> Any:
    import logging

    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    # The classifier for upside-down lines turns good lines of Chinese print around.
    return RapidOCR(params={"Global.use_cls": False, "Global.log_level": "error"})
