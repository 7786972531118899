"""One batch on its way into a case: which bytes are new, which are held, their ids, and the records of each group.

A group's objects are on the disk before its records are appended, and its records before the next group begins. So a
command that dies loses at most what it had not acknowledged, and the same command, run again, finds the rest held.
"""
from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from bearwitness.intake import names, sniff
from bearwitness.intake.placeholders import Told
from bearwitness.seal import batch
from bearwitness.seal.arriving import Arriving, Copied
from bearwitness.seal.batch import Arrived
from bearwitness.seal.changes import current
from bearwitness.seal.notebook import Draft, Notebook

_letter = cache(sniff.letter_of)
AGAIN = "the same bytes are an exhibit already"


class Ids:
    """The next free id of each letter. taken: every id of the case."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def next(self, letter: str) -> str:
        number = self._last.get(letter, 0) + 1
        while f"{letter}{number:03d}" in self._taken:
            number += 1
        self._last[letter] = number
        return f"{letter}{number:03d}"


class Sealing:
    """The state of one batch. arrived: what became of each thing so far, in order."""

    def __init__(self, notebook: Notebook, arriving: Arriving, came_from: str) -> None:
        self.notebook, self.arriving, self.came_from = notebook, arriving, came_from
        now = current(notebook.entries())
        self._known: dict[str, tuple[str, str]] = {}
        for entry in now.values():
            if entry.kind == "exhibit.sealed":
                self._known[entry.body["sha256"]] = entry.body["id"], entry.body.get("media", "")
        self._ids = Ids(ref for ref in (entry.body.get("id") for entry in now.values()) if isinstance(ref, str))
        self._drafts: list[Draft] = []
        self.arrived: list[Arrived] = []

    def refuse(self, name: str, within: str, why: str, *, skipped: bool = False, inside: str = "") -> None:
        """List what was not read, and why."""
        self.arrived.append(Arrived(name, within, batch.SKIPPED if skipped else batch.REFUSED, why=why, inside=inside))

    def seal(self, made: Copied, name: str, within: str, told: Told | None, *, inside: str = "",
             more: dict[str, Any] | None = None, refs: tuple[str, ...] = ()) -> Arrived:
        """Make an exhibit of a copy, or find the one that holds the same bytes.

        told: where it is no whole file. more: what else its record says (keys of a body).
        """
        known = self._known.get(made.digest)
        if known is not None:
            self.arriving.check(made)
            why = f"{AGAIN}; {told[1]}" if told else AGAIN
            found = Arrived(name, within, batch.HELD, known[0], made.digest, made.size, known[1], why, inside)
        else:
            media = sniff.media_type(made.head, name)
            ref = self._ids.next(_letter(media))
            self.arriving.keep(made)
            self._known[made.digest] = ref, media
            body = {"id": ref, "sha256": made.digest, "size": made.size, "media": media, "name": names.shown(name),
                    "came_from": self.came_from}
            self._drafts.append(("exhibit.sealed", body | _more(name, within, told) | (more or {}), refs))
            found = Arrived(name, within, told[0] if told else batch.SEALED, ref, made.digest, made.size, media,
                            told[1] if told else "", inside)
        self.arrived.append(found)
        if self.arriving.full:
            self.flush()
        return found

    def record(self, manifest: dict[str, Any]) -> None:
        """Put the manifest behind the records of the last group."""
        self._drafts.append(("observation.made", manifest, ()))

    def flush(self) -> None:
        """Return when everything so far is on the disk, and recorded."""
        self.arriving.settle()
        self.notebook.append(self._drafts)
        self._drafts = []


def _more(name: str, within: str, told: Told | None) -> dict[str, str]:
    """What a record says beside the usual: the folders, the name's own bytes where it is shown otherwise, what is amiss."""
    found: dict[str, str] = {}
    if within:
        found["within"] = "/".join(names.shown(part) for part in within.split("/"))
        if any(batch.spelled(part) for part in within.split("/")):
            found["within_bytes"] = names.raw(within).hex()
    if spelled := batch.spelled(name):
        found["name_bytes"] = spelled
    if told:
        found["state"], found["because"] = told
    return found
