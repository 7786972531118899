"""Text inside a drawing: its estimated width, its lines, and deceiving characters made visible.

Widths are estimates on the wide side, in em, because a drawing is made without knowing the reader's fonts:
a line that is estimated to fit does fit in the common system typefaces.
"""
from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import escape

# Controls, direction overrides, isolates and marks, joins that hide, byte-order marks, tags, halves of pairs:
# a reader cannot see these and can be made to read a name or a number backwards, or XML cannot hold them.
# ZWNJ and ZWJ stay: Persian and Burmese need them.
DECEIVING = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f"
    "\\ud800-\\udfff\\ufeff\\ufff9-\\ufffb\\ufffe\\uffff\\U000e0000-\\U000e007f]"
)
_NARROW = frozenset("iIjlft.,:;'|!()[]{}·’‘ ")
_WIDE = frozenset("mwMW@%—…")


def token(char: str) -> str:
    """`⟨U+202E⟩`: what is printed in place of a character that deceives."""
    return f"⟨U+{ord(char):04X}⟩"


def visible(text: str) -> str:
    """The text with every deceiving character shown by its number."""
    return DECEIVING.sub(lambda found: token(found[0]), text)


def xml(text: str) -> str:
    """Text safe inside an element or a quoted attribute of the drawing."""
    return escape(visible(text), quote=True)


@cache
def char_width(char: str) -> float:
    """Estimated advance width [em]."""
    if unicodedata.combining(char):
        return 0.0
    if char in _NARROW:
        return 0.33
    if char in _WIDE:
        return 1.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.02
    if char.isupper():
        return 0.72
    return 0.58


def width(text: str, size: float) -> float:
    """Estimated width of one line [same unit as size]."""
    return sum(map(char_width, visible(text))) * size


def _pieces(word: str, size: float, room: float) -> list[str]:
    """A word too long for a line, cut where it must be."""
    parts, part = [], ""
    for char in word:
        if part and width(part + char, size) > room:
            parts.append(part)
            part = ""
        part += char
    return [*parts, part] if part else parts


def wrap(text: str, size: float, room: float, most: int = 0) -> list[str]:
    """Lines no wider than `room`. With `most` > 0, the last line kept ends in an ellipsis when text is left.

    Never empty: a text without a visible character gives one empty line.
    """
    words = [piece for word in visible(text).split() for piece in _pieces(word, size, room)]
    lines: list[str] = []
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if line and width(longer, size) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    if 0 < most < len(lines):
        last = lines[most - 1]
        while last and width(last + "…", size) > room:
            last = last[:-1]
        lines = [*lines[:most - 1], last.rstrip() + "…"]
    return lines


def right_to_left(text: str) -> bool:
    """True where the first letter with a direction of its own runs right to left."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return False
