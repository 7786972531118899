"""Rules of fit: a stretch is held against the words of what it cites, not merely allowed to cite it.

A speaker's name pardons nothing: a hedge stays a hedge (R17), a word of law or intent must be the speaker's own
(R17), a number keeps its column (G03) and its strike (R03, D11), and a sentence of ours names no party, object or
category that its finding does not name (R17).
"""
from __future__ import annotations

import re
from collections.abc import Iterator

from bearwitness.model.records import Assertion
from bearwitness.tell.document import Fault
from bearwitness.tell.lexicon import in_any
from bearwitness.tell.numbers import numbers_in
from bearwitness.tell.refuse.of_counts import each_says
from bearwitness.tell.refuse.stretch import Stretch, adjective, stands

_COLUMNS = ("civilians", "fighters", "children", "women", "men", "injured", "killed")
_NOT_DEAD = ("injured", "missing", "casualties")     # columns whose people a record does not call dead
_CLASSES = ("law", "intent", "lied", "guilt")


def _said(s: Stretch) -> str:
    """The words of the records cited: what they say, as written."""
    words = [row.says if isinstance(row, Assertion) else row.words for row in s.cited.rows]
    words += [row.words for row in s.cited.assertions]
    return " ".join(words)


def column(s: Stretch) -> Iterator[Fault]:
    """G03: a record's own number under another category."""
    if s.kind not in ("cite", "ours") or not s.cited.tolls:
        return
    for said in s.numbers:
        after = s.text[said.end:said.end + 28]
        named = next((c for c in _COLUMNS if (m := s.lexicon.word[f"column_{c}"].match(after)) is not None and m), "")
        if not named and s.lexicon.word["column_killed_before"].search(s.text[max(0, said.start - 40):said.start]):
            named = "killed"
        if not named:
            continue
        known = [t.figures[named] for t in s.cited.tolls if named in t.figures]
        elsewhere = [(t, n) for t in s.cited.tolls for n, v in t.figures.items() if said.value in (v.low, v.high)]
        if named == "killed" and any(n not in _NOT_DEAD for _, n in elsewhere):
            continue
        worded = re.search(rf"\b{re.escape(said.words)}\b\s+(?:\w+\s+)?{named[:5]}", _said(s), re.I)
        if elsewhere and not worded and not any(said.value in (v.low, v.high) for v in known):
            toll, name = elsewhere[0]
            yield s.fault("G03", f"{toll.id} states {said.words} as {name}, not as {named}", words=said.words,
                          can_say=f"{_name(s, toll.by)} states {toll.figures[name]} {name} [@{toll.id}].")
            return


def _name(s: Stretch, ref: str) -> str:
    speaker = s.case.speaker(ref)
    return speaker.shown if speaker else ref


def strike(s: Stretch) -> Iterator[Fault]:
    """R03, D11: a record of one strike, told of another."""
    if s.kind not in ("cite", "ours") or s.cited.incidents or s.cited.documents or s.cited.searches:
        return
    cited = set(s.cited.incident_ids(s.case))
    wide = any(r.incident not in s.case.incidents for r in s.cited.rows) or any(
        i not in s.case.incidents for c in s.cited.claims for i in c.about)
    if not cited or wide:
        return
    words = s.text.casefold()
    places = s.desk.place_names()
    here = dict.fromkeys(re.findall(r"[\w'\u2019-]+", words))
    named = [name for name in here if name in places and not cited & set(places[name])]
    said = (_said(s) + " ".join(t.scope for t in s.cited.tolls)).casefold() if named else ""
    for name in named:
        if stands(name, words) and name not in said and not any(name in s.case.incidents[c].name.casefold() for c in cited):
            yield s.fault("R03" if s.cited.tolls else "D11",
                          f"what is cited is about {', '.join(sorted(cited))}, not about {name.capitalize()}",
                          mend="Cite a record of this strike, or name the strike that the record is about.")
            return


def extent(s: Stretch) -> Iterator[Fault]:
    """R03: a toll whose scope says how many attacks it covers, told of another number of them."""
    for said in s.numbers:
        if not s.lexicon.word["attack_words"].match(s.text[said.end:said.end + 24].lstrip()):
            continue
        for toll in s.cited.tolls:
            own = [n.value for n in numbers_in(toll.scope, s.lexicon.numbers)]
            typed = any(n.value in (c.low, c.high) for n in s.numbers for c in toll.figures.values())
            if own and typed and said.value not in own and not any(
                    len(s.case.config.sets.get(other.incident, ())) == said.value for other in s.cited.tolls):
                yield s.fault("R03", f"{toll.id} counts {toll.scope}, and not {said.words} of them", words=said.words,
                              can_say=each_says(s))
                return


def hedge(s: Stretch) -> Iterator[Fault]:
    """R17: a hedge of the record dropped, or a finding made of hearsay."""
    if s.kind != "cite":
        return
    claimed = s.lexicon.claimed_level(s.text)
    for row in s.cited.assertions:
        softened = s.lexicon.has("hedge", s.text) is not None or (claimed is not None and claimed[0] <= 1) or _asks(s)
        other = s.lexicon.language != "en" and not softened and in_any("hedge", row.says)   # no word to compare across
        if other:
            yield s.fault("R17", f"the record says {other[0]!r}; these words say more", can_say=_own(s, row))
            return
        for hedged in s.lexicon.word["hedge"].finditer(row.says) if not softened else ():
            if _shares(row.says[hedged.end():], s.text):
                yield s.fault("R17", f"the record says {hedged[0]!r}; these words say more", can_say=_own(s, row))
                return
        strong = s.lexicon.has("strong", s.text)
        firm = claimed is not None and claimed[0] >= 4
        if strong and (firm or row.how in ("hearsay", "party")) and not s.lexicon.has("strong", row.says):
            yield s.fault("R17", f"{strong[0]!r} of what rests on {row.how}", words=strong[0], can_say=_own(s, row))
            return


def _asks(s: Stretch) -> bool:
    """A direct question asserts nothing."""
    return "?" in s.text or "\u061f" in s.text


def _shares(hedged: str, text: str) -> bool:
    """The stretch tells what stands under the hedge: a content word of that clause comes back, by its first letters."""
    clause = re.split(r"[;:]", hedged)[0].casefold()
    stems = {word[:5] for word in re.findall(r"\w{5,}", clause)} - {"which", "their", "there", "other", "strik", "attac"}
    return any(word[:5] in stems for word in re.findall(r"\w{5,}", text.casefold()))


def own_words(s: Stretch) -> Iterator[Fault]:
    """R17: a word of law, intent or lying that the named speaker did not use."""
    if s.kind != "cite" or not s.attributed:
        return
    said = _said(s) + " " + " ".join(f"{toll.scope} {toll.definition}" for toll in s.cited.tolls)
    for name in _CLASSES:
        found = s.lexicon.has(name, s.text)
        if found is not None and not in_any(name, said):
            row = next(iter(s.cited.assertions), None)
            yield s.fault("R17", f"{found[0]!r} is not in the words of the record", words=found[0],
                          can_say=_own(s, row) if row is not None else "")
            return


def _own(s: Stretch, row: Assertion) -> str:
    return f"{_name(s, row.by)} says: {row.says} [@{row.id}]."


def finding(s: Stretch) -> Iterator[Fault]:
    """R17: a party, an object, a category or an order of time that the cited finding does not hold."""
    if s.kind != "ours" or not s.cited.findings or s.lexicon.language != "en":   # words of two languages do not compare
        return
    held = " ".join([f.text for f in s.cited.findings] + [p.text for p in s.cited.parts]
                    + [s.case.claims[p.claim].title for p in s.cited.parts] + [_said(s)]).casefold()
    text = s.text.casefold()
    if (new := _added(s, text, held)):
        yield s.fault("R17", f"{new!r} is not in the finding", words=new, can_say=s.cited.findings[0].text
                      + f" [={s.cited.findings[0].id}]")


def _added(s: Stretch, text: str, held: str) -> str:
    for name in ("admit_object", "column_civilians", "column_fighters", "actor_act"):
        for found in s.lexicon.word[name].finditer(text):
            word = found[0].strip()
            if word.rstrip("s") not in held:
                return word
    for source in s.case.sources.values():
        for name in source.names if source.kind == "party" else ():
            if " " not in name and (stands(name, text) or adjective(name, text)) and name.casefold() not in held:
                return name
    for one, other in (("after", "before"), ("before", "after")):
        told = re.search(rf"\b{one}\b", text)
        if told and not s.negated(told) and stands(other, held) and not stands(one, held):
            return one
    return ""
