"""In which script a name stands, and what a file did to its letters.

Presentation forms (U+FB50 to U+FEFF) come out of PDF files; a word whose glyphs begin with a closing form and end with an
opening one was written in visual order and is turned round. Marks that say nothing of the name (harakat, tatweel,
direction marks, joiners) are taken off. Sources: Unicode Standard 15, chapters 9.2 and 23.8; Unicode Annex 9.
"""
from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

Script = Literal["arabic", "cyrillic", "latin", "other"]

LONGEST = 400       # signs of a cell that are read as a name: what goes on longer is a text, and must not stall a comparison
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_FORMS = re.compile(r"[\ufb50-\ufdff\ufe70-\ufefc]")
_MARKS = re.compile(r"[\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640\u0610-\u061a"
                    r"\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_WORD = re.compile(r"[^\s]+")


@lru_cache(maxsize=1 << 18)
def script(text: str) -> Script:
    """The script most letters of a text stand in; `other` where it has none of the three."""
    counts: dict[Script, int] = {"arabic": len(_ARABIC.findall(text)), "cyrillic": len(_CYRILLIC.findall(text)),
                                 "latin": len(_LATIN.findall(text))}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else "other"


def unmarked(text: str) -> str:
    """The first LONGEST signs in logical order and plain letters (NFKC), without marks; ZWNJ becomes a space."""
    text = text[:LONGEST]
    if _FORMS.search(text):
        text = _logical(text)
    text = _MARKS.sub("", unicodedata.normalize("NFKC", text).replace("\u200c", " "))
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def _shape(letter: str) -> str:
    """`<final>`, `<initial>`, `<medial>`, `<isolated>` or nothing: the shape a presentation form draws."""
    return unicodedata.decomposition(letter).partition(" ")[0] if _FORMS.match(letter) else ""


def _visual(word: str) -> bool:
    shapes = [shape for shape in map(_shape, word) if shape in ("<final>", "<initial>", "<medial>")]
    if len(shapes) < 2:
        return False
    return shapes[0] == "<final>" and shapes[-1] == "<initial>"


def _logical(text: str) -> str:
    """Text of presentation forms in reading order: turned round where most joined words run backwards."""
    words = _WORD.findall(text)
    joined = [word for word in words if sum(map(bool, map(_shape, word))) > 1]
    backwards = sum(map(_visual, joined))
    return text[::-1] if joined and backwards * 2 > len(joined) else text
