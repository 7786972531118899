"""Which features a record states: seen or said not to be there, and read stencils. Data: rules/weapons."""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bearwitness.model.records import Assertion
from bearwitness.rules import load

ABOUTS = ("munition", "remnant", "effect", "image")
SEEN = ("eyewitness", "aftermath", "expert", "record")
_NOT_BEFORE = re.compile(r"\b(?:no|not|without|neither|nor|lacks?|lacking)\b(?:\s+\w+){0,2}\s*$")
_STENCIL = re.compile(r"\b(?:stencil(?:led|s)?|marking|inscription|reads)\b", re.IGNORECASE)
_REMAINS = re.compile(r"\b(?:remains?|remnants?|unexploded|dud|fragments? of|parts? of|debris of)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Seen:
    """One feature as one record states it. there: False where it was looked for and is absent."""

    feature: str
    ref: str
    by: str
    there: bool = True


@lru_cache(maxsize=1)
def features() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in load("weapons/features")["feature"]}


@lru_cache(maxsize=1)
def types() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in load("weapons/types")["type"]}


@lru_cache(maxsize=1)
def families() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in load("weapons/types")["family"]}


def _phrases(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(w.casefold()) for w in words) + r")(?!\w)")


@lru_cache(maxsize=1)
def _feature_words() -> list[tuple[str, re.Pattern[str]]]:
    return [(name, _phrases([name, *row["words"]])) for name, row in features().items()]


@lru_cache(maxsize=1)
def _family_words() -> list[tuple[str, re.Pattern[str]]]:
    named = {name: list(row["words"]) for name, row in families().items()}
    for row in types().values():
        named[row["family"]] += [row["id"], *row["stencils"]]
    return [(name, _phrases(words)) for name, words in named.items()]


def counts(row: Assertion) -> bool:
    """Whether a record can state a feature: seen by its speaker, not passed on and not a party's own word."""
    return row.about in ABOUTS and row.how in SEEN


def seen_in(row: Assertion) -> list[Seen]:
    """Every feature that a record states. `no fins` as a whole phrase is a feature; `no parachute box` is an absence."""
    if not counts(row):
        return []
    low = row.says.casefold()
    found = []
    for name, pattern in _feature_words():
        for hit in pattern.finditer(low):
            absent = _NOT_BEFORE.search(low[:hit.start()]) is not None
            found.append(Seen(name, row.id, row.by, there=not absent and row.supports != "no"))
            break
    return found


def stencils_in(row: Assertion) -> list[str]:
    """Ids of the types whose stencil a record reads: it must say that a stencil or marking was read."""
    if not counts(row) or not _STENCIL.search(row.says):
        return []
    low = row.says.casefold()
    return [name for name, one in types().items()
            if any(re.search(rf"(?<!\w){re.escape(s.casefold())}(?![\w-])", low) for s in one["stencils"])]


def families_named(row: Assertion) -> list[str]:
    """Families that a record names, in anybody's words. A name is no feature."""
    if row.about not in ABOUTS:
        return []
    low = row.says.casefold()
    return [name for name, pattern in _family_words() if pattern.search(low)]


def from_remains(row: Assertion) -> bool:
    """An expert's or a record's naming from remains: it carries the family, never the model by itself."""
    return row.how in ("expert", "record") and row.about in ABOUTS and bool(_REMAINS.search(row.says))
