"""Words before a name that are not the name: titles and ranks, and honorifics that only a list's own habit shows.

`rules/names/words.toml` names them. A title or a rank is known by its word. An honorific (Burmese U, Ko, Ma, Daw; Ma and Daw
are names elsewhere) is taken for one only in a list whose names open with several of them, and often.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bearwitness.link.names.fold import fold
from bearwitness.link.names.words import words
from bearwitness.rules import load

_OFTEN, _EACH = 0.2, 0.01      # share of a list's names that open with honorifics; with each of two of them at least [1]


def untitled(units: list[str]) -> tuple[list[str], str]:
    """The words of a name without titles at the front, and the titles. They go while a name is left; those that are also
    names (Sheikh, Major) only while two words are left."""
    off = 0
    while off < len(units):
        told = fold(units[off]).split()
        if told and len(told) > 1 and told[0] in words("title") and "." in units[off]:      # Dr.Ahmad
            units = [*units[:off], *units[off].split(".", 1), *units[off + 1:]]
            told = told[:1]
        if not told or not all(word in words("title") for word in told):
            break
        if told[0] in words("title_or_name") and len(units) - off < 3 and not units[off].endswith("."):
            break
        off += 1
    return units[off:], " ".join(units[:off])


def honorifics(cells: Iterable[str]) -> frozenset[str]:
    """The honorifics that a list puts before its names; nothing where it does not."""
    named = [cell.split() for cell in cells if cell.strip()]
    opening = Counter(fold(pieces[0]) for pieces in named if len(pieces) > 1)
    for group in load("names/words")["honorific"]:
        known = words(f"honorific.{group}")
        seen = {word: opening[word] for word in known if opening[word] > _EACH * len(named)}
        if len(seen) > 1 and sum(seen.values()) > _OFTEN * len(named):
            return known
    return frozenset()


def without(cell: str, known: frozenset[str]) -> str:
    """A cell without an honorific at its front, while a word is left."""
    first, _, rest = cell.strip().partition(" ")
    return rest.strip() if rest.strip() and fold(first) in known else cell
