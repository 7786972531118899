"""One log, checked as an opponent would: its lines, the key it is named after, every checkpoint, and its loose tail.

The steps are those of `verify`, which runs them over every log of the case. Reads only; faults go to the report.
"""
from __future__ import annotations

import json
import re
from pathlib import Path

from bearwitness.seal import chain, layout, note
from bearwitness.seal.folder import Files
from bearwitness.seal.layout import Origin
from bearwitness.seal.report import Report


class LogCheck:
    """A log under verification. sealed, root: what its newest good checkpoint covers."""

    def __init__(self, root: Path, origin: Origin, files: Files, report: Report) -> None:
        self.root, self.origin, self.files, self.report = root, origin, files, report
        self.bundled = report.subject == "bundle"
        self.name = f"{layout.LOGS}/{origin.folder}"
        self.entries = f"{self.name}/{layout.ENTRIES}"
        self.chain = chain.Chain()
        self.public, self.demo = b"", False
        self.sealed, self.root_hash = 0, ""
        self._differs = False

    @property
    def size(self) -> int:
        return len(self.chain.tree)

    def fault(self, file: str, what: str, seq: int | None = None, place: str = "") -> None:
        self.report.fault(self.files.prefix + file, what, seq, place)

    def lines(self) -> None:
        if self.entries in self.files.names:
            try:
                with (self.root / self.entries).open("rb") as lines:
                    self.chain = chain.read_chain(lines, str(self.origin), withheld=self.bundled)
            except OSError as why:
                self.fault(self.entries, f"cannot be read: {why.strerror}", place="missing")
        else:
            self.fault(self.entries, "is missing", place="missing")
        for seq, place, what in self.chain.faults:
            self.fault(self.entries, what, seq, place)

    def key(self) -> None:
        wrong = chain.opening(self.chain.first, self.origin.case, str(self.origin))
        for seq, what in wrong:
            self.fault(self.entries, what, seq, "fields")
        if not wrong:
            body = self.chain.first[1]["body"]
            self.public, self.demo = bytes.fromhex(body["public"]), body.get("demo") is True

    def checkpoints(self) -> str:  # step 5
        folder = f"{self.name}/{layout.CHECKPOINTS}/"
        names = self.published()
        good: dict[int, bytes] = {}
        for name in names:
            head, data = self.checkpoint(name)
            if head and name != folder + layout.checkpoint_name(head.size):
                self.fault(name, "is not named after its size", place="stray")
            elif head:
                good[head.size] = data
        self.newest(good, f"{self.name}/{layout.CHECKPOINT}")
        return f"{len(good)} of {len(names)} signed and in agreement with the log"

    def published(self) -> list[str]:
        """Names of the checkpoints in the log's folder, oldest first."""
        shape = re.compile(re.escape(f"{self.name}/{layout.CHECKPOINTS}/") + r"[0-9]{12,}")
        return sorted(name for name in self.files.names if shape.fullmatch(name))

    def checkpoint(self, name: str) -> tuple[note.Checkpoint | None, bytes]:
        """A checkpoint that is whole and, where the key is known, signed; its root is held to the log."""
        data = self.files.read(name) or b""
        try:
            signed = note.parse(data)
            head = note.parse_checkpoint(signed.text)
        except note.BadNote as why:
            self.fault(name, f"is not a checkpoint: {why}", place="text")
            return None, data
        if not self.signed(signed, head.origin):
            self.fault(name, "is not signed, once, by the key of this log", place="signature")
            return None, data
        self.hold(head)
        return head, data

    def signed(self, signed: note.Note, origin: str) -> bool:
        if len(signed.signatures) != 1 or origin != str(self.origin):
            return False
        return not self.public or note.verified(signed, origin, self.public)

    def hold(self, head: note.Checkpoint) -> None:
        """Hold a signed root to the log. Only the first that differs is named; the rest follow from it."""
        entries, held = self.entries, self.sealed
        if head.size > self.size:
            self.fault(entries, f"ends here, where {head.size} entries were sealed", self.size, "missing")
        elif self.chain.tree.root(head.size) == head.root:
            if head.size > held:
                self.sealed, self.root_hash = head.size, head.root.hex()
        elif not self._differs:
            self._differs = True
            self.fault(entries, f"entries {held} to {head.size - 1} are not the ones that were sealed",
                       head.size - 1, "root")

    def newest(self, good: dict[int, bytes], name: str) -> None:
        data = self.files.read(name)
        if data is None:
            return
        if not good:
            self.fault(self.name, "has no checkpoint that holds", place="missing")
        if data not in good.values():
            self.fault(name, "is none of the published checkpoints", place="text")
        elif data != good[max(good)]:
            self.report.look = True
            self.report.notes.append(f"{name} is behind the newest published checkpoint; a command died.")

    def hold_later(self, signed: note.Note, head: note.Checkpoint) -> None:
        """Hold a checkpoint that somebody kept elsewhere to this log."""
        if not self.signed(signed, head.origin):
            self.report.fault("the checkpoint handed in", "is not by the key of this log", place="signature")
        elif head.size > self.size or self.chain.tree.root(head.size) != head.root:
            self.fault(self.name, f"is another or an older history than the checkpoint of {head.size} "
                                  "entries handed in", place="root")

    def hold_pin(self, size: int, root: str, by: str) -> None:
        """Hold what another log pinned of this one to it."""
        if size > self.size:
            self.fault(self.entries, f"ends here, where {by} has seen {size} entries", self.size, "missing")
        elif size > 0 and self.chain.tree.root(size).hex() != root:
            self.fault(self.entries, f"is another history than the {size} entries that {by} has seen", size - 1, "root")

    def first_since(self, since: str, seq: int) -> int:
        """The first entry from `seq` on whose own clock says `since` or later; the size of the log without one."""
        with (self.root / self.entries).open("rb") as lines:
            for at, line in enumerate(lines):
                if at >= seq and at < self.size and _clock(line) >= since:
                    return at
        return self.size

    def tail(self) -> str:
        loose = self.size - self.sealed
        if loose or self.chain.torn:
            self.report.look = True
            span = f"Entries {self.sealed} to {self.size - 1} are not under a signature."
            self.report.notes.append(span if loose else "The log ends in a piece of a line.")
        torn = f" and {self.chain.torn} bytes of a broken line" if self.chain.torn else ""
        return f"{loose} entries{torn}"

    def known_files(self) -> set[str]:
        """The names that belong to this log."""
        return {self.entries, f"{self.name}/{layout.CHECKPOINT}", *self.published()}


def _clock(line: bytes) -> str:
    try:
        return str(json.loads(line).get("time", ""))
    except (ValueError, AttributeError):
        return ""
