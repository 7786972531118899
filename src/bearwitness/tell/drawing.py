"""From `{figure KIND SCOPE}` to a drawing: what each figure shows is taken from the case, here."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bearwitness.link.origins import origins
from bearwitness.model.case import Case
from bearwitness.model.records import Assertion, Incident, Toll
from bearwitness.model.when import say_when
from bearwitness.reason.claims import admissions
from bearwitness.reason.tally import say_tally
from bearwitness.tell import figures
from bearwitness.tell.document import Figure
from bearwitness.tell.incident import card
from bearwitness.tell.refuse.stretch import Desk

KINDS = ("map", "timeline", "casualties", "matrix", "claim")
QUESTIONS = (
    ("Strike stated", ("own-strike",)), ("Object", ("object", "object-use")), ("Weapon", ("munition", "munition-count")),
    ("Military nearby", ("military-nearby",)), ("Aircraft, attacker", ("aircraft", "attacker")), ("When", ("when",)),
    ("Toll", ()))
SOUGHT = {"Strike stated": ("statement",), "Object": ("object",), "Weapon": ("munition", "weapon"),
          "Military nearby": ("military",), "Aircraft, attacker": ("aircraft", "attacker"), "When": ("time", "hour", "date"),
          "Toll": ("toll", "killed")}


class NoFigure(ValueError):
    """A figure that cannot be drawn; the message says why."""


def draw(desk: Desk, kind: str, scope: str) -> Figure:
    """Draw one figure. Raises NoFigure for an unknown kind or scope."""
    case = desk.case
    if kind not in KINDS:
        raise NoFigure(f"I don't know the figure {kind!r}; figures: {', '.join(KINDS)}")
    if kind == "claim":
        if scope not in case.claims:
            raise NoFigure(f"there is no claim {scope!r}")
        one = card(desk, case.claims[scope])
        return _with(figures.claim_card(one), one.depends)
    incidents = [case.incidents[i] for i in case.members(scope)]
    if not incidents:
        raise NoFigure(f"there is no incident or set {scope!r}")
    return {"map": _map, "timeline": _timeline, "casualties": _casualties, "matrix": _matrix}[kind](
        desk, incidents, f"{kind}-{scope}")


def _with(figure: Figure, depends: Iterable[str]) -> Figure:
    return replace(figure, depends=frozenset(depends))


def strikes(case: Case, incidents: Iterable[Incident]) -> list[figures.Strike]:
    return [figures.Strike(i.id, i.name, i.name_local, i.point.lat, i.point.lon, i.level, i.point.radius_m,
                           say_when(i.when), number)
            for number, i in enumerate(incidents, 1) if i.point is not None]


def _map(desk: Desk, incidents: list[Incident], ref: str) -> Figure:
    return _with(figures.map_of(strikes(desk.case, incidents), ref, "Where the strikes were reported"),
                 (i.id for i in incidents))


def _timeline(desk: Desk, incidents: list[Incident], ref: str) -> Figure:
    case = desk.case
    moments = [figures.Moment(i.id, "strikes", i.name, i.when.start, i.when.end) for i in incidents]
    ids = {i.id for i in incidents}
    claims = [c for c in case.claims.values() if set(c.about) & ids or set(c.about) & set(case.config.sets)]
    moments += [figures.Moment(c.id, "official statements", f"{_name(case, c.by)}: {c.title}", c.date.start, c.date.end)
                for c in claims]
    own = [a for i in incidents for a in admissions(case, i.id)]
    for row in own:
        document = case.documents.get(row.doc)
        when = row.as_of or (document.date if document else None)
        if when is not None:
            moments.append(figures.Moment(row.id, "official statements", f"{_name(case, row.by)}: {row.says}",
                                          when.start, when.end))
    moments.sort(key=lambda m: (figures.LANES.index(m.lane), m.start, m.ref))
    return _with(figures.timeline(moments, ref, "Strikes and official statements"), (m.ref for m in moments))


def _name(case: Case, ref: str) -> str:
    speaker = case.speaker(ref)
    return speaker.shown if speaker else ref


def _casualties(desk: Desk, incidents: list[Incident], ref: str) -> Figure:
    bars: list[figures.Bar] = []
    used: set[str] = set()
    for incident in incidents:
        found = desk.tally("killed", "", incident.id)
        value = found.value
        note = "; ".join(f"{s.value} shown, not added ({s.why})" for s in found.shown)
        bars.append(figures.Bar(incident.id, incident.name, value.low if value else None, value.high if value else None,
                                bool(value and value.open_top), bool(value and value.about), note,
                                say_tally(found) if value else ""))
        used |= found.depends
    return _with(figures.casualties(bars, ref, "Killed, in the accounts held"), used)


def _matrix(desk: Desk, incidents: list[Incident], ref: str) -> Figure:
    case = desk.case
    cells: list[list[figures.Cell]] = []
    used = {i.id for i in incidents}
    for incident in incidents:
        line = []
        for question, abouts in QUESTIONS:
            rows: Sequence[Assertion | Toll] = case.tolls_of(incident.id) if question == "Toll" else [
                a for a in case.assertions_of(incident.id) if a.about in abouts]
            used |= {r.id for r in rows}
            line.append(_cell(case, incident, question, rows))
        cells.append(line)
    return _with(figures.matrix([i.name for i in incidents], [q for q, _ in QUESTIONS], cells, ref,
                                "How many records speak to each question"), used)


def _cell(case: Case, incident: Incident, question: str, rows: Sequence[Assertion | Toll]) -> figures.Cell:
    """How many records speak to a question, and the symbol for how they stand to each other."""
    if not rows:
        looked = any(s.incident == incident.id and any(word in s.sought.casefold() for word in SOUGHT[question])
                     for s in case.searches.values())
        return figures.Cell(0, "O", "nothing found") if looked else figures.Cell(0, "?", "no record")
    sides = {row.supports for row in rows if isinstance(row, Assertion) and row.supports}
    if len(sides) == 2:
        return figures.Cell(len(rows), "D", "both ways")
    if sides == {"no"}:
        return figures.Cell(len(rows), "N", "said not to be")
    several = origins(case, (row.by for row in rows)).established >= 2
    if question == "Toll" and several:
        found = {str(row.figures.get("killed", "")) for row in rows if isinstance(row, Toll) and not row.scope}
        return figures.Cell(len(rows), "D" if len(found) > 1 else "A", "figures differ" if len(found) > 1 else "two or more")
    return figures.Cell(len(rows), "A" if several else "S", "two or more" if several else "one origin")
