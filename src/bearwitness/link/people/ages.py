"""Ages of the dead from the year of birth, where one list gives years of birth and the others ages.

A year of birth and a date of death leave two ages. They are taken where the list itself gives no age, and only while no
other list gives births: who has both is held against others by what they were born, not twice by the same thing.
"""
from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from bearwitness.link.people.columns import Floats
from bearwitness.model.cells import plain_digits
from bearwitness.model.roll import Roll

_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_OLDEST = 120        # [years]


def ages(lists: Sequence[Roll]) -> list[tuple[Floats, Floats]]:
    """Least and greatest age [years] of each row of each list, NaN where nothing is said."""
    own = [(np.asarray(one.age_low, float), np.asarray(one.age_high, float)) for one in lists]
    at = _alone(lists)
    if at >= 0:
        own[at] = _from_births(lists[at], *own[at])
    return own


def spent(lists: Sequence[Roll]) -> bool:
    """Whether all that lists say of births are the years of one, which its ages say already."""
    at = _alone(lists)
    return at >= 0 and not any(len("".join(filter(str.isdigit, cell))) > 4 for cell in set(lists[at].of("birth")))


def _alone(lists: Sequence[Roll]) -> int:
    """The place of the one list that gives births while another gives ages; -1 where it is not so."""
    born = [at for at, one in enumerate(lists) if any(one.of("birth"))]
    aged = {at for at, one in enumerate(lists) if not np.isnan(np.asarray(one.age_low, float)).all()}
    return born[0] if len(born) == 1 and aged - set(born) else -1


def _from_births(one: Roll, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    year = {cell: _YEAR.search(plain_digits(cell)) for cell in set(one.of("birth"))}
    birth = np.array([float(found[1]) if (found := year[cell]) else np.nan for cell in one.of("birth")])
    died = [1970 + np.floor_divide(np.asarray(end, float), 365.2425) for end in (one.day_low, one.day_high)]
    least, most = np.maximum(died[0] - birth - 1, 0), died[1] - birth
    known = np.isnan(low) & (most >= 0) & (most <= _OLDEST)
    return np.where(known, least, low), np.where(known, most, high)
