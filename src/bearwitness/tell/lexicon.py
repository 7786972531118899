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

# A vowel sign is no letter to a regular expression, and yet no word ends or begins at one.
_LEFT, _RIGHT = "(?<![\\w\u064b-\u0652\u0670])", "(?![\\w\u064b-\u0652\u0670])"


@dataclass(frozen=True)
class Licence:
    """What a class of words needs, and the refusal that answers where it is wanting."""

    kind: str
    code: str
    needs: str
    source: str
    level: int | None = None


@dataclass(frozen=True)
class Written:
    """How words of a language are written: letters before and after them, and letters that are read alike."""

    before: str = ""
    after: str = ""
    fold: str = ""


# Letters of Arabic that writers use for one another, and the marks that may stand after any letter.
_ALIKE = {letter: f"[{group}]" for group in ("اأإآ", "ىي", "ةه", "ؤو", "ئي") for letter in group if letter not in "وي"}
_ALIKE["ي"] = "[يى]"
_SIGNS = "[\u0640\u064b-\u0652\u0670]*"


def folded(phrase: str) -> str:
    """An Arabic phrase as a pattern: alef and hamza, final ya and ta marbuta alike, vowel signs and tatweel skipped."""
    return "".join(_ALIKE.get(c, c) + _SIGNS if "\u0621" <= c <= "\u064a" else c for c in phrase)


class Words(Mapping[str, re.Pattern[str]]):
    """Kind to its pattern, compiled when first used."""

    def __init__(self, entries: Mapping[str, list[dict[str, Any]]], written: Written) -> None:
        self._entries, self._made, self._written = entries, dict[str, re.Pattern[str]](), written

    def __getitem__(self, kind: str) -> re.Pattern[str]:
        if kind not in self._made:
            self._made[kind] = compiled(self._entries.get(kind, ()), self._written)
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
    verdicts: Mapping[str, str] = field(default_factory=dict)
    written: Written = Written()
    verb_first: bool = False
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


def compiled(entries: Any, written: Written = Written()) -> re.Pattern[str]:
    """One matcher for all phrases of a kind."""
    spell = folded if written.fold == "arabic" else str
    listed = (phrase for entry in entries for phrase in entry.get("words", ()))
    phrases = [re.sub(r"\((?!\?)", "(?:", spell(phrase)).replace(" ", r"\s+") for phrase in listed]
    shapes = [shape for entry in entries for shape in entry.get("patterns", ())]
    if phrases:
        shapes.insert(0, f"{_LEFT}{written.before}(?:{'|'.join(phrases)}){spell(written.after)}{_RIGHT}")
    return re.compile("|".join(shapes) or r"(?!)", re.IGNORECASE)


@lru_cache(maxsize=1)
def every_number_word() -> Mapping[str, int]:
    """Number words of every language: what a record says in its own."""
    return {word: value for language in known("wording") for word, value in load(f"wording/{language}")["numbers"].items()}


def in_any(kind: str, text: str) -> re.Match[str] | None:
    """Words of a kind in any language there is: a record need not be written in the language of the draft."""
    for language in known("wording"):
        words = lexicon(language)
        if words is not None and (found := words.has(kind, text)) is not None:
            return found
    return None


@lru_cache(maxsize=8)
def lexicon(language: str) -> Lexicon | None:
    """The words of a language; None where there are none yet: then the rules of the marks alone apply."""
    if language not in known("wording"):
        return None
    data = load(f"wording/{language}")
    written = Written(data.get("before", ""), data.get("after", ""), data.get("fold", ""))
    kinds: dict[str, list[dict[str, Any]]] = {}
    for entry in data["entry"]:
        kinds.setdefault(entry["kind"], []).append(entry)
    steps = sorted(kinds.get("claim", ()), key=lambda entry: -int(entry["level"]))
    claims = tuple((int(step["level"]), compiled([step], written), str(step["say"])) for step in steps)
    licences = tuple(Licence(e["kind"], e.get("code", ""), e.get("needs", ""), e.get("source", ""), e.get("level"))
                     for e in data["entry"])
    return Lexicon(language, Words(kinds, written), claims, dict(data["numbers"]), licences, str(data.get("review", "")),
                   dict(data.get("verdicts", {})), written, bool(data.get("verb_first", False)))
