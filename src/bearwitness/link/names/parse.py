"""From one cell to a `Name`: Arabic, Persian, Kurdish, Ukrainian, Russian and Latin order.

Order of decisions: (1) nobody known by name, (2) several people, (3) kin of somebody, (4) a person: brackets and aliases
off, titles off, ibn and bint as joints, patronymics as signs of Slavic order, else by the number of words.
Neglects: whether the second of two words is a father's or a family name; nobody can tell from the cell alone.
"""
from __future__ import annotations

import re
from functools import lru_cache

from bearwitness.link.names.damage import mended
from bearwitness.link.names.fold import fold
from bearwitness.link.names.kinds import aside_kin, group, kin, nobody
from bearwitness.link.names.normal import joined
from bearwitness.link.names.parts import Name
from bearwitness.link.names.slavic import patronymic
from bearwitness.link.names.titles import untitled
from bearwitness.link.names.words import words

_ASIDE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|\"([^\"]*)\"|“([^”]*)”|«([^»]*)»|„([^“”]*)[“”]"
                    r"|(?<!\w)['‘]([^'’]{3,})['’](?!\w)|﴾([^﴿]*)﴿")
_NISBA = re.compile(r"^(?:ال?.{2,}(?:ي|يه)|(?:al|el)[- ]?\w{3,}(?:i|y|ee|iya|iyya))$", re.IGNORECASE)


@lru_cache(maxsize=1 << 18)
def parse(text: str) -> Name:
    """The parts of the name in a cell. Never fails: a cell that holds no name is `unidentified`."""
    clean = mended(text)
    if found := nobody(clean):
        return Name(text, "unidentified", number=found.number)
    if found_kin := kin(clean):
        return Name(text, "kin", relation=found_kin.relation, relative=found_kin.relative, number=found_kin.number)
    if group(clean):
        return Name(text, "group", family=_of_family(clean))
    return _person(text, clean)


def _of_family(clean: str) -> str:
    """What follows the word for family, where the cell is no more than that."""
    told = fold(clean).split()
    if len(told) > 1 and told[0] in words("group.family_of"):
        rest = told[1:]
        return " ".join(rest[1:] if rest[0] == "of" else rest)
    return ""


def _person(text: str, clean: str) -> Name:
    clean, of = aside_kin(clean)
    clean, asides = _asides(clean)
    clean, alias = _alias(clean)
    units, title = _untitled(joined(_ordered(_before_origin(clean))))
    units, other = _alternative(units)
    units, kunya = _kunya(units)
    spare = [aside for aside in (*asides, alias) if aside]
    kunya = kunya or next((aside for aside in spare if _is_kunya(aside)), "")
    spare = [aside for aside in spare if aside != kunya]
    if len(units) < 2 and spare and (not units or len(spare[0].split()) > 1):
        units += _untitled(joined(spare.pop(0)))[0]
    relation, relative = (of.relation, of.relative) if of else ("", "")
    if of and relation in ("son", "daughter"):
        units, relation, relative = [*units, *joined(relative)], "", ""
    given, father, grandfather, family = _placed(units)
    return Name(text, given=given, father=father, grandfather=grandfather, family=family, kunya=kunya,
                nickname=(spare or [other])[0], nisba=family if _NISBA.match(family) else "",
                relation=relation, relative=relative, title=title)


def _ordered(text: str) -> str:
    """`Family, Given` in speaking order; other commas taken off."""
    pieces = [piece.strip() for piece in re.split("[,،;]", text) if piece.strip()]
    if len(pieces) == 2 and len(pieces[0].split()) == 1:
        return f"{pieces[1]} {pieces[0]}"
    return " ".join(pieces)


def _before_origin(text: str) -> str:
    pieces = text.split()
    for at, piece in enumerate(pieces):
        if at and fold(piece) in words("origin"):
            return " ".join(pieces[:at])
    return text


def _alternative(units: list[str]) -> tuple[list[str], str]:
    """The first of two names a cell offers (`X or Y`, `X/Y`), and what stands for the second."""
    for at, unit in enumerate(units):
        if at and at + 1 < len(units) and fold(unit) in words("or_else"):
            return units[:at], " ".join(units[at + 1:])
        first, slash, second = unit.partition("/")
        if slash and fold(first) and fold(second):
            return [*units[:at], first, *units[at + 1:]], second
    return units, ""


def _asides(text: str) -> tuple[str, list[str]]:
    found = [next((group for group in match.groups() if group), "").strip() for match in _ASIDE.finditer(text)]
    return " ".join(_ASIDE.sub(" ", text).split()), [one for one in found if one]


def _alias(text: str) -> tuple[str, str]:
    """The text before `known as`, and what follows it."""
    pieces = text.split()
    for at, piece in enumerate(pieces):
        rest = pieces[at + 1:]
        if at and rest and (fold(piece) in words("alias")
                            or (fold(piece) in words("alias_before") and fold(rest[0]) in words("alias_tail"))):
            while rest and fold(rest[0]) in words("alias_tail"):
                rest = rest[1:]
            return " ".join(pieces[:at]), " ".join(rest)
    return text, ""


def _untitled(units: list[str]) -> tuple[list[str], str]:
    """Titles off the front; words for somebody not known off the end."""
    units, title = untitled(units)
    while len(units) > 2 and fold(units[-1]) in words("unidentified.bare"):
        units = units[:-1]
    return units, title


def _is_kunya(text: str) -> bool:
    first = fold(text).split()[:1]
    return bool(first) and (first[0] in words("father_of") or first[0] in words("mother_of")) and len(fold(text).split()) > 1


def _kunya(units: list[str]) -> tuple[list[str], str]:
    """A kunya at the front, before a name; at the end it is more often a family name and stays."""
    if len(units) != 2 and units and _is_kunya(units[0]):
        return units[1:], units[0]
    return units, ""


def _placed(units: list[str]) -> tuple[str, str, str, str]:
    """(given, father, grandfather, family) of the words of a name."""
    slavic = [at for at, unit in enumerate(units) if at and patronymic(unit)]
    if slavic and len(units) == 3:
        return (units[0], units[1], "", units[2]) if slavic[0] == 1 else (units[1], units[2], "", units[0])
    if slavic and len(units) == 2:
        return units[0], units[1], "", ""
    chain = [unit for at, unit in enumerate(units) if not at or not _joint(units, at)]
    if len(chain) < len(units) and len(chain) == 2 and _joint(units, 1):
        return chain[0], chain[1], "", ""
    match chain:
        case []:
            return "", "", "", ""
        case [one]:
            return one, "", "", ""
        case [one, two]:
            return one, "", "", two
        case [one, two, three]:
            return one, two, "", three
        case [one, two, three, *between, last] if between and _with_article(last):
            return one, two, " ".join([three, *between]), last
        case [one, two, three, *rest]:
            return one, two, three, " ".join(rest)
    return "", "", "", ""


def _with_article(unit: str) -> bool:
    """Whether a word bears an article, as family names do: what stands before it is the line of fathers."""
    told = fold(unit).split()
    return (len(told) > 1 and told[0] in words("article")) or (told[0][:2] == "ال" and len(told[0]) > 4)


def _joint(units: list[str], at: int) -> bool:
    """Whether a word between two names says son or daughter of."""
    told = fold(units[at])
    if told == "of":
        return fold(units[at - 1]) in ("son", "daughter")
    return told in words("son") or (told in ("son", "daughter") and at + 1 < len(units) and fold(units[at + 1]) == "of")
