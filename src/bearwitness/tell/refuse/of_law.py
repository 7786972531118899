"""Rules of law and guilt: R13, R19, D13. Law here only quotes others' characterisations.

Instruments: Convention on Cluster Munitions (2008), art. 2 and parties (neither Syria nor Russia is one: status
to be reviewed by counsel for each date); CCW Protocol III (1980), which no thermobaric weapon falls under as such.
"""
from __future__ import annotations

import re
from collections.abc import Iterator

from bearwitness.tell.document import Fault
from bearwitness.tell.refuse.stretch import Stretch


def banned(s: Stretch) -> Iterator[Fault]:
    """R13: a weapon called banned without the treaty, or for States that are not party to it."""
    if s.kind == "quote" or not (words := s.has("banned")):
        return
    if s.has("thermobaric"):
        yield s.fault("R13", f"{words!r}: no treaty bans thermobaric or fuel-air weapons", words=words,
                      can_say="No treaty bans it: describe its effects, and say who identified it, and how surely.")
    elif not (s.has("treaty") and s.has("non_party")):
        yield s.fault("R13", f"{words!r} names no treaty and not who is bound by it", words=words, can_say=(
            "Say: cluster munitions, which the Convention on Cluster Munitions prohibits to its parties; "
            "neither Syria nor Russia is a party."))


def guilt(s: Stretch) -> Iterator[Fault]:
    """R19: an individual named as perpetrator."""
    if s.kind == "quote":
        return
    if words := s.has("guilt"):
        yield s.fault("R19", f"{words!r}: guilt is for a court", words=words,
                      can_say="Say what happened and which force is suspected; guilt is for a court.")
        return
    if any(source.kind == "court" for source in s.named):
        return
    if pair := _person_and_act(s):
        yield s.fault("R19", f"{pair!r} names an individual as perpetrator", words=pair,
                      can_say="Say what happened and which force is suspected; guilt is for a court.")


def _person_and_act(s: Stretch) -> str:
    """A person and an act that makes a perpetrator, close together and with no verb of saying between them."""
    text = s.text
    if not (s.has("person") and s.has("person_act")):
        return ""
    for name in sorted((n for source in s.case.sources.values() for n in source.names), key=len, reverse=True):
        if len(name.split()) > 1 and name in text:
            text = text.replace(name, "\ufffc" * len(name))      # the General Staff is no general
    acts = list(s.lexicon.word["person_act"].finditer(text))
    for person in s.lexicon.word["person"].finditer(text):
        for act in acts:
            first, second = sorted((person, act), key=lambda m: m.start())
            between = re.sub(r"\bwho\s+\w+", "", text[first.end():second.start()])    # `who showed it` reports nothing
            near = len(between) <= 60 and not re.search(r"[.;]", between)
            if near and not s.lexicon.report.search(between) and person[0].lower() not in ("his", "her"):
                return f"{first[0]} ... {second[0]}"
            if near and act[0].lower().startswith("blood"):
                return act[0]
    return ""


def law(s: Stretch) -> Iterator[Fault]:
    """D13: law in our own voice; no counsel has signed the rules it rests on."""
    if s.attributed or s.kind in ("plain", "quote", "none"):
        return
    if words := s.has("law"):
        yield s.fault("D13", f"{words!r} in our own voice rests on rules that no counsel has signed", words=words,
                      weight="release", can_say=_who_says(s))


def _who_says(s: Stretch) -> str:
    for row in s.cited.assertions:
        speaker = s.case.speaker(row.by)
        if speaker is not None:
            return f"Say whose characterisation it is: according to {speaker.shown}, {row.says} [@{row.id}]."
    return "Quote who characterises it so, by name: according to ..., [@...]."
