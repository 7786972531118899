"""The drawings: true to their numbers, readable without colour, safe with any text."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tell.fixture_report import CARD, HOSTILE, bars, grid, moments, strikes

from bearwitness.tell.document import Figure
from bearwitness.tell.figures import (
    SYMBOLS,
    Bar,
    Cell,
    Moment,
    Strike,
    casualties,
    claim_card,
    map_of,
    matrix,
    timeline,
)
from bearwitness.tell.figures.casualties import say
from bearwitness.tell.figures.text import visible, width, wrap

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "text", "rect", "circle", "path", "polyline"}


def every_figure() -> list[Figure]:
    return [
        map_of(strikes(), "map", "Map"),
        timeline(moments(), "time", "Time"),
        casualties(bars(), "bars", "Bars"),
        grid(),
        claim_card(CARD),
    ]


def parsed(figure: Figure) -> ElementTree.Element:
    return ElementTree.fromstring(figure.svg)


def texts(figure: Figure) -> list[str]:
    return [element.text or "" for element in parsed(figure).iter(f"{SVG}text")]


def test_each_figure_is_named_for_a_reader_who_cannot_see_it() -> None:
    for figure in every_figure():
        root = parsed(figure)
        names = root.get("aria-labelledby", "").split()
        found = {element.get("id"): element.text for element in root if element.tag in (f"{SVG}title", f"{SVG}desc")}
        assert root.get("role") == "img" and root.get("viewBox")
        assert len(names) == 2 and all(found[name] for name in names)


def test_nothing_in_a_drawing_can_run_load_or_lead_elsewhere() -> None:
    hostile = [
        map_of([replace(strikes()[0], label=HOSTILE, label_local=HOSTILE, when_text=HOSTILE)], HOSTILE, HOSTILE),
        timeline([replace(moments()[0], label=HOSTILE, ref=HOSTILE)], HOSTILE, HOSTILE),
        casualties(
            [Bar(HOSTILE, HOSTILE, None, None, note=HOSTILE), Bar("b", HOSTILE, 1, 2, True, note=HOSTILE)], HOSTILE, HOSTILE
        ),
        matrix([HOSTILE], [HOSTILE], [[Cell(1, "<", HOSTILE)]], HOSTILE, HOSTILE),
        claim_card(replace(CARD, title=HOSTILE, speaker=HOSTILE, exact_words=HOSTILE, reply=HOSTILE, ref=HOSTILE)),
    ]
    for figure in [*every_figure(), *hostile]:
        for element in parsed(figure).iter():
            assert element.tag.removeprefix(SVG) in ALLOWED
            for attribute, value in element.attrib.items():
                assert not attribute.startswith("on") and "href" not in attribute
                assert "url(" not in value and "javascript:" not in value
        assert "\u202e" not in figure.svg


def test_no_text_leaves_the_drawing_or_the_estimate_is_wrong() -> None:
    for figure in every_figure():
        check_fits(figure)


def check_fits(figure: Figure) -> None:
    root = parsed(figure)
    _, _, wide, high = map(float, root.get("viewBox", "").split())
    for element in root.iter(f"{SVG}text"):
        x, y, size = (float(element.get(key, "0")) for key in ("x", "y", "font-size"))
        room = width(element.text or "", size)
        anchor = element.get("text-anchor", "start")
        left = x - {"start": 0, "middle": room / 2, "end": room}[anchor]
        assert left >= -1 and left + room <= wide + 1, element.text
        assert 0 < y <= high


WORDS = st.text(st.characters(codec="utf-8"), max_size=160)


@given(WORDS, st.integers(0, 400), st.integers(0, 400), st.booleans())
def test_any_label_fits_the_bars_and_the_time_line(label: str, low: int, more: int, is_open: bool) -> None:
    check_fits(casualties([Bar("a", label, low, low + more, is_open, note=label)], "b", "Bars"))
    start = datetime(2031, 3, 4, tzinfo=UTC) + timedelta(hours=low)
    spans = [
        Moment("a", "strikes", label, start, start + timedelta(hours=more), is_open),
        Moment("b", "reports", label, datetime(2031, 3, 4, tzinfo=UTC), datetime(2031, 3, 9, tzinfo=UTC)),
    ]
    check_fits(timeline(spans, "t", "Time"))


@given(st.lists(st.tuples(st.floats(34.0, 37.0), st.floats(36.0, 38.0), st.integers(10, 5000)), min_size=1, max_size=12))
def test_map_labels_never_lie_on_each_other(places: list[tuple[float, float, int]]) -> None:
    figure = map_of(
        [
            Strike(f"s{n}", f"Place number {n}", "مكان", lat, lon, "town", within, "4 March 2031", n)
            for n, (lat, lon, within) in enumerate(places, 1)
        ],
        "m",
        "Map",
    )
    check_fits(figure)
    beside = [
        float(element.get("y", "0"))
        for element in parsed(figure).iter(f"{SVG}text")
        if (element.text or "").startswith("Place number")
    ]
    assert len(beside) == len(places)
    assert all(b - a >= 40 for a, b in zip(sorted(beside), sorted(beside)[1:], strict=False))


def test_a_town_point_is_a_wide_dashed_ring_and_never_a_filled_point() -> None:
    figure = map_of(strikes(), "m", "Map")
    rings = [c for c in parsed(figure).iter(f"{SVG}circle") if c.get("fill") == "none"]
    town, street = sorted(rings, key=lambda c: -float(c.get("r", "0")))
    assert town.get("stroke-dasharray") and not street.get("stroke-dasharray")
    assert float(town.get("r", "0")) > 2 * float(street.get("r", "0"))
    assert "not a point of impact" in figure.caption and "No base map" in figure.caption


def test_circles_are_drawn_to_the_scale_that_the_bar_states() -> None:
    wide = [replace(strike, within_m=metres) for strike, metres in zip(strikes(), (5000.0, 2500.0), strict=True)]
    figure = map_of(wide, "m", "Map")
    radii = sorted(float(c.get("r", "0")) for c in parsed(figure).iter(f"{SVG}circle") if c.get("fill") == "none")
    assert radii[1] / radii[0] == pytest.approx(2, rel=0.01)
    scale = next(p for p in parsed(figure).iter(f"{SVG}polyline") if p.get("stroke-width") == "1.4")
    points = [tuple(map(float, pair.split(","))) for pair in scale.get("points", "").split()]
    km = next(float(text.split()[0]) for text in texts(figure) if text.endswith(" km"))
    assert radii[1] / 5 == pytest.approx((points[2][0] - points[1][0]) / km, rel=0.02)


def test_distance_on_the_map_agrees_with_distance_on_the_ground() -> None:
    from bearwitness.model.where import Point, distance_m

    a, b = strikes()
    figure = map_of([replace(a, within_m=5000.0), replace(b, within_m=5000.0)], "m", "Map")
    rings = [c for c in parsed(figure).iter(f"{SVG}circle") if c.get("fill") == "none"]
    (ax, ay), (bx, by) = ((float(c.get("cx", "0")), float(c.get("cy", "0"))) for c in rings)
    metres = math.hypot(ax - bx, ay - by) / float(rings[0].get("r", "1")) * 5000
    assert metres == pytest.approx(distance_m(Point(a.lat, a.lon), Point(b.lat, b.lon)), rel=0.01)


def test_the_time_line_keeps_the_order_of_events_on_one_axis() -> None:
    figure = timeline(moments(), "t", "Time")
    lanes = [row[0] for row in figure.table.rows]
    assert lanes == sorted(lanes, key=["strikes", "official statements", "reports", "other"].index)
    starts = {}
    for rect, row in zip(parsed(figure).iter(f"{SVG}rect"), figure.table.rows, strict=True):
        starts[row[1]] = float(rect.get("x", "0"))
    assert starts["North Ford market"] < starts["Lower Mill school"]
    assert starts["North Ford market"] < next(x for label, x in starts.items() if label.startswith("Ministry"))


def test_an_unknown_end_is_drawn_open_and_said() -> None:
    closed = timeline([replace(moments()[5], open_ended=False)], "t", "Time")
    opened = timeline([moments()[5]], "t", "Time")
    assert len(list(parsed(opened).iter(f"{SVG}path"))) == len(list(parsed(closed).iter(f"{SVG}path"))) + 1
    assert opened.table.rows[0][3] == "not known, or goes on"


def test_times_print_with_their_zone_and_days_without_a_false_hour() -> None:
    rows = {row[1]: row[2:] for row in timeline(moments(), "t", "Time").table.rows}
    assert rows["North Ford market"][0] == "4 Mar 2031 10:00 (+03:00)"
    assert rows["Lower Mill school"] == ("7 Mar 2031", "7 Mar 2031")


@pytest.mark.parametrize(
    ("bar", "words"),
    [
        (Bar("a", "", 43, 49, open_top=True), "at least 43; 49 in the highest account"),
        (Bar("a", "", 12, 13), "12 to 13"),
        (Bar("a", "", 17, 17), "17"),
        (Bar("a", "", 17, 17, open_top=True), "at least 17"),
        (Bar("a", "", 20, 20, about=True), "about 20"),
        (
            Bar("a", "", None, None, note="area figure 4 shown, not added"),
            "no figure for this incident; area figure 4 shown, not added",
        ),
        (Bar("a", "", None, None), "no figure for this incident"),
    ],
)
def test_numbers_stand_in_words_and_an_open_top_is_no_closed_range(bar: Bar, words: str) -> None:
    assert say(bar) == words
    figure = casualties([replace(bar, label="Place")], "b", "Bars")
    assert words in " ".join(texts(figure))
    assert figure.table.rows[0][4] == words


def test_bars_are_as_long_as_their_numbers_and_open_tops_have_no_end_cap() -> None:
    figure = casualties([Bar("a", "A", 40, 40), Bar("b", "B", 20, 20)], "b", "Bars")
    solid = [float(r.get("width", "0")) for r in parsed(figure).iter(f"{SVG}rect")]
    assert solid[0] == pytest.approx(2 * solid[1], rel=0.01)
    assert upright(casualties([Bar("a", "A", 10, 20)], "b", "")) == 1
    assert upright(casualties([Bar("a", "A", 10, 20, open_top=True)], "b", "")) == 0


def upright(figure: Figure) -> int:
    """Dashed lines that close a bar."""
    dashed = [p.get("points", "") for p in parsed(figure).iter(f"{SVG}polyline") if p.get("stroke-dasharray") == "5 3"]
    return sum(1 for points in dashed if len(set(re.findall(r"([\d.]+),", points))) == 1)


def test_an_incident_without_a_figure_gets_no_bar() -> None:
    figure = casualties([Bar("hill", "Hill farm", None, None, note="area figure 4 shown, not added")], "b", "Bars")
    assert not list(parsed(figure).iter(f"{SVG}rect"))
    assert figure.table.rows[0][1:3] == ("none", "none")


def test_matrix_symbols_differ_in_shape_or_letter_and_the_key_explains_them() -> None:
    figure = matrix(["Place"], list(SYMBOLS), [[Cell(1, letter, "") for letter in SYMBOLS]], "m", "Matrix")
    printed = texts(figure)
    for letter, words in SYMBOLS.items():
        assert printed.count(letter) == 3 and words in " ".join(printed)
        assert any(words in cell for cell in figure.table.rows[0])


def test_the_claim_card_prints_each_part_with_verdict_level_origins_and_grounds() -> None:
    figure = claim_card(CARD)
    printed = " ".join(texts(figure))
    for part in CARD.parts:
        assert part.verdict in printed
        assert all(word in printed for word in part.text.split())
        assert all(visible(word) in printed for word in part.level_words.split() + part.origins_words.split())
    assert "not asked" in printed and "Школа" in printed
    assert [row[1] for row in figure.table.rows] == ["supported", "contradicted", "other object", "untested"]


def test_a_drawing_without_data_says_so_and_the_same_data_give_the_same_bytes() -> None:
    assert "No place is recorded" in map_of([], "m", "Map").svg
    assert timeline([], "t", "Time").table.rows == () and casualties([], "c", "Bars").table.rows == ()
    assert matrix([], [], [], "x", "Matrix").table.rows == ()
    assert [f.svg for f in every_figure()] == [f.svg for f in every_figure()]


@given(st.text(st.characters(codec="utf-8"), max_size=300), st.integers(20, 300))
def test_wrapping_loses_nothing_and_fits(text: str, room: int) -> None:
    lines = wrap(text, 10, room)
    assert "".join("".join(lines).split()) == "".join(visible(text).split())
    assert all(width(line, 10) <= room or len(line) == 1 for line in lines)


def test_right_to_left_labels_stand_where_left_to_right_ones_do_in_print_too() -> None:
    """Programs that draw SVG without style sheets know anchors but no direction: neither may be exchanged."""
    figure = map_of(strikes(), "m", "Map")
    name = next(t for t in parsed(figure).iter(f"{SVG}text") if t.text == "North Ford market")
    local = next(t for t in parsed(figure).iter(f"{SVG}text") if t.text == "سوق المعبر الشمالي")
    assert local.get("x") == name.get("x") and local.get("text-anchor") is None and local.get("direction") is None
    assert local.get("unicode-bidi") == "plaintext"
