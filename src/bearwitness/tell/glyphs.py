"""Which characters the PDF's own fonts can draw, and what is printed for one that they cannot.

A page must never show an empty box where a record has a letter. What cannot be drawn is printed as its code
point, `[U+4E2D]`, so that the reader sees that something stands there; the web page and the data have it as it is.
Source of the table format: OpenType 1.9, `cmap`, formats 4 and 12.
"""
from __future__ import annotations

import re
import struct
from functools import cache
from importlib.resources import files

from bearwitness.tell.figures.text import visible

# Signs of DejaVu Sans Mono, which the typesetting engine brings with it; each was set once and came out.
_SIGNS = ((0x2160, 0x2183), (0x2190, 0x23FF), (0x2460, 0x25CB), (0x25CD, 0x262F), (0x2638, 0x268B), (0x2690, 0x269C),
          (0x26A0, 0x26A7), (0x26AA, 0x26B2), (0x2701, 0x2704), (0x2706, 0x2709), (0x270C, 0x2727), (0x2729, 0x274B),
          (0x274F, 0x2752), (0x2758, 0x275E), (0x2761, 0x277F), (0x2798, 0x27AF), (0x27E8, 0x27E9))
_ALWAYS = frozenset("\t\n\u200c\u200d")
_LONG = re.compile(r"[^\s\u200b]{26,}")


def drawable(text: str) -> str:
    """The text with deceiving characters, and those without a glyph, printed as their code points."""
    known = _known()
    seen = visible(text.replace("\r\n", "\n"))
    if all(char in known for char in set(seen)):
        return seen
    return "".join(char if char in known else f"[U+{ord(char):04X}]" for char in seen)


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
def _known() -> frozenset[str]:
    found: set[int] = set()
    for font in files("bearwitness.tell").joinpath("fonts").iterdir():
        if font.name.endswith("-Regular.ttf"):
            found |= covered(font.read_bytes())
    found -= set(range(0xE000, 0xF900))       # private use: no two readers agree on it
    for first, last in _SIGNS:
        found |= set(range(first, last + 1))
    return frozenset(map(chr, found)) | _ALWAYS


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
