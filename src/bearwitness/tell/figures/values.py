"""What each figure is drawn from: plain values, so that a figure can be drawn and tested without a case."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

LANES = ("strikes", "official statements", "reports", "other")


@dataclass(frozen=True, slots=True)
class Strike:
    """A place on the map.

    lat, lon [deg, WGS 84]; level: exact, street, block, neighbourhood, town or district; within_m: the stated
    radius of uncertainty [m], None where nobody stated one; number: what the text calls it (1, 2 ...).
    """

    ref: str
    label: str
    label_local: str
    lat: float
    lon: float
    level: str
    within_m: float | None
    when_text: str
    number: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A span on the time line.

    lane: one of LANES; start, end: both with a zone or both without, start <= end; open_ended: the end is not
    known, or it goes on.
    """

    ref: str
    lane: str
    label: str
    start: datetime
    end: datetime
    open_ended: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A tally: low is what is certain to have been stated, high the highest account.

    low None: no figure for this incident; `note` then says what else there is (an area figure, say).
    open_top: at least one account says "at least". about: the words were "about". words: the tally as the text says
    it, where the caller has it.
    """

    ref: str
    label: str
    low: int | None
    high: int | None
    open_top: bool = False
    about: bool = False
    note: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer of the evidence matrix: how many records, one symbol of matrix.SYMBOLS, and it in words."""

    count: int
    symbol: str
    words: str
