"""How many, by a rule that anybody can redo by hand.

The rule (format reference, counting rules): of each speaker the latest figure of exactly this scope;
a copy does not count beside its origin; floor = the highest enumeration (identified + unidentified) of
one origin, else the lowest of the origins' latest figures; ceiling = the highest of them; one "at least"
leaves the top open. A sum names its members and is of tallies, or of the lead sources' own figures,
never of both. What it does not do: estimate; link persons.
"""
from __future__ import annotations

from dataclasses import dataclass, field

from bearwitness.link.origins import roots
from bearwitness.model.case import Case
from bearwitness.model.count import ZERO, Count
from bearwitness.model.records import Incident, Toll
from bearwitness.model.vocabulary import SUBSETS
from bearwitness.model.when import When, say_when
from bearwitness.reason.breakdown import Breakdown, breakdowns, conflicts, enumeration, value_of

QUANTITIES = ("killed", "injured", "missing", "casualties")
RULE_TALLY = ("latest figure of each speaker for exactly this scope; floor = highest enumeration of one origin, "
              "else the lowest figure; ceiling = the highest figure")
RULE_LEAD = "the lead sources' own latest figures, lowest to highest"


class UnknownCount(ValueError):
    """A quantity, category or scope that the case does not know; the message says what it knows."""


@dataclass(frozen=True, slots=True)
class Member:
    """One toll that a tally rests on."""

    id: str
    incident: str
    by: str
    doc: str
    as_of: str
    value: Count
    role: str


@dataclass(frozen=True, slots=True)
class NotUsed:
    """One toll that was looked at and set aside, with the reason; value where it states a number."""

    id: str
    why: str
    incident: str = ""
    value: Count | None = None
    area: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """A count with its rule and its members. value is None where no figure of this scope exists."""

    quantity: str
    category: str
    scope: str
    value: Count | None
    rule: str
    basis: str
    members: tuple[Member, ...]
    not_used: tuple[NotUsed, ...]
    parts: tuple[Tally, ...] = ()
    shown: tuple[NotUsed, ...] = ()
    without: tuple[str, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    floor_rule: str = ""
    top_open: bool = False

    @property
    def with_shown(self) -> Count | None:
        """The sum if the figures that are shown and not added were added: for the reader to see, not to cite."""
        if self.value is None or not self.shown:
            return None
        total = self.value
        for one in self.shown:
            total = total + (one.value or ZERO)
        return total

    @property
    def depends(self) -> frozenset[str]:
        rows = {m.id for m in self.members} | {n.id for n in self.not_used} | {n.id for n in self.shown}
        return frozenset(rows | {i for part in self.parts for i in part.depends} | {self.scope}
                         | {part.scope for part in self.parts})


@dataclass(slots=True)
class _Sorting:
    kept: list[tuple[Toll, Count]] = field(default_factory=list)
    aside: list[NotUsed] = field(default_factory=list)

    def drop(self, toll: Toll, why: str, value: Count | None = None, area: bool = False) -> None:
        self.aside.append(NotUsed(toll.id, why, toll.incident, value, area))


def tally(case: Case, quantity: str, category: str, scope: str, *, basis: str = "tally",
          as_of: When | None = None) -> Tally:
    """Count a quantity over an incident or a named set.

    category: "" or one of the subset columns. basis: tally, or lead (the lead sources' own figures).
    as_of: only figures stated up to the end of this interval. Raises UnknownCount.
    """
    _check(case, quantity, category, scope, basis)
    members = case.members(scope)
    parts = tuple(_one(case, quantity, category, case.incidents[ref], basis, as_of) for ref in members)
    if scope in case.incidents:
        return parts[0]
    return _sum(quantity, category, scope, basis, parts)


def _check(case: Case, quantity: str, category: str, scope: str, basis: str) -> None:
    if quantity not in QUANTITIES:
        raise UnknownCount(f"I don't know the quantity {quantity!r}; I know: {', '.join(QUANTITIES)}, interviews")
    if category and (category not in SUBSETS or quantity != "killed"):
        raise UnknownCount(f"I don't know {quantity} {category!r}; categories of killed: {', '.join(SUBSETS)}")
    if basis not in ("tally", "lead"):
        raise UnknownCount(f"I don't know the basis {basis!r}; a sum is of tally or of lead")
    if scope == "all":
        raise UnknownCount('There is no "all" (D15): name an incident or a set of case.toml')
    if not case.members(scope):
        known = ", ".join([*case.config.sets, *case.incidents])
        raise UnknownCount(f"I don't know the scope {scope!r}; incidents and sets here: {known}")


def _one(case: Case, quantity: str, category: str, incident: Incident, basis: str, as_of: When | None) -> Tally:
    rows = case.tolls_of(incident.id)
    sorting = _Sorting()
    for toll in rows:
        _sort_in(case, sorting, toll, quantity, category, incident, as_of)
    _latest_per_speaker(sorting)
    if basis == "lead":
        _keep_lead(sorting, incident)
    else:
        _drop_copies(case, sorting)
    value, floor_rule, roles = _bounds(sorting.kept, quantity, category, basis)
    members = tuple(Member(t.id, t.incident, t.by, t.doc, t.as_of.text, v, roles.get(t.id) or _beside(v, value))
                    for t, v in sorting.kept)
    top_open = any("ceiling" in m.role and m.value.open_top for m in members)
    area = tuple(n for n in sorting.aside if n.area and n.value is not None)
    return Tally(quantity, category, incident.id, value, _rule(case, category, incident, basis), basis, members,
                 tuple(sorting.aside), shown=area if value is None else (),
                 without=() if value is not None else (incident.id,),
                 breakdowns=breakdowns(rows) if quantity == "killed" and not category else (), floor_rule=floor_rule,
                 top_open=top_open)


def _beside(stated: Count, value: Count | None) -> str:
    """Where a figure that is neither floor nor ceiling stands."""
    return "below the floor" if value is not None and stated.high < value.low else "between"


def _rule(case: Case, category: str, incident: Incident, basis: str) -> str:
    rule = RULE_LEAD if basis == "lead" else RULE_TALLY
    presumed = case.config.presumed_civilian.get(incident.id) if category == "civilians" else None
    return f"{rule}; presumed-civilian: {presumed}" if presumed else rule


def _sort_in(case: Case, sorting: _Sorting, toll: Toll, quantity: str, category: str, incident: Incident,
             as_of: When | None) -> None:
    value = value_of(toll, quantity, category)
    if value is None and category == "civilians" and incident.id in case.config.presumed_civilian:
        value = value_of(toll, "killed", "")
    document = case.documents.get(toll.doc)
    what = f"{quantity} {category}".strip()
    if document is not None and document.recalled:
        sorting.drop(toll, "from memory: shown, grounds nothing", value, True)
    elif value is None:
        mixed = quantity == "killed" and not category and "casualties" in toll.figures
        sorting.drop(toll, f"{toll.figures['casualties']} killed and wounded are mixed: never counted as killed (R05)"
                     if mixed else "category not stated" if category and "killed" in toll.figures
                     else f"states no figure for {what}")
    elif toll.scope:
        sorting.drop(toll, f"another scope ({toll.scope}): not added", value, True)
    elif as_of is not None and toll.as_of.start >= as_of.end:
        sorting.drop(toll, f"stated after {as_of.text}", value)
    else:
        sorting.kept.append((toll, value))


def _latest_per_speaker(sorting: _Sorting) -> None:
    newest: dict[str, Toll] = {}
    for toll, _ in sorting.kept:
        if toll.by not in newest or toll.as_of.start > newest[toll.by].as_of.start:
            newest[toll.by] = toll
    for toll, value in list(sorting.kept):
        latest = newest[toll.by]
        if toll.as_of.start < latest.as_of.start:
            sorting.kept.remove((toll, value))
            sorting.drop(toll, f"earlier figure of the same speaker: {latest.id} of "
                               f"{say_when(latest.as_of)} is the latest (a series)", value)


def _drop_copies(case: Case, sorting: _Sorting) -> None:
    """A speaker that only repeats others who are counted themselves adds no figure."""
    edges = case.edges
    speaking = {toll.by for toll, _ in sorting.kept}
    for toll, value in list(sorting.kept):
        own, unknown = roots(edges, toll.by)
        if not unknown and toll.by not in own and own <= speaking:
            sorting.kept.remove((toll, value))
            sorting.drop(toll, f"repeats {', '.join(sorted(own))}, counted itself", value)


def _keep_lead(sorting: _Sorting, incident: Incident) -> None:
    for toll, value in list(sorting.kept):
        if toll.by not in incident.lead:
            sorting.kept.remove((toll, value))
            sorting.drop(toll, "not a lead source of this incident", value)


def _bounds(kept: list[tuple[Toll, Count]], quantity: str, category: str, basis: str
            ) -> tuple[Count | None, str, dict[str, str]]:
    if not kept:
        return None, "", {}
    listed = [(t, enumeration(t)) for t, _ in kept if quantity == "killed" and not category and basis == "tally"]
    counted = [(t, e) for t, e in listed if e is not None]
    if counted:
        floor_row, floor = max(counted, key=lambda pair: pair[1].low)
        low, floor_rule = floor.low, "highest enumeration of one origin (identified + unidentified)"
    else:
        floor_row, lowest = min(kept, key=lambda pair: pair[1].low)
        low, floor_rule = lowest.low, "lowest of the latest figures"
    top_row, top = max(kept, key=lambda pair: pair[1].high)
    value = Count(low, max(low, top.high), any(v.open_top for _, v in kept), top.about)
    return value, floor_rule, {top_row.id: "ceiling", floor_row.id: "floor"} if top_row is not floor_row else {
        top_row.id: "floor and ceiling"}


def _sum(quantity: str, category: str, scope: str, basis: str, parts: tuple[Tally, ...]) -> Tally:
    total: Count | None = None
    for part in parts:
        if part.value is not None:
            total = part.value if total is None else total + part.value
    return Tally(quantity, category, scope, total, "sum over the named set of: " + (RULE_LEAD if basis == "lead"
                 else RULE_TALLY), basis, tuple(m for p in parts for m in p.members),
                 tuple(n for p in parts for n in p.not_used), parts, tuple(n for p in parts for n in p.shown),
                 tuple(ref for p in parts for ref in p.without))


def say_count(value: Count | None) -> str:
    """`43; 49 in the highest account` where the top is open: never "between". In a range, "about" is the ceiling's."""
    if value is None:
        return "no figure"
    about = "about " if value.about else ""
    if value.low == value.high:
        return f"{'at least ' if value.open_top else ''}{about}{value.low}"
    if value.open_top:
        return f"at least {value.low}; {about}{value.high} in the highest account"
    return f"{value.low} to {about}{value.high}"


def say_tally(found: Tally) -> str:
    """A tally in words. A sum has no highest account of its own; an open ceiling keeps its "at least"."""
    value = found.value
    if value is None or value.low == value.high:
        return say_count(value)
    if found.parts:
        about = "about " if value.about else ""
        return (f"at least {value.low}; {about}{value.high} by the highest account of each" if value.open_top
                else say_count(value))
    if found.top_open:
        return f"at least {value.low}; at least {value.high} in the highest account"
    return say_count(value)


def as_data(found: Tally) -> dict[str, object]:
    """The shape of `count --json`."""
    data: dict[str, object] = {
        "quantity": found.quantity, "category": found.category or None, "scope": found.scope,
        "min": found.value.low if found.value else None, "max": found.value.high if found.value else None,
        "open_top": bool(found.value and found.value.open_top), "rule": found.rule, "basis": found.basis,
        "words": say_tally(found),
        "members": [{"id": m.id, "incident": m.incident, "by": m.by, "in": m.doc, "as_of": m.as_of,
                     "value": str(m.value), "role": m.role} for m in found.members],
        "not_used": [_aside(n) for n in found.not_used],
        "shown_not_added": [_aside(n) for n in found.shown],
        "without_figure": list(found.without)}
    if found.parts:
        data["incidents"] = [{"incident": p.scope, "min": p.value.low if p.value else None,
                              "max": p.value.high if p.value else None,
                              "open_top": bool(p.value and p.value.open_top)} for p in found.parts]
    if found.with_shown is not None:
        data["with_shown"] = {"min": found.with_shown.low, "max": found.with_shown.high}
    if found.breakdowns:
        data["breakdown"] = [{"id": b.id, "by": b.by, "total": str(b.total) if b.total else None,
                              "parts": {k: str(v) for k, v in b.parts.items()}, "residual": b.residual,
                              "words": b.words} for b in found.breakdowns]
        data["conflicts"] = [{"category": name, "values": {k: str(v) for k, v in values.items()}}
                             for name, values in conflicts(found.breakdowns)]
    return data


def _aside(one: NotUsed) -> dict[str, object]:
    return {"id": one.id, "incident": one.incident, "value": str(one.value) if one.value else None, "why": one.why}
