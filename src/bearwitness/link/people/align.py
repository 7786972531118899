"""Names whose parts were put into each other's places: family name first, or a father's name read as the family's.

A cell of two words does not tell whether the second is the father's name or the family's; some lists write the family
first. Where the parts of two rows differ as they stand and agree when moved, they are held together moved. A part that
was moved tells no more than its level: its rarity is counted as ordinary.
"""
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bearwitness.link.people.columns import MISSING, Ints, Text, levels_of

if TYPE_CHECKING:
    from bearwitness.link.people.table import Table

_AGREE, _DIFFER = 2, 3      # levels up to which two parts agree, and from which they differ


def realign(table: Table, left: Ints, right: Ints, levels: dict[str, Ints]) -> dict[str, Ints]:
    """Change levels in place where moved parts agree; returns the places changed, by field."""
    given, father, family = (table.columns.get(name) for name in ("given", "father", "family"))
    if not isinstance(given, Text) or not isinstance(family, Text):
        return {}
    moved = _swapped(given, family, left, right, levels)
    if isinstance(father, Text):
        shifted = _shifted(father, family, left, right, levels)
        moved["father"] = shifted
        moved["family"] = np.concatenate([moved["family"], shifted])
    return moved


def _swapped(given: Text, family: Text, left: Ints, right: Ints, levels: dict[str, Ints]) -> dict[str, Ints]:
    """Given and family name in each other's place."""
    at = np.flatnonzero((levels["given"] >= _DIFFER) & (levels["family"] >= _DIFFER))
    one = levels_of(given.vocabulary, given.code[left[at]], family.code[right[at]])
    other = levels_of(given.vocabulary, family.code[left[at]], given.code[right[at]])
    both = (one >= 0) & (one <= _AGREE) & (other >= 0) & (other <= _AGREE)
    at = at[both]
    levels["given"][at], levels["family"][at] = one[both], other[both]
    return {"given": at, "family": at}


def _shifted(father: Text, family: Text, left: Ints, right: Ints, levels: dict[str, Ints]) -> Ints:
    """A father's name that one row gives as the family name, its own father's name missing."""
    at = np.flatnonzero((levels["family"] >= _DIFFER) & (levels["father"] == MISSING))
    a, b = left[at], right[at]
    short = np.where(father.code[a] == 0, family.code[a], family.code[b])
    full = np.where(father.code[a] == 0, father.code[b], father.code[a])
    level = levels_of(father.vocabulary, short, full)
    fits = (level >= 0) & (level <= _AGREE)
    at = at[fits]
    levels["father"][at], levels["family"][at] = level[fits], MISSING
    return at
