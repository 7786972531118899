"""A text as the words that are compared: folded script by script, numbers and names kept.

Arabic: vowel signs and the lengthening stroke fall, the forms of alif, ya and ta marbuta become one. Cyrillic and
Greek and Latin: case and accents fall (й and ё keep no mark). Burmese, Thai, Chinese and the like write no spaces
between words: their letters are compared in runs. Digits of every script become Latin ones.
Numbers spelt as words are words; only digits count as numbers.
"""
from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from anyascii import anyascii

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+", re.UNICODE)
_NUMBER = re.compile(r"\d+")
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": "",
                         "ک": "ك", "ی": "ي"})
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
PER_WORD = 3        # letters of an unspaced script that weigh as much as a word
_VOWELS = re.compile(r"[aeiouywh'`]|(?<=(.))\1")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Words:
    """tokens: folded words (or letters) in order. size: tokens in a shingle. per_word: tokens that make a word."""

    tokens: tuple[str, ...]
    script: str
    size: int
    per_word: int

    @cached_property
    def in_order(self) -> tuple[int, ...]:
        """The shingles as they stand, one beginning at each token."""
        return tuple(hash(self.tokens[n:n + self.size]) for n in range(len(self.tokens) - self.size + 1))

    @cached_property
    def shingles(self) -> frozenset[int]:
        return frozenset(self.in_order)

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """Numbers in order; years are left out, because every account of one day has them."""
        return tuple(t for t in self.tokens if t[0].isdigit() and not _YEAR.fullmatch(t))

    @cached_property
    def names(self) -> frozenset[str]:
        """Skeletons of longer words in Latin consonants: a name keeps them from script to script, other words rarely."""
        return frozenset(s for t in self.tokens if not t[0].isdigit() and len(s := skeleton(t)) >= 3)

    def said(self, start: int, end: int) -> str:
        return ("" if self.per_word > 1 else " ").join(self.tokens[start:end])


def read(text: str, run: int) -> Words:
    """A text as words, for shingles of `run` words."""
    folded = fold(text)
    script = script_of(folded)
    if script in _UNSPACED:
        letters = tuple(c for token in _TOKEN.findall(folded) for c in ([token] if token[0].isdigit() else token))
        return Words(letters, script, run * PER_WORD, PER_WORD)
    return Words(tuple(_TOKEN.findall(folded)), script, run, 1)


def fold(text: str) -> str:
    """Without case, accents, vowel signs and letter variants; digits Latin. Length may change."""
    plain = unicodedata.normalize("NFKD", _latin_digits(text).casefold())
    kept = "".join(c for c in plain if not unicodedata.combining(c) or unicodedata.category(c) == "Mc")
    return unicodedata.normalize("NFC", kept).translate(_ARABIC)


def _latin_digits(text: str) -> str:
    """Digits of every script as Latin ones."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c, c)) for c in text)


def script_of(text: str) -> str:
    """The script that most letters are in, by the first word of their Unicode name; empty for no letters."""
    counts: dict[str, int] = {}
    for letter in text[:2000]:
        if letter.isalpha():
            name = unicodedata.name(letter, "?").split(" ")[0]
            counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda name: counts[name], default="")


def skeleton(word: str) -> str:
    """The consonants of a word in Latin letters: `Talbiseh` and `تلبيسة` come to the same."""
    latin = anyascii(word.removeprefix("ال")).casefold()
    for written, sound in (("kh", "k"), ("gh", "g"), ("sh", "s"), ("th", "t"), ("dh", "d"), ("q", "k"), ("c", "k"),
                           ("z", "s"), ("p", "b"), ("v", "w"), ("j", "g")):
        latin = latin.replace(written, sound)
    return _VOWELS.sub("", re.sub(r"[^a-z]", "", latin))
