"""Text inside a drawing: its estimated width, its lines, and deceiving characters made visible.

Widths are estimates on the wide side, in em, because a drawing is made without knowing the reader's fonts:
a line that is estimated to fit does fit in the common system typefaces.
"""
from __future__ import annotations

import unicodedata
from html import escape

# Direction overrides and isolates, marks, zero-width joins that hide, byte-order marks, tags: a reader cannot
# see these, and a name or a number can be made to read backwards with them. ZWNJ and ZWJ stay: Persian and
# Burmese need them.
_DECEIVING = frozenset(
    [0x061C, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0x2060, 0xFEFF, 0x00AD, 0x180E]
    + list(range(0x202A, 0x202F)) + list(range(0x2061, 0x2070)) + list(range(0xFFF9, 0xFFFC))
)
_NARROW = frozenset("iIjlft.,:;'|!()[]{}·’‘ ")
_WIDE = frozenset("mwMW@%—…")


def deceiving(char: str) -> bool:
    """True for a character that must be shown by its number: it is invisible, or XML cannot hold it."""
    code = ord(char)
    if code in _DECEIVING or 0xE0000 <= code <= 0xE007F or 0xD800 <= code <= 0xDFFF:
        return True
    if code in (0xFFFE, 0xFFFF):
        return True
    return unicodedata.category(char) == "Cc" and char not in "\n\t"


def token(char: str) -> str:
    """`⟨U+202E⟩`: what is printed in place of a character that deceives."""
    return f"⟨U+{ord(char):04X}⟩"


def visible(text: str) -> str:
    """The text with every deceiving character shown by its number."""
    return "".join(token(char) if deceiving(char) else char for char in text)


def xml(text: str) -> str:
    """Text safe inside an element or a quoted attribute of the drawing."""
    return escape(visible(text), quote=True)


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
