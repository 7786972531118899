"""What one cell of a casualty list says: a day, an age, a sex, how many people. Spans, not points; nothing where unclear.

Days are counted from 1970-01-01; a span is (low, high), both included. Ages are in years, (low, high): "32" is 32.0 to
32.99, because a person is that old for a year. Dates of the lunar Hijri calendar are computed with the tabular (civil)
calendar and stand for a day more or less, because months begin by sight of the moon; solar Hijri dates are exact.
Sources: E. M. Reingold, N. Dershowitz, Calendrical Calculations (2018), chapters 7 and 15 (arithmetic calendars).
"""
from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from bearwitness.intake.lists.words import digits, plain, says_nothing, table
from bearwitness.rules import load

Span = tuple[float, float]
EPOCH = date(1970, 1, 1)
_NUMBERS = re.compile(r"\D*(\d{1,4})\D+(\d{1,2})\D+(\d{1,4})(?:[ T]+\d{1,2}:\d{2}.*)?\D*\Z")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?\Z")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})\Z")
_AGE = re.compile(r"(?:~|c\.?|about|approx\.?|نحو|حوالي|حوالی)?\s*(\d{1,3})(?:[.,]\d+)?\s*([^\W\d_][^\d]*)?\Z")
_AGES = re.compile(r"(\d{1,3})\s*(?:-|–|\.\.|/|to|الى|إلى|до)\s*(\d{1,3})\s*([^\W\d_].*)?\Z")
_DECADE = re.compile(r"(\d)0'?s\Z")
_DIGIT = re.compile(r"\d")
LUNAR, SOLAR = range(1340, 1480), range(1370, 1415)
"""Years that are read as Hijri; where both fit (1370..1414), solar only with Persian month names or as a list says."""


@cache
def day(cell: str, order: str) -> Span | None:
    """The day of a date. order: dmy, mdy, or empty where it is not known which; then both readings make the span."""
    text = digits(cell).strip()
    if not text or says_nothing(text):
        return None
    if iso := _ISO.match(text):
        return _known(int(iso[1]), int(iso[2]), int(iso[3]))
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        serial = int(float(text))
        return _exact(date(1899, 12, 30) + timedelta(serial)) if 20_000 <= serial <= 60_000 else None
    if month := _YEAR_MONTH.match(text):
        return _month(int(month[1]), int(month[2]))
    if re.fullmatch(r"(19|20)\d\d", text):
        return float((date(int(text), 1, 1) - EPOCH).days), float((date(int(text), 12, 31) - EPOCH).days)
    return _worded(text) or _numbered(text, order)


def _numbered(text: str, order: str) -> Span | None:
    found = _NUMBERS.match(text)
    if not found or re.search(r"[^\W\d_]{2,}", text.split(":")[0].replace("T", " ")):
        return None
    first, middle, last = int(found[1]), int(found[2]), int(found[3])
    if first > 31:
        return _known(first, middle, last)
    year = last if last > 99 else 2000 + last if last < 50 else 1900 + last
    readings = [_known(year, middle, first)] if order == "dmy" else [_known(year, first, middle)] if order == "mdy" else \
        [_known(year, middle, first), _known(year, first, middle)]
    good = [span for span in readings if span]
    return (min(low for low, _ in good), max(high for _, high in good)) if good else None


def order_of(cells: list[str]) -> tuple[str, bool]:
    """(dmy, mdy or empty, whether it matters) for the dates of one column, from those that can be read one way only."""
    parts = [(int(found[1]), int(found[2])) for cell in cells
             if (found := _NUMBERS.match(digits(cell).strip())) and int(found[1]) <= 31]
    first, second = any(a > 12 for a, _ in parts), any(b > 12 for _, b in parts)
    either = any(a <= 12 and b <= 12 and a != b for a, b in parts)
    return ("dmy" if first and not second else "mdy" if second and not first else ""), either


@cache
def _months() -> dict[str, int]:
    return {word: at for at, (_, words) in enumerate(load("lists/words")["months"].items(), 1) for word in map(plain, words)}


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(map(plain, load("lists/words")["weekdays"]["words"]))


@cache
def _hijri() -> dict[str, tuple[str, int]]:
    both = load("lists/words")["hijri"]
    return {plain(word): (kind, at) for kind, words in both.items() for at, word in enumerate(words, 1)}


def _worded(text: str) -> Span | None:
    """A date with the name of its month: 20 October 2015, Oct 20, 2015, ٢٠ تشرين الأول ٢٠١٥, 12 محرم 1437."""
    words = " ".join(word for word in plain(text).split() if word not in _weekdays())
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    name = " ".join(re.sub(r"\d+(st|nd|rd|th)?|\b(of|de|года|року|م|هـ|ه)\b", " ", words).split())
    if not name or not numbers or len(numbers) > 2:
        return None
    year = next((number for number in numbers if number > 31), None)
    if year is None:
        year = 2000 + numbers[-1] if len(numbers) == 2 else None
    days = [number for number in numbers if number <= 31]
    if year is None or (len(numbers) == 2 and not days):
        return None
    if name in _hijri():
        kind, month = _hijri()[name]
        return (_lunar if kind == "lunar" else _solar)(year, month, days[0] if days else 0)
    month_at = _months().get(name)
    if month_at is None:
        return None
    return _known(year, month_at, days[0]) if days else _month(year, month_at)


def _known(year: int, month: int, number: int) -> Span | None:
    if year in LUNAR and year not in SOLAR:
        return _lunar(year, month, number)
    if year in SOLAR:
        return _solar(year, month, number)
    try:
        return _exact(date(year, month, number)) if 1800 < year < 2200 else None
    except ValueError:
        return None


def _exact(found: date) -> Span:
    at = float((found - EPOCH).days)
    return at, at


def _month(year: int, month: int) -> Span | None:
    if not 1 <= month <= 12 or not 1800 < year < 2200:
        return None
    after = date(year + month // 12, month % 12 + 1, 1)
    return float((date(year, month, 1) - EPOCH).days), float((after - EPOCH).days - 1)


def _lunar(year: int, month: int, number: int) -> Span | None:
    """Tabular Islamic calendar, civil epoch, 11 leap years in 30; a day more or less."""
    if not 1 <= month <= 12 or not 0 <= number <= 30:
        return None
    start = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + 227_014 - 719_163
    return (start + number - 1.0, start + number + 1.0) if number else (start + 0.0, start + 31.0)


def _solar(year: int, month: int, number: int) -> Span | None:
    """Solar Hijri date by the 33-year rule, right for 1178 to 1633 (1799 to 2254)."""
    if not 1 <= month <= 12 or not 0 <= number <= 31:
        return None
    leaps = sum(1 for each in range(1, year) if each % 33 in (1, 5, 9, 13, 17, 22, 26, 30))
    before = 31 * (month - 1) if month <= 7 else 30 * (month - 1) + 6
    at = float(date(622, 3, 21).toordinal() + (year - 1) * 365 + leaps + before - EPOCH.toordinal())
    return (at + number - 1, at + number - 1) if number else (at, at + 30)


@cache
def age(cell: str) -> tuple[float | None, float | None]:
    """An age in years, (low, high); (None, None) where nothing is said or it cannot be read."""
    text = re.sub(r"^(aged?|العمر|عمر|вік|возраст)\s*:?\s*(?=\d)", "", digits(cell).strip().strip(".").casefold())
    if more := re.match(r"(\d{1,3})\s*\+\Z", text):
        return float(more[1]), 120.99
    if not text or says_nothing(text):
        return None, None
    if decade := _DECADE.match(text):
        return float(decade[1]) * 10, float(decade[1]) * 10 + 9.99
    if several := _AGES.match(text):
        low, high = float(several[1]), float(several[2])
        return (_years(low, several[3])[0], _years(high, several[3])[1]) if low <= high <= 125 else (None, None)
    if one := _AGE.match(text):
        found = _years(float(one[1]), one[2]) if float(one[1]) <= 125 or one[2] else (None, None)
        about = not text[0].isdigit() and found[0] is not None and found[1] is not None
        return (max(0.0, found[0] - 3), found[1] + 3) if about else found      # type: ignore[operator]
    words = plain(text)
    if words in table("age"):
        return _span(table("age")[words])
    return next((_span(span) for word, span in table("age").items() if word in words.split()), (None, None))


def _span(found: list[int]) -> tuple[float, float]:
    return float(found[0]), found[1] + 0.99


def _years(number: float, unit: str | None) -> tuple[float | None, float | None]:
    kind = table("units").get(plain(unit or "")) if unit else "years"
    per = {"years": 1.0, "months": 12.0, "weeks": 52.2, "days": 365.25}
    if kind not in per:
        return (number, number + 0.99) if number <= 125 and unit is None else (None, None)
    low = number / per[kind]
    return (low, low + 0.99 / per[kind]) if low <= 125 else (None, None)


@cache
def sex(cell: str) -> str:
    """m, f, or nothing; also from such cells as "Adult - Male"."""
    words = plain(cell)
    known = table("sex")
    if words in known:
        return str(known[words])
    found = {known[word] for word in words.split() if word in known and len(word) > 1}
    return str(found.pop()) if len(found) == 1 else ""


def group(cell: str) -> tuple[float, float] | None:
    """How many people a cell names together (low, high); None where it names one. High is NaN where it does not say."""
    if len(cell) > 300:
        return None
    text = plain(cell)
    if _hints().isdisjoint(text.split()) and not _DIGIT.search(text):
        return None
    for kind, extra in (("added", 1), ("counted", 0)):
        for shape in _shapes(kind):
            if found := shape.search(text):
                count = float(table("number_words").get(found[1], 0) or (found[1] if found[1].isdigit() else 0))
                if 1 < count < 1000:
                    return count + extra, count + extra
    if any(text == word or ((" " in word or word[0] == "و") and text.endswith(f" {word}")) for word in _uncounted()):
        return 2.0, float("nan")
    return None


@cache
def _shapes(kind: str) -> tuple[re.Pattern[str], ...]:
    """A pattern for each phrase of rules/lists, its number in the first group."""
    number = r"(\d{1,3}|" + "|".join(sorted(map(re.escape, table("number_words")), key=len, reverse=True)) + ")"
    found = []
    for words in load("lists/words")["groups"][kind]:
        before, _, after = words.partition("(n)")
        left, right = plain(before), plain(after)
        found.append(re.compile(r"(?<!\w)" + (re.escape(left) + " ?" if left else "") + number
                                + (" ?" + re.escape(right) if right else "") + r"(?!\w)"))
    return tuple(found)


@cache
def _hints() -> frozenset[str]:
    """Words one of which every phrase of a group holds, so that a million plain names cost little."""
    every = (plain(phrase.replace("(n)", " ")) for kind in load("lists/words")["groups"].values() for phrase in kind)
    return frozenset(word for phrase in every for word in phrase.split() if len(word) > 2)


@cache
def _uncounted() -> tuple[str, ...]:
    return tuple(plain(word) for word in load("lists/words")["groups"]["uncounted"])
