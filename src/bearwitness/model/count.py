"""Numbers as people state them: `49`, `17+`, `12..18`, `~20`."""
from __future__ import annotations

import re
from dataclasses import dataclass

from bearwitness.model.cells import BadCell, plain_digits

_NUMBER = re.compile(r"^(?P<about>~?)\s*(?P<low>\d{1,9})\s*(?:(?P<open>\+)|\.\.\s*(?P<high>\d{1,9})(?P<open2>\+?))?$")


@dataclass(frozen=True, slots=True)
class Count:
    """A stated number of persons or things.

    low, high: the lowest and highest value the words allow [1], low <= high.
    open_top: the words were "at least": more is possible. about: the words were "about".
    """

    low: int
    high: int
    open_top: bool = False
    about: bool = False

    @property
    def exact(self) -> bool:
        return self.low == self.high and not self.open_top and not self.about

    def __str__(self) -> str:
        body = str(self.low) if self.low == self.high else f"{self.low}..{self.high}"
        return ("~" if self.about else "") + body + ("+" if self.open_top else "")

    def __add__(self, other: Count) -> Count:
        return Count(self.low + other.low, self.high + other.high,
                     self.open_top or other.open_top, self.about or other.about)


ZERO = Count(0, 0)


def parse_count(cell: str) -> Count:
    """Read a number cell. Raises BadCell on anything else, with the way to write it."""
    text = plain_digits(cell.strip())
    found = _NUMBER.match(text)
    if found is None:
        raise BadCell(f"{cell!r} is not a number this column can hold", _advice(text))
    low = int(found["low"])
    high = int(found["high"]) if found["high"] else low
    if high < low:
        raise BadCell(f"{cell!r} runs backwards", f"Write {high}..{low}.")
    return Count(low, high, bool(found["open"] or found["open2"]), bool(found["about"]))


def _advice(text: str) -> str:
    if re.match(r"^-\s*\d", text):
        return "A count cannot be negative."
    if re.match(r"^\d+\s*[-–—]\s*\d+$", text):
        return "Write a range with two dots, as in 12..18: a spreadsheet turns 12-18 into a date."
    if re.match(r"^\d+[.,]\d+$", text):
        return "Write a whole number; a count has no decimals and no thousands separator."
    return "Write 49, 17+ (at least), 12..18 or ~20 (about); leave the cell blank where nothing was said."
