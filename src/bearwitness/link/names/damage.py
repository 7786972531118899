"""What extraction from PDF does to a name, put right where it can be seen: spaces inside words, words turned round.

A space is taken out only where the two pieces make a well-known name and are none apart; text is turned round only where
words read backwards are well-known names and none reads forwards. All else stays as it stands.
"""
from __future__ import annotations

import re
from functools import lru_cache

from bearwitness.link.names.fold import fold
from bearwitness.link.names.known import known
from bearwitness.link.names.script import script, unmarked
from bearwitness.link.names.words import words

_LOST = re.compile(r"(?<=[a-zà-ž]{3})(?=[A-ZÀ-Ž][a-zà-ž]{2})")      # SenadHalilovic; McDonald stays whole


@lru_cache(maxsize=1 << 18)
def mended(text: str) -> str:
    """The text in reading order, words whole."""
    plain = _once(unmarked(text))
    if script(plain) != "arabic":
        return plain if " " in plain else _LOST.sub(" ", plain)
    if _backwards(plain):
        plain = plain[::-1]
    return " ".join(_whole(plain.split()))


def _once(text: str) -> str:
    """A name that a copying hand pasted twice, once."""
    tight = text.replace(" ", "")
    half = len(tight) // 2
    if half < 6 or tight[:half] != tight[half:]:
        return text
    size, at = 0, 0
    while size < half:
        size += text[at] != " "
        at += 1
    return text[:at]


def _backwards(text: str) -> bool:
    pieces = text.split()
    forwards = sum(bool(known(piece)) for piece in pieces)
    turned = sum(bool(known(piece[::-1])) for piece in pieces)
    return turned > forwards and forwards == 0


def _whole(pieces: list[str]) -> list[str]:
    out: list[str] = []
    for piece in pieces:
        if out and _breaks(out[-1], piece):
            out[-1] += piece
        elif len(out) > 1 and len(piece) < 3 and not _stands(out[-1]) and known(out[-2] + out[-1] + piece):
            out[-2:] = [out[-2] + out[-1] + piece]
        else:
            out.append(piece)
    return out


def _breaks(left: str, right: str) -> bool:
    """Whether a space between two pieces was put there by a machine."""
    if _leads(left) or (_stands(left) and _stands(right)):
        return False
    return bool(known(left + right)) or (fold(left) == "ا" and len(right) > 2 and right[0] == "ل")


def _stands(piece: str) -> bool:
    return bool(known(piece)) or _leads(piece)


def _leads(piece: str) -> bool:
    """Whether a piece is a word that goes before a name: Abd, Abu, Um, ibn."""
    plain = fold(piece)
    return any(plain in words(name) for name in ("father_of", "mother_of", "abd", "son"))
