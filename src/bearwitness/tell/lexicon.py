"""The words of assertion in one language, compiled: which words claim what. Data: rules/wording/<language>.toml.

An entry's phrases become one matcher for its kind, made when it is first asked for: a short command pays for none.
"""
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from bearwitness.rules import known, load

_LEFT, _RIGHT = r"(?<![\w])", r"(?![\w])"


@dataclass(frozen=True)
class Licence:
    """What a class of words needs, and the refusal that answers where it is wanting."""

    kind: str
    code: str
    needs: str
    source: str
    level: int | None = None


class Words(Mapping[str, re.Pattern[str]]):
    """Kind to its pattern, compiled when first used."""

    def __init__(self, entries: Mapping[str, list[dict[str, Any]]], before: str) -> None:
        self._entries, self._made, self._before = entries, dict[str, re.Pattern[str]](), before

    def __getitem__(self, kind: str) -> re.Pattern[str]:
        if kind not in self._made:
            self._made[kind] = compiled(self._entries.get(kind, ()), self._before)
        return self._made[kind]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


@dataclass(frozen=True)
class Lexicon:
    """word: kind to pattern; claims: (level, pattern, phrase to say), highest first; numbers: number words."""

    language: str
    word: Words
    claims: tuple[tuple[int, re.Pattern[str], str], ...]
    numbers: dict[str, int]
    licences: tuple[Licence, ...] = ()
    review: str = ""
    _seen: dict[tuple[str, str], re.Match[str] | None] = field(default_factory=dict, repr=False)

    @property
    def report(self) -> re.Pattern[str]:
        return self.word["report"]

    def has(self, name: str, text: str) -> re.Match[str] | None:
        key = (name, text)
        if key not in self._seen:
            if len(self._seen) > 20_000:
                self._seen.clear()
            self._seen[key] = self.word[name].search(text)
        return self._seen[key]

    def claimed_level(self, text: str) -> tuple[int, str] | None:
        """The highest level that the words of a stretch claim, and the words; None where no ladder word is used."""
        for level, pattern, _ in self.claims:
            if found := pattern.search(text):
                return level, found[0]
        return None

    def phrase(self, level: int) -> str:
        return next(say for number, _, say in self.claims if number == level)


def compiled(entries: Any, before: str = "") -> re.Pattern[str]:
    """One matcher for all phrases of a kind. before: letters that may be written on to the front of a word."""
    listed = (phrase for entry in entries for phrase in entry.get("words", ()))
    phrases = [re.sub(r"\((?!\?)", "(?:", phrase).replace(" ", r"\s+") for phrase in listed]
    shapes = [shape for entry in entries for shape in entry.get("patterns", ())]
    if phrases:
        shapes.insert(0, f"{_LEFT}{before}(?:{'|'.join(phrases)}){_RIGHT}")
    return re.compile("|".join(shapes) or r"(?!)", re.IGNORECASE)


@lru_cache(maxsize=8)
def lexicon(language: str) -> Lexicon | None:
    """The words of a language; None where there are none yet: then the rules of the marks alone apply."""
    if language not in known("wording"):
        return None
    data = load(f"wording/{language}")
    before = data.get("before", "")
    kinds: dict[str, list[dict[str, Any]]] = {}
    for entry in data["entry"]:
        kinds.setdefault(entry["kind"], []).append(entry)
    steps = sorted(kinds.get("claim", ()), key=lambda entry: -int(entry["level"]))
    claims = tuple((int(step["level"]), compiled([step], before), str(step["say"])) for step in steps)
    licences = tuple(Licence(e["kind"], e.get("code", ""), e.get("needs", ""), e.get("source", ""), e.get("level"))
                     for e in data["entry"])
    return Lexicon(language, Words(kinds, before), claims, dict(data["numbers"]), licences, str(data.get("review", "")))
