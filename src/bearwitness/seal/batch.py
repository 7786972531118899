"""What became of everything that was offered at once: each thing has one fate, and the fates add up to what was offered.

Pure. The manifest of a batch goes into the log as an observation with the method `seal.add`; whatever was not simply sealed
stands in it one by one, with its name as it may be shown, its name's own bytes where that differs, and why.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from bearwitness.intake import names
from bearwitness.intake.placeholders import PARTIAL, PLACEHOLDER

METHOD = "seal.add"
SEALED, HELD, REFUSED, SKIPPED = "sealed", "held", "refused", "skipped"
FATES = (SEALED, HELD, PLACEHOLDER, PARTIAL, REFUSED, SKIPPED)
INSIDE = " > "      # between an archive and what lies in it


class Arrived(msgspec.Struct, frozen=True, gc=False):
    """What became of one thing. name, within: as offered; inside: the archive it lies in, as shown.

    id, sha256, size, media: of the exhibit that holds it now, new or old; empty where nothing of it was kept.
    why: the reason where it was not simply sealed.
    """

    name: str
    within: str
    fate: str
    id: str = ""
    sha256: str = ""
    size: int = 0
    media: str = ""
    why: str = ""
    inside: str = ""

    @property
    def again(self) -> bool:
        """True when the same bytes were an exhibit already."""
        return self.fate == HELD

    @property
    def place(self) -> str:
        """Where it lay, as it may be shown."""
        if not self.within and not self.inside:
            return names.shown(self.name)
        parts = [names.shown(part) for part in self.within.split("/") if part] + [names.shown(self.name)]
        return (self.inside + INSIDE if self.inside else "") + "/".join(parts)


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything that was offered in one go. id: of its manifest in the log; empty where nothing was offered.

    files, members: how many were offered as files, and as members of archives. doubts: (place, what to look at).
    """

    id: str
    arrived: tuple[Arrived, ...]
    files: int
    doubts: tuple[tuple[str, str], ...] = field(default=())

    @property
    def members(self) -> int:
        return len(self.arrived) - self.files

    @property
    def counts(self) -> Counter[str]:
        return Counter(each.fate for each in self.arrived)

    @property
    def must_look(self) -> bool:
        """Whether a person must look: something was not read, is not the whole file, or has a name that deceives."""
        return bool(self.doubts) or any(self.counts[fate] for fate in (PLACEHOLDER, PARTIAL, REFUSED))

    def manifest(self, came_from: str) -> dict[str, Any]:
        """The body of the record."""
        counts = self.counts
        return {"id": self.id, "method": METHOD, "came_from": came_from, "offered": len(self.arrived),
                "files": self.files, "members": self.members, **{fate: counts[fate] for fate in FATES},
                "ids": ranges(each.id for each in self.arrived if each.id and not each.again),
                "items": [item(each) for each in self.arrived if each.fate != SEALED],
                "doubts": [list(pair) for pair in self.doubts]}


def item(each: Arrived) -> dict[str, str]:
    """One thing as the manifest and `--json` give it."""
    found = {"place": each.place, "fate": each.fate, "id": each.id, "why": each.why, "name_bytes": spelled(each.name)}
    return {key: value for key, value in found.items() if value}


def spelled(name: str) -> str:
    """The bytes of a name in hexadecimal, where it is shown otherwise than it is; else nothing."""
    return "" if names.shown(name) == name else names.raw(name).hex()


def ranges(ids: Iterable[str]) -> list[str]:
    """Ids in few words: D001, D002, D003 as D001..D003."""
    found: list[tuple[str, str, int]] = []
    for ref in sorted(set(ids), key=lambda ref: (ref[0], int(ref[1:]))):
        number = int(ref[1:])
        if found and found[-1][0][0] == ref[0] and found[-1][2] + 1 == number:
            found[-1] = (found[-1][0], ref, number)
        else:
            found.append((ref, ref, number))
    return [first if first == last else f"{first}..{last}" for first, last, _ in found]
