"""Whether a cell names a person at all: nobody known, kin of somebody, or several people.

The words come from `rules/names/words.toml`. Numbers that tell placeholders apart ("Unidentified 3", "Son of X 2") are kept.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bearwitness.link.names.fold import fold
from bearwitness.link.names.words import kin_words, words

_ADDRESS = re.compile(r"\s*(?:https?://|www\.)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:#|no\.?|رقم|№)?\s*\(?(\d+)\)?\s*$")
_OF = frozenset({"of", "de", "du", "من", "لـ", "from", "to"})
_ALONE = frozenset({"wife", "mother", "daughter", "husband", "widow"})    # English kin words that need no "of"
_ENGLISH = re.compile(r"^(?P<who>.+?)(?:['’`´]s|s['’])\s+(?P<what>[\w\- ]+?)\s*\d*$", re.IGNORECASE)
_APART = re.compile(r"[\"“”«»()*]+")


@dataclass(frozen=True, slots=True)
class Nobody:
    """number: what tells this placeholder from the next; '' where nothing does."""

    number: str


@dataclass(frozen=True, slots=True)
class Kin:
    """relation: as `wife`; relative: the person named, as written; number: of several."""

    relation: str
    relative: str
    number: str


def _number(text: str) -> str:
    found = _NUMBER.search(text)
    return str(int(found[1])) if found else ""


@cache
def _phrases(path: str) -> re.Pattern[str]:
    """Any entry of a word list, whole, inside a folded text."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(words(path))))})(?!\w)")


def nobody(text: str) -> Nobody | None:
    """A placeholder for somebody not known by name, or None."""
    told = fold(text)
    plain = [word for word in told.split() if not word.isdigit()]
    if not plain or _ADDRESS.match(text):
        return Nobody(_number(text))
    if _phrases("unidentified.words").search(told):
        return Nobody(_number(text))
    bare = words("unidentified.bare")
    empty = bare | words("unidentified.filler")
    if all(word in empty or _inflected(word) in empty for word in plain) and any(_inflected(word) in bare for word in plain):
        return Nobody(_number(text))
    return None


def _inflected(word: str) -> str:
    return word.removeprefix("ال").removesuffix("s")


def kin(text: str) -> Kin | None:
    """Somebody known only as kin of another, or None. Needs the relative's name: "a child" alone is nobody()."""
    bare = _NUMBER.sub("", text).strip()
    if (found := _ENGLISH.match(text.strip())) and (relation := kin_words().get(fold(found["what"]).split()[-1])):
        return Kin(relation, found["who"].strip(), _number(text))
    pieces = _APART.sub(" ", bare).split()
    while len(pieces) > 2 and fold(pieces[0]) in words("before_kin"):
        pieces = pieces[1:]
    if len(pieces) < 2:
        return None
    first, second = fold(pieces[0]), fold(pieces[1])
    relation = kin_words().get(first, "")
    if not relation:
        return None
    if second in _OF:
        return Kin(relation, " ".join(pieces[2:]), _number(text)) if len(pieces) > 2 else None
    if second in words("title_or_name") and len(pieces) < 3:
        return None
    if (first.isascii() and (first not in _ALONE or len(pieces) < 3)) or first in words("kin_or_name"):
        return None
    return Kin(relation, " ".join(pieces[1:]), _number(text))


def aside_kin(text: str) -> tuple[str, Kin | None]:
    """A name and, behind it, whose kin the person is: `X, wife of Y` -> (X, wife of Y). Ibn and bint stay: a lineage."""
    pieces = text.split()
    for at in range(1, len(pieces)):
        told = fold(pieces[at])
        relation = kin_words().get(told, "")
        rest = pieces[at + 1:]
        if not relation or told in words("son") or told in words("kin_or_name") or not rest:
            continue
        marked = fold(rest[0]) in _OF
        if not marked and (told.isascii() or relation not in ("wife", "husband", "mother", "brother", "sister")):
            continue
        relative = " ".join(rest[1:] if marked else rest).strip(" ()،,.")
        if relative:
            return " ".join(pieces[:at]).strip(" (،,-"), Kin(relation, relative, "")
    return text, None


def group(text: str) -> bool:
    """Whether a cell speaks of several people."""
    told = fold(text).split()
    if not told:
        return False
    if told[0] in words("group.family_of") and told[0] != "ال":
        return True
    if not any(word in words("group.words") or _bare_article(word) in words("group.words") for word in told):
        return False
    if len(told) < 3 or told[0] in words("group.counters"):
        return True
    return any(word.isdigit() or word in words("group.joints") for word in told)


def _bare_article(word: str) -> str:
    word = word[1:] if word.startswith("و") and len(word) > 4 else word
    return word.removeprefix("ال")
