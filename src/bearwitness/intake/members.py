"""What every reader of an archive hands over and keeps to: members as bytes that stream, and a budget for what comes out.

Pure: knows no format and opens nothing.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

BLOCK = 1 << 20
FREE = 1 << 20
"""Bytes that come out before a ratio says anything: a short log of zeros is no bomb."""
REST = "(the rest)"
"""The name of what could not be reached."""


@dataclass(frozen=True, slots=True)
class Limits:
    """entries: of one archive. ratio: bytes out for one byte in. total: bytes out of everything opened together.

    depth: how deep archives may lie in archives; the one that was offered is at depth 1.
    """

    entries: int = 100_000
    ratio: int = 200
    total: int = 50 << 30
    depth: int = 4


@dataclass(slots=True)
class Budget:
    """What may still come out. archive: bytes of the archive that is open now; out: what came out of it.

    spent: why nothing more may come out of it; empty while something may.
    """

    limits: Limits
    left: int = 0
    archive: int = 0
    out: int = 0
    spent: str = ""

    def __post_init__(self) -> None:
        self.left = self.limits.total

    def begin(self, size: int) -> None:
        """Another archive, of so many bytes, is opened."""
        self.archive, self.out = size, 0
        if self.left >= 0:
            self.spent = ""

    def spend(self, many: int) -> None:
        """Raises Spent when so many more bytes pass a limit that ends the whole archive."""
        self.left -= many
        self.out += many
        if self.left < 0:
            self.spent = f"more than {self.limits.total:,} bytes came out of the archives of this batch"
        elif self.out > FREE and self.out > self.limits.ratio * self.archive:
            self.spent = f"more than {self.limits.ratio} times its own size came out of the archive"
        if self.spent:
            raise Spent(self.spent)


class Refused(Exception):
    """This member is not taken; the text says why. The next one may be."""


class Spent(Exception):
    """Nothing more is taken out of this archive; the text says why."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member. number: its place in the archive, from 1; name: its last part; within: the folders in its name.

    whole: its name as it stands in the archive, with surrogate escapes for bytes that are no text.
    why: the reason it is not read, empty where `blocks` gives its bytes; `blocks` raises Refused or Spent.
    """

    number: int
    whole: str
    why: str = ""
    blocks: Callable[[], Iterator[bytes]] = field(default=lambda: iter(()), repr=False, compare=False)

    @property
    def name(self) -> str:
        return self.whole.rstrip("/").replace("\\", "/").rpartition("/")[2] or self.whole

    @property
    def within(self) -> str:
        return self.whole.rstrip("/").replace("\\", "/").rpartition("/")[0]


def paid(blocks: Iterable[bytes], budget: Budget) -> Iterator[bytes]:
    """The same blocks, counted."""
    for block in blocks:
        budget.spend(len(block))
        yield block
