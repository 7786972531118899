"""The three files a person gets: `pairs.csv`, `persons.csv`, `review.csv` (to be answered in a spreadsheet and read back).

Order: pairs by list and row; questions by how much their answer narrows the range, the most useful first. Cells that a
spreadsheet would take for a formula get an apostrophe in front.
"""
from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from bearwitness.link.people.columns import Ints
from bearwitness.link.people.engine import Linked
from bearwitness.link.people.spread import Effect, effects
from bearwitness.link.people.zones import NOTES, ZONES

PAIRS = ("left_list", "left_row", "right_list", "right_row", "probability", "zone", "reasons")
PERSONS = ("person", "list", "row")
REVIEW = ("left_list", "left_row", "left", "right_list", "right_row", "right", "probability", "narrows", "answer", "by",
          "reasons")
UNNAMED = "u"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows and does not compute."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def write(folder: Path, linked: Linked, apart: Sequence[tuple[str, int, str]], says: Callable[[int], str]) -> None:
    """Write the three files. apart: rows kept apart from named people. says: how a row reads."""
    folder.mkdir(parents=True, exist_ok=True)
    _save(folder / "pairs.csv", PAIRS, pairs(linked))
    _save(folder / "persons.csv", PERSONS, persons(linked, apart))
    _save(folder / "review.csv", REVIEW, review(linked, says))


def _save(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write beside, then put in place: who interrupts keeps the file as it was."""
    new = path.with_name(path.name + ".new")
    with new.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    new.replace(path)


def text_of_reasons(linked: Linked, pair: int) -> str:
    """The reasons of a pair, with the rule that holds it where it stands, if there is one."""
    note = NOTES[int(linked.zoned.note[pair])]
    said = linked.prepared.reasons[pair] if pair < len(linked.prepared.reasons) else "not a candidate by itself"
    return f"{note}; {said}" if note else said


def pairs(linked: Linked) -> Iterable[tuple[object, ...]]:
    """Rows of pairs.csv."""
    held = linked.prepared
    order = np.lexsort((linked.right, linked.left))
    lists, whose, row = held.lists, held.whose.tolist(), held.row.tolist()
    zone, chance = linked.zoned.zone.tolist(), np.round(linked.probability, 4).tolist()
    left, right = linked.left.tolist(), linked.right.tolist()
    for at in order.tolist():
        a, b = left[at], right[at]
        yield (lists[whose[a]], row[a], lists[whose[b]], row[b], f"{chance[at]:.4f}", ZONES[zone[at]],
               text_of_reasons(linked, at))


def numbers(person: Ints) -> Ints:
    """Numbers of persons from 1, in the order of their first rows."""
    return np.unique(person, return_inverse=True)[1] + 1


def persons(linked: Linked, apart: Sequence[tuple[str, int, str]]) -> Iterable[tuple[object, ...]]:
    """Rows of persons.csv. Kin placeholders are persons of their own. Bodies without a name are u1, u2 ...: whether they are
    persons beside the named ones nobody has found out, and who counts persons must not count them. Groups are none."""
    held = linked.prepared
    number = numbers(linked.person)
    for at, (whose, row) in enumerate(zip(held.whose.tolist(), held.row.tolist(), strict=True)):
        yield f"p{number[at]}", held.lists[whose], row
    for at, (name, row, _) in enumerate((one for one in sorted(apart) if one[2] != "group"), 1):
        yield f"{UNNAMED}{at}", name, row


def questions(linked: Linked) -> list[tuple[int, Effect]]:
    """The doubtful pairs, the most useful question first; by the probability as it is printed, so that a reader can
    recompute the order."""
    doubt = linked.doubtful
    keyed = []
    for at, effect in zip(doubt.tolist(), effects(linked.person, linked.left[doubt], linked.right[doubt]), strict=True):
        chance = round(float(linked.probability[at]), 4)
        keyed.append((-effect.expected(chance), abs(chance - 0.5), int(linked.left[at]), int(linked.right[at]), at, effect))
    return [(one[4], one[5]) for one in sorted(keyed, key=lambda one: one[:4])]


def review(linked: Linked, says: Callable[[int], str]) -> Iterable[tuple[object, ...]]:
    """Rows of review.csv."""
    held = linked.prepared
    for at, effect in questions(linked):
        a, b = int(linked.left[at]), int(linked.right[at])
        narrows = f"same: {effect.if_same}, different: {effect.if_different}" + ("" if effect.exact else ", at least")
        yield (held.lists[held.whose[a]], int(held.row[a]), harmless(says(a)), held.lists[held.whose[b]],
               int(held.row[b]), harmless(says(b)), f"{linked.probability[at]:.4f}", narrows, "", "",
               text_of_reasons(linked, at))
