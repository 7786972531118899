"""What kind of object a record speaks of, by its words, and what the law makes of the kind. Data: rules/law/objects.toml.

`a school about 60 m from the hospital` speaks of a school; `a primary school near` is no object struck.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bearwitness.rules import load

_ELSEWHERE = re.compile(r"\b(?:about )?\d+ ?(?:m|metres|km)\b.*|\bfrom the\b.*|\bacross the street\b.*")
_NEAR = re.compile(r"\b(?:near|nearby|beside|next to|around it)\b")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of object: its name, the facts of the law that go with it, and the rules that protect it."""

    id: str
    facts: tuple[str, ...]
    rules: tuple[str, ...]
    plural: bool = False

    @property
    def shown(self) -> str:
        """`the hospital`, `homes`."""
        return self.id if self.plural else f"the {self.id}"

    @property
    def was(self) -> str:
        return "were" if self.plural else "was"


@lru_cache(maxsize=1)
def _table() -> list[tuple[Kind, re.Pattern[str]]]:
    return [(Kind(row["id"], tuple(row["facts"]), tuple(row["rules"]), bool(row.get("plural"))), _words(row["words"]))
            for row in load("law/objects")["kind"]]


def _words(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b")


@lru_cache(maxsize=4096)
def kinds_in(text: str) -> tuple[Kind, ...]:
    """Kinds that a text speaks of as the object itself, in the order of its words. Empty where it speaks of pictures."""
    low = text.casefold()
    if _words(load("law/objects")["not_words"]).search(low):
        return ()
    found: dict[Kind, int] = {}
    for at, part in enumerate(low.split(";")):
        if _NEAR.search(part):
            continue
        own = _ELSEWHERE.sub("", part)
        for kind, words in _table():
            if (hit := words.search(own)) is not None:
                found.setdefault(kind, at * 10_000 + hit.start())
    return tuple(sorted(found, key=lambda kind: found[kind]))


def military(text: str) -> bool:
    """Whether a text names something military, by the words of objects.toml."""
    return _words(load("law/objects")["military_words"]).search(text.casefold()) is not None
