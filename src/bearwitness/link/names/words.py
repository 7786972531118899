"""The word lists of `rules/names/words.toml`, folded like the names they are held against."""
from __future__ import annotations

from functools import cache

from bearwitness.link.names.fold import fold
from bearwitness.rules import load


@cache
def words(path: str) -> frozenset[str]:
    """A list of the word file by its dotted path, as `kin.wife.words`; several words in one entry stay one string."""
    found = load("names/words")
    for step in path.split("."):
        found = found[step]
    return frozenset(text for entry in found for text in (fold(entry),) if text)


@cache
def kin_words() -> dict[str, str]:
    """Folded word -> relation, over all languages; the first relation named in the file wins."""
    found: dict[str, str] = {}
    for relation in load("names/words")["kin"]:
        for word in words(f"kin.{relation}.words"):
            found.setdefault(word, relation)
    return found
