"""From a body as written to a record: every cell read by its own reader, every fault with its column.

Raises `BadCell`, which names the column; who reads a file adds the file and the line.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from bearwitness.model.cells import BadCell, split_values
from bearwitness.model.count import Count, parse_count
from bearwitness.model.law_cells import read_conflicts, read_shows
from bearwitness.model.nearest import nearest
from bearwitness.model.proof import read_standard
from bearwitness.model.records import (
    Assertion,
    Body,
    Claim,
    Config,
    Dissent,
    Document,
    Exhibit,
    Finding,
    Fit,
    Incident,
    Note,
    Part,
    Reading,
    Reply,
    Rival,
    Search,
    Source,
    Toll,
)
from bearwitness.model.vocabulary import FIGURES, HOWS, PART_KINDS, REACHES, SUBSETS, TESTS, USES, VERDICTS
from bearwitness.model.where import LEVELS, Point, parse_degrees, parse_metres


def _cell(body: Body, column: str, need: bool = False) -> str:
    value = str(body.get(column, "")).strip()
    if need and not value:
        raise BadCell("this cell is empty", "Write a value; a row without it cannot be used.", column)
    return value


def _in(column: str, act: Callable[[], Any]) -> Any:
    """Run a cell's reader, and let a BadCell say which column it was."""
    try:
        return act()
    except BadCell as why:
        raise BadCell(why.problem, why.fix, column) from why


def _maybe(body: Body, column: str, act: Callable[[str], Any]) -> Any:
    value = _cell(body, column)
    return _in(column, lambda: act(value)) if value else None


def _choice(body: Body, column: str, allowed: tuple[str, ...], need: bool = False) -> str:
    value = _cell(body, column, need)
    if value and value not in allowed:
        raise BadCell(f"{value!r} is not one of: {', '.join(allowed)}", f"Did you mean {_near(value, allowed)!r}?",
                      column)
    return value


def _near(word: str, allowed: tuple[str, ...]) -> str:
    return nearest(word, allowed, 0.0) or allowed[0]


def read_source(body: Body, reading: Reading) -> Source:
    grade = _cell(body, "grade")
    if grade and grade not in tuple("ABCDEF"):
        raise BadCell(f"{grade!r} is not a grade", "Grades are A to F; leave it empty when not graded.", "grade")
    return Source(_cell(body, "id", True), _cell(body, "name", True), _cell(body, "kind", True),
                  _cell(body, "name_local"), split_values(_cell(body, "also")), grade, _cell(body, "shown_as"),
                  split_values(_cell(body, "relies_on")), _cell(body, "note"))


def read_document(body: Body, reading: Reading) -> Document:
    held = _cell(body, "held")
    return Document(_cell(body, "id", True), _cell(body, "what", True), _maybe(body, "date", reading.when),
                    _cell(body, "where"), "" if held == "no" else held, split_values(_cell(body, "copies")),
                    _cell(body, "read"), _cell(body, "language"), _cell(body, "note"))


def read_incident(body: Body, reading: Reading) -> Incident:
    lat = _maybe(body, "lat", lambda c: parse_degrees(c, 90, "latitude"))
    lon = _maybe(body, "lon", lambda c: parse_degrees(c, 180, "longitude"))
    if (lat is None) != (lon is None):
        raise BadCell("one of lat and lon is empty", "Write both, or neither.", "lat" if lat is None else "lon")
    within = _maybe(body, "within_m", parse_metres)
    point = None if lat is None else Point(lat, lon, within)
    _cell(body, "when", True)
    return Incident(_cell(body, "id", True), _cell(body, "name", True), _cell(body, "name_local"),
                    _maybe(body, "when", reading.when), point,
                    _choice(body, "level", LEVELS, need=point is not None),
                    split_values(_cell(body, "object")), split_values(_cell(body, "lead")), _cell(body, "note"))


def read_toll(body: Body, reading: Reading) -> Toll:
    figures = {name: _maybe(body, name, parse_count) for name in FIGURES if _cell(body, name)}
    if not figures:
        raise BadCell("this row states no number", "Write at least one of: " + ", ".join(FIGURES), "killed")
    _check_subsets(figures)
    _cell(body, "as_of", True)
    return Toll(_cell(body, "id", True), _cell(body, "incident", True), _cell(body, "by", True),
                _cell(body, "in", True), _maybe(body, "as_of", reading.when), figures, _cell(body, "words"),
                _cell(body, "definition"), _cell(body, "scope"), _cell(body, "note"))


def _check_subsets(figures: Mapping[str, Count]) -> None:
    """R02 inside one row: no subset of the killed is larger than the killed, nor two that exclude each other."""
    killed = figures.get("killed")
    if killed is None or killed.open_top:
        return
    for name in SUBSETS:
        if name in figures and figures[name].low > killed.high:
            raise BadCell(f"{figures[name]} {name} is more than the {killed} killed they are part of (R02)",
                          "Check the two numbers, or move the larger one to a row with its own scope.", name)
    for group in (("children", "women", "men"), ("civilians", "fighters"), ("identified", "unidentified")):
        low = sum(figures[name].low for name in group if name in figures)
        if low > killed.high:
            raise BadCell(f"{' + '.join(n for n in group if n in figures)} = {low} is more than the {killed} killed "
                          "they are part of (R02)", "Check the numbers of this row.", group[0])


def read_assertion(body: Body, reading: Reading) -> Assertion:
    return Assertion(_cell(body, "id", True), _cell(body, "incident", True), _cell(body, "about", True),
                     _cell(body, "by", True), _cell(body, "in", True), _cell(body, "says", True),
                     _choice(body, "how", HOWS, True), _choice(body, "at", REACHES),
                     _maybe(body, "radius_m", parse_metres), _maybe(body, "window", reading.when),
                     _choice(body, "supports", ("yes", "no")), _cell(body, "observers"),
                     _maybe(body, "as_of", reading.when), _cell(body, "words"), _cell(body, "note"),
                     _in("shows", lambda: read_shows(_cell(body, "shows"))))


def read_search(body: Body, reading: Reading) -> Search:
    return Search(_cell(body, "id", True), _cell(body, "for", True), _cell(body, "where", True),
                  _maybe(body, "radius_m", parse_metres), _maybe(body, "from", reading.when),
                  _maybe(body, "to", reading.when), _cell(body, "by", True), _cell(body, "seen_how_well", True),
                  _cell(body, "result", True), _cell(body, "incident"))


def read_reply(body: Body, reading: Reading) -> Reply:
    for column in ("sent", "deadline"):
        _maybe(body, column, reading.when)
    return Reply(_cell(body, "id", True), _cell(body, "claim", True), _cell(body, "to", True),
                 _cell(body, "channel"), _cell(body, "sent"), _cell(body, "deadline"), _cell(body, "answered"),
                 _cell(body, "words"))


def read_part(body: Body, claim: str) -> Part:
    def refs(key: str) -> tuple[str, ...]:
        return tuple(body.get(key, ()))
    return Part(_cell(body, "id", True), claim, _cell(body, "text", True), _choice(body, "kind", PART_KINDS, True),
                _choice(body, "test", TESTS), refs("for"), refs("against"), refs("struck"), refs("shown"),
                _choice(body, "verdict", VERDICTS), int(body.get("line") or 0), _cell(body, "claimed"))


def read_claim(body: Body, reading: Reading) -> Claim:
    claim = _cell(body, "id", True)
    parts = tuple(read_part(part, claim) for part in body.get("parts", ()))
    if not parts:
        raise BadCell("this claim has no parts", "Write each testable part under a heading of its own: ## a  ...")
    _cell(body, "date", True)
    return Claim(claim, _cell(body, "by", True), _cell(body, "in", True), _maybe(body, "date", reading.when),
                 split_values(_cell(body, "about", True)), _cell(body, "title", True), _cell(body, "exact_words"),
                 _cell(body, "reply"), _cell(body, "reason"), parts)


def read_finding(body: Body, reading: Reading) -> Finding:
    hold = _cell(body, "hold")
    if hold and hold not in ("0", "1", "2", "3", "4"):
        raise BadCell(f"{hold!r} is not a level", "Write hold: 0 to 4, because ...", "hold")
    if hold and not _cell(body, "hold_because"):
        raise BadCell("hold gives no reason (D8)", "Write: hold: 1 because ...", "hold")
    rivals = tuple(_rival(r) for r in body.get("rivals", ()))
    fits = tuple(Fit(f["hypothesis"], f["score"], tuple(f["refs"])) for f in body.get("fits", ()))
    _known_hypotheses(fits, rivals)
    dissent = tuple(Dissent(d["by"], d["words"]) for d in body.get("dissent", ()))
    if _cell(body, "grade") and not _cell(body, "grade_because"):
        raise BadCell("grade gives no reason", "Write: grade: Fair because ...", "grade")
    return Finding(_cell(body, "id", True), split_values(_cell(body, "about", True)), _cell(body, "by", True),
                   _cell(body, "text", True), tuple(body.get("for", ())), tuple(body.get("against", ())),
                   tuple(body.get("looked_in", ())), rivals, _cell(body, "reviewed"),
                   int(hold) if hold else None, _cell(body, "hold_because"), _cell(body, "approved"),
                   tuple(body.get("needs", ())), fits, dissent, _cell(body, "grade"), _cell(body, "grade_because"),
                   _in("shows", lambda: read_shows(_cell(body, "shows"))))


def _rival(body: Body) -> Rival:
    """`H3 another air force` is the standing hypothesis H3, in this case's words."""
    found = re.match(r"(H[1-9])\b[\s:,.]*(.*)\Z", body["text"], re.DOTALL)
    standing, text = (found[1], found[2] or found[1]) if found else ("", body["text"])
    return Rival(text, tuple(body.get("excluded_by", ())), standing)


def _known_hypotheses(fits: tuple[Fit, ...], rivals: tuple[Rival, ...]) -> None:
    known = {"finding", *(r.standing for r in rivals if r.standing), *(f"rival {n}" for n in range(1, len(rivals) + 1))}
    for fit in fits:
        if fit.hypothesis not in known:
            raise BadCell(f"fits names {fit.hypothesis!r}, which is no hypothesis of this finding",
                          f"Here stand: {', '.join(sorted(known))}.", "fits")


def read_note(body: Body, reading: Reading) -> Note:
    consent = {}
    for use, (answer, date) in body.get("consent", {}).items():
        if use not in USES or answer not in ("yes", "no"):
            raise BadCell(f"consent {use!r}: {answer!r} cannot be used", f"Uses: {', '.join(USES)}; each yes or no.",
                          "consent")
        if date:
            _maybe({"consent": date}, "consent", reading.when)
        consent[use] = (answer == "yes", date)
    _cell(body, "date", True)
    return Note(_cell(body, "id", True), _cell(body, "by", True), _maybe(body, "date", reading.when),
                _cell(body, "place"), _cell(body, "language"), _cell(body, "interpreter"), _cell(body, "how"),
                consent, tuple(body.get("paragraphs", ())), _cell(body, "held"))


def read_exhibit(body: Body, reading: Reading) -> Exhibit:
    return Exhibit(body["id"], body["sha256"], int(body["size"]), body.get("media", ""), body.get("came_from", ""),
                   body.get("note", ""), body.get("because", "") if body.get("state") else "")


def read_config(body: Body) -> Config:
    """case.toml as a body: title, zone, standard, sets, people ...; `about` in minutes, as `30 min`."""
    from bearwitness.model.when import check_zone
    minutes = _cell(body, "about").removesuffix("min").strip()
    if minutes and not (minutes.isdecimal() and 1 <= len(minutes) <= 4):
        raise BadCell(f"about = {body['about']!r} is not a width", 'Write about = "30 min".', "about")
    zone = _in("zone", lambda: check_zone(_cell(body, "zone", True)))
    sets = {name: tuple(members) for name, members in body.get("sets", {}).items()}
    if any(name.casefold() == "all" for name in sets):
        raise BadCell('a set cannot be called "all" (D15)', "Give it a name that says what is in it.", "sets")
    return Config(_cell(body, "title", True), zone, _cell(body, "standard") or "reasonable-grounds", sets,
                  _cell(body, "publisher"), dict(body.get("people", {})), dict(body.get("presumed_civilian", {})),
                  dict(body.get("definitions", {})), _cell(body, "note"), timedelta(minutes=int(minutes or 30)),
                  _in("standard", lambda: read_standard(_cell(body, "standard_file"))),
                  _in("conflicts", lambda: read_conflicts(body.get("conflicts", {}), Reading(zone))),
                  _cell(body, "territory"))


READERS: Mapping[str, Callable[[Body, Reading], Any]] = {
    "source.stated": read_source, "document.stated": read_document, "incident.stated": read_incident,
    "toll.stated": read_toll, "assertion.made": read_assertion, "search.made": read_search,
    "reply.recorded": read_reply, "claim.stated": read_claim, "finding.proposed": read_finding,
    "exhibit.sealed": read_exhibit,
}
