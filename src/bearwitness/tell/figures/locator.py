"""The locator map: where the strikes were, as finely as anybody stated, and no finer.

An equidistant cylindrical drawing around the middle latitude: over a few degrees, distances along both axes
are right to well under one per cent. No tiles, no coast, no borders: only what the records hold.
"""
from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from bearwitness.model.where import EARTH_RADIUS_M, say_distance
from bearwitness.tell.document import Figure, Table
from bearwitness.tell.figures import svg
from bearwitness.tell.figures.text import wrap
from bearwitness.tell.figures.values import Strike

# Radius drawn where nobody stated one [m]. A convention of ours for drawing, printed with the figure: a town
# point of a gazetteer can lie anywhere in the built-up area, a district point anywhere in the district.
TYPICAL_M = {"exact": 10.0, "street": 100.0, "block": 150.0, "neighbourhood": 500.0, "town": 2000.0,
             "district": 10000.0}
LABELLED_AT_MOST = 16

_LEFT, _TOP, _PLOT_W, _GAP, _LABEL_W = 50.0, 10.0, 222.0, 18.0, 216.0
_SMALLEST_PX = 5.0
_M_PER_DEG = EARTH_RADIUS_M * math.pi / 180

_Labels = dict[str, list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Degrees to pixels. north, west: the corner [deg]; px: pixels for one metre."""

    north: float
    west: float
    cos: float
    px: float
    height: float

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        x = _LEFT + (lon - self.west) * _M_PER_DEG * self.cos * self.px
        return x, _TOP + (self.north - lat) * _M_PER_DEG * self.px


def radius_m(strike: Strike) -> float:
    """The stated radius, else the one typical of the level [m]."""
    if strike.within_m is not None:
        return strike.within_m
    return TYPICAL_M.get(strike.level, TYPICAL_M["district"])


def map_of(strikes: Sequence[Strike], id: str, title: str) -> Figure:
    """Draws the strikes with their radii, labels, graticule, scale and north; the list is its twin."""
    placed = sorted(strikes, key=lambda strike: (strike.number, strike.ref))
    labels = _labels(placed)
    frame = _frame(placed, sum(len(block) * 17 + 12 for block in labels.values()))
    parts = [svg.box(_LEFT, _TOP, _PLOT_W, frame.height, line="faint")]
    parts += _graticule(frame)
    parts += _leaders(placed, labels, frame)
    parts += _circles(placed, frame)
    bottom = _TOP + frame.height
    parts += _scale(frame, bottom + 40)
    parts += _north(_LEFT + _PLOT_W - 8, bottom + 36)
    total_w = _LEFT + _PLOT_W + (_GAP + _LABEL_W if labels else 12)
    desc = f"Places drawn: {len(placed)}. The table holds the same." if placed else "No place is recorded."
    drawn = svg.drawing(id, title, desc, total_w, bottom + 58, parts,
                        least=0.66)
    return Figure(id, "map", title, drawn, _twin(placed), _caption(placed, frame),
                  frozenset(strike.ref for strike in placed))


def _labels(placed: Sequence[Strike]) -> _Labels:
    """The lines beside each place, as (text, tone). Too many places: none, the numbers and the list stay."""
    if len(placed) > LABELLED_AT_MOST:
        return {}
    blocks = {}
    for strike in placed:
        name = [(line, "name") for line in wrap(strike.label, 15, _LABEL_W - 26, 3)]
        local = [(line, "ink") for line in wrap(strike.label_local, 14.5, _LABEL_W - 26, 2) if line]
        when = [(line, "soft") for line in wrap(strike.when_text, 12.5, _LABEL_W - 26, 2) if line]
        blocks[strike.ref] = name + local + when
    return blocks


def _frame(placed: Sequence[Strike], needed: float) -> _Frame:
    """A frame that holds every circle, with room around; at least `needed` pixels high for the labels."""
    lats = [s.lat for s in placed] or [0.0]
    lons = [s.lon for s in placed] or [0.0]
    mid_lat, mid_lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    cos = max(math.cos(math.radians(mid_lat)), 0.05)
    reach = max((radius_m(s) for s in placed), default=1000.0)
    wide = max((max(lons) - min(lons)) * _M_PER_DEG * cos + 2 * reach, 1200.0) * 1.3
    tall = max((max(lats) - min(lats)) * _M_PER_DEG + 2 * reach, 1200.0) * 1.16
    height = min(max(_PLOT_W * tall / wide, 250.0, needed), max(430.0, needed))
    px = min(_PLOT_W / wide, height / tall)
    north = mid_lat + height / px / 2 / _M_PER_DEG
    west = mid_lon - _PLOT_W / px / 2 / _M_PER_DEG / cos
    return _Frame(north, west, cos, px, height)


def _step(span: float) -> float:
    """Degrees between graticule lines: three to six of them over the span."""
    for step in (10, 5, 2, 1, 0.5, 0.25, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001):
        if span / step >= 2.4:
            return step
    return 0.0005


def _degrees(value: float, step: float, marks: str) -> str:
    places = max(0, 2 if step in (0.25, 0.05, 0.02, 0.01) else 1 if step < 1 else 0)
    places = 3 if step < 0.01 else places
    return f"{abs(value):.{places}f}°{marks[0] if value >= 0 else marks[1]}"


def _multiples(low: float, high: float, step: float) -> list[float]:
    first = math.ceil(low / step - 1e-9)
    return [round(n * step, 6) for n in range(first, math.floor(high / step + 1e-9) + 1)]


def _graticule(frame: _Frame) -> list[str]:
    span_lat = frame.height / frame.px / _M_PER_DEG
    span_lon = _PLOT_W / frame.px / _M_PER_DEG / frame.cos
    bottom = _TOP + frame.height
    parts = []
    step = _step(span_lat)
    for lat in _multiples(frame.north - span_lat, frame.north, step):
        y = frame.at(lat, frame.west)[1]
        parts.append(svg.stroke([(_LEFT, y), (_LEFT + _PLOT_W, y)], tone="faint", width=0.7))
        if _TOP + 6 < y < bottom - 2:
            parts.append(svg.words(_LEFT - 4, y + 4, _degrees(lat, step, "NS"), size=10, tone="soft",
                                   anchor="end"))
    step = _step(span_lon)
    last = -1e9
    for lon in _multiples(frame.west, frame.west + span_lon, step):
        x = frame.at(frame.north, lon)[0]
        parts.append(svg.stroke([(x, _TOP), (x, bottom)], tone="faint", width=0.7))
        if x - last > 50 and _LEFT + 16 < x < _LEFT + _PLOT_W - 16:
            parts.append(svg.words(x, bottom + 14, _degrees(lon, step, "EW"), size=10, tone="soft",
                                   anchor="middle"))
            last = x
    return parts


def _circles(placed: Sequence[Strike], frame: _Frame) -> list[str]:
    parts = []
    for strike in placed:
        x, y = frame.at(strike.lat, strike.lon)
        true = radius_m(strike) * frame.px
        dash = "" if strike.within_m is not None else "3 2"
        parts.append(svg.ring(x, y, max(true, _SMALLEST_PX), line="accent", dash=dash, thick=1.6))
    return parts


def _spread(placed: Sequence[Strike], labels: _Labels, frame: _Frame) -> dict[str, float]:
    """The top of each label block [px]: near its place, none on another, leader lines crossing as little
    as changing neighbours can bring about.
    """
    order = sorted(placed, key=lambda s: (frame.at(s.lat, s.lon)[1], s.lon, s.number))
    tops = _stack(order, labels, frame)
    for _ in order:
        crossing = next((at for at, pair in enumerate(pairwise(order)) if _cross(*pair, tops, frame)), None)
        if crossing is None:
            break
        changed = [*order[:crossing], order[crossing + 1], order[crossing], *order[crossing + 2:]]
        new = _stack(changed, labels, frame)
        if _crossings(changed, new, frame) >= _crossings(order, tops, frame):
            break
        order, tops = changed, new
    return tops


def _stack(order: Sequence[Strike], labels: _Labels, frame: _Frame) -> dict[str, float]:
    """Label tops in the given order: pushed down where they would touch, then up from the lower edge."""
    heights = {s.ref: len(labels[s.ref]) * 17 + 12 for s in order}
    tops: dict[str, float] = {}
    floor = _TOP
    for strike in order:
        tops[strike.ref] = max(floor, frame.at(strike.lat, strike.lon)[1] - 14)
        floor = tops[strike.ref] + heights[strike.ref]
    ceiling = _TOP + frame.height + 8
    for strike in reversed(order):
        tops[strike.ref] = min(tops[strike.ref], ceiling - heights[strike.ref])
        ceiling = tops[strike.ref]
    return tops


def _crossings(order: Sequence[Strike], tops: dict[str, float], frame: _Frame) -> int:
    return sum(_cross(a, b, tops, frame) for a, b in combinations(order, 2))


def _cross(a: Strike, b: Strike, tops: dict[str, float], frame: _Frame) -> bool:
    """True where the leader lines of two places cut each other."""
    edge = _LEFT + _PLOT_W + _GAP - 6

    def side(p: tuple[float, float], q: tuple[float, float], r: tuple[float, float]) -> bool:
        return (q[0] - p[0]) * (r[1] - p[1]) > (q[1] - p[1]) * (r[0] - p[0])

    a1, a2 = frame.at(a.lat, a.lon), (edge, tops[a.ref] + 13)
    b1, b2 = frame.at(b.lat, b.lon), (edge, tops[b.ref] + 13)
    return side(a1, a2, b1) != side(a1, a2, b2) and side(b1, b2, a1) != side(b1, b2, a2)


def _leaders(placed: Sequence[Strike], labels: _Labels, frame: _Frame) -> list[str]:
    if not labels:
        return [_numbered(*frame.at(s.lat, s.lon), s.number) for s in placed]
    parts = []
    edge = _LEFT + _PLOT_W + _GAP
    tops = _spread(placed, labels, frame)
    for strike in placed:
        top = tops[strike.ref]
        x, y = frame.at(strike.lat, strike.lon)
        reach = max(radius_m(strike) * frame.px, _SMALLEST_PX)
        aim_x, aim_y = edge - 6, top + 13
        far = math.hypot(aim_x - x, aim_y - y) or 1.0
        start = (x + (aim_x - x) * reach / far, y + (aim_y - y) * reach / far)
        parts.append(svg.stroke([start, (aim_x, aim_y)], tone="soft", width=0.9))
        parts.append(_numbered(edge + 4, aim_y, strike.number))
        base = top + 18
        for line, tone in labels[strike.ref]:
            parts.append(svg.words(edge + 20, base, line, size=12.5 if tone == "soft" else 14.5,
                                   tone="soft" if tone == "soft" else "ink",
                                   weight="600" if tone == "name" else ""))
            base += 17
    return parts


def _numbered(x: float, y: float, number: int) -> str:
    return svg.ring(x, y, 9.5, fill="ink") + svg.words(x, y + 4, str(number), size=11.5, tone="paper",
                                                       anchor="middle", weight="700")


def _scale(frame: _Frame, y: float) -> list[str]:
    """A bar of a round length near a third of the map's width."""
    room_m = _PLOT_W / 2.4 / frame.px
    base = 10.0 ** math.floor(math.log10(room_m))
    length = max(base * k for k in (1, 2, 5) if base * k <= room_m)
    px = length * frame.px
    words = f"{length / 1000:g} km" if length >= 1000 else f"{length:g} m"
    return [svg.stroke([(_LEFT, y - 5), (_LEFT, y), (_LEFT + px, y), (_LEFT + px, y - 5)], width=1.4),
            svg.words(_LEFT + px + 8, y + 4, words, size=12.5)]


def _north(x: float, y: float) -> list[str]:
    return [svg.shape(f"M{svg.num(x)} {svg.num(y - 18)} l6 16 l-6 -4 l-6 4 z", fill="ink"),
            svg.words(x, y + 12, "N", size=12, anchor="middle", weight="700")]


def _radius_words(strike: Strike) -> str:
    how = "stated" if strike.within_m is not None else f"typical of a {strike.level} point, not stated"
    return f"within {say_distance(radius_m(strike))} ({how})"


def _caption(placed: Sequence[Strike], frame: _Frame) -> str:
    """What the circles mean; no reader may take one for an impact."""
    said = ["Each hollow circle is the area in which the place lies, not a point of impact.",
            "Solid circle: a radius somebody stated."]
    if any(strike.within_m is None for strike in placed):
        said.append("Dashed circle: nobody stated a radius; drawn is one typical of the level named "
                    "(a town point can lie anywhere in the town).")
    if any(radius_m(strike) * frame.px < _SMALLEST_PX for strike in placed):
        said.append("Circles too small to be seen at this scale are drawn larger.")
    return " ".join([*said, "No base map; WGS 84; north is up."])


def _twin(placed: Sequence[Strike]) -> Table:
    rows = tuple((str(s.number), s.label, s.label_local, s.when_text, f"{s.lat:.5f}", f"{s.lon:.5f}", s.level,
                  _radius_words(s)) for s in placed)
    return Table(("No.", "Place", "Local name", "When", "Latitude", "Longitude", "Known to", "Radius"), rows)


