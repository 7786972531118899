"""The time line: what is said to have happened, and what officials said, on one axis.

A bar is the whole span a record allows; a short bar is a precise statement, not a short event. One row each,
so that no label ever lies on another.
"""
from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bearwitness.tell.document import Figure, Table
from bearwitness.tell.figures import svg
from bearwitness.tell.figures.text import width, wrap
from bearwitness.tell.figures.values import LANES, Moment

_LEFT, _PLOT_W, _RIGHT, _TOP = 4.0, 612.0, 8.0, 30.0
_SIZE, _LINE, _BAR, _SHORTEST, _NARROWEST = 13.0, 17.0, 11.0, 5.0, 180.0
_CAPTION = (
    "Each bar covers the whole span that the record allows: a long bar is a time known roughly, not a long "
    "event. A bar that ends in an arrow has no known end. Official statements stand on the same axis as the "
    "strikes."
)


def timeline(spans: Sequence[Moment], id: str, title: str) -> Figure:
    """Draws lanes on one axis, in the order of LANES, each lane by start; the list is its twin."""
    moments = sorted(spans, key=lambda m: (_lane(m), _at(m.start), _at(m.end), m.ref))
    low, high = _extent(moments)
    parts: list[str] = []
    y = _TOP
    lane = -1
    for moment in moments:
        if _lane(moment) != lane:
            lane = _lane(moment)
            y += 10 if y > _TOP else 0
            parts.append(svg.words(_LEFT, y + 15, LANES[lane].capitalize(), size=13, weight="700"))
            parts.append(svg.stroke([(_LEFT, y + 21), (_LEFT + _PLOT_W, y + 21)], tone="faint"))
            y += 28
        row, y = _row(moment, y, low, high)
        parts += row
    axis = _axis(low, high, y + 6)
    desc = "No dated record."
    if moments:
        desc = f"{len(moments)} spans from {_day(low)} to {_day(high)}. The table holds the same."
    drawn = svg.drawing(id, title, desc, _LEFT + _PLOT_W + _RIGHT, y + 32, axis + parts)
    rows = tuple((LANES[_lane(m)], m.label, _say(m.start, m.end)[0], _end_words(m)) for m in moments)
    return Figure(id, "timeline", title, drawn, Table(("Lane", "What", "From", "To"), rows), _CAPTION,
                  frozenset(m.ref for m in moments))


def _lane(moment: Moment) -> int:
    return LANES.index(moment.lane) if moment.lane in LANES else len(LANES) - 1


def _at(moment: datetime) -> datetime:
    """Comparable instants: a time without a zone counts as UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _extent(moments: Sequence[Moment]) -> tuple[datetime, datetime]:
    """The axis, from the data, with a little room at both ends."""
    if not moments:
        day = datetime(2000, 1, 1, tzinfo=UTC)
        return day, day + timedelta(days=1)
    low, high = min(_at(m.start) for m in moments), max(max(_at(m.start), _at(m.end)) for m in moments)
    room = max((high - low) * 0.03, timedelta(hours=1))
    return low - room, high + room


def _x(moment: datetime, low: datetime, high: datetime) -> float:
    return _LEFT + _PLOT_W * ((_at(moment) - low) / (high - low))


def _row(moment: Moment, y: float, low: datetime, high: datetime) -> tuple[list[str], float]:
    """One bar, its label on the side with room, else above it. Returns the parts and the next free y."""
    x0 = _x(moment.start, low, high)
    x1 = max(_x(moment.end, low, high), x0 + _SHORTEST)
    after = x1 + (24 if moment.open_ended else 8)
    right, left = _LEFT + _PLOT_W - after, x0 - 8 - _LEFT
    if max(right, left) < _NARROWEST:
        label = wrap(moment.label, _SIZE, _PLOT_W)
        parts = svg.lines(_LEFT, y + 13, label, size=_SIZE, leading=_LINE / _SIZE)
        y += len(label) * _LINE
        return parts + _bar(moment, x0, x1, y + 3), y + _LINE + 5
    to_right = right >= min(width(moment.label, _SIZE), 230.0) or right >= left
    label = wrap(moment.label, _SIZE, right if to_right else left, 3)
    x, anchor = (after, "start") if to_right else (x0 - 8, "end")
    parts = _bar(moment, x0, x1, y + 3)
    parts += svg.lines(x, y + 13, label, size=_SIZE, leading=_LINE / _SIZE, anchor=anchor)
    return parts, y + len(label) * _LINE + 5


def _bar(moment: Moment, x0: float, x1: float, y: float) -> list[str]:
    """Strikes solid, official statements with a bold edge, the rest light: no colour needed."""
    lane = LANES[_lane(moment)]
    parts = []
    if lane == "strikes":
        parts.append(svg.box(x0, y, x1 - x0, _BAR, fill="accent"))
    elif lane == "official statements":
        parts.append(svg.box(x0, y, x1 - x0, _BAR, fill="paper", line="ink", thick=2))
    else:
        parts.append(svg.box(x0, y, x1 - x0, _BAR, fill="faint", line="soft"))
    if moment.open_ended:
        mid = y + _BAR / 2
        parts.append(svg.stroke([(x1, mid), (x1 + 12, mid)], width=1.6, dash="3 2"))
        parts.append(svg.shape(f"M{svg.num(x1 + 11)} {svg.num(mid - 5)} l7 5 l-7 5 z", fill="ink"))
    return parts


def _ticks(low: datetime, high: datetime) -> list[tuple[datetime, str]]:
    """Round moments on the axis, at most about seven, each with its words."""
    span = high - low
    if span <= timedelta(days=2):
        hours = next(h for h in (1, 3, 6, 12) if span / timedelta(hours=h) <= 7 or h == 12)
        first = low.replace(hour=0, minute=0, second=0, microsecond=0)
        times = [first + timedelta(hours=hours * n) for n in range(72 // hours + 1)]
        return [(t, f"{t:%H:%M}") for t in times if low <= t <= high]
    if span <= timedelta(days=75):
        days = next(d for d in (1, 2, 7, 14) if span / timedelta(days=d) <= 7 or d == 14)
        first = low.replace(hour=0, minute=0, second=0, microsecond=0)
        times = [first + timedelta(days=days * n) for n in range(90)]
        return [(t, _day(t)) for t in times if low <= t <= high]
    months = next(m for m in (1, 2, 3, 6, 12, 60, 120) if span / timedelta(days=30.4 * m) <= 8 or m == 120)
    start = low.year * 12 + (low.month - 1) // months * months
    marks = []
    for month in range(start, start + 12 * 200, months):
        tick = datetime(month // 12, month % 12 + 1, 1, tzinfo=low.tzinfo)
        if tick > high:
            break
        if tick >= low:
            marks.append((tick, f"{tick:%b %Y}" if months < 12 else f"{tick:%Y}"))
    return marks


def _axis(low: datetime, high: datetime, bottom: float) -> list[str]:
    parts, last = [], 0.0
    for tick, words in _ticks(low, high):
        x = _x(tick, low, high)
        parts.append(svg.stroke([(x, _TOP - 8), (x, bottom)], tone="faint", width=0.8))
        half = width(words, 11.5) / 2
        at = min(max(x, _LEFT + half), _LEFT + _PLOT_W - half)      # never off the edge
        if at - half > last:
            parts += [svg.words(at, y, words, size=11.5, tone="soft", anchor="middle")
                      for y in (_TOP - 13, bottom + 14)]
            last = at + half + 6
    return [*parts, svg.stroke([(_LEFT, bottom), (_LEFT + _PLOT_W, bottom)], width=1)]


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%b %Y}"


def _offset(moment: datetime) -> str:
    """` (+02:00)`, or nothing where the time has no zone."""
    shift = f"{moment:%z}"
    return f" ({shift[:3]}:{shift[3:5]})" if shift else ""


def _whole_days(start: datetime, end: datetime) -> bool:
    ends = end.time().replace(second=0, microsecond=0)
    last = end.hour == 23 and end.minute == 59
    return start.hour == start.minute == 0 and (last or (ends.hour == ends.minute == 0 and end >= start))


def _say(start: datetime, end: datetime) -> tuple[str, str]:
    """Start and end in words: days where the record speaks of days, minutes where it speaks of minutes."""
    if _whole_days(_at(start), _at(end)):
        last = end if end.hour == 23 or end == start else end - timedelta(seconds=1)
        return _day(start), _day(last)
    zone = _offset(start)
    return f"{_day(start)} {start:%H:%M}{zone}", f"{_day(end)} {end:%H:%M}{zone}"


def _end_words(moment: Moment) -> str:
    return "not known, or goes on" if moment.open_ended else _say(moment.start, moment.end)[1]
