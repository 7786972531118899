"""The few SVG elements the figures are made of.

Every colour stands twice: as an attribute, for print and for programs without style sheets, and as a class,
by which a page gives the same drawing its light or dark theme. Meaning never rests on colour.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bearwitness.tell.figures.text import right_to_left, xml

INK = "#1c1b19"
SOFT = "#595650"
FAINT = "#c9c4ba"
PAPER = "#ffffff"
ACCENT = "#8c2f1b"
FONTS = "Noto Sans, Noto Sans Arabic, DejaVu Sans, sans-serif"

_FILL = {"ink": INK, "soft": SOFT, "accent": ACCENT, "paper": PAPER, "faint": FAINT}


def num(value: float) -> str:
    """A coordinate to a tenth of a pixel: short, and the same on every machine."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text in ("-0", "") else text


def name(text: str) -> str:
    """The text as an id: letters, digits and single hyphens, never empty."""
    return re.sub(r"[^\w]+", "-", text).strip("-") or "x"


def drawing(id: str, title: str, desc: str, width: float, height: float, parts: Iterable[str],
            least: float = 0.85) -> str:
    """The whole drawing: named and described for a reader who cannot see it, scaled by its viewBox.

    least: how far a page may shrink it [1] before it scrolls instead, so that its smallest text stays legible.
    """
    body = "\n".join(part for part in parts if part)
    id = name(id)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" direction="ltr" class="drawing" '
        f'aria-labelledby="{id}-t {id}-d" viewBox="0 0 {num(width)} {num(height)}" '
        f'width="{num(width)}" height="{num(height)}" style="max-inline-size:{num(width * 1.08)}px;'
        f'min-inline-size:{num(width * least)}px" '
        f'font-family="{FONTS}" fill="{INK}">\n'
        f'<title id="{id}-t">{xml(title)}</title>\n<desc id="{id}-d">{xml(desc)}</desc>\n'
        f"{body}\n</svg>"
    )


def words(x: float, y: float, text: str, *, size: float = 14, tone: str = "ink", anchor: str = "start",
          weight: str = "", tabular: bool = False) -> str:
    """One line of text at its baseline. A right-to-left line keeps its direction and the asked-for side."""
    extra = f' font-weight="{weight}"' if weight else ""
    if right_to_left(text):      # not `direction`: that would also exchange the meaning of the anchors
        extra += ' unicode-bidi="plaintext"'
    if anchor != "start":
        extra += f' text-anchor="{anchor}"'
    if tabular:
        extra += ' font-variant-numeric="tabular-nums"'
    paint = "" if tone == "ink" else f' class="t-{tone}" fill="{_FILL[tone]}"'
    return f'<text x="{num(x)}" y="{num(y)}" font-size="{num(size)}"{paint}{extra}>{xml(text)}</text>'


def lines(x: float, y: float, text: Sequence[str], *, size: float = 14, leading: float = 1.35,
          tone: str = "ink", anchor: str = "start", weight: str = "") -> list[str]:
    """Several lines, the first at baseline y."""
    return [words(x, y + row * size * leading, line, size=size, tone=tone, anchor=anchor, weight=weight)
            for row, line in enumerate(text)]


def stroke(points: Sequence[tuple[float, float]], *, tone: str = "ink", width: float = 1,
           dash: str = "") -> str:
    """An open line through the points [px]."""
    path = " ".join(f"{num(x)},{num(y)}" for x, y in points)
    extra = f' stroke-dasharray="{dash}"' if dash else ""
    return (f'<polyline class="s-{tone}" points="{path}" fill="none" stroke="{_FILL[tone]}" '
            f'stroke-width="{num(width)}"{extra}/>')


def box(x: float, y: float, width: float, height: float, *, fill: str = "", line: str = "", dash: str = "",
        thick: float = 1, round_: float = 0) -> str:
    """A rectangle, filled or outlined in a named tone."""
    classes = " ".join([f"f-{fill}"] * bool(fill) + [f"s-{line}"] * bool(line))
    paint = f'fill="{_FILL[fill]}"' if fill else 'fill="none"'
    if line:
        paint += f' stroke="{_FILL[line]}" stroke-width="{num(thick)}"'
    if dash:
        paint += f' stroke-dasharray="{dash}"'
    if round_:
        paint += f' rx="{num(round_)}"'
    return (f'<rect class="{classes}" x="{num(x)}" y="{num(y)}" width="{num(max(width, 0))}" '
            f'height="{num(max(height, 0))}" {paint}/>')


def ring(x: float, y: float, radius: float, *, line: str = "", fill: str = "", dash: str = "",
         thick: float = 1.5) -> str:
    """A circle, filled or outlined in a named tone."""
    classes = " ".join([f"f-{fill}"] * bool(fill) + [f"s-{line}"] * bool(line))
    paint = f'fill="{_FILL[fill]}"' if fill else 'fill="none"'
    if line:
        paint += f' stroke="{_FILL[line]}" stroke-width="{num(thick)}"'
    if dash:
        paint += f' stroke-dasharray="{dash}"'
    return f'<circle class="{classes}" cx="{num(x)}" cy="{num(y)}" r="{num(radius)}" {paint}/>'


def shape(path: str, *, fill: str = "", line: str = "", thick: float = 1.5, dash: str = "") -> str:
    """A path, filled or outlined in a named tone."""
    classes = " ".join([f"f-{fill}"] * bool(fill) + [f"s-{line}"] * bool(line))
    paint = f'fill="{_FILL[fill]}"' if fill else 'fill="none"'
    if line:
        paint += f' stroke="{_FILL[line]}" stroke-width="{num(thick)}" stroke-linejoin="round"'
    if dash:
        paint += f' stroke-dasharray="{dash}"'
    return f'<path class="{classes}" d="{path}" {paint}/>'
