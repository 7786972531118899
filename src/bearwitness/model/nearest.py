"""Which known word was probably meant: for the hints in messages, never for reading."""
from __future__ import annotations

import difflib
from collections.abc import Iterable

LONGEST = 64    # characters; the comparison takes the square of the length, and no known word is longer


def nearest(word: str, known: Iterable[str], least: float = 0.6) -> str:
    """The known word most like this one, or an empty string.

    least: the ratio of likeness below which nothing is said [1], 0 to 1.
    """
    if len(word) > LONGEST:
        return ""
    return next(iter(difflib.get_close_matches(word, sorted(known), 1, least)), "")
