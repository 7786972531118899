"""What each row says in one respect (sex, age band, day, place ...), as a number; the words for those numbers.

A row says one thing or nothing. What spans two answers (a year where a day is asked, "adult" where the band is 18 to 29)
is no answer. A place or an incident is the same in two spellings only where letters alone differ, or where two rows of
one likely person spell it so and it sounds the same. Nothing is guessed from a name.

Statuses are each list's own words: `civilian` of one list is not `civilian` of another (lists have counted defectors,
fighters who never were soldiers, and volunteers on either side), so several lists need a mapping in columns.toml.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from bearwitness.errors import InputError
from bearwitness.link.names.normal import normal
from bearwitness.link.names.parse import parse
from bearwitness.link.names.sounds import skeleton
from bearwitness.model.cells import plain_digits
from bearwitness.model.roll import Roll

Ints = npt.NDArray[np.int64]
SILENT, MIXED = -1, -2
SILENT_WORDS, MIXED_WORDS = "not stated", "stated differently"
BANDS = (0, 18)
"""Lower ends of the age bands [years]: a child is under 18 (Convention on the Rights of the Child, art. 1)."""
BY = ("sex", "age", "day", "month", "year", "place", "province", "incident", "status", "cause", "list")
_WOMEN = frozenset({"wife", "daughter", "mother", "sister", "widow"})
_MEN = frozenset({"husband", "son", "father", "brother"})
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Respect:
    """name: one of BY. words: of each number, in the order to be shown. of: per row of each list, int64, SILENT for none."""

    name: str
    words: tuple[str, ...]
    of: tuple[Ints, ...]

    def say(self, code: int) -> str:
        return SILENT_WORDS if code == SILENT else MIXED_WORDS if code == MIXED else self.words[code]


def respect(name: str, rolls: Sequence[Roll], bands: Sequence[int] = BANDS) -> Respect:
    """One respect of all lists. bands: lower ends of age bands [years], ascending.

    Raises InputError for a respect there is not, and for statuses of several lists without a mapping.
    """
    if name not in BY:
        raise InputError(f"People cannot be counted by {name!r}.", where="--by", fix="Known: " + ", ".join(BY))
    if name == "age":
        return Respect(name, _band_words(bands), tuple(_bands(roll, bands) for roll in rolls))
    if name == "sex":
        known = {"f": 0, "m": 1, "": SILENT}
        return Respect(name, ("female", "male"), tuple(_codes([known[sex] for sex in _sexes(roll)]) for roll in rolls))
    if name == "list":
        return Respect(name, tuple(roll.name for roll in rolls),
                       tuple(np.full(len(roll), at, np.int64) for at, roll in enumerate(rolls)))
    if name in ("day", "month", "year"):
        return _numbered(name, [[_date(low, high, name) for low, high in zip(roll.day_low.tolist(), roll.day_high.tolist(),
                                                                            strict=True)] for roll in rolls])
    if name == "status":
        return _numbered(name, _statuses(rolls))
    return _spelled(name, [roll.of(name) for roll in rolls])


def _codes(values: Sequence[int]) -> Ints:
    return np.array(values, np.int64)


def _sexes(roll: Roll) -> list[str]:
    """As stated; of "wife of X" and "son of X" as the kinship says."""
    names, local = roll.of("name"), roll.of("name_local")
    return [sex or _of_kin(name or other) for sex, name, other in zip(roll.sex, names, local, strict=True)]


def _of_kin(cell: str) -> str:
    relation = parse(cell).relation if cell else ""
    return "f" if relation in _WOMEN else "m" if relation in _MEN else ""


def _band_words(bands: Sequence[int]) -> tuple[str, ...]:
    ends = list(zip(bands, bands[1:], strict=False))
    first = [f"under {high}" if low == 0 else f"{low} to {high - 1}" for low, high in ends]
    return (*first, f"{bands[-1]} or over")


def _bands(roll: Roll, bands: Sequence[int]) -> Ints:
    """The band an age lies in wholly."""
    edges = np.array(bands, np.float64)
    said = ~np.isnan(roll.age_low)
    low = np.searchsorted(edges, np.nan_to_num(roll.age_low), side="right") - 1
    high = np.searchsorted(edges, np.nan_to_num(roll.age_high), side="right") - 1
    return np.where(said & (low == high) & (low >= 0), low, SILENT).astype(np.int64)


def _date(low: float, high: float, unit: str) -> str:
    if low != low or high != high:
        return ""
    size = {"day": 10, "month": 7, "year": 4}[unit]
    first, last = ((_EPOCH + timedelta(days=int(end))).isoformat()[:size] for end in (low, high))
    return first if first == last else ""


def _numbered(name: str, said: Sequence[Sequence[str]]) -> Respect:
    words = tuple(sorted({word for column in said for word in column} - {""}))
    number = {word: at for at, word in enumerate(words)} | {"": SILENT}
    return Respect(name, words, tuple(_codes([number[word] for word in column]) for column in said))


def _statuses(rolls: Sequence[Roll]) -> list[list[str]]:
    having = [roll for roll in rolls if any(roll.of("status"))]
    without = [roll for roll in having if not roll.statuses]
    if len(having) > 1 and without:
        words = sorted(set(without[0].of("status")) - {""})[:6]
        raise InputError("Statuses of several lists are never added without a mapping: each list means its own by them.",
                         where=", ".join(roll.name for roll in without),
                         fix=f'Write beside the lists, in columns.toml: ["{without[0].name}"] '
                         "statuses = { " + ", ".join(f'"{word}" = "..."' for word in words) + " }")
    return [[roll.statuses.get(word, word) for word in roll.of("status")] for roll in rolls]


def _spelled(name: str, columns: Sequence[Sequence[str]]) -> Respect:
    """Words compared by their normal form, and shown as most lists write them."""
    seen = Counter(cell for column in columns for cell in column if cell)
    form = {cell: normal(cell) or cell for cell in seen}
    shown: dict[str, str] = {}
    for cell, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0])):
        shown.setdefault(form[cell], cell)
    forms = sorted(shown, key=lambda one: shown[one])
    number = {one: at for at, one in enumerate(forms)}
    known = {cell: number[form[cell]] for cell in seen} | {"": SILENT}
    return Respect(name, tuple(shown[one] for one in forms), tuple(_codes([known[cell] for cell in column])
                                                                   for column in columns))


def across_scripts(one: Respect, person: Ints, code: Ints) -> dict[int, int]:
    """Spellings of places or incidents that mean one: number -> the number that stands for both.

    person, code: of every linked row. Two are one where rows of one person say both and they sound the same.
    """
    if one.name not in ("place", "province", "incident"):
        return {}
    said = code >= 0
    both = np.unique(np.stack([person[said], code[said]]), axis=1)
    same_person = np.flatnonzero(both[0][1:] == both[0][:-1])
    sounds: dict[int, str] = {}

    def sound(at: int) -> str:
        if at not in sounds:        # digits have no sound, and RS0743 is not RS0999
            heard = skeleton(normal(one.words[at]))
            sounds[at] = heard and heard + "".join(sign for sign in plain_digits(one.words[at]) if sign.isdigit())
        return sounds[at]
    stands: dict[int, int] = {}

    def root(at: int) -> int:
        while at in stands:
            at = stands[at]
        return at
    for at in same_person.tolist():
        a, b = root(int(both[1][at])), root(int(both[1][at + 1]))
        if a != b and sound(a) and sound(a) == sound(b):
            stands[max(a, b)] = min(a, b)
    return {at: root(at) for at in stands}


