"""The numbers, dates and times that a text states, so that each can be held against a record."""
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bearwitness.model.cells import plain_digits
from bearwitness.model.when import MONTH_NAMES

# Months as Arabic names them in the Levant and Iraq, and in Egypt and the Gulf.
_ARABIC_MONTHS = {name: number for number, names in enumerate((
    "كانون الثاني|يناير", "شباط|فبراير", "آذار|مارس", "نيسان|أبريل|إبريل", "أيار|مايو", "حزيران|يونيو", "تموز|يوليو",
    "آب|أغسطس", "أيلول|سبتمبر", "تشرين الأول|أكتوبر", "تشرين الثاني|نوفمبر", "كانون الأول|ديسمبر"), 1)
    for name in names.split("|")}
_ARABIC = "|".join(sorted(_ARABIC_MONTHS, key=len, reverse=True))
_MONTH = "|".join(m for name in MONTH_NAMES for m in (name, name[:3] + r"\.?" if name != "May" else "May")
                  ) + rf"|(?:{_ARABIC})(?:\s*/\s*(?:{_ARABIC}))?"
# words before a bare year; any other number of four digits is a number
_BEFORE_YEAR = "(?:" + "|".join(rf"(?<=\b{word} )" for word in (
    "in", "of", "since", "until", "from", "by", "before", "after", "during", "early", "late", "and")) + ")"
_DATE = re.compile(
    rf"\b(?P<iso>\d{{4}}-\d{{2}}(?:-\d{{2}})?(?:\.\.\d{{2}}(?:-\d{{2}})?)?)\b"
    rf"|\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*(?:-|\u2013|to|and|or)\s*(?P<day2>\d{{1,2}}))?\s+(?P<month>{_MONTH})\b"
    rf"(?:,?\s+(?P<year>\d{{4}})\b)?"
    rf"|\b(?P<month2>{_MONTH})\s+(?P<day3>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year2>\d{{4}}))?\b(?!\d)"
    rf"|\b(?P<month3>{_MONTH})\s+(?P<year3>\d{{4}})\b"
    rf"|{_BEFORE_YEAR}(?P<year4>(?:19|20)\d{{2}})\b(?!\s+(?:characters|words))", re.IGNORECASE)
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
    first = name.split("/")[0].strip()
    if first in _ARABIC_MONTHS:
        return _ARABIC_MONTHS[first]
    return next(n for n, full in enumerate(MONTH_NAMES, 1) if full.lower().startswith(name.lower().rstrip(".")[:3]))


def dates_in(text: str) -> list[Dated]:
    """The dates that a text states, in order."""
    return list(_dates(text))


@lru_cache(maxsize=16_384)          # the same record is read again for each stretch that cites it
def _dates(text: str) -> tuple[Dated, ...]:
    if not any(c.isdigit() for c in text):
        return ()
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
    return tuple(found)


_ZONED = re.compile(r"(?P<off>UTC\s*[+\u2212-]\s*\d{1,2}(?::\d{2})?)[^.]{0,24}?(?P<uh>\d{1,2}):(?P<um>\d{2})\s*UTC")


def clocks_in(text: str) -> list[Clock]:
    """Clock times in digits. complete: its offset and UTC follow within the sentence, in any punctuation."""
    found = []
    plain = plain_digits(text)
    for m in _TIME.finditer(plain):
        hour, minute = int(m["h"] or m["h2"]), int(m["m"] or 0)
        half = (m["half"] or m["half2"] or "").lower()
        hour = hour % 12 + (12 if half == "p" else 0) if half else hour
        end = m.end("half") if m["half"] else m.end("m") if m["m"] else m.end()
        zoned = _ZONED.match(plain, _next_zone(plain, end)) if not m["utc"] else None
        utc = (int(zoned["uh"]), int(zoned["um"])) if zoned else (hour, minute) if m["utc"] else None
        offset = re.sub(r"\s", "", zoned["off"]).replace("\u2212", "-") if zoned else "UTC" if m["utc"] else ""
        found.append(Clock(m[0].strip(), hour, minute, utc is not None, offset, utc))
    return found


def _next_zone(text: str, start: int) -> int:
    at = text.find("UTC", start, start + 48)
    return at if at >= 0 and "." not in text[start:at].replace(".m.", "") else start


def _blank(found: re.Match[str]) -> str:
    return " " * (found.end() - found.start())


@lru_cache(maxsize=16_384)
def without_dates(text: str) -> str:
    """The text with dates, times and coordinates blanked: what is left holds counts."""
    bare = _ZONED.sub(_blank, plain_digits(text))
    bare = _TIME.sub(_blank, _POINT.sub(_blank, re.sub(r"UTC\s*[+\u2212-]\s*\d{1,2}(?::\d{2})?", _blank, bare)))
    return _DATE.sub(_blank, bare)


@lru_cache(maxsize=4)
def _words_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(sorted(words, key=len, reverse=True))
    ones = "one|two|three|four|five|six|seven|eight|nine"
    joined = r"[\u0648\u0641\u0628\u0644\u0643]{0,2}"      # what Arabic writes on to the front of a word
    large = rf"(?:a|{ones}) (?:hundred|thousand)(?: and (?:{alternatives}|one)(?:[- ](?:{ones}))?)?"
    small = rf"(?:{alternatives})(?:[- ](?:{ones}))?(?:\s+\u0648(?:{alternatives}))*"
    return re.compile(rf"\b{joined}({large}|{small})\b", re.IGNORECASE)


def word_value(words: str, table: Mapping[str, int]) -> int:
    """`forty-nine` -> 49, `two hundred and six` -> 206."""
    if words.lower() in table:
        return table[words.lower()]
    total = 0
    for word in re.split(r"[- ]+", words.lower()):
        if word == "hundred":
            total = max(total, 1) * 100
        elif word == "thousand":
            total = max(total, 1) * 1000
        else:
            total += {"a": 1, "one": 1, "and": 0}.get(word, table.get(word, table.get(word.removeprefix("\u0648"), 0)))
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
