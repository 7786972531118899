"""The fields that speak of a person, what they belong to, and what is expected of them before a list has spoken.

A field belongs to the person (given name, age, sex), to the line (father, grandfather), to the house (family name), or to
the event (place, day). That is what tells brothers from two reports of one man: all but the person is alike in both.

`start` is the share of each level between two reports of one person, used until the lists say better: it weighs as
much as WEIGHT pairs. These shares are ours, set from made-up lists; lists of some hundred rows replace them.
"""
from __future__ import annotations

from dataclasses import dataclass

WEIGHT = 20.0
PERSON, LINE, HOUSE, EVENT = "person", "line", "house", "event"
_WORDS = (0.62, 0.15, 0.15, 0.04, 0.04)
_PLACE = (0.85, 0.06, 0.04, 0.01, 0.04)
_AGE = (0.60, 0.13, 0.10, 0.03, 0.03, 0.03, 0.03, 0.02, 0.025, 0.005)
_DAY = (0.80, 0.10, 0.05, 0.02, 0.01, 0.01, 0.008, 0.002)
AGE_EDGES, AGE_WIDE = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 10.0), 2.5
DAY_EDGES, DAY_WIDE = (0.0, 1.0, 2.0, 7.0, 31.0), 3.0


@dataclass(frozen=True, slots=True)
class Field:
    """name: the meaning of the column. about: person, line, house or event. named: a name by which people are called.
    start: share of each level between reports of one person. word: how it is called in reasons."""

    name: str
    about: str
    start: tuple[float, ...]
    word: str
    named: bool = False


FIELDS = (
    Field("incident", EVENT, (0.9, 0.1), "incident"),
    Field("place", EVENT, _PLACE, "place"),
    Field("province", EVENT, (0.97, 0.03), "province"),
    Field("day", EVENT, _DAY, "day of death"),
    Field("cause", EVENT, (0.8, 0.2), "cause"),
    Field("family", HOUSE, _WORDS, "family name", True),
    Field("father", LINE, _WORDS, "father's name", True),
    Field("grandfather", LINE, _WORDS, "grandfather's name", True),
    Field("origin", HOUSE, _PLACE, "place of origin"),
    Field("given", PERSON, _WORDS, "given name", True),
    Field("kunya", PERSON, _WORDS, "kunya", True),
    Field("relative", PERSON, _WORDS, "whose relative", True),
    Field("relation", PERSON, (0.97, 0.03), "kinship"),
    Field("born", PERSON, (0.85, 0.05, 0.05, 0.01, 0.04), "date of birth"),
    Field("age", PERSON, _AGE, "age"),
    Field("sex", PERSON, (0.99, 0.01), "sex"),
    Field("id", PERSON, (0.95, 0.005, 0.02, 0.005, 0.02), "number"),
)
BY_NAME = {field.name: field for field in FIELDS}


@dataclass(frozen=True, slots=True)
class Kind:
    """One way two rows can belong together: which fields come from one and the same thing. shares: what fields are
    about, names of fields, or "names" for every name by which people are called."""

    name: str
    words: str
    shares: frozenset[str]

    def shared(self, field: Field) -> bool:
        return field.about in self.shares or field.name in self.shares or (field.named and "names" in self.shares)


SAME = Kind("same", "one person", frozenset({PERSON, LINE, HOUSE, EVENT}))
KIN = Kind("kin", "brothers or sisters, killed together", frozenset({LINE, HOUSE, EVENT}))
HOUSEHOLD = Kind("household", "two of one family, killed together", frozenset({HOUSE, EVENT}))
NEPHEW = Kind("nephew", "two of one name in one family, killed together, such as uncle and nephew",
              frozenset({HOUSE, EVENT, "given", "sex"}))
COUSINS = Kind("apart", "brothers or sisters, at other times", frozenset({LINE, HOUSE}))
STRANGERS = Kind("event", "two people of one event", frozenset({EVENT}))
NAMESAKES = Kind("namesakes", "two people of one name", frozenset({"names"}))
UNRELATED = Kind("unrelated", "two people", frozenset())
KINDS = (SAME, KIN, HOUSEHOLD, NEPHEW, COUSINS, STRANGERS, NAMESAKES, UNRELATED)
