"""Spellings learned from lists: variants come back, brothers do not."""

from __future__ import annotations

import random

from bearwitness.link.names import likeness
from bearwitness.link.names.variants import Variants


def rows(seed: int) -> list[tuple[str, tuple[int, str]]]:
    """Families in two lists; one list writes one of the names in its own way, as no table of ours knows it."""
    rng = random.Random(seed)
    names = ["Bzqan", "Tolmir", "Hesvak", "Ludran", "Mirzok", "Sapolt", "Kendur", "Vartish", "Oglan", "Pidru"]
    found = []
    for family in range(300):
        here = rng.sample(names, 2)
        for name in here:
            found.append((name, (family, "place")))
            found.append(("Bezqwan" if name == "Bzqan" else name, (family, "place")))
    return found


def test_a_spelling_that_keeps_standing_for_another_is_learned() -> None:
    learned = Variants.learn(rows(1))
    assert set(learned.table) == {("bezqwan", "bzqan")}
    assert learned.alike("Bzqan", "Bezqwan") == max(0.9, likeness("Bzqan", "Bezqwan"))


def test_brothers_are_not_learned_as_spellings_of_each_other() -> None:
    learned = Variants.learn([(name, rest) for name, rest in rows(2) if name != "Bezqwan"])
    assert not learned.table
    assert learned.alike("Tolmir", "Ludran") == likeness("Tolmir", "Ludran")


def test_rows_with_nothing_else_told_show_nothing() -> None:
    assert not Variants.learn([("Bzqan", None), ("Bezqwan", None)] * 50).table
