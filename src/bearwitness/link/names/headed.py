"""The order of names that the heading of a column tells: `Prezime (ime oca) ime`, `Apellidos y nombres`.

The words stand in `rules/names/words.toml`. A heading of two or three parts, in brackets or without, is read as it stands;
one that names a single part tells no order.
"""
from __future__ import annotations

import re
from functools import lru_cache

from bearwitness.link.names.fold import fold
from bearwitness.link.names.normal import joined
from bearwitness.link.names.words import words

_BRACKETS = re.compile(r"^([^()]+)\(([^()]+)\)([^()]+)$")
_PARTS = ("father", "family", "given")      # ime oca holds ime


@lru_cache(maxsize=256)
def order_said(heading: str) -> tuple[str, ...]:
    """The parts of a name as a heading orders them, as ("family", "father", "given"); empty where it says nothing."""
    text, found = f" {fold(heading)} ", []
    for part in _PARTS:
        for entry in sorted(words(f"heading.{part}"), key=len, reverse=True):
            at = text.find(f" {entry} ")
            if at >= 0:
                found.append((at, part))
                text = text[:at + 1] + "_" * len(entry) + text[at + 1 + len(entry):]
                break
    return tuple(part for _, part in sorted(found)) if len(found) > 1 else ()


def in_order(cell: str, heading: str) -> dict[str, str]:
    """The parts of a cell that is written as its heading says: one word for each, or with brackets where the heading has
    them; empty where it is not, and for a cell that a comma orders."""
    order = order_said(heading)
    if not order:
        return {}
    found, said = _BRACKETS.match(cell.strip()), _BRACKETS.match(heading.strip())
    if said and found and len(order) == 3:
        return {part: text.strip() for part, text in zip(order, found.groups(), strict=True)}
    units = [] if re.search(r"[(),،;\"]", cell) else joined(cell)
    return dict(zip(order, units, strict=True)) if len(units) == len(order) else {}
