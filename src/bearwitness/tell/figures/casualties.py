"""Casualty bars: what the accounts hold, never a single bar for a range.

Solid to the floor, outlined and dashed to the ceiling, and an open top drawn open: no end cap, fading strokes
and an arrow. The number stands beside every bar as text.
"""
from __future__ import annotations

from collections.abc import Sequence

from bearwitness.model.count import Count
from bearwitness.reason.tally import say_count
from bearwitness.tell.document import Figure, Table
from bearwitness.tell.figures import svg
from bearwitness.tell.figures.text import width, wrap
from bearwitness.tell.figures.values import Bar

_LEFT, _W, _BAR, _ARROW = 8.0, 464.0, 18.0, 34.0
_NONE = "no figure for this incident"
_CAPTION = (
    "Solid: the floor (the highest body count by one origin, else the lowest figure). Dashed: up to the highest "
    "account. A bar without an "
    "end, with an arrow: at least one account says “at least”, so more is possible. Every number is what "
    "sources said."
)


def casualties(bars: Sequence[Bar], id: str, title: str) -> Figure:
    """Draws one bar for each incident, in the order given; the table twin holds the same numbers."""
    top = max((max(bar.low or 0, bar.high or 0) for bar in bars), default=0)
    step = _step(max(top, 1))
    end = step * max(1, -(-max(top, 1) // step))
    px = (_W - _ARROW) / end
    parts: list[str] = []
    y = 14.0
    for bar in bars:
        row, y = _row(bar, y, px)
        parts += row
    axis = _axis(step, end, px, y)
    desc = f"One bar for each of {len(bars)} incidents. The table holds the same." if bars else "No tally."
    drawn = svg.drawing(id, title, desc, _LEFT * 2 + _W, y + 30, axis + parts,
                        least=0.7)
    return Figure(id, "casualties", title, drawn, _twin(bars), _CAPTION, frozenset(bar.ref for bar in bars))


def say(bar: Bar) -> str:
    """The number in the words of the text; an open top is never written as a closed range."""
    if bar.low is None and bar.high is None:
        if not bar.note or bar.note.startswith(_NONE):
            return bar.note or _NONE
        return f"{_NONE}; {bar.note}"
    if bar.words:
        return bar.words
    low = bar.low if bar.low is not None else 0
    high = bar.high if bar.high is not None else low
    return say_count(Count(low, high, bar.open_top, bar.about))


def _row(bar: Bar, y: float, px: float) -> tuple[list[str], float]:
    """Name, number, bar and note, one under the other. Returns the parts and the next free y."""
    number = say(bar)
    missing = bar.low is None and bar.high is None
    beside = width(bar.label, 14.5) + width(number, 14.5) + 24 <= _W and not missing
    name = wrap(bar.label, 14.5, _W - (width(number, 14.5) + 24 if beside else 0), 2)
    parts = svg.lines(_LEFT, y + 14, name, size=14.5, weight="600")
    if beside:
        parts.append(svg.words(_LEFT + _W, y + 14, number, size=14.5, weight="600", anchor="end"))
    y += len(name) * 19.6 + 4
    if not beside:
        said = wrap(number, 13.5, _W)
        parts += svg.lines(_LEFT, y + 12, said, size=13.5, tone="soft" if missing else "ink")
        y += len(said) * 18.3 + 3
    if missing:
        parts.append(svg.stroke([(_LEFT, y + 4), (_LEFT, y + _BAR - 2)], tone="soft", width=1.4, dash="2 2"))
        return parts, y + _BAR + 10
    parts += _bar(bar, y, px)
    y += _BAR + 3
    if bar.note:
        note = wrap(bar.note, 12.5, _W, 3)
        parts += svg.lines(_LEFT, y + 12, note, size=12.5, tone="soft")
        y += len(note) * 16.9
    return parts, y + 14


def _bar(bar: Bar, y: float, px: float) -> list[str]:
    floor = _LEFT + (bar.low or 0) * px
    ceiling = _LEFT + max(bar.low or 0, bar.high or 0) * px
    parts = [svg.box(_LEFT, y, floor - _LEFT, _BAR, fill="accent")] if floor > _LEFT else []
    if ceiling > floor:
        dashes = [[(floor, y + dy), (ceiling, y + dy)] for dy in (0.75, _BAR - 0.75)]
        if not bar.open_top:
            dashes.append([(ceiling, y), (ceiling, y + _BAR)])
        parts += [svg.stroke(line, tone="accent", width=1.5, dash="5 3") for line in dashes]
    if bar.open_top:
        mid = y + _BAR / 2
        parts += [svg.stroke([(ceiling, y + dy), (ceiling + 13, y + dy)], tone="accent", width=1.2,
                             dash="2 3") for dy in (0.75, _BAR - 0.75)]
        parts.append(svg.stroke([(ceiling + 4, mid), (ceiling + 19, mid)], width=1.6))
        parts.append(svg.shape(f"M{svg.num(ceiling + 18)} {svg.num(mid - 5)} l8 5 l-8 5 z", fill="ink"))
    return parts


def _step(top: int) -> int:
    """Round steps, at most six of them."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if size * factor * 6 >= top:
                return size * factor
        size *= 10


def _axis(step: int, end: int, px: float, bottom: float) -> list[str]:
    parts = []
    for value in range(0, end + 1, step):
        x = _LEFT + value * px
        parts.append(svg.stroke([(x, 6), (x, bottom)], tone="faint", width=0.8))
        parts.append(svg.words(x, bottom + 16, str(value), size=11.5, tone="soft",
                               anchor="middle" if value else "start", tabular=True))
    return [*parts, svg.stroke([(_LEFT, bottom), (_LEFT + end * px, bottom)])]


def _twin(bars: Sequence[Bar]) -> Table:
    rows = []
    for bar in bars:
        missing = bar.low is None and bar.high is None
        rows.append((bar.label, "none" if bar.low is None else str(bar.low),
                     "none" if bar.high is None else str(bar.high),
                     "" if missing else "yes" if bar.open_top else "no", say(bar), bar.note))
    header = ("Incident", "Lowest", "Highest account", "More is possible", "In words", "Note")
    return Table(header, tuple(rows))
