"""Persons of a made-up world, and the ways in which a sheet may write about them."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from dataclasses import dataclass

from tests import list_spelling as spell


@dataclass(frozen=True, slots=True)
class Person:
    """One human being of a made-up world; names in the notation of `list_names`. age: years, months below one year / 12."""

    number: int
    sex: str
    given: str
    father: str
    grandfather: str
    family: str
    age: float
    day: datetime.date
    place: str
    event: int


@dataclass(frozen=True, slots=True)
class Style:
    """How a sheet writes. script: `native` or a habit of `list_spelling`. columns: parts, full or both. Rates: 0..1."""

    script: str
    columns: str
    date: str
    age: str
    sex: str
    header: str
    slips: float
    no_father: float
    no_age: float
    kin: float
    unidentified: float
    swapped: float
    grandfather: float
    broken: float
    forms: bool
    day_off: float
    place_off: float
    again: float
    totals: bool
    groups: float


SCRIPTS = {
    "arabic": ("native", "english", "press", "native", "french", "egyptian", "turkish", "scholarly", "russian"),
    "persian": ("native", "persian", "native", "english"),
    "kurdish": ("hawar", "sorani", "plain"),
    "ukrainian": ("cyrillic", "state", "russian", "library", "russified"),
    "latin": ("latin",),
}


def style(culture: str, rng: random.Random, index: int, noise: float) -> Style:
    """A sheet's way of writing, drawn; the first sheets of a world differ in script on purpose."""
    scripts = SCRIPTS[culture]
    script = scripts[index % len(scripts)] if rng.random() < 0.7 else rng.choice(scripts)
    native = script in ("native", "sorani", "cyrillic", "russian")
    dates = ["iso", "iso", "slash", "dots", "words", "american"] + (
        ["hijri"] if script == "native" and culture != "ukrainian" else []
    )
    return Style(
        script,
        rng.choice(["parts", "full", "parts", "both"]),
        rng.choice(dates),
        rng.choice(["digits", "digits", "local", "words"]),
        rng.choice(["letter", "word", "local" if native else "word"]),
        rng.choice(["plain", "local" if native else "plain", "loose"]),
        slips=noise * rng.uniform(0.02, 0.2),
        no_father=noise * rng.uniform(0, 0.25),
        no_age=noise * rng.uniform(0.05, 0.4),
        kin=noise * rng.uniform(0, 0.06),
        unidentified=noise * rng.uniform(0, 0.06),
        swapped=noise * rng.choice([0, 0, 0.05]),
        grandfather=rng.choice([0, 0, 0.3]),
        broken=noise * rng.choice([0, 0, 0.3]) * (script in ("native", "sorani")),
        forms=script == "native" and culture == "arabic" and rng.random() < 0.15 * noise,
        day_off=noise * rng.uniform(0.02, 0.2),
        place_off=noise * rng.uniform(0, 0.1),
        again=noise * rng.choice([0, 0, 0.08]),
        totals=rng.random() < 0.3,
        groups=noise * rng.choice([0, 0, 0.01]),
    )


def written(culture: str, script: str) -> Callable[[str], str]:
    """How a sheet of this script writes a word of the culture's notation."""
    if culture == "kurdish":
        return lambda word: spell.kurdish(word, script)
    if culture == "ukrainian":
        return lambda word: spell.slavic(word, script)
    if culture == "latin":
        return lambda word: word.replace(".", " ")
    if script == "native":
        return lambda word: spell.arabic(word, culture == "persian")
    return lambda word: spell.latin(word, script)
