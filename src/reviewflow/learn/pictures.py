"""Three pictures as SVG text: a confusion matrix, a reliability curve, accuracy against coverage."""

from collections.abc import Sequence
from html import escape
from typing import Any

_INK, _SOFT, _LINE, _BLUE = "#1f2328", "#57606a", "#d8dee4", "#1f5f99"
_FONT = 'font-family="sans-serif" font-size="13"'


def confusion(names: Sequence[str], table: Any) -> str:
    """Rows are the truth, columns what was said; the darker a cell, the larger its share of the row."""
    cell, left, top = 64, 84, 28
    size = cell * len(names)
    parts = []
    for row, name in enumerate(names):
        y = top + row * cell
        parts.append(_text(left - 8, y + cell / 2 + 5, name, "end"))
        parts.append(_text(left + row * cell + cell / 2, top - 8, name, "middle"))
        total = max(1, int(table[row].sum()))
        for column in range(len(names)):
            count = int(table[row][column])
            share = count / total
            x = left + column * cell
            parts.append(
                f'<rect x="{x}" y="{y}" width="{cell - 2}" height="{cell - 2}" fill="{_BLUE}" fill-opacity="{share:.3f}" '
                f'stroke="{_LINE}"/>'
            )
            parts.append(_text(x + cell / 2, y + cell / 2 + 5, str(count), "middle", "#fff" if share > 0.5 else _INK))
    return _svg(left + size + 4, top + size + 4, parts, "混淆矩阵")


def reliability(points: Sequence[tuple[float, float, int]]) -> str:
    """Mean confidence against accuracy; a dot's area grows with its number of documents."""
    most = max((count for _, _, count in points), default=1)
    dots = [(x, y, 3 + 9 * (count / most) ** 0.5) for x, y, count in points]
    return _chart(dots, "把握", "正确率", diagonal=True, lowest=0.0)


def coverage(points: Sequence[tuple[float, float]]) -> str:
    """Share answered against accuracy of what was answered."""
    lowest = min((y for _, y in points), default=0.0)
    return _chart([(x, y, 3.0) for x, y in points], "覆盖率", "正确率", diagonal=False, lowest=min(0.9, lowest - 0.02))


def _chart(dots: Sequence[tuple[float, float, float]], across: str, up: str, *, diagonal: bool, lowest: float) -> str:
    width, height, left, bottom, top = 320, 262, 52, 40, 30

    def place(x: float, y: float) -> tuple[float, float]:
        return left + x * (width - left - 16), height - bottom - (y - lowest) / (1 - lowest) * (height - bottom - top)

    parts = []
    for step in range(6):
        value = lowest + (1 - lowest) * step / 5
        (x0, y), (x1, _) = place(0, value), place(1, value)
        parts.append(f'<line x1="{x0:.1f}" y1="{y:.1f}" x2="{x1:.1f}" y2="{y:.1f}" stroke="{_LINE}"/>')
        parts.append(_text(left - 6, y + 5, f"{value:.0%}", "end", _SOFT))
        parts.append(_text(place(step / 5, lowest)[0], height - bottom + 18, f"{step / 5:.0%}", "middle", _SOFT))
    if diagonal:
        (x0, y0), (x1, y1) = place(0, 0), place(1, 1)
        parts.append(f'<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" stroke="{_SOFT}" stroke-dasharray="4 4"/>')
    line = " ".join("{:.1f},{:.1f}".format(*place(x, y)) for x, y, _ in dots)
    parts.append(f'<polyline points="{line}" fill="none" stroke="{_BLUE}" stroke-width="2"/>')
    for x, y, radius in dots:
        cx, cy = place(x, y)
        parts.append(f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="{radius:.1f}" fill="{_BLUE}"/>')
    parts.append(_text(left + (width - left) / 2, height - 4, across, "middle"))
    parts.append(_text(left - 44, 14, up, "start"))
    return _svg(width, height, parts, f"{up}与{across}")


def _text(x: float, y: float, text: str, anchor: str, colour: str = _INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" {_FONT}>{escape(text)}</text>'


def _svg(width: float, height: float, parts: Sequence[str], title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )
