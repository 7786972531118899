"""One spelling for the letters of a script: what two hands of one language write differently for one word.

Arabic letters: hamza seats, alif maqsura, ta marbuta, Persian and Urdu kaf, ya and ha; Cyrillic yo, yi, ge with upturn and
apostrophes; Latin case, diacritics (those that change the sound become the usual pair: s with cedilla -> sh).
It loses shades on purpose: the original spelling stays the record (`Name.original`).
"""
from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from anyascii import anyascii

from bearwitness.link.names.script import script, unmarked
from bearwitness.rules import load

_KURDISH = re.compile("[ێۆڕڵڤ]|ە(?=[\u0600-\u06ff])")
_TURKIC = re.compile("[şğıêîû]")   # letters of Turkish and Kurmanji: c is said j there, x is said kh
_KH = re.compile(r"^x|x(?=[bcdfghjklmnpqrstvwz])")   # as in Kurmanji Xalid, Bextiyar; between vowels it is ks (Maxim)
_APOSTROPHES = re.compile("['’‘ʼʹ`´ʾʿʻˈ′ʔ″\u02bd]")
_DOTTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")     # Latin letters with marks
_BARE = dict(zip("đĐłŁıøØðþßæœ", "dDlLioOdtsao", strict=True))
_APART = re.compile(r"[^\w]+|_")


@cache
def _table(name: str) -> dict[int, str]:
    return str.maketrans(load("names/letters")[name])


def _arabic(text: str) -> str:
    if not _KURDISH.search(text):
        text = text.replace("ە", "ه")
    if text.startswith("ئ") and len(text) > 2:
        text = text[1:]       # Kurdish: the seat of an opening vowel
    return text.translate(_table("arabic"))


def _latin(text: str) -> str:
    if _TURKIC.search(text):
        text = text.replace("c", "j").replace("x", "kh")
    text = _KH.sub("kh", text.translate(_table("latin")))
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return plain if plain.isascii() else anyascii(plain).lower()


def _one(text: str) -> str:
    kind = script(text)
    if kind == "arabic":
        return _arabic(text)
    if kind == "cyrillic":
        return text.translate(_table("cyrillic"))
    return _latin(text)


def undotted(text: str) -> str:
    """A Latin text without its diacritics, the bare letter for each (Hodžić -> Hodzic, where `fold` has the sound); the text
    itself where it has none. What a hand writes that has no such keys."""
    return _DOTTED.sub(lambda found: _BARE.get(found[0]) or unicodedata.normalize("NFKD", found[0])[0], text)


@lru_cache(maxsize=1 << 18)
def fold(text: str) -> str:
    """Words of one spelling, parted by one space; hyphens and signs part words, apostrophes join them."""
    text = _APOSTROPHES.sub("", unicodedata.normalize("NFC", unmarked(text)).lower().replace("i̇", "i"))
    return " ".join(word for word in map(_one, _APART.sub(" ", text).split()) if word)
