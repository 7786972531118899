"""The words of a span as a reader sees them: counts filled in, emphasis kept, verdicts with their level."""
from __future__ import annotations

import re
from collections.abc import Iterable

from bearwitness.model.cells import BadCell
from bearwitness.model.when import say_time, say_when
from bearwitness.reason.tally import UnknownCount, say_tally
from bearwitness.tell.document import Ground, Piece
from bearwitness.tell.ground import arithmetic, counted, depends
from bearwitness.tell.marks import CountMark
from bearwitness.tell.refuse.stretch import Stretch

_EMPHASIS = re.compile(r"\*\*(?P<strong>[^*]+)\*\*|\*(?P<em>[^*\s][^*]*)\*")
_TAIL = re.compile(r"([\s.,;:!?\u2026\u061f\u060c]*)$")


def counts(s: Stretch) -> tuple[tuple[str, ...], tuple[Ground, ...], frozenset[str]]:
    steps: list[str] = []
    tolls: list[Ground] = []
    used: set[str] = set()
    for mark in s.span.counts:
        if mark.words[:1] in (("time",), ("date",)):
            used |= {w for w in mark.words[1:] if w in s.case.incidents}
            continue
        if mark.words[:1] == ("interviews",):
            steps.append(f"interviews in this case: {len(s.case.notes)}")
            used |= set(s.case.notes)
            continue
        try:
            found = s.desk.counted(mark)
        except (UnknownCount, BadCell):
            continue
        steps += arithmetic(s.case, found, brief=True)
        tolls += counted(s.case, found)
        used |= depends(s.case, found.depends)
    return tuple(dict.fromkeys(steps)), tuple(dict.fromkeys(tolls)), frozenset(used)


def say_mark(s: Stretch, mark: CountMark) -> str:
    """What a count mark prints; the mark itself where it cannot be counted (a fault says why)."""
    incidents = s.case.incidents
    if mark.words[:1] == ("interviews",) and len(mark.words) == 1:
        return str(len(s.case.notes))
    if len(mark.words) == 2 and mark.words[1] in incidents and mark.words[0] in ("time", "date"):
        when = incidents[mark.words[1]].when
        if mark.words[0] == "date":
            return say_when(when)
        return say_time(when) if when.has_time else mark.raw
    try:
        return say_tally(s.desk.counted(mark))
    except (UnknownCount, BadCell):
        return mark.raw


def pieces(s: Stretch) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for part in s.span.parts:
        if isinstance(part, CountMark):
            pieces.append(Piece(say_mark(s, part), "count"))
        else:
            pieces += _emphasis(part)
    if s.kind == "ours" and (label := _label(s)):
        pieces = _before_stop(pieces, label)
    return tuple(p for p in pieces if p.text)


def _emphasis(text: str) -> Iterable[Piece]:
    at = 0
    for found in _EMPHASIS.finditer(text):
        yield Piece(text[at:found.start()])
        yield Piece(found["strong"] or found["em"], "strong" if found["strong"] else "em")
        at = found.end()
    yield Piece(text[at:])


def _label(s: Stretch) -> str:
    """A verdict carries its level and its origins, in the sentence (D7)."""
    parts = [r for r in s.span.refs if r in s.case.parts]
    if not parts or s.cited.findings:
        return ""
    tested = [s.desk.tested(r) for r in parts]
    decided = [t for t in tested if t.verdict != "untested"]
    if not decided:
        return "" if "untested" in s.text.casefold() else " (untested)"
    low = min(decided, key=lambda t: t.level.number)
    partly = "; read in part" if any(t.level.partly_read for t in decided) else ""
    return f" ({low.level.name}; {low.level.origins_words}{partly})"


def _before_stop(pieces: list[Piece], label: str) -> list[Piece]:
    """Put a label before the closing stop of a span, across pieces."""
    tail = ""
    while pieces:
        last = pieces.pop()
        found = _TAIL.search(last.text)
        stop = found[1] if found else ""
        body = last.text[:len(last.text) - len(stop)]
        tail = stop + tail
        if body:
            return [*pieces, Piece(body, last.look), Piece(label, "em"), Piece(tail.strip(" ") or "")]
    return [Piece(label, "em"), Piece(tail)]
