"""The word lists of strike reports, compiled, and what they find in the two layers of one text.

Patterns are data (rules/claims/strike-reports-*.toml); here they become one regular expression per meaning.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bearwitness.rules import load

_CAPITALS = re.compile(r"[A-Z][\w’'`-]+(?: [A-Z][\w’'`-]+){0,2}")
_OPEN, _CLOSE = "“„«", "”»"
_OFFICIAL_ALONE = re.compile(r"^\s*[A-Z][\w .]{1,30}:\s")


@dataclass(frozen=True, slots=True)
class Layers:
    """own: the monitor's words with each quotation replaced by `“”`; quoted: the official's words."""

    own: str
    quoted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What the patterns found in the two layers; every value is the words, or empty."""

    official: str
    others: str
    denied: tuple[str, ...]
    undone: tuple[str, ...]
    silent: tuple[str, ...]
    of_place: tuple[str, ...]
    elsewhere: tuple[str, ...]
    unplaced: tuple[str, ...]
    confirmed: tuple[str, ...]
    own_totals: tuple[str, ...]
    quote_totals: tuple[str, ...]
    quote_strike: tuple[str, ...]
    places: tuple[str, ...]
    town: str
    governorate: str
    capitals: tuple[str, ...]


def split(text: str) -> Layers:
    """Take a monitor's sentence and the quotations in it apart. A quotation left open runs to the end."""
    if _OFFICIAL_ALONE.match(text) and not any(mark in text[:60] for mark in _OPEN):
        return Layers("", (text,))
    own: list[str] = []
    quoted: list[str] = []
    depth, start = 0, 0
    for at, letter in enumerate(text):
        opens = (letter in _OPEN and (not depth or _begins(text, at))
                 or letter in '”"' and not depth and _begins(text, at))
        if opens:
            if not depth:
                own.append("“”")
                start = at + 1
            depth += 1
        elif depth and (letter in _CLOSE or letter in '"“') and _ends(text, at):
            depth -= 1
            if not depth:
                quoted.append(text[start:at])
        elif not depth:
            own.append(letter)
    if depth:
        quoted.append(text[start:])
    return Layers("".join(own), tuple(q.strip() for q in quoted if q.strip()))


def _begins(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in " :,(\n"


def _ends(text: str, at: int) -> bool:
    """A mark closes where the text ends, or goes on after a space with the monitor's own words."""
    before, after = text[at - 1:at], text[at + 1:at + 2]
    return before not in " (" and (not after or not after.isalnum())



@dataclass(frozen=True, slots=True)
class _Lists:
    """One compiled expression per meaning; `places` keep the group that names the place."""

    official: re.Pattern[str]
    others: re.Pattern[str]
    denied: re.Pattern[str]
    undone: re.Pattern[str]
    silent: re.Pattern[str]
    of_place: re.Pattern[str]
    elsewhere: re.Pattern[str]
    unplaced: re.Pattern[str]
    confirmed: re.Pattern[str]
    totals: re.Pattern[str]
    strike: re.Pattern[str]
    town: tuple[re.Pattern[str], ...]
    governorate: tuple[re.Pattern[str], ...]
    target: tuple[re.Pattern[str], ...]
    no_target: re.Pattern[str]


@lru_cache(maxsize=8)
def _lists(language: str) -> _Lists:
    rules = load(f"claims/strike-reports-{language}")

    def one(group: str, key: str = "words") -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{each})" for each in rules[group][key]), re.IGNORECASE)

    def cased(group: str, key: str) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(each) for each in rules[group][key])
    return _Lists(one("speaker", "official"), one("speaker", "others"), one("denies"), one("denies", "undone"),
                  one("silent"), one("silent", "of_place"), one("silent", "elsewhere"), one("unplaced"),
                  one("confirms"), one("totals"), one("totals", "strike"), cased("confirms", "town"),
                  cased("confirms", "governorate"), cased("totals", "target"),
                  re.compile(rules["totals"]["no_target"], re.IGNORECASE))


def read(layers: Layers, language: str) -> Read:
    """Every pattern held against its own layer."""
    lists, own, quote = _lists(language), layers.own, " … ".join(layers.quoted)
    silent = _all(lists.silent, own)
    rest = lists.silent.sub(" ", lists.denied.sub(" ", own))
    return Read(_first(lists.official, own), _first(lists.others, own), _all(lists.denied, own),
                _all(lists.undone, own), silent, _all(lists.of_place, own), _all(lists.elsewhere, own),
                _all(lists.unplaced, own), _all(lists.confirmed, rest), _all(lists.totals, own),
                _all(lists.totals, quote), _all(lists.strike, quote), _targets(lists, quote),
                _place(lists.town, own), _place(lists.governorate, own), tuple(_CAPITALS.findall(quote)))


def tells_of_strike(text: str, language: str = "en") -> bool:
    return bool(_lists(language).strike.search(text))


def _all(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found[0].strip() for found in pattern.finditer(text)))


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0].strip() if found else ""


def _place(patterns: tuple[re.Pattern[str], ...], text: str) -> str:
    for pattern in patterns:
        if found := pattern.search(text):
            return str(found["place"]).strip()
    return ""


def _targets(lists: _Lists, quote: str) -> tuple[str, ...]:
    """Places in the official's words at which something is done, sentence by sentence; lists of provinces are none."""
    found: list[str] = []
    for sentence in re.split(r"(?<=[.…])\s+|…", quote):
        if not lists.strike.search(sentence):
            continue
        found += [str(m["place"]).strip() for pattern in lists.target for m in pattern.finditer(sentence)]
    return tuple(dict.fromkeys(place for place in found if not lists.no_target.match(place)))
