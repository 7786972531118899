"""Rule of attackers (R16): who struck, no further than the class of evidence carries it; suspected stays where it stood.

A strike in a town is one thing (presence), this strike on this object another (the act); the levels of both are
computed from the records (reason.attribution). A record of others that names a party is told as theirs.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bearwitness.model.records import Source
from bearwitness.reason.attribution import Attribution, assess, state_of
from bearwitness.rules import load
from bearwitness.tell.document import Fault
from bearwitness.tell.refuse.stretch import Stretch, without_names


def attacker(s: Stretch) -> Iterator[Fault]:
    """R16: a party named as the attacker above its evidence, or with the hedge gone."""
    if s.kind not in ("cite", "ours", "count") or s.cited.parts or s.cited.searches:
        return
    if not (s.has("attack_verb") or s.has("killed")):
        return
    for source in s.case.sources.values():
        if source.kind != "party" or source.relies_on and not _state(s, source):
            continue
        words = _accused(s, source)
        if words and s.lexicon.has("suspicion", s.text) is None:
            yield from _held_up(s, source, words)
            return


def _held_up(s: Stretch, source: Source, words: str) -> Iterator[Fault]:
    if (one := _widened(s, source)):
        yield s.fault("R16", f"{words!r}: the record speaks of {one!r}, and these words of the whole force", words=words,
                      can_say=f"Say what the record says: {one} [@{s.span.refs[0]}].")
        return
    if s.kind == "cite" and (_their_own(s, source) or s.cited.documents):
        return
    found = assess(s.case, s.span.refs, source.id)
    if s.kind == "ours":
        refs = [ref for f in s.cited.findings for ref in f.supporting]
        found = assess(s.case, refs, source.id)
        reach = found.level if s.lexicon.has("admit_object", s.text) else max(found.level, found.presence)
        sound = s.desk.standard.cap("sound-only")[1]
        by_sound = any(sound in s.desk.held(f.id).level.caps for f in s.cited.findings)   # D9 says so by name
        if not s.cited.findings or reach >= 2 or by_sound:
            return
    yield s.fault("R16", f"{words!r}: " + _why(found), words=words, can_say=_says(s, found, source))


def _why(found: Attribution) -> str:
    classes = "; ".join(dict.fromkeys(one.words for one in found.classes))
    return f"the evidence cited is {classes}, and carries level {found.level}" if classes else "no record cited names it"


def _says(s: Stretch, found: Attribution, source: Source) -> str:
    name = _state(s, source) or source.shown
    if not found.classes:
        return f"Leave the attacker out, or cite the record that names it; at most: a suspected strike by {name}."
    return f"Write that the strike {found.words}, and what that rests on: {found.classes[0].words}."


def _their_own(s: Stretch, source: Source) -> bool:
    """The party says it of itself, or the record's own words name it and are told as its speaker's."""
    if source in s.speakers or any(_state(s, x) and _state(s, x) == _state(s, source) for x in s.speakers):
        return True
    said = " ".join([row.says for row in s.cited.assertions] + [toll.words + toll.scope for toll in s.cited.tolls])
    return s.reported and any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said, re.I) for name in _names(s, source))


def _widened(s: Stretch, source: Source) -> str:
    """One pilot or aircraft of a party in the record, and its forces or its government in the stretch; empty where not."""
    who = "|".join(re.escape(name) for name in _names(s, source))
    whole = re.search(rf"(?<!\w)(?:{who})(?:['\u2019]s)?\s+(?:\w+\s+)?{s.lexicon.word['whole_force'].pattern}", s.text, re.I)
    if s.kind != "cite" or not who or whole is None:
        return ""
    said = " ".join(row.says for row in s.cited.assertions)
    one = re.search(rf"(?<!\w)(?:{who})\s+(?:\w+\s+)?{s.lexicon.word['one_of_force'].pattern}", said, re.I)
    return one[0] if one is not None and s.lexicon.has("whole_force", said) is None else ""


def _state(s: Stretch, source: Source) -> str:
    return state_of(s.case, source.id) if source.kind in ("party", "state-media") else ""


def _names(s: Stretch, source: Source) -> tuple[str, ...]:
    """One-word names of a party, its State, and the adjectives of both."""
    state = _state(s, source)
    also = tuple(load("law/instruments")["states"].get(state, ())) if state else ()
    names = [n for n in (*source.names, state, *also) if n and " " not in n.removeprefix("the ") and len(n) > 2]
    return tuple(dict.fromkeys([*names, *(n + "n" for n in names if n.endswith("a"))]))


@lru_cache(maxsize=64)
def _shapes(names: tuple[str, ...], nouns: str, acts: str) -> re.Pattern[str]:
    """`Russian jets`, `was Russian`, `by Russia`, `Russia bombed`: a party where the one who struck stands."""
    who = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    one = rf"(?:{who})(?:['\u2019]s)?"
    return re.compile(rf"(?<!than )(?<!\w){one}\s+(?:\w+\s+){{0,2}}?(?:{nouns})|\b(?:was|were|been)\s+(?:{who})(?!\w)|"
                      rf"\bby\s+(?:the\s+)?(?:{who})(?!\w)|(?<!\w)(?:{who})\s+(?:\w+\s+){{0,1}}?(?:{acts})",
                      re.IGNORECASE)


def _accused(s: Stretch, source: Source) -> str:
    """The words that put this party where the attacker stands; empty where none do, or where they are denied."""
    names = _names(s, source)
    if not names or not any(name.casefold() in s.text.casefold() for name in names):
        return ""
    shape = _shapes(names, s.lexicon.word["actor_noun"].pattern, s.lexicon.word["attack_past"].pattern)
    found = shape.search(without_names(s.text, s.speakers, several=True))
    return found[0] if found is not None and not s.negated(found) else ""
