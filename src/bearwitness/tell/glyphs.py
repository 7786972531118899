"""Which characters the PDF's own fonts can draw, and what is printed for one that they cannot.

A page must never show an empty box where a record has a letter. What cannot be drawn is printed as its code
point, `[U+4E2D]`, so that the reader sees that something stands there; the web page and the data have it as it is.
Source of the table format: OpenType 1.9, `cmap`, formats 4 and 12.
"""
from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

from bearwitness.tell.figures.text import visible

# Signs of DejaVu Sans Mono, which the typesetting engine brings with it; each came out upright, bold and slanted.
_SIGNS = ((0x2160, 0x2183), (0x2190, 0x23FF), (0x2460, 0x25CB), (0x25CD, 0x2606), (0x2609, 0x262F), (0x2638, 0x268B),
          (0x2690, 0x269C), (0x26A0, 0x26A7), (0x26AA, 0x26AF), (0x2701, 0x2704), (0x270C, 0x2714), (0x2717, 0x2726),
          (0x272A, 0x274B), (0x274F, 0x2752), (0x2758, 0x275E), (0x2761, 0x277F), (0x2798, 0x27AF), (0x27E8, 0x27E9))
_ALWAYS = frozenset("\t\n\u200c\u200d")
_JOINS = frozenset("\u200c\u200d")
_LONG = re.compile(r"[^\s\u200b]{26,}")


def drawable(text: str) -> str:
    """The text with deceiving characters, and those without a glyph, printed as their code points."""
    faces, known = _faces()
    seen = visible(text.replace("\r\n", "\n"))
    if seen.isascii() or all(char in known and not _is_mark(char) for char in set(seen)):
        return seen
    parts: list[str] = []
    fit = faces                     # the faces that have everything of the letter so far
    for char in seen:
        having = fit if char in _JOINS else [face for face in faces if char in face]
        if _is_mark(char):          # a mark sits on its letter only when one face has both
            having = [face for face in fit if char in face]
        if having or char in _ALWAYS:
            fit = having or fit
            parts.append(char)
        else:
            parts.append(f"[U+{ord(char):04X}]")
            fit = faces if not _is_mark(char) else fit
    return "".join(parts)


def without_marks(value: Any) -> Any:
    """The same values with every mark above or below a letter, and every join, printed as its code point.

    The last resort for a letter that carries marks of several scripts, which no face can put together.
    """
    if isinstance(value, str):
        return "".join(f"[U+{ord(c):04X}]" if _is_mark(c) or c in _JOINS else c for c in value)
    if isinstance(value, dict):
        return {key: without_marks(one) for key, one in value.items()}
    return [without_marks(one) for one in value] if isinstance(value, list) else value


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M"


def breakable(text: str) -> str:
    """Drawable text whose long words (addresses, digests) may break at the end of a line."""
    return _LONG.sub(_with_breaks, drawable(text))


def _with_breaks(word: re.Match[str]) -> str:
    parts, run = [], 0
    for char in word[0]:
        parts.append(char)
        run += 1
        if char in "/?&=_.,;:@+-" or run >= 20:
            parts.append("\u200b")
            run = 0
    return "".join(parts)


@cache
def _faces() -> tuple[list[frozenset[str]], frozenset[str]]:
    """The characters of each face, and of all together."""
    faces = []
    for font in sorted(files("bearwitness.tell").joinpath("fonts").iterdir(), key=lambda one: one.name):
        if font.name.endswith("-Regular.ttf"):      # private use is left out: no two readers agree on it
            faces.append(frozenset(map(chr, covered(font.read_bytes()) - set(range(0xE000, 0xF900)))))
    faces.append(frozenset(chr(code) for first, last in _SIGNS for code in range(first, last + 1)))
    return faces, frozenset().union(*faces) | _ALWAYS


def covered(font: bytes) -> set[int]:
    """Code points that a TrueType font has a glyph for."""
    (tables,) = struct.unpack_from(">H", font, 4)
    for i in range(tables):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, 12 + 16 * i)
        if tag == b"cmap":
            (count,) = struct.unpack_from(">H", font, start + 2)
            offsets = {start + struct.unpack_from(">HHI", font, start + 4 + 8 * k)[2] for k in range(count)}
            return set().union(*(_subtable(font, at) for at in offsets))
    return set()


def _subtable(font: bytes, at: int) -> set[int]:
    (form,) = struct.unpack_from(">H", font, at)
    if form == 12:
        (groups,) = struct.unpack_from(">I", font, at + 12)
        ranges = [struct.unpack_from(">II", font, at + 16 + 12 * g) for g in range(groups)]
    elif form == 4:
        segments = struct.unpack_from(">H", font, at + 6)[0] // 2
        ends = struct.unpack_from(f">{segments}H", font, at + 14)
        ranges = list(zip(struct.unpack_from(f">{segments}H", font, at + 16 + 2 * segments), ends, strict=True))
    else:
        ranges = []
    return {code for first, last in ranges for code in range(first, last + 1) if code != 0xFFFF}
