"""Ukrainian and Russian patronymics: that a word is one, and the father it names.

Brothers and sisters have one father and two patronymics (Ivanovych, Ivanivna); Mykolaiovych and Nikolaevich are one man.
Source: Ukrainian orthography 2019, section 32; Russian rules of 1956, section 21. Endings: `rules/names/words.toml`.
"""
from __future__ import annotations

import re
from functools import lru_cache

from bearwitness.link.names.known import readings
from bearwitness.link.names.normal import normal
from bearwitness.link.names.words import words

_SURNAME = re.compile("i[cć]$", re.IGNORECASE)      # Serbian, Croatian, Bosnian: family names, though patronymics once
_CYRILLIC = ("", "о", "а", "й", "ь", "ий", "ій")
_LATIN = ("", "o", "a", "i", "y", "ii", "iy", "ei", "ey", "ai", "ay")


def patronymic(word: str) -> bool:
    """Whether a word ends as a Slavic patronymic does (-ovych, -ivna, ...)."""
    return not _SURNAME.search(word) and bool(_ending(normal(word)))


def _ending(plain: str) -> str:
    if len(plain) < 6:
        return ""
    return max((end for end in words("slavic.patronymic") if plain.endswith(end)), key=len, default="")


@lru_cache(maxsize=1 << 16)
def father_of(word: str) -> str:
    """The father's name inside a patronymic, in normal form (a stem where the name is not well known); '' if it is none."""
    plain = normal(word)
    end = _ending(plain)
    if not end:
        return ""
    stem = plain[:-len(end)]
    for close in _LATIN if stem.isascii() else _CYRILLIC:
        if readings(stem + close):
            return stem + close
    return stem
