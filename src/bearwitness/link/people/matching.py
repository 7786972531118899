"""Casualty lists in, persons out: reading, linking, what people judged, and what is kept for the next time."""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bearwitness.errors import InputError, UnreadableArrival
from bearwitness.intake.lists import read_roll
from bearwitness.link.people import kept
from bearwitness.link.people.engine import Linked, Prepared, Say, conclude, prepare, silent
from bearwitness.link.people.gather import gather
from bearwitness.link.people.judgements import Judgement, read
from bearwitness.link.people.spread import Range
from bearwitness.model.roll import UNIDENTIFIED, Roll


@dataclass(slots=True)
class Matched:
    """linked: the answer. apart: rows that were linked to nobody: (list, row, kind). says: how a row reads. notes: how the
    lists were read."""

    linked: Linked
    apart: list[tuple[str, int, str]]
    says: Callable[[int], str]
    notes: list[str]

    @property
    def unnamed(self) -> Counter[str]:
        """Rows of bodies without a name, by list."""
        return Counter(name for name, _, kind in self.apart if kind == UNIDENTIFIED)

    @property
    def range(self) -> Range:
        """People: at least the named who are surely different (or one, where there are only bodies without a name); at most
        all that are named, and every body without a name as one more."""
        named, bodies = self.linked.range, self.unnamed.total()
        return Range(named.low if named.high else min(1, bodies), named.high + bodies, named.exact)

    @property
    def best(self) -> int:
        """Most likely number: the likely named people, and the bodies of the list that has most of them."""
        return self.linked.best + max(self.unnamed.values(), default=0)


def match(lists: Sequence[Path], *, judgements: Sequence[Path] = (), clean: frozenset[str] = frozenset(),
          folder: Path | None = None, say: Say = silent) -> Matched:
    """Link lists. judgements: answered review files. clean: names of lists declared free of repeats. folder: where what
    was computed before is kept; None keeps nothing.

    Raises InputError and its kinds; nothing is written then.
    """
    _known(lists, clean)
    given = [one for path in judgements for one in read(path)]
    try:
        key = kept.digest(lists, clean) if folder is not None else ""
    except OSError as why:
        raise UnreadableArrival(f"this list cannot be opened ({why.strerror or why})", where=str(why.filename or ""),
                                fix="Give the path of a CSV, XLSX, ODS or JSON file.") from why
    found = kept.find(folder, key) if folder is not None else None
    if found is None:
        found = _anew(lists, clean, say)
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            kept.keep(folder, key, *found)
    prepared, apart, says, notes = found
    _still_so(given, prepared, says)
    say("deciding persons")
    return Matched(conclude(prepared, given), apart, says, notes)


def _known(lists: Sequence[Path], clean: frozenset[str]) -> None:
    names = [path.name for path in lists]
    if not names:
        raise InputError("No list is given.", where="match people", fix="bearwitness match people A.csv B.xlsx --out DIR")
    for name in sorted(clean - set(names)):
        raise InputError(f"{name} is declared free of repeats, and is none of the lists.", where=name,
                         fix=f"The lists are {', '.join(sorted(names))}.")


def _anew(lists: Sequence[Path], clean: frozenset[str], say: Say) -> kept.Kept:
    read_in = []
    for path in sorted(lists, key=lambda one: one.name):
        say(f"reading {path.name}")
        read_in.append(read_roll(path))
    table, says = gather(read_in)
    return prepare(table, clean, say), table.apart, says, [note for roll in read_in for note in reading_notes(roll)]


def reading_notes(roll: Roll) -> list[str]:
    """How a list was read, in words."""
    used = ", ".join(column.meaning if column.header.strip().lower() == column.meaning else
                     f"{column.header!r} as {column.meaning}" for column in roll.columns)
    notes = [f"{roll.name}: {len(roll):,} rows; columns used: {used}"]
    if roll.unread:
        notes.append(f"{roll.name}: columns not used: {', '.join(roll.unread)}")
    if roll.left_out:
        numbers = ", ".join(str(row) for row, _ in roll.left_out[:10]) + (" ..." if len(roll.left_out) > 10 else "")
        notes.append(f"{roll.name}: {len(roll.left_out)} rows left out ({numbers}): {roll.left_out[0][1]}")
    return notes + [f"{roll.name}: {note}" for note in roll.notes]


def _still_so(given: Sequence[Judgement], prepared: Prepared, says: Callable[[int], str]) -> None:
    """Raises InputError when a row no longer reads as it did when it was judged: the list changed."""
    wanted = {row: (text, one) for one in given for row, text in zip((one.left, one.right), one.says, strict=True) if text}
    if not wanted:
        return
    whose = {name: at for at, name in enumerate(prepared.lists)}
    for (name, row), (text, one) in sorted(wanted.items(), key=lambda item: item[0]):
        if name not in whose:
            continue
        at = np.flatnonzero((prepared.whose == whose[name]) & (prepared.row == row))
        now = says(int(at[0])) if len(at) else ""
        if now and now != text.removeprefix("'"):
            raise InputError(f"{name}:{row} was judged when it read {text[:60]!r}; now it reads {now[:60]!r}.",
                             where=one.where, fix="The list changed since. Judge the pair again, or bring the list back.")
