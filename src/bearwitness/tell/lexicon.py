"""The wording ladder of one language, compiled. The words themselves are data: rules/wording/<language>.toml."""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bearwitness.rules import known, load


@dataclass(frozen=True)
class Lexicon:
    """word: named patterns; claims: (level, pattern, phrase to say); numbers: number words."""

    language: str
    report: re.Pattern[str]
    word: dict[str, re.Pattern[str]]
    claims: tuple[tuple[int, re.Pattern[str], str], ...]
    numbers: dict[str, int]

    def has(self, name: str, text: str) -> re.Match[str] | None:
        return self.word[name].search(text)

    def claimed_level(self, text: str) -> tuple[int, str] | None:
        """The highest level that the words of a stretch claim, and the words; None where no ladder word is used."""
        for level, pattern, _ in self.claims:
            if found := pattern.search(text):
                return level, found[0]
        return None

    def phrase(self, level: int) -> str:
        return next(say for number, _, say in self.claims if number == level)


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("\n", ""), re.IGNORECASE)


@lru_cache(maxsize=8)
def lexicon(language: str) -> Lexicon | None:
    """The ladder for a language; None where there is none yet: then the rules of the marks alone apply."""
    if language not in known("wording"):
        return None
    data = load(f"wording/{language}")
    return Lexicon(language, _compile(data["report"]), {n: _compile(p) for n, p in data["word"].items()},
                   tuple((c["level"], _compile(c["words"]), c["say"]) for c in data["claim"]), data["numbers"])
