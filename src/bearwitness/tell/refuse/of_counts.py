"""Rules of numbers: R01-R06, R27, R28, D3, D4, D15. Every number has members, one scope and one category."""
from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from bearwitness.model.cells import BadCell
from bearwitness.model.records import Toll
from bearwitness.reason.breakdown import breakdowns
from bearwitness.reason.discrepancies import VAGUE
from bearwitness.reason.tally import UnknownCount, say_count
from bearwitness.tell.document import Fault
from bearwitness.tell.numbers import Said, numbers_in
from bearwitness.tell.refuse.of_marks import SPECIAL
from bearwitness.tell.refuse.stretch import Stretch

_GENERIC = ("town", "among", "strike", "strikes", "that", "same", "other", "this", "with", "from", "killed", "dead")


def headline(s: Stretch) -> Iterator[Fault]:
    """R01: a total over several strikes, as a fact, that its members do not add up to."""
    if s.kind not in ("cite", "ours", "count") or not s.numbers:
        return
    wide = [t for t in s.cited.tolls if t.incident in s.case.config.sets or (t.incident == "?" and t.scope)]
    values: dict[float, Toll] = {}
    for toll in wide:
        for count in toll.figures.values():
            values.setdefault(float(count.low), toll)
    for said in s.numbers:
        stated = values.get(said.value)
        summed = _hand_sum(s, said)
        if stated is not None and not any(sp.id == stated.by for sp in s.named_here):
            yield s.fault("R01", f"{said.words} is a total whose members do not add up to it", words=said.words,
                          can_say=_sum_says(s, stated))
            return
        if summed == "across" or (stated is None and said.value > 2 * len(s.case.incidents) and s.kind != "cite"
                                  and s.has("killed") and s.has("total_words")):
            yield s.fault("R01", f"{said.words} is a sum made by hand", words=said.words,
                          mend="Use a count mark over a named set, as {killed six}: it names its members.")
            return


def _sum_says(s: Stretch, toll: Toll) -> str:
    scope = toll.incident if toll.incident in s.case.config.sets else next(iter(s.case.config.sets), "")
    speaker = s.case.speaker(toll.by)
    name = speaker.shown if speaker else toll.by
    stated = say_count(toll.figures.get("killed") or toll.figures.get("civilians"))
    if not scope:
        return f"{name} states {stated} [@{toll.id}]."
    lead = s.desk.tally("killed", "", scope, "lead")
    civil = s.desk.tally("killed", "civilians", scope, "lead")
    said = f"{name} states {stated} [@{toll.id}]; the lead sources' own figures for the set \u201c{scope}\u201d add to "
    said += f"{lead.value.low}..{lead.value.high}" if lead.value else "no figure"
    if civil.value is not None:
        said += f", {say_count(civil.value)} of them stated as civilians"
    if lead.with_shown is not None:
        said += f" ({lead.with_shown.low}..{lead.with_shown.high} with an area figure that is shown and not added)"
    return said + f" {{killed {scope}, basis=lead}}."


def _hand_sum(s: Stretch, said: Said) -> str:
    """What kind of tolls a hand-typed number is the sum of: same (R06), scope (R03), across (R01) or none."""
    rows = [(t, c) for t in s.cited.tolls for c in [t.figures.get("killed") or t.figures.get("medical")] if c]
    if any(said.value in (c.low, c.high) for t in s.cited.tolls for c in t.figures.values()):
        return ""
    for size in range(2, len(rows) + 1):
        for chosen in combinations(rows, size):
            if said.value in (sum(c.low for _, c in chosen), sum(c.high for _, c in chosen)):
                tolls = [t for t, _ in chosen]
                if len({t.scope for t in tolls}) > 1 or any(t.scope for t in tolls):
                    return "scope"
                return "same" if len({t.incident for t in tolls}) == 1 else "across"
    return ""


def merged(s: Stretch) -> Iterator[Fault]:
    """R03 two scopes in one number; R06 one strike's dead counted twice."""
    for said in s.numbers if s.cited.tolls else ():
        kind = _hand_sum(s, said)
        tolls = s.cited.tolls
        names = ", ".join(dict.fromkeys(t.scope or t.incident for t in tolls))
        if kind == "scope":
            yield s.fault("R03", f"{said.words} joins tolls of different scope ({names})", words=said.words,
                          can_say=each_says(s))
        elif kind == "same":
            yield s.fault("R06", f"{said.words} adds what two speakers say of the same dead", words=said.words,
                          can_say=each_says(s))
        elif _one_for_two(s, said):
            yield s.fault("R03", f"one number, {said.words}, stands for tolls of different scope or kind ({names})",
                          words=said.words, can_say=each_says(s))
            return


def other_scope(s: Stretch) -> Iterator[Fault]:
    """R03: a figure for a wider area or another moment, told of the strike."""
    if s.kind not in ("cite", "ours") or s.has("wider"):
        return
    words = s.text.casefold()
    for toll in s.cited.tolls:
        typed = any(n.value in (c.low, c.high) for n in s.numbers for c in toll.figures.values())
        own = [w for w in re.findall(r"\w{4,}", toll.scope.casefold()) if w not in (*_GENERIC, toll.incident)]
        named = any(w in words for w in own)
        if toll.scope and toll.incident in s.case.incidents and typed and not named:
            yield s.fault("R03", f"{toll.id} counts {toll.scope}, and not this strike", can_say=each_says(s))
            return


def _one_for_two(s: Stretch, said: Said) -> bool:
    same = [t for t in s.cited.tolls if any(c.low == said.value for c in t.figures.values())]
    if s.has("told_apart") and all(_is_named(s, toll) for toll in same):
        return False
    scopes = {(t.incident, t.scope) for t in same}
    columns = {tuple(n for n, c in t.figures.items() if c.low == said.value) for t in same}
    mixed = len(same) > 1 and not set.intersection(*(set(c) for c in columns)) if columns else False
    return (len(scopes) > 1 or mixed) and sum(1 for n in s.numbers if n.value == said.value) == 1


def _is_named(s: Stretch, toll: Toll) -> bool:
    """The place or scope of a toll stands in the sentence."""
    words = (s.place.before + " " + s.text).casefold()
    name = s.case.incidents[toll.incident].name if toll.incident in s.case.incidents else toll.incident
    own = [w for w in re.findall(r"\w{4,}", (toll.scope or name).casefold()) if w not in _GENERIC]
    return any(word in words for word in own)


def each_says(s: Stretch) -> str:
    said = []
    for toll in s.cited.tolls:
        speaker = s.case.speaker(toll.by)
        figure = toll.figures.get("killed") or next(iter(toll.figures.values()))
        said.append(f"{speaker.shown if speaker else toll.by}: {say_count(figure)} for "
                    f"{toll.scope or toll.incident} [@{toll.id}]")
    return "; ".join(said) + "."


def breakdown(s: Stretch) -> Iterator[Fault]:
    """R02: children and women without the total they are part of."""
    if s.kind == "plain":
        return
    named = {c for c in ("children", "women", "men") if _counted_word(s, c)}
    named |= {m.words[1] for m in s.span.counts if len(m.words) == 3 and m.words[1] in ("children", "women", "men")}
    if len(named) < 2 or _has_total(s):
        return
    says = [f"{b.words} [@{b.id}]" for ref in s.incident_ids
            for b in breakdowns(s.case.tolls_of(ref)) if b.total is not None]
    yield s.fault("R02", f"{' and '.join(sorted(named))} without the total they are part of: the rest disappears",
                  can_say=says[0] + "." if says else "")


def _counted_word(s: Stretch, category: str) -> bool:
    found = list(s.lexicon.word[category].finditer(s.text))
    return any(0 <= f.start() - n.end <= 12 for f in found for n in s.numbers)


def _has_total(s: Stretch) -> bool:
    if any(len(m.words) == 2 and m.words[0] == "killed" for m in s.span.counts) or "{killed " in s.place.paragraph and any(
            f"{{killed {ref}" in s.place.paragraph for ref in s.incident_ids):
        return True
    said = {n.value for n in numbers_in(s.place.before + " " + s.text, s.lexicon.numbers)}
    tolls = s.cited.tolls or [t for ref in s.incident_ids for t in s.case.tolls_of(ref)]
    totals = {float(t.figures["killed"].low) for t in tolls if "killed" in t.figures}
    return bool(said & totals)


def mixed(s: Stretch) -> Iterator[Fault]:
    """R05: killed and wounded together, told as killed."""
    for toll in s.cited.tolls:
        both = toll.figures.get("casualties")
        if both is None or "killed" in toll.figures or not s.has("killed") or s.has("wounded"):
            continue
        if any(n.value in (both.low, both.high) for n in s.numbers):
            yield s.fault("R05", f"{both} are killed and wounded together", can_say=(
                f"{_name(s, toll)} gives {both} killed and wounded together [@{toll.id}]."))


def _name(s: Stretch, toll: Toll) -> str:
    speaker = s.case.speaker(toll.by)
    return speaker.shown if speaker else toll.by


def definitions(s: Stretch) -> Iterator[Fault]:
    """R27: sources that define a category differently, in one number, with no map between them."""
    rows: list[Toll] = []
    for mark in s.span.counts:
        try:
            if mark.words and mark.words[0] not in SPECIAL:
                members = s.desk.counted(mark).members
                rows += [s.case.tolls[m.id] for m in members] if len(mark.words) == 3 else []
        except (UnknownCount, BadCell):
            continue
    if len(s.cited.tolls) > 1 and s.has("civilians"):
        rows += s.cited.tolls
    defined = {t.definition: t for t in rows if t.by not in s.case.config.definitions}
    if len(defined) > 1:
        said = "; ".join(f"{_name(s, t)}: {d or 'definition not stated'}" for d, t in defined.items())
        yield s.fault("R27", f"these sources mean different things by one word ({said})",
                      mend="State in case.toml, under [definitions], how each source's category maps onto yours.")


def vague(s: Stretch) -> Iterator[Fault]:
    """R28: dozens, scores, hundreds."""
    if s.kind in ("quote", "plain") or not (words := s.has("vague")):
        return
    yield s.fault("R28", f"{words!r} is no number that can be checked", words=words, can_say=_exact_says(s))


def _exact_says(s: Stretch) -> str:
    for row in s.cited.assertions:
        for other in s.case.assertions_of(row.incident):
            exact = numbers_in(other.says, s.lexicon.numbers)
            if other.about == row.about and exact and not VAGUE.search(other.says):
                speaker = s.case.speaker(other.by)
                return f"{speaker.shown if speaker else other.by} counts {exact[0].words}: {other.says} [@{other.id}]."
    for toll in s.cited.tolls:
        figure = toll.figures.get("killed") or next(iter(toll.figures.values()))
        if toll.incident in s.case.config.sets:
            return _sum_says(s, toll)
        return f"{_name(s, toll)} states {say_count(figure)} [@{toll.id}]."
    return ""


def open_top(s: Stretch) -> Iterator[Fault]:
    """D3: an open top told as closed."""
    exactly = s.lexicon.word["exactly"]
    before = ""
    for part in s.span.parts:
        if isinstance(part, str):
            before += part
            continue
        if part.words and part.words[0] not in SPECIAL and exactly.search(before):
            try:
                found = s.desk.counted(part)
            except (UnknownCount, BadCell):
                continue
            if found.value is not None and found.value.open_top:
                yield s.fault("D3", f"the top of {part.raw} is open: one account says \u201cat least\u201d",
                              line=part.line, can_say=f"{say_count(found.value)} {part.raw}")
        before = ""
    if s.kind != "plain" and not s.span.counts:
        yield from _typed_open(s)


def _typed_open(s: Stretch) -> Iterator[Fault]:
    words = s.has("range")
    for ref in s.incident_ids if words and s.has("killed") and not s.has("at_least") else ():
        value = s.desk.tally("killed", "", ref).value
        if value is not None and value.open_top and any(n.value in (value.low, value.high) for n in s.numbers):
            yield s.fault("D3", f"{words!r}: one account says at least, so the top is open", words=words,
                          can_say=f"{say_count(value)} {{killed {ref}}}")
            return
    for toll in s.cited.tolls:
        for name, count in toll.figures.items():
            typed = [n for n in s.numbers if n.value == count.low]
            closed = not s.has("range") and any(n.value == c.low and not c.open_top for n in typed
                                                for t in s.cited.tolls for c in t.figures.values())
            if count.open_top and typed and not closed and not s.has("at_least"):
                yield s.fault("D3", f"{_name(s, toll)} says at least {count.low} {name}: the top is open",
                              words=typed[0].words, can_say=f"{_name(s, toll)} states {say_count(count)} [@{toll.id}].")
                return


def latest(s: Stretch) -> Iterator[Fault]:
    """D4: an earlier figure of a speaker told as the figure."""
    for toll in s.cited.tolls:
        newer = [t for t in s.case.tolls_of(toll.incident)
                 if t.by == toll.by and t.scope == toll.scope and t.as_of.start > toll.as_of.start
                 and set(t.figures) & set(toll.figures)]
        if newer and newer[-1].id not in s.span.refs and not s.has("earlier"):
            last = max(newer, key=lambda t: t.as_of.start)
            figure = last.figures.get("killed") or next(iter(last.figures.values()))
            yield s.fault("D4", f"{toll.id} is an earlier figure of {_name(s, toll)}; the latest is {last.id}",
                          can_say=f"{_name(s, last)} states {say_count(figure)} [@{last.id}].")


def no_all(s: Stretch) -> Iterator[Fault]:
    """D15: "all" and "every" in our own voice."""
    if s.attributed or s.kind in ("plain", "quote"):
        return
    if words := s.has("all"):
        yield s.fault("D15", f"{words!r} says more than the records listed can carry", words=words,
                      mend="Name the members: a set of case.toml, or the records themselves.")
