"""Is this case what was sealed? Reads everything, writes nothing, needs no private key and no writer module.

The steps, in order; each number stands again where it happens:
 1 BEARWITNESS is the mark of a case in a known format.
 2 There is one log, and its folder names the key and the epoch.
 3 Every line of the log is whole, canonical, numbered in order and linked to the one before it.
 4 The first two entries open this case and add the key that the log is named after.
 5 Every checkpoint ever published is signed by that key and gives the root of the log at its size.
 6 What no checkpoint covers is counted and said.
 7 Every sealed file has its digest, and every file that a record names is there.
 8 Nothing else lies in the folder, and BEARWITNESS and README.txt are as they were.

Proves: nothing under a checkpoint was changed, added, removed or put in another order by anybody without the
key. Does not prove: that what was recorded is true; that this is the newest copy (somebody who holds a later
checkpoint can, with `later`); that the key belongs to whom one thinks (compare its fingerprint).
Published checkpoints between the first and the newest may be taken away unnoticed: nothing rests on them.
"""
from __future__ import annotations

import random
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from bearwitness.errors import InputError
from bearwitness.seal import chain, layout, note
from bearwitness.seal.canonical import NotCanonical, decode
from bearwitness.seal.folder import Files
from bearwitness.seal.layout import Origin
from bearwitness.seal.report import Report

_PLACE = re.compile(r"objects/([0-9a-f]{2})/(\1[0-9a-f]{62})")
QUICK_SHARE, QUICK_LEAST = 100, 16
"""`quick` reads one object in a hundred, and never fewer than sixteen."""


def verify_case(case_dir: Path, quick: bool = False, *, later: bytes | None = None) -> Report:
    """Check a case folder. later: a checkpoint (signed note) that somebody kept, newer or not.

    quick: read a random sample of the sealed files instead of all. What it finds is in the report; it raises
    InputError only where there is no notebook to verify.
    """
    if not (Path(case_dir) / layout.ROOT).is_dir():
        raise InputError("There is no notebook here, so there is nothing to verify.", where=str(case_dir),
                         fix="Name a case folder or a release folder.")
    check = _Case(Path(case_dir), quick, later)
    for number, (title, act) in enumerate(check.plan(), 1):
        before = len(check.report.faults)
        check.report.step(number, title, act(), before)
    return check.report


class _Case:
    def __init__(self, case_dir: Path, quick: bool, later: bytes | None) -> None:
        self.root = case_dir / layout.ROOT
        self.quick, self.later = quick, later
        self.report = Report("case", str(case_dir))
        self.case, self.public = "", b""
        self.origin: Origin | None = None
        self.chain = chain.Chain()
        self.files = Files(self.root, self.report, prefix=layout.ROOT + "/", skip=layout.UNCOVERED)

    def plan(self) -> list[tuple[str, Callable[[], str]]]:
        return [("The mark of the case", self.mark), ("One log, named after its key", self.log),
                ("Every entry of the log", self.lines), ("The key of the log", self.key),
                ("Every checkpoint", self.checkpoints), ("What is not sealed yet", self.tail),
                ("Every sealed file", self.objects), ("Nothing else in the folder", self.rest)]

    def fault(self, file: str, what: str, seq: int | None = None, place: str = "") -> None:
        self.report.fault(f"{layout.ROOT}/{file}", what, seq, place)

    @property
    def log_name(self) -> str:
        return f"{layout.LOGS}/{self.origin.folder}" if self.origin else layout.LOGS

    def mark(self) -> str:  # step 1
        data = self.files.read(layout.MARK)
        if data is not None:
            try:
                self.case = layout.read_mark(data)
            except ValueError as why:
                self.fault(layout.MARK, f"is {why}", place="text")
        return f"case {self.case}" if self.case else "the case id cannot be read"

    def log(self) -> str:  # step 2
        below = layout.LOGS + "/"
        names = sorted({name.split("/")[1] for name in self.files.names if name.startswith(below)})
        if len(names) != 1:
            place = "stray" if names else "missing"
            self.fault(layout.LOGS, f"holds {len(names)} logs where one belongs", place=place)
        for name in names[:1]:
            print_, _, epoch = name.partition("-")
            try:
                self.origin = Origin.parse(f"bearwitness/{self.case or '0' * 32}/{print_}/{epoch}")
            except ValueError:
                self.fault(f"{layout.LOGS}/{name}", "is not named after a key and an epoch", place="stray")
        if self.origin:
            self.report.fingerprint = self.origin.fingerprint
        return f"key {self.report.fingerprint}"

    def lines(self) -> str:  # step 3
        name = f"{self.log_name}/{layout.ENTRIES}"
        if self.origin and name in self.files.names:
            try:
                with (self.root / name).open("rb") as lines:
                    self.chain = chain.read_chain(lines)
            except OSError as why:
                self.fault(name, f"cannot be read: {why.strerror}", place="missing")
        elif self.origin:
            self.fault(name, "is missing", place="missing")
        for seq, place, what in self.chain.faults:
            self.fault(name, what, seq, place)
        self.report.size = len(self.chain.tree)
        return f"{self.report.size} entries"

    def key(self) -> str:  # step 4
        if not self.origin:
            return "no log to read it from"
        name = f"{self.log_name}/{layout.ENTRIES}"
        wrong = chain.opening(self.chain.first, self.case, str(self.origin))
        for seq, what in wrong:
            self.fault(name, what, seq, "fields")
        if not wrong:
            body = self.chain.first[1]["body"]
            self.public, self.report.demo = bytes.fromhex(body["public"]), body.get("demo") is True
        return "made for a demonstration" if self.report.demo else ""

    def checkpoints(self) -> str:  # step 5
        folder = f"{self.log_name}/{layout.CHECKPOINTS}/"
        names = self.published()
        good: dict[int, bytes] = {}
        for name in names:
            head, data = self.checkpoint(name)
            if head and name != folder + layout.checkpoint_name(head.size):
                self.fault(name, "is not named after its size", place="stray")
            elif head:
                good[head.size] = data
        self.newest(good, f"{self.log_name}/{layout.CHECKPOINT}")
        self.hold_later()
        return f"{len(good)} of {len(names)} signed and in agreement with the log"

    def published(self) -> list[str]:
        """Names of the checkpoints in the log's folder, oldest first."""
        shape = re.compile(re.escape(f"{self.log_name}/{layout.CHECKPOINTS}/") + r"[0-9]{12,}")
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
        entries, held = f"{self.log_name}/{layout.ENTRIES}", self.report.sealed
        if head.size > len(self.chain.tree):
            many = len(self.chain.tree)
            self.fault(entries, f"ends here, where {head.size} entries were sealed", many, "missing")
        elif self.chain.tree.root(head.size) == head.root:
            if head.size > held:
                self.report.sealed, self.report.root = head.size, head.root.hex()
        elif not any(fault.place == "root" for fault in self.report.faults):
            self.fault(entries, f"entries {held} to {head.size - 1} are not the ones that were sealed",
                       head.size - 1, "root")

    def newest(self, good: dict[int, bytes], name: str) -> None:
        data = self.files.read(name)
        if data is None:
            return
        if not good:
            self.fault(self.log_name, "has no checkpoint that holds", place="missing")
        if data not in good.values():
            self.fault(name, "is none of the published checkpoints", place="text")
        elif data != good[max(good)]:
            self.report.look = True
            self.report.notes.append(f"{name} is behind the newest published checkpoint; a command died.")

    def hold_later(self) -> None:
        if self.later is None:
            return
        try:
            signed = note.parse(self.later)
            head = note.parse_checkpoint(signed.text)
        except note.BadNote as why:
            self.report.fault("the checkpoint handed in", f"cannot be read: {why}", place="text")
            return
        if not self.signed(signed, head.origin):
            self.report.fault("the checkpoint handed in", "is not by the key of this log", place="signature")
        elif head.size > len(self.chain.tree) or self.chain.tree.root(head.size) != head.root:
            self.fault(self.log_name, f"is another or an older history than the checkpoint of {head.size} "
                                      "entries handed in", place="root")

    def tail(self) -> str:  # step 6
        loose = self.report.unsealed
        if loose or self.chain.torn:
            self.report.look = True
            span = f"Entries {self.report.sealed} to {self.report.size - 1} are not under a signature."
            self.report.notes.append(span if loose else "The log ends in a piece of a line.")
        torn = f" and {self.chain.torn} bytes of a broken line" if self.chain.torn else ""
        return f"{loose} entries{torn}"

    def objects(self) -> str:  # step 7
        there = self.stored()
        for seq, digest in self.chain.bodies.items():
            self.long_body(seq, digest, there)
        for digest, seq in self.chain.named.items():
            if digest not in there and digest not in self.chain.disposed:
                name = layout.object_path(Path(), digest).as_posix()
                self.fault(name, f"is missing; entry {seq} names it", seq, "missing")
        chosen = self.sample(sorted(there))
        for digest in chosen:
            if self.files.digest(there[digest]) != digest:
                self.fault(there[digest], "no longer has the bytes it was sealed with",
                           self.chain.named.get(digest), "digest")
        self.report.objects = len(chosen)
        loose = len(there.keys() - self.chain.named.keys())
        if loose:
            self.report.notes.append(f"{loose} sealed files are named by no record; a command may have died.")
        return f"{len(chosen)} of {len(there)} read" + (" (a quick look)" if self.quick else "")

    def stored(self) -> dict[str, str]:
        """Digest -> name, of everything that lies where an object of that digest belongs."""
        places = (_PLACE.fullmatch(name) for name in self.files.names)
        return {found[2]: found[0] for found in places if found}

    def long_body(self, seq: int, digest: str, there: dict[str, str]) -> None:
        """Gather what a body kept as an object names. A changed one is found by its digest."""
        data = self.files.read(there[digest]) if digest in there else None
        if data is None or sha256(data).hexdigest() != digest:
            return
        try:
            body = decode(b'{"body":' + data + b"}")["body"]
        except NotCanonical as why:
            self.fault(there[digest], f"is {why}", seq, "form")
            return
        for named in chain.digests(body):
            self.chain.named.setdefault(named, seq)

    def sample(self, digests: list[str]) -> list[str]:
        if not self.quick:
            return digests
        many = min(len(digests), max(QUICK_LEAST, len(digests) // QUICK_SHARE))
        return sorted(random.SystemRandom().sample(digests, many))

    def rest(self) -> str:  # step 8
        own = {f"{self.log_name}/{layout.ENTRIES}", f"{self.log_name}/{layout.CHECKPOINT}"}
        lock = f"{self.log_name}/{layout.LOCK}"
        kept = dict(chain.pinned(self.chain.first))
        for name in (*sorted(own), layout.MARK, layout.README):
            if name not in self.files.names:
                self.fault(name, "is missing", place="missing")
        for name, digest in kept.items():
            if name in self.files.names and self.files.digest(name) != digest:
                self.fault(name, "is not what it was when the case was opened", place="digest")
        known = own | {layout.MARK, layout.README, *self.stored().values(), *self.published()}
        for name in sorted(self.files.names - known):
            if name == lock and not (self.root / lock).stat().st_size:
                continue
            if name.rpartition("/")[2] in layout.LITTER:
                self.report.notes.append(f"{name} was left by a desktop.")
            else:
                self.fault(name, "does not belong here; no digest covers it", place="stray")
        return f"{len(self.files.names)} files"
