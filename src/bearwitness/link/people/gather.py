"""From lists as they were read to one table: names taken apart, words brought to their normal forms, kinds of row told.

Rows of named people and of kin placeholders ("Wife of X") are linked, each only with its own kind. A body without a name
(no given name, and not both a family name and a whole date of birth) is never taken for anybody; a family in one cell, or a
row of totals, is no person. Each list keeps its own name.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from bearwitness.errors import InputError
from bearwitness.link.names.fold import undotted
from bearwitness.link.names.headed import in_order
from bearwitness.link.names.normal import normal
from bearwitness.link.names.parse import parse
from bearwitness.link.names.parts import Name
from bearwitness.link.names.titles import honorifics, without
from bearwitness.link.people.ages import ages, spent
from bearwitness.link.people.born import Dates
from bearwitness.link.people.columns import Choice, Text, Vocabulary, amount, choice, text
from bearwitness.link.people.fields import AGE_EDGES, AGE_WIDE, DAY_EDGES, DAY_WIDE
from bearwitness.link.people.order import Roles, family_first, turned
from bearwitness.link.people.table import Table
from bearwitness.model.cells import plain_digits
from bearwitness.model.roll import GROUP, KIN, KINDS, PERSON, TOTAL, UNIDENTIFIED, Roll

_PARTS = ("given", "father", "grandfather", "family", "kunya")
_ONE_OF_FAMILY = re.compile(r"\bfamily\s+(\d{1,2})\s*$", re.IGNORECASE)     # `X family 2`: the second of that family
_ENOUGH_ROWS = 40      # rows with names in separate columns that tell the order of names in the other lists
_WHOLE = 8             # digits of a whole date of birth
_SHOWN = ("name", "given", "father", "grandfather", "family", "name_local", "kunya", "nickname", "sex", "age", "birth",
          "date", "place", "province", "incident", "kin", "note")


def gather(lists: Sequence[Roll]) -> tuple[Table, Callable[[int], str]]:
    """One table of all lists, and a function that tells how a row of it reads.

    Raises InputError when two lists bear one name, or when no row of any list speaks of a person.
    """
    lists = sorted(lists, key=lambda roll: roll.name)
    names = tuple(one.name for one in lists)
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise InputError(f"Two lists are called {twice}.", where=twice,
                         fix="Rename one: a row is known by its list and number.")
    parts = [_Parts(one) for one in lists]
    _order(lists, parts)
    if not any(kind in KINDS and kind != TOTAL for part in parts for kind in part.kinds):
        raise InputError("No row of these lists speaks of a person.", where=", ".join(names),
                         fix="Say in columns.toml which column holds the names.")
    kept = [np.flatnonzero(np.array([kind in (PERSON, KIN) for kind in part.kinds], bool)) for part in parts]
    apart = [(one.name, int(one.rows[at]), kind) for one, part in zip(lists, parts, strict=True)
             for at, kind in enumerate(part.kinds) if kind in (UNIDENTIFIED, GROUP)]
    whose = np.repeat(np.arange(len(lists), dtype=np.int32), [len(at) for at in kept])
    row = np.concatenate([np.asarray(one.rows)[at] for one, at in zip(lists, kept, strict=True)]).astype(np.int64)
    table = Table(names, whose, row, _columns(lists, parts, kept), apart)
    starts = np.cumsum([0, *(len(at) for at in kept)])

    def says(at: int) -> str:
        which = int(whose[at])
        return reads(lists[which], int(kept[which][at - int(starts[which])]))
    return table, says


def _order(lists: Sequence[Roll], parts: Sequence[_Parts]) -> None:
    """Bring names written family first into order."""
    whole = [("name" in one.cells or "name_local" in one.cells) and "given" not in one.cells and not part.told
             for one, part in zip(lists, parts, strict=True)]
    if not any(whole):
        return
    for part, doubtful in zip(parts, whole, strict=True):
        for table in (part.first, part.second) if doubtful else ():
            triples = list(zip(table["given"], table["father"], table["family"], strict=True))
            if family_first(triples):
                for at, triple in enumerate(triples):
                    if triple[0] and triple[2]:
                        table["given"][at], table["father"][at], table["family"][at] = turned(triple)
    columns = [triple for part, doubtful in zip(parts, whole, strict=True) if not doubtful for triple in part.triples()]
    parsed = [triple for part in parts for triple in part.triples() if triple[1]]
    sure = [triple for triple in (columns if len(columns) >= _ENOUGH_ROWS else parsed) if triple[2]]
    roles = Roles(sure)
    for part, doubtful in zip(parts, whole, strict=True):
        for table in (part.first, part.second) if doubtful else ():
            triples = list(zip(table["given"], table["father"], table["family"], strict=True))
            better = {triple: roles.ordered(triple) for triple in set(triples)}
            for at, triple in enumerate(triples):
                table["given"][at], table["father"][at], table["family"][at] = better[triple]


def reads(one: Roll, at: int) -> str:
    """The cells of a row that say who is meant, as written."""
    said = [one.cells[name][at].strip() for name in _SHOWN if name in one.cells]
    return " | ".join(cell for cell in said if cell)


class _Parts:
    """Names of one list taken apart: normal forms by part, in the first spelling and a second; kinds; whose kin."""

    def __init__(self, one: Roll) -> None:
        size = len(one.rows)
        self.first = {name: [""] * size for name in _PARTS}
        self.second = {name: [""] * size for name in _PARTS}
        self.relative, self.relation = [""] * size, [""] * size
        self.kinds = [str(kind) or PERSON for kind in one.kind]
        self.told = False       # whether a heading tells the order of names
        self._whole(one, "name", self.first)
        self._whole(one, "name_local", self.second)
        for name in _PARTS:
            if name in one.cells:
                forms = {cell: _form(cell) for cell in set(one.cells[name])}
                own = [forms[cell] for cell in one.cells[name]]
                self.first[name] = [mine or found for mine, found in zip(own, self.first[name], strict=True)]
                for at, cell in enumerate(one.cells[name]):
                    if not self.second[name][at] and (other := undotted(cell)) != cell and _form(other) != own[at]:
                        self.second[name][at] = _form(other)
        if "given" in one.cells:
            self._kinds_of(one.cells["given"])
        born = one.cells.get("birth", [""] * size)
        for at in range(size):
            if not self.first["given"][at] and self.second["given"][at]:
                for name in _PARTS:
                    self.first[name][at], self.second[name][at] = self.second[name][at], ""
            if self.kinds[at] == KIN:      # nothing of the person's own is known, and X is not the person
                for name in _PARTS:
                    self.first[name][at] = self.second[name][at] = ""
            told = self.first["family"][at] and len(_digits(born[at])) == _WHOLE     # tells who is meant as a name does
            if self.kinds[at] == PERSON and not self.first["given"][at] and not self.first["kunya"][at] and not told:
                self.kinds[at] = UNIDENTIFIED

    def triples(self) -> list[tuple[str, str, str]]:
        """Given, father's and family name of every row, in both spellings."""
        return [triple for table in (self.first, self.second)
                for triple in zip(table["given"], table["father"], table["family"], strict=True)]

    def _whole(self, one: Roll, column: str, into: dict[str, list[str]]) -> None:
        if column not in one.cells:
            return
        cells = one.cells[column]
        known: dict[str, tuple[Name, dict[str, str]]] = {}
        heading = next((each.header for each in one.columns if each.meaning == column), "")
        before, told = honorifics(cells), 0
        bare: dict[str, dict[str, str]] = {}
        for cell in set(cells):
            name = parse(without(cell, before) if before else cell)
            if name.kind == PERSON and "given" in (parts := in_order(cell, heading)):
                name = Name(cell, given=parts["given"], father=parts.get("father", ""), family=parts.get("family", ""))
                told += 1
            known[cell] = name, {part: normal(getattr(name, part)) for part in _PARTS if getattr(name, part)}
            bare[cell] = {part: form for part, first in known[cell][1].items()
                          for form in (normal(undotted(getattr(name, part))),) if form != first}
        self.told |= 2 * told > len(known)
        for at, cell in enumerate(cells):
            name, forms = known[cell]
            if cell.strip():
                self._take(at, name)
            for part, form in forms.items():
                into[part][at] = form
            for part, form in bare[cell].items() if into is self.first else ():
                self.second[part][at] = form      # a spelling in another script takes its place

    def _take(self, at: int, name: Name) -> None:
        if name.kind != PERSON and self.kinds[at] == PERSON:
            self.kinds[at] = name.kind
        if name.kind == KIN and not self.relative[at]:
            self.relative[at], self.relation[at] = normal(name.relative), f"{name.relation} {name.number}".strip()
        elif name.kind == GROUP and (found := _ONE_OF_FAMILY.search(name.original)):     # one person, and not several
            self.kinds[at], self.relative[at] = KIN, normal(name.family or name.original[:found.start()])
            self.relation[at] = f"family {found[1]}"

    def _kinds_of(self, cells: Sequence[str]) -> None:
        """A placeholder written into the column of given names."""
        odd = {cell: name for cell in set(cells) if cell.strip() and (name := parse(cell)).kind in (KIN, UNIDENTIFIED)}
        for at, cell in enumerate(cells) if odd else ():
            if cell in odd:
                self._take(at, odd[cell])


def _form(cell: str) -> str:
    """The normal form of a part; a plain lower-case Latin word is its own."""
    return normal(cell) if cell.strip() else ""


def _digits(cell: str) -> str:
    """The digits of a date of birth as it stands; nothing where it is unknown (a year of noughts)."""
    digits = "".join(sign for sign in plain_digits(cell) if sign.isdigit())
    return digits if digits.strip("0") else ""


def _columns(lists: Sequence[Roll], parts: Sequence[_Parts], kept: Sequence[Any]) -> dict[str, Any]:
    """Every column that any list fills."""
    def of(values: Sequence[Sequence[str]]) -> list[str]:
        return [column[at] for column, rows in zip(values, kept, strict=True) for at in rows.tolist()]

    first = {name: of([part.first[name] for part in parts]) for name in _PARTS}
    second = {name: of([part.second[name] for part in parts]) for name in _PARTS}
    first["relative"], second["relative"] = of([part.relative for part in parts]), []
    spoken = Vocabulary({form for table in (first, second) for column in table.values() for form in column})
    columns: dict[str, Any] = {}
    for name, values in first.items():
        if any(values):
            columns[name] = text(spoken, values, second[name] if any(second[name]) else None)
    relation = of([part.relation for part in parts])
    if any(relation):
        columns["relation"] = choice(relation)
    columns |= _places(lists, of) | _amounts(lists, kept)
    born = of([[_digits(cell) for cell in one.cells.get("birth", [""] * len(one.rows))] for one in lists])
    if any(born) and not spent(lists):
        columns["born"] = text(Dates(set(born)), born)
    sex = choice(["" if part.relative[at] else str(one.sex[at] or "")      # kinship says it, and is seldom contradicted
                  for one, part, rows in zip(lists, parts, kept, strict=True) for at in rows.tolist()], False)
    if (sex.code >= 0).any():
        columns["sex"] = sex
    return columns


def _places(lists: Sequence[Roll], of: Callable[[Sequence[Sequence[str]]], list[str]]) -> dict[str, Text | Choice]:
    found: dict[str, Text | Choice] = {}
    raw = {name: of([one.cells.get(name, [""] * len(one.rows)) for one in lists])
           for name in ("place", "origin", "province", "incident", "cause")}
    forms = {name: {cell: _form(cell) for cell in set(cells)} for name, cells in raw.items()}
    vocabulary = Vocabulary({form for name in ("place", "origin") for form in forms[name].values()})
    for name, cells in raw.items():
        values = [forms[name][cell] for cell in cells]
        if any(values):
            found[name] = text(vocabulary, values) if name in ("place", "origin") else choice(values)
    return found


def _amounts(lists: Sequence[Roll], kept: Sequence[Any]) -> dict[str, Any]:
    spans = {"age": ages(lists), "day": [(np.asarray(one.day_low, float), np.asarray(one.day_high, float)) for one in lists]}
    found = {}
    for name, edges, wide in (("age", AGE_EDGES, AGE_WIDE), ("day", DAY_EDGES, DAY_WIDE)):
        low, high = (np.concatenate([span[end][at] for span, at in zip(spans[name], kept, strict=True)]) for end in (0, 1))
        if not np.isnan(low).all():
            found[name] = amount(low, high, edges, wide)
    return found
