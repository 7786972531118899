"""Rules of which law reaches an act: R14 instrument, date and kind of conflict; R15 proportionality; R18 war crimes.

Status of each instrument by State and day: rules/law/instruments.toml. What kind of conflict it was is read from the
sentence, then from the records cited, then from the case.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bearwitness.reason.attribution import parties, state_of
from bearwitness.reason.law.assessment import MAY, NONE
from bearwitness.reason.law.conflicts import classify
from bearwitness.reason.law.elements import NOT_APPLICABLE, NOT_ASSESSABLE
from bearwitness.reason.law.instruments import IAC, NIAC, applicable, in_force, instrument, named_in, the
from bearwitness.rules import load
from bearwitness.tell.document import Fault
from bearwitness.tell.lexicon import in_any
from bearwitness.tell.numbers import dates_in
from bearwitness.tell.refuse.stretch import Stretch, stands

_PROPORTION = "custom-14"   # ICRC customary rule 14
_MEMBERSHIP = ("part", "joined", "ratified", "acceded")
_WORDS = {IAC: "an international armed conflict", NIAC: "a non-international armed conflict"}


def reaches(s: Stretch) -> Iterator[Fault]:
    """R14: a crime of the other kind of conflict, or an instrument that did not bind there and then; under no mark."""
    if s.kind not in ("cite", "ours", "count", "plain"):
        return
    named = named_in(s.text)
    why = _kind_of_conflict(s) or next((w for name in named if (w := _instrument(s, name))), "") or _too_late(s, named)
    if why:
        yield s.fault("R14", why)


def instrument_dates(text: str) -> set[date]:
    """The days on which the instruments that a text names were adopted and entered into force: from the rules."""
    rows = [instrument(name) for name in named_in(text)]
    return {day for row in rows for day in (row.get("adopted"), row.get("in_force")) if isinstance(day, date)}


def _stated(s: Stretch, text: str) -> set[str]:
    return {kind for name, kind in (("iac", IAC), ("niac", NIAC)) if s.lexicon.has(name, text)}


def _conflict(s: Stretch) -> tuple[set[str], set[str]]:
    """Kinds of conflict said in the sentence, and in the records cited."""
    return _stated(s, s.text), _stated(s, " ".join(row.says for row in s.cited.assertions))


def _classified(s: Stretch) -> set[str]:
    """The kind of conflict that the case states for the strikes spoken of; empty where it states none, or both."""
    if not s.case.config.conflicts:
        return set()
    kinds = {classify(s.case, s.case.incidents[i]).kind for i in s.incident_ids if i in s.case.incidents}
    return kinds if len(kinds) == 1 and kinds != {""} else set()


def _kind_of_conflict(s: Stretch) -> str:
    here, cited = _conflict(s)
    if not here and not s.has("article_iac") and not s.has("article_niac"):
        return ""
    if len(here) == 1 and len(cited) == 1 and here != cited:
        return f"the record cited speaks of {_WORDS[cited.pop()]}, and these words of another kind"
    known = here or cited or _classified(s)
    if len(here) == 1 and not cited and (case := _classified(s)) and case != here and not s.has("supposed"):
        return f"the case classifies it as {_WORDS[next(iter(case))]}, and these words say another kind"
    for name, kind, other in (("article_iac", IAC, NIAC), ("article_niac", NIAC, IAC)):
        found = s.lexicon.has(name, s.text)
        if found is not None and known == {other} and not s.negated(found) and not s.has("negation_law"):
            return f"article {found[0]} of the Rome Statute belongs to {_WORDS[kind]}, and this is {_WORDS[other]}"
    return ""


def _instrument(s: Stretch, name: str) -> str:
    """Why an instrument cannot be used so; empty where it can."""
    row, low = instrument(name), s.text.casefold()
    if row["kind"] == "custom":
        return ""
    at = max((low.find(word) + len(word) for word in row["words"] if word in low), default=0)
    if wrong := _misdated(s, row, at):
        return wrong
    if s.lexicon.has("law_applies", s.text) is None:
        return ""
    day = _day(s)
    if day is not None and day < row["in_force"]:
        return "" if s.lexicon.has("law_later", s.text) else f"{the(row)} is of {row['in_force']}, after the strike of {day}"
    return _not_bound(s, name, day) if day is not None else ""


def _too_late(s: Stretch, named: list[str]) -> str:
    """An instrument that the rules do not know, with a date of its own after the strike, held against it."""
    noun, day = s.lexicon.has("instrument_noun", s.text), _day(s)
    if named or noun is None or day is None or not s.has("law_applies") or s.has("law_later"):
        return ""
    late = [d for d in dates_in(s.text[noun.end():noun.end() + 40]) if d.year is not None
            and (d.year, d.month or 0, d.day or 0) > (day.year, day.month, day.day)]
    return f"a {noun[0]} of {late[0].words} is later than the strike of {day}" if late else ""


def _misdated(s: Stretch, row: dict[str, object], at: int) -> str:
    """A date right behind the instrument's name, or said of its entry into force, that is not its own."""
    own = [day for day in (row["adopted"], row["in_force"]) if isinstance(day, date)]
    tail = re.split(r"[;]| and | on which ", s.text[at:at + 60])[0]
    near = re.match(r"\s*(?:\(|of |adopted (?:on|in) |,? (?:which )?(?:entered|came) into force (?:on|in) )", tail)
    for dated in dates_in(tail) if near else ():
        if not any(dated.fits(day) for day in own):
            return f"{the(dict(row))} was adopted on {own[0]}, and is not of {dated.words}"
        return ""
    return ""


def _day(s: Stretch) -> date | None:
    incidents = [s.case.incidents[i] for i in s.incident_ids if i in s.case.incidents] or list(s.case.incidents.values())
    return min((i.when.start.date() for i in incidents), default=None)


def _not_bound(s: Stretch, name: str, day: date) -> str:
    """Nobody in the case is bound by it, or the State that the sentence names is not."""
    bound = s.lexicon.has("law_binds", s.text)
    if bound is None or _unbound(s, bound):
        return ""
    named = [state for state, also in load("law/instruments")["states"].items()
             if any(stands(n.casefold(), s.text.casefold()) for n in (state, *also))]
    states = named or [state for ref in parties(s.case) if (state := state_of(s.case, ref))]
    told = set.union(*_conflict(s)) or ({"parties"} if bound[0].casefold().startswith(_MEMBERSHIP) else _classified(s))
    conflict = next(iter(told & {IAC, NIAC}), "") if len(told) == 1 else ""     # to be a party is true in either kind
    rulings = [applicable(name, conflict, state, day) if conflict else in_force(name, state, day) for state in states]
    if not rulings or not all((r.ok if hasattr(r, "ok") else r.bound) is False for r in rulings):
        return ""
    return rulings[0].why


def _unbound(s: Stretch, bound: re.Match[str]) -> bool:
    """`neither is a party`, `prohibited to its parties`: the words say themselves that it does not bind."""
    clause = s.text[max(0, bound.start() - 70):bound.end()]
    return s.lexicon.has("negation", clause) is not None or s.has("non_party") != "" or "its part" in clause


def proportion(s: Stretch) -> Iterator[Fault]:
    """R15: a word on proportion with the harm expected or the advantage anticipated missing."""
    if s.kind not in ("cite", "ours", "count"):
        return
    found = s.lexicon.has("proportion", s.text)
    if found is None or s.has("not_assessable") or (found[0].casefold() == "proportionality" and not s.has("violated")):
        return
    if s.kind == "cite" and (s.attributed or s.reported) and _theirs(s) or s.kind == "ours" and _assessable(s):
        return
    yield s.fault("R15", f"{found[0]!r}: what the attacker expected, and what advantage he sought, is not on record",
                  words=found[0],
                  can_say="Write: proportionality is not assessable, because the advantage sought is not known.")


def _assessable(s: Stretch) -> bool:
    """Whether what was expected and what was anticipated are on record for every strike spoken of."""
    found = [s.desk.assessed(i).rule(_PROPORTION) for i in s.incident_ids if i in s.case.incidents]
    return bool(found) and all(one is not None and one.outcome not in (NOT_ASSESSABLE, NOT_APPLICABLE) for one in found)


def _theirs(s: Stretch) -> bool:
    said = " ".join(row.says for row in s.cited.assertions)
    return in_any("proportion", said) is not None and in_any("not_assessable", said) is None


def war_crime(s: Stretch) -> Iterator[Fault]:
    """R18: a war crime in our own voice without mental element, link to the conflict, and reviewer."""
    found = s.lexicon.has("war_crime", s.text)
    if s.kind not in ("cite", "ours", "count") or found is None or _quoted_law(s):
        return
    wanting = [] if s.kind == "ours" and s.cited.findings else ["a finding that carries it"]
    licensed = _licensed(s)
    for finding in s.cited.findings:
        if licensed and any(name not in ("", finding.by) for name in (finding.reviewed, finding.approved)):
            continue
        below = [s.case.findings[ref] for ref in finding.needs if ref in s.case.findings]
        levels = {f.id: s.desk.held(f.id).level.number for f in below}
        if not any(s.lexicon.has("mental", f.text) and levels[f.id] >= 1 for f in below):
            wanting.append("a finding on the mental element")
        if not any(s.lexicon.has("nexus", f.text) and levels[f.id] >= 2 for f in below):
            wanting.append("a finding on the link to the armed conflict")
        if all(name in ("", finding.by) for name in (finding.reviewed, finding.approved)):
            wanting.append("a second person's review")
    if wanting:
        yield s.fault("R18", f"{found[0]!r} in our own voice; what it lacks: {', '.join(dict.fromkeys(wanting))}",
                      words=found[0], can_say=_who_says(s))


def _licensed(s: Stretch) -> bool:
    """The elements of a crime, its mental element and its link to the conflict stand, and the words are no firmer."""
    kinds = {s.desk.assessed(i).crime_licence for i in s.incident_ids if i in s.case.incidents}
    if not kinds or NONE in kinds:
        return False
    return s.lexicon.has("suspicion" if kinds == {MAY} else "appears", s.text) is not None


def _quoted_law(s: Stretch) -> bool:
    """A speaker's own characterisation, no firmer than its record has it. Whose it is, is asked by D13."""
    said = " ".join(row.says for row in s.cited.assertions)
    own = in_any("war_crime", said) is not None
    softened = in_any("suspicion", said) is None or s.lexicon.has("suspicion", s.text) is not None
    return s.kind == "cite" and own and (s.attributed or softened)


def _who_says(s: Stretch) -> str:
    scopes = (*s.incident_ids, *s.case.config.sets)
    for row in (a for i in scopes for a in s.case.assertions_of(i) if a.about == "characterisation"):
        speaker = s.case.speaker(row.by)
        if speaker is not None and s.lexicon.has("war_crime", row.says):
            return f"Say whose characterisation it is: according to {speaker.shown}, {row.says} [@{row.id}]."
    return "Quote who characterises it so, by name: according to ..., [@...]."
