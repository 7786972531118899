"""Dates and times as intervals: the shorter the cell, the wider the interval.

`2015-11`, `2015-10-20`, `2015-10-20 13:00`, `2015-10-20 ~13:00`, `2015-11-02..04`, `2015-10-20 10:00Z`;
`20-Oct-15` is accepted, `03/04/2015` is refused with a question, because it reads two ways.
Zone rules come from tzdata for the date itself, never from a fixed offset.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bearwitness.model.cells import BadCell, plain_digits

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
               "October", "November", "December")
_ISO = re.compile(r"^(\d{4})-(\d{2})(?:-(\d{2}))?(?:\.\.(?:(\d{4})-)?(?:(\d{2})-)?(\d{2}))?"
                  r"(?:[ T](~?)(\d{1,2}):(\d{2})(?:\.\.(\d{1,2}):(\d{2}))?\s*(Z|[+-]\d{2}:?\d{2})?)?$")
_SHORT = re.compile(r"^(\d{1,2})-([A-Za-z]{3,9})-(\d{2}|\d{4})$")


@dataclass(frozen=True, slots=True)
class When:
    """An interval of time, with the precision its words had.

    start, end: UTC instants, start <= end; the interval holds `start` and stops before `end`.
    precision: month, day, days, minute or about. zone: IANA name, or UTC.
    """

    text: str
    start: datetime
    end: datetime
    precision: str
    zone: str

    @property
    def has_time(self) -> bool:
        return self.precision in ("minute", "about")

    @property
    def local_date(self) -> date:
        return self.start.astimezone(_zone(self.zone)).date()

    @property
    def local_middle(self) -> datetime:
        """The moment the cell names (middle of an `about` interval), in its own zone."""
        middle = self.start + (self.end - self.start) / 2 if self.precision == "about" else self.start
        return middle.astimezone(_zone(self.zone))

    def dates(self) -> tuple[date, ...]:
        """Every local date the interval touches, at most 400."""
        first, last = self.local_date, (self.end - timedelta(seconds=1)).astimezone(_zone(self.zone)).date()
        return tuple(first + timedelta(days=n) for n in range(min((last - first).days, 399) + 1))

    def overlaps(self, other: When) -> bool:
        return self.start < other.end and other.start < self.end


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo | timezone:
    if name in ("UTC", "Z"):
        return UTC
    if re.match(r"^[+-]\d{2}:?\d{2}$", name):
        sign = 1 if name[0] == "+" else -1
        return timezone(sign * timedelta(hours=int(name[1:3]), minutes=int(name[-2:])))
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as why:
        raise BadCell(f"{name!r} is not a time zone", "Use a name such as Asia/Damascus or UTC.") from why


def check_zone(name: str) -> str:
    """Return the name when tzdata knows it. Raises BadCell."""
    _zone(name)
    return name


@lru_cache(maxsize=8192)
def parse_when(cell: str, zone: str, about: timedelta = timedelta(minutes=30)) -> When:
    """Read a date cell.

    zone: the zone of a cell that names none. about: half the width of a `~` time.
    Raises BadCell on an impossible date, and on one that can be read two ways.
    """
    text = plain_digits(cell.strip())
    if short := _SHORT.match(text):
        text = _from_short(short, cell)
    found = _ISO.match(text)
    if found is None:
        raise BadCell(f"{cell!r} is not a date that can be read in one way", _advice(text))
    try:
        return _interval(cell.strip(), found, zone, about)
    except (ValueError, OverflowError) as why:
        if isinstance(why, BadCell):
            raise
        raise BadCell(f"{cell!r} is not a possible date", "Check day, month and time.") from why


def _interval(cell: str, found: re.Match[str], zone: str, about: timedelta) -> When:
    year, month, day, year2, month2, day2, tilde, hour, minute, hour2, minute2, offset = found.groups()
    used = "UTC" if offset == "Z" else offset or zone
    tz = _zone(used)
    if day is None:
        if hour or day2:
            raise BadCell(f"{cell!r} has a time or a range but no day", "Write the day too.")
        start = datetime(int(year), int(month), 1, tzinfo=tz)
        stop = datetime(int(year) + (month == "12"), int(month) % 12 + 1, 1, tzinfo=tz)
        return When(cell, start.astimezone(UTC), stop.astimezone(UTC), "month", used)
    first = datetime(int(year), int(month), int(day), tzinfo=tz)
    if hour is None:
        last = date(int(year2 or year), int(month2 or month), int(day2)) if day2 else first.date()
        if last < first.date():
            raise BadCell(f"{cell!r} runs backwards", "Write the earlier date first.")
        after = last + timedelta(days=1)
        stop = datetime(after.year, after.month, after.day, tzinfo=tz)
        return When(cell, first.astimezone(UTC), stop.astimezone(UTC), "days" if day2 else "day", used)
    if day2:
        raise BadCell(f"{cell!r} gives a range of days and a time", "Write one of the two.")
    moment = first.replace(hour=int(hour), minute=int(minute)).astimezone(UTC)
    if hour2:
        stop = first.replace(hour=int(hour2), minute=int(minute2)).astimezone(UTC)
        if stop < moment:
            raise BadCell(f"{cell!r} runs backwards", "Write the earlier time first.")
        return When(cell, moment, stop, "about", used)
    if tilde:
        return When(cell, moment - about, moment + about, "about", used)
    return When(cell, moment, moment + timedelta(minutes=1), "minute", used)


def _from_short(found: re.Match[str], cell: str) -> str:
    name = found[2].lower()
    month = next((n for n, short in enumerate(_MONTHS, 1) if name.startswith(short)), 0)
    if not month:
        raise BadCell(f"{cell!r} names no month", "Write it as 2015-10-20.")
    year = found[3] if len(found[3]) == 4 else f"20{found[3]}"
    return f"{year}-{month:02d}-{int(found[1]):02d}"


def _advice(text: str) -> str:
    if slash := re.match(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{2,4})$", text):
        a, b, year = int(slash[1]), int(slash[2]), slash[3]
        if a <= 12 and b <= 12 and a != b:
            return (f"Is it {a} {MONTH_NAMES[b - 1]} or {b} {MONTH_NAMES[a - 1]}? "
                    f"Write {year}-{b:02d}-{a:02d} or {year}-{a:02d}-{b:02d}.")
        return "Write it as year-month-day, for example 2015-10-20."
    return "Write 2015-10-20, 2015-10, 2015-11-02..04 or 2015-10-20 ~13:00."


def say_date(day: date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def say_offset(moment: datetime) -> str:
    """`UTC+3`, `UTC+5:30`, `UTC`."""
    minutes = int((moment.utcoffset() or timedelta()).total_seconds() // 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02d}" if rest else "")


def say_when(when: When) -> str:
    """The date in words; a time always with its zone and UTC beside it (refusal R08)."""
    if when.precision == "month":
        day = when.local_date
        return f"{MONTH_NAMES[day.month - 1]} {day.year}"
    if when.precision == "days":
        days = when.dates()
        return f"{say_date(days[0])} to {say_date(days[-1])}"
    if not when.has_time:
        return say_date(when.local_date)
    return f"{say_date(when.local_middle.date())}, {say_time(when)}"


def say_time(when: When) -> str:
    """`about 13:00 (UTC+3; 10:00 UTC)`. Raises ValueError where the cell has no time."""
    if not when.has_time:
        raise ValueError("this date has no time of day")
    local = when.local_middle
    utc = local.astimezone(UTC)
    about = "about " if when.precision == "about" else ""
    if say_offset(local) == "UTC":
        return f"{about}{utc:%H:%M} UTC"
    return f"{about}{local:%H:%M} ({say_offset(local)}; {utc:%H:%M} UTC)"
