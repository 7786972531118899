"""Words of headings and cells brought to one form, and the tables of words a list may use (rules/lists)."""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from bearwitness.rules import load

_ZEROS = "٠۰０"
_DIGITS = {ord(zero) + value: str(value) for zero in _ZEROS for value in range(10)}
_SAME = {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ё": "е", "\u200c": " ",
         "ı": "i", "đ": "d", "ł": "l"}
_FOLD: dict[int, str | None] = {ord(letter): same for letter, same in _SAME.items()} | {ord(mark): None for mark in "ـ’'ʼ`"}


def digits(text: str) -> str:
    """The text with Arabic, Persian and full-width digits as 0-9."""
    return text.translate(_DIGITS)


def plain(text: str) -> str:
    """One form for words that are the same: no case, no accents, no punctuation, letters of one shape."""
    text = unicodedata.normalize("NFKC", digits(text)).casefold().translate(_FOLD)
    bare = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", bare)).split())


@cache
def headings() -> dict[str, str]:
    """Plain heading -> meaning; `never` for what is not read at all."""
    return {plain(word): meaning for meaning, words in load("lists/headers").items() for word in words}


@cache
def table(name: str) -> dict[str, Any]:
    """A table of rules/lists/words.toml with plain keys: word -> value, or word -> the group it is listed in."""
    found: dict[str, Any] = {}
    for key, value in load("lists/words")[name].items():
        if isinstance(value, list) and value and isinstance(value[0], str):
            found.update({plain(word): key for word in value})
        else:
            found[plain(key)] = value
    return found


@cache
def nothing() -> frozenset[str]:
    """Cells that say nothing, lower case, as written."""
    return frozenset(word.casefold() for word in load("lists/words")["nothing"]["words"])


def says_nothing(cell: str) -> bool:
    return cell.strip().casefold() in nothing()


def loose(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern that any of the words of these phrases meets in the raw text, however its letters are shaped."""
    said = {word for phrase in phrases for word in re.findall(r"[^\W\d_]{2,}", phrase)}
    shapes = {"ا": "[اأإآ]", "ه": "[هة]", "ي": "[يیى]", "ک": "[كک]", "ك": "[كک]"}
    spelled = ("".join(shapes.get(letter, re.escape(letter)) for letter in word) for word in said)
    return re.compile("|".join(sorted(spelled, key=len, reverse=True)), re.IGNORECASE)
