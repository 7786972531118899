"""The Admiralty letters and the words of ICD 203: three questions, kept apart.

How reliable is the source (A-F)? How credible is this piece (1-6)? How likely is it, and how good is the basis of that
judgement? None is computed from another, and none is a level of proof (`reason.levels`).
Sources: rules/scales/admiralty.toml and rules/scales/icd203.toml, each with its citation.
"""
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bearwitness.link.origins import origins
from bearwitness.model.case import Case
from bearwitness.reason.basis import resolve
from bearwitness.rules import load


@dataclass(frozen=True, slots=True)
class Grade:
    """A source's letter and a piece's figure, side by side. refused: why a figure of 1 cannot stand."""

    reliability: str
    credibility: str
    reliability_words: str
    credibility_words: str
    refused: str = ""

    def __str__(self) -> str:
        return self.reliability + self.credibility


def admiralty(case: Case, ref: str, *, credibility: str = "", beside: Iterable[str] = ()) -> Grade:
    """The grade of one record. credibility: what a person gives; empty: not judged, 6.

    beside: the records that confirm it. A person's 1 stands only where the record and those beside it have at least two
    origins; else it is refused with the reason, and the piece stays at 6.
    """
    scale = load("scales/admiralty")
    basis = resolve(case, (ref,))
    speaker = case.speaker(basis[0].speaker) if basis else None
    letter = (speaker.grade if speaker else "") or scale["default_reliability"]
    figure, refused = credibility or scale["default_credibility"], ""
    if figure not in scale["credibility"]:
        raise ValueError(f"{figure!r} is no credibility: 1 to 6")
    if figure == "1":
        found = origins(case, (b.speaker for b in resolve(case, (ref, *beside)))).established
        if found < scale["confirmed_needs_origins"]:
            figure = scale["default_credibility"]
            refused = f"credibility 1 needs {scale['confirmed_needs_origins']} origins, and there is {found or 'none'}"
    return Grade(letter, figure, scale["reliability"][letter], scale["credibility"][figure], refused)


def likelihood(percent: float) -> str:
    """The word for a likelihood [%]. Raises ValueError at 0 and 100, which no judgement reaches."""
    for band in load("scales/icd203")["likelihood"]:
        if band["low"] <= percent <= band["high"]:
            return str(band["word"])
    raise ValueError(f"{percent:g} per cent is outside every band: a likelihood lies from 1 to 99")


def band(word: str) -> tuple[int, int] | None:
    """The bounds [%] of a likelihood word of either row; None where it is none."""
    for one in load("scales/icd203")["likelihood"]:
        if word.casefold() in (one["word"], one["also"]):
            return one["low"], one["high"]
    return None


def mixed(sentence: str) -> str:
    """Why a sentence may not stand: likelihood and confidence together, or both rows of words; empty when it may."""
    scale = load("scales/icd203")
    words = sentence.casefold()
    confidence = re.search(r"\b(high|moderate|low) confidence\b", words)
    first = _longest(words, [one["word"] for one in scale["likelihood"]])
    second = _longest(words, [one["also"] for one in scale["likelihood"]])
    if confidence and (first or second):
        return f"{confidence[0]!r} is about the basis and {(first or second)!r} about likelihood: say them in two sentences"
    if first and second:
        return f"{first!r} and {second!r} are words of two rows: keep to one"
    return ""


def _longest(words: str, known: list[str]) -> str:
    for word in sorted(known, key=len, reverse=True):
        if re.search(rf"\b{re.escape(word)}\b", words):
            return word
    return ""
