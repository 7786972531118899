"""Doubt in words: paragraphs that a lawyer can read aloud, with the records behind each sentence.

Every sentence says what was computed or what stands in a record; none says how likely anything is.
"""
from __future__ import annotations

from collections.abc import Sequence

from bearwitness.model.case import Case
from bearwitness.model.records import Assertion
from bearwitness.model.when import say_when
from bearwitness.reason.doubt.about import Doubt
from bearwitness.reason.doubt.matrix import MAIN
from bearwitness.reason.doubt.without import Dependence, shown
from bearwitness.reason.levels import Level, excluded

_BELIEF = {
    "established": "Measured by this standard it is established: the grounds for it reach the level needed, and those "
                   "against it do not",
    "contradicted": "Measured by this standard it is contradicted: the grounds against it reach the level needed, and "
                    "those for it do not",
    "both": "The grounds for it and the grounds against it both reach the level needed: the records contradict each other",
    "neither": "Neither the grounds for it nor the grounds against it reach the level that this standard needs",
}


def say(doubt: Doubt) -> list[str]:
    """The paragraphs, in the order in which a reader asks."""
    made = (_stands, _rests, _below, _against, _rivals, _hypotheses, _matrix, _other_side, _searched, _gaps, _next, _dissent)
    return [text for paragraph in made if (text := paragraph(doubt))]


def _stands(doubt: Doubt) -> str:
    held, standard = doubt.held, doubt.standard
    computed, level = held.computed, held.level
    said = [f"The finding: “{doubt.finding.text}”", f"By the standard “{standard.rules['title']}” the grounds carry "
            f"{_level(computed)}, on {computed.origins_words}"]
    if computed.caps:
        said.append(f"What keeps it from going higher: {_listed(computed.caps)}")
    if level.number < computed.number:
        said.append(f"It is held lower, at {_level(level)}: {doubt.finding.hold_because}")
    said.append(f"{_BELIEF[held.belief]} (level {standard.needed}, {standard.level_name(standard.needed)})")
    if loosened := standard.loosened():
        said.append(f"This house's own standard is looser than the built-in one in: {_listed(loosened)}")
    if doubt.circle:
        said.append(f"It rests on itself: {' -> '.join(doubt.circle)}; what comes back to itself grounds nothing")
    return _text(said)


def _level(level: Level) -> str:
    return f"level {level.number} ({level.name})"


def _rests(doubt: Doubt) -> str:
    now = doubt.held.computed.number
    if now == 0:
        return "Nothing that can ground it stands for it, so there is nothing to leave out."
    said = [_origins(doubt, now)]
    for kind, word in (("document", "document"), ("exhibit", "sealed file"), ("person", "person")):
        fallen = [d for d in doubt.dependences if d.kind == kind and d.critical]
        if fallen:
            said.append(f"Of the {word}s: {'; '.join(_fall(d) for d in fallen)}")
    whole = [d for d in doubt.dependences if d.kind == "document"]
    if whole and not any(d.critical for d in whole):
        said.append("Without any one document it stays where it is")
    return _text(said)


def _origins(doubt: Doubt, now: int) -> str:
    fallen = "; ".join(_fall(d) for d in doubt.critical[:3])
    if doubt.rests_on_one and len(doubt.held.computed.origins.groups) <= 1 and doubt.critical[0].after == 0:
        return f"It rests on one origin alone: {fallen}"
    if doubt.rests_on_one:
        each = "A single origin decides" if len(doubt.critical) == 1 else "Each of these origins decides by itself"
        return f"{each}: {fallen}"
    if doubt.critical:
        more = f" ({len(doubt.critical)} such sets; three are named)" if len(doubt.critical) > 3 else ""
        return f"No single origin decides: without any one of them it stays at level {now}. Several together do: " \
               f"{fallen}{more}"
    return f"No origin or set of origins that was tried brings it below level {now}"


def _fall(one: Dependence) -> str:
    return f"without {one.name} [{'; '.join(one.refs)}] it stands at level {one.after}"


def _below(doubt: Doubt) -> str:
    if doubt.held.weakest is None:
        return ""
    ref, level = doubt.held.weakest
    return f"It rests on other findings; the weakest of them is {ref}, at level {level}. A finding stands no higher than " \
        "what it needs."


def _against(doubt: Doubt) -> str:
    finding, against = doubt.finding, doubt.held.against
    if finding.opposing and against is not None:
        return f"Against it stand {_cited(doubt.case, finding.opposing)}. By themselves they carry {_level(against)}, " \
               f"{against.origins_words}."
    if finding.looked_in:
        places = _listed([_place(doubt.case, ref) for ref in finding.looked_in])
        return f"Nothing against it was found. It was looked for in {places}."
    return "Nothing stands against it here, and nobody wrote down where anything was looked for."


def _place(case: Case, ref: str) -> str:
    if ref in case.searches:
        search = case.searches[ref]
        return f"the search {ref} ({search.sought}, in {search.where})"
    if ref in case.documents:
        return f"{case.documents[ref].what} [{ref}]"
    return shown(case, ref)


def _rivals(doubt: Doubt) -> str:
    rivals = doubt.finding.rivals
    if not rivals:
        return "No other explanation was considered. A finding that was never tested against another one stands at " \
               "reasonable suspicion at most."
    said = []
    for rival in rivals:
        if excluded(doubt.case, rival.excluded_by):
            said.append(f"“{rival.text}”, excluded by {_cited(doubt.case, rival.excluded_by)}")
        else:
            named = f": what is named against it grounds nothing [{'; '.join(rival.excluded_by)}]"
            said.append(f"“{rival.text}”, open{named if rival.excluded_by else ''}")
    return f"Other explanations considered: {'; '.join(said)}."


def _hypotheses(doubt: Doubt) -> str:
    said = []
    for incident, considered in doubt.rivals:
        left = [f"{c.hypothesis.id}, {c.hypothesis.name}" for c in considered if not c.rivals]
        there = [f"{c.hypothesis.id}, {c.hypothesis.name} ({c.state}{', recognised by its words' if c.by_words else ''})"
                 for c in considered if c.rivals]
        name = doubt.case.incidents[incident].name
        if there:
            said.append(f"Of the standing questions on every strike, the findings on {name} speak of {'; '.join(there)}")
        if left:
            said.append(f"No finding on {name} speaks of {'; '.join(left)}")
    return _text(said)


def _matrix(doubt: Doubt) -> str:
    grid = doubt.matrix
    if len(grid.columns) < 2 or not grid.rows:
        return ""
    names = {label: f"“{text}”" for label, text in grid.columns} | {MAIN: "the finding"}
    least = [names[label] for label in grid.least()]
    rows = f"{len(grid.rows)} record{'s' if len(grid.rows) > 1 else ''} against {len(grid.columns)} explanations"
    said = [f"Held side by side, {rows}, the least stands against {least[0]}" if len(least) == 1 else
            f"Held side by side, {rows}, as little stands against {_listed(least)}: they do not decide"]
    if carrying := grid.carrying():
        said.append(f"That order rests on single records: without {_listed(list(carrying), 'or')} it changes")
    elif len(least) == 1:
        said.append("No single record changes that order")
    flat = [ref for ref in grid.rows if grid.diagnosticity(ref) == 0]
    if flat:
        said.append(f"The record {flat[0]} fits every explanation it is held against alike, and tells none apart"
                    if len(flat) == 1 else f"The records {_listed(flat)} each fit every explanation they are held against "
                    "alike, and tell none apart")
    if grid.empty:
        cells = len(grid.rows) * len(grid.columns)
        said.append(f"Cells that nobody stated, and that count nothing: {grid.empty} of {cells}")
    return _text(said)


def _other_side(doubt: Doubt) -> str:
    if not doubt.exculpatory:
        return "No record of the case speaks for the other side."
    weighed = [f"{p.words} [{p.ref}]" for p in doubt.exculpatory if p.weighed]
    beside = [f"{p.words} [{p.ref}]" for p in doubt.exculpatory if not p.weighed]
    said = [f"For the other side, weighed in this finding: {'; '.join(weighed)}"] if weighed else []
    if beside:
        said.append(f"For the other side, in the case and not named by this finding: {'; '.join(beside)}")
    return _text(said)


def _searched(doubt: Doubt) -> str:
    said = []
    for looked in doubt.searches:
        s = looked.search
        when = " to ".join(say_when(w) for w in (s.start, s.end) if w is not None)
        text = f"{shown(doubt.case, s.by)} looked for {s.sought} in {s.where}{f', {when}' if when else ''}: {s.result}"
        text += f" (how well it would have been seen: {s.seen_how_well}) [{s.id}]"
        said.append(text + (f"; not said: {_listed(looked.missing)}" if looked.missing else ""))
    return _text(said)


def _gaps(doubt: Doubt) -> str:
    return f"What is missing: {'; '.join(doubt.gaps)}." if doubt.gaps else ""


def _next(doubt: Doubt) -> str:
    now = doubt.held.computed.number
    raising = [s for s in doubt.steps if s.after > now]
    said = []
    if raising:
        said.append("What would raise it by itself, tried one at a time: "
                    + "; ".join(f"{s.words} (to level {s.after})" for s in raising))
    elif doubt.way.steps:
        said.append(f"No single step raises it. Together, to level {doubt.way.reaches}: "
                    + "; ".join(s.words for s in doubt.way.steps))
    else:
        said.append("Nothing that was tried raises it further")
    if doubt.lowered_by:
        falls = [f"with {words} to level {level}" for words, level in doubt.lowered_by]
        said.append(f"It would fall {'; '.join(falls)}")
    return _text(said)


def _dissent(doubt: Doubt) -> str:
    finding = doubt.finding
    said = [f"Dissent: {shown(doubt.case, d.by)} does not hold this finding: {d.words}" for d in finding.dissent]
    reviewers = [shown(doubt.case, name) for name in (finding.reviewed, finding.approved) if name and name != finding.by]
    if reviewers:
        said.append(f"Reviewed by {_listed(list(dict.fromkeys(reviewers)))}")
    return _text(said)


def _cited(case: Case, refs: Sequence[str]) -> str:
    return "; ".join(_record(case, ref) for ref in refs)


def _record(case: Case, ref: str) -> str:
    name = ref.split(" ", 1)[0]
    row = case.assertions.get(name) or case.tolls.get(name)
    if row is not None:
        return f"{shown(case, row.by)}, “{row.says if isinstance(row, Assertion) else row.words}” [{ref}]"
    if name in case.documents:
        return f"{case.documents[name].what} [{ref}]"
    return f"[{ref}]"


def _listed(words: Sequence[str], last: str = "and") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def _text(sentences: Sequence[str]) -> str:
    ended = (".", "?", "!", ".”", "?”", "!”")
    return " ".join(s if s.endswith(ended) else f"{s}." for s in (one[:1].upper() + one[1:] for one in sentences))
