"""The numbers, dates and times that a text states, so that each can be held against a record."""
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bearwitness.model.cells import plain_digits
from bearwitness.model.when import MONTH_NAMES

_MONTH = "|".join(m for name in MONTH_NAMES for m in (name, name[:3] + r"\.?" if name != "May" else "May"))
_DATE = re.compile(
    rf"\b(?P<iso>\d{{4}}-\d{{2}}(?:-\d{{2}})?(?:\.\.\d{{2}}(?:-\d{{2}})?)?)\b"
    rf"|\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*(?:-|\u2013|to|and|or)\s*(?P<day2>\d{{1,2}}))?\s+(?P<month>{_MONTH})\b"
    rf"(?:,?\s+(?P<year>\d{{4}})\b)?"
    rf"|\b(?P<month2>{_MONTH})\s+(?P<day3>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year2>\d{{4}}))?\b(?!\d)"
    rf"|\b(?P<month3>{_MONTH})\s+(?P<year3>\d{{4}})\b|\b(?P<year4>(?:19|20)\d{{2}})\b", re.IGNORECASE)
_TIME = re.compile(r"(?<![\d:.])(?P<h>[01]?\d|2[0-3])[:.](?P<m>[0-5]\d)(?!\d)(?:\s*(?P<half>[ap])\.?m\b\.?)?"
                   r"(?P<rest>(?:\s*\((?P<off>UTC[+-]\d{1,2}(?::\d{2})?);\s*(?P<uh>\d{1,2}):(?P<um>\d{2})\s*UTC\))"
                   r"|\s*(?P<utc>UTC)\b(?![+-]))?"
                   r"|(?<![\d:.])(?P<h2>1[0-2]|[1-9])\s*(?P<half2>[ap])\.?\s?m\b\.?", re.IGNORECASE)
_POINT = re.compile(r"-?\d{1,3}\.\d{3,}\s*\u00b0?\s*[NS]?\s*[,;/ ]\s*-?\d{1,3}\.\d{3,}")
_NUMBER = re.compile(r"(?<![\w.,/\u2011-])(\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d+(?:\.\d+)?)(?!\w|[./-]\d|-[A-Za-z])")


@dataclass(frozen=True, slots=True)
class Said:
    """A number in a text: its value, its words, and where it stands."""

    value: float
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in a text. complete: zone and UTC stand beside it."""

    words: str
    hour: int
    minute: int
    complete: bool
    offset: str
    utc: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text; day, month and year are None where the text does not say them."""

    words: str
    year: int | None
    month: int | None
    day: int | None

    def fits(self, other: date) -> bool:
        return all(a is None or a == b for a, b in ((self.year, other.year), (self.month, other.month),
                                                    (self.day, other.day)))


def _month(name: str) -> int:
    return next(n for n, full in enumerate(MONTH_NAMES, 1) if full.lower().startswith(name.lower().rstrip(".")[:3]))


def dates_in(text: str) -> list[Dated]:
    found: list[Dated] = []
    for m in _DATE.finditer(plain_digits(text)):
        if m["iso"]:
            pieces = m["iso"].split("..")[0].split("-")
            found.append(Dated(m[0], int(pieces[0]), int(pieces[1]), int(pieces[2]) if len(pieces) > 2 else None))
        elif m["day"]:
            year = int(m["year"]) if m["year"] else None
            for day in (m["day"], m["day2"]):
                if day:
                    found.append(Dated(m[0], year, _month(m["month"]), int(day)))
        elif m["month2"]:
            found.append(Dated(m[0], int(m["year2"]) if m["year2"] else None, _month(m["month2"]), int(m["day3"])))
        elif m["month3"]:
            found.append(Dated(m[0], int(m["year3"]), _month(m["month3"]), None))
        else:
            found.append(Dated(m[0], int(m["year4"]), None, None))
    return found


def clocks_in(text: str) -> list[Clock]:
    found = []
    for m in _TIME.finditer(plain_digits(text)):
        hour, minute = int(m["h"] or m["h2"]), int(m["m"] or 0)
        half = (m["half"] or m["half2"] or "").lower()
        hour = hour % 12 + (12 if half == "p" else 0) if half else hour
        utc = (int(m["uh"]), int(m["um"])) if m["uh"] else (hour, minute) if m["utc"] else None
        found.append(Clock(m[0], hour, minute, utc is not None, m["off"] or ("UTC" if m["utc"] else ""), utc))
    return found


def _blank(found: re.Match[str]) -> str:
    return " " * (found.end() - found.start())


def without_dates(text: str) -> str:
    """The text with dates, times and coordinates blanked: what is left holds counts."""
    bare = _TIME.sub(_blank, _POINT.sub(_blank, plain_digits(text)))
    return _DATE.sub(_blank, bare)


@lru_cache(maxsize=4)
def _words_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf"\b((?:{alternatives})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|"
                      rf"(?:a|one|two|three|four|five|six|seven|eight|nine) hundred(?: and (?:{alternatives}|one)"
                      rf"(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)?)\b", re.IGNORECASE)


def word_value(words: str, table: Mapping[str, int]) -> int:
    """`forty-nine` -> 49, `two hundred and six` -> 206."""
    total = 0
    for word in re.split(r"[- ]+", words.lower()):
        if word == "hundred":
            total = max(total, 1) * 100
        else:
            total += {"a": 1, "one": 1, "and": 0}.get(word, table.get(word, 0))
    return total


def numbers_in(text: str, table: Mapping[str, int]) -> list[Said]:
    """Numbers in digits and in words, without dates, times and coordinates. `one` is a pronoun, not a number."""
    bare = without_dates(text)
    found = [Said(float(re.sub(r"[,\u00a0\u202f ]", "", m[1])), m[1], m.start(), m.end())
             for m in _NUMBER.finditer(bare)]
    if table:
        found += [Said(float(word_value(m[1], table)), m[1], m.start(), m.end())
                  for m in _words_pattern(tuple(table)).finditer(bare)]
    return sorted(found, key=lambda said: said.start)
