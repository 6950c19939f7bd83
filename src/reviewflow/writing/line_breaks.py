"""Where lines of Chinese text may break: reportlab's own rule is Japanese and lets a line begin with a full-width comma."""

import re
from collections.abc import Callable

# Opening marks stay with what follows, closing marks with what goes before; Latin words and numbers stay whole.
_PIECE = re.compile(r"[（《〈“‘〔【「『]*(?:[!-~]+|.)[，。、；：？！）》〉”’〕】」』…％℃]*")


def break_lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """The lines of a paragraph without line feeds, each at most ``width`` wide by ``measure``. A single piece that is
    wider (a long number) stands alone on its line, to be cut by who prints it."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if lines[-1] and measure(lines[-1] + piece) > width:
            lines.append("")
        lines[-1] += piece
    return lines
