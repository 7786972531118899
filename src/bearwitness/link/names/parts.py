"""The parts of a name: what is given, what is the father's, what the family's, and what kind of mention it is."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bearwitness.link.names.normal import normal
from bearwitness.link.names.slavic import father_of

Kind = Literal["person", "kin", "unidentified", "group"]


@dataclass(frozen=True, slots=True)
class Name:
    """One name cell, taken apart. Parts stand as written (letters folded only inside comparisons); '' where absent.

    given, father, grandfather, family: in the usual order of the language; of two words the second is read as family,
    though it may be the father's name: `same_name` knows that. father of a Slavic name: the patronymic as written.
    kunya: Abu or Um and a name, where it stands beside a given name or alone. nisba: the family name when
    it tells of a place or tribe (al-Halabi). nickname: what stands in quotes, brackets or after "known as".
    relation, relative: of `kin` ("Wife of X"): `wife` and X as written; else ''.
    kind: person; kin = somebody known only through a relative; unidentified; group = several people in one cell.
    original: the cell, unchanged: the record. number: of `Unidentified 3` or `Son of X 2`; '' else. title: titles and ranks
    before the name, as written: they are no part of it.
    """

    original: str
    kind: Kind = "person"
    given: str = ""
    father: str = ""
    grandfather: str = ""
    family: str = ""
    kunya: str = ""
    nisba: str = ""
    nickname: str = ""
    relation: str = ""
    relative: str = ""
    number: str = ""
    title: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Normal forms of given, father, grandfather and family, empty ones left out; of a patronymic, the father's name."""
        parts = (self.given, father_of(self.father) or self.father, self.grandfather, self.family)
        return tuple(word for part in parts if part for word in (normal(part),) if word)
