"""Is this case what was sealed? Reads everything, writes nothing, needs no private key and no writer module.

The steps, in order; each number stands again where it happens:
 1 BEARWITNESS is the mark of a case in a known format.
 2 There is a log, or one for each device; its folder names the key and the epoch.
 3 Every line of a log is whole, canonical, numbered in order and linked to the one before it.
 4 Its first two entries open this case and add the key that the log is named after; one log joins no other.
 5 Every checkpoint ever published is signed by that key and gives the root of its log at its size.
 6 What no checkpoint covers is counted and said.
 7 Every sealed file has its digest, and every file that a record names is there.
 8 Nothing else lies in the folder, and BEARWITNESS and README.txt are as they were.
 9 What one log has seen of another is so; keys are added, rotated and revoked by those who may; what needs a second
   person has one's signature. A log whose key nobody admitted is said, and counts for nothing.

Proves: nothing under a checkpoint was changed, added, removed or put in another order by anybody without the
key. Does not prove: that what was recorded is true; that this is the newest copy (somebody who holds a later
checkpoint can, with `later`); that the key belongs to whom one thinks (compare its fingerprint).
Published checkpoints between the first and the newest may be taken away unnoticed: nothing rests on them.
"""
from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from bearwitness.errors import InputError
from bearwitness.seal import chain, layout, note
from bearwitness.seal.canonical import NotCanonical, decode
from bearwitness.seal.folder import Files
from bearwitness.seal.history import ordered, pinned
from bearwitness.seal.layout import Origin
from bearwitness.seal.report import Report
from bearwitness.seal.seldom import seldom
from bearwitness.seal.standing import Standing, attested, standing
from bearwitness.seal.verify_log import LogCheck

_PLACE = re.compile(r"objects/([0-9a-f]{2})/(\1[0-9a-f]{62})")
LOOKS = 5
"""How often a case is looked at again where faults were found while another command was writing to it."""
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
    for tried in range(LOOKS):
        before = _standing_of(Path(case_dir) / layout.ROOT)
        with seldom():
            report = _look(Path(case_dir), quick, later)
        if not report.faults or before == _standing_of(Path(case_dir) / layout.ROOT):
            break
        time.sleep(0.1 * tried)
    else:
        report.notes.append("Another command was writing to this case meanwhile: verify it again when that has ended.")
    return report


def _look(case_dir: Path, quick: bool, later: bytes | None) -> Report:
    report = Report("case", str(case_dir))
    check = CaseCheck(case_dir / layout.ROOT, report, quick, later)
    for number, (title, act) in enumerate(check.plan(), 1):
        before = len(check.report.faults)
        check.report.step(number, title, act(), before)
    return check.report


def _standing_of(root: Path) -> list[tuple[str, int, int]]:
    """Sizes and times of what a writer changes last: where they differ after a look, faults may be of two moments."""
    found = []
    for path in sorted((root / layout.LOGS).glob("*/*")):
        with suppress(FileNotFoundError):
            now = path.stat()
            found.append((str(path), now.st_size, now.st_mtime_ns))
    return found


class CaseCheck:
    """A notebook under verification: the steps above, one method each."""

    def __init__(self, root: Path, report: Report, quick: bool = False, later: bytes | None = None, *,
                 prefix: str = layout.ROOT + "/", beside: Collection[str] = ()) -> None:
        """beside: names in `root` that are covered elsewhere."""
        self.root, self.quick, self.later, self.report, self.beside = root, quick, later, report, frozenset(beside)
        self.case = ""
        self.logs: list[LogCheck] = []
        self.files = Files(self.root, self.report, prefix=prefix, skip={*layout.UNCOVERED, *beside})

    def plan(self) -> list[tuple[str, Callable[[], str]]]:
        return [("The mark of the case", self.mark), ("Every log, named after its key", self.find_logs),
                ("Every entry of the log", self.lines), ("The key of each log", self.keys),
                ("Every checkpoint", self.checkpoints), ("What is not sealed yet", self.tail),
                ("Every sealed file", self.objects), ("Nothing else in the folder", self.rest),
                ("Who may sign", self.standing)]

    def fault(self, file: str, what: str, seq: int | None = None, place: str = "") -> None:
        self.report.fault(self.files.prefix + file, what, seq, place)

    def mark(self) -> str:  # step 1
        data = self.files.read(layout.MARK)
        if data is not None:
            try:
                self.case = layout.read_mark(data)
            except ValueError as why:
                self.fault(layout.MARK, f"is {why}", place="text")
        return f"case {self.case}" if self.case else "the case id cannot be read"

    def find_logs(self) -> str:  # step 2
        below = layout.LOGS + "/"
        names = sorted({name.split("/")[1] for name in self.files.names if name.startswith(below)})
        if not names:
            self.fault(layout.LOGS, "holds 0 logs where one belongs", place="missing")
        for name in names:
            print_, _, epoch = name.partition("-")
            try:
                origin = Origin.parse(f"bearwitness/{self.case or '0' * 32}/{print_}/{epoch}")
                self.logs.append(LogCheck(self.root, origin, self.files, self.report))
            except ValueError:
                self.fault(f"{layout.LOGS}/{name}", "is not named after a key and an epoch", place="stray")
        return ", ".join(f"key {log.origin.fingerprint}" for log in self.logs)

    def lines(self) -> str:  # step 3
        for log in self.logs:
            log.lines()
        self.report.size = sum(log.size for log in self.logs)
        return f"{self.report.size} entries"

    def keys(self) -> str:  # step 4
        for log in self.logs:
            log.key()
        first = [log for log in self.logs if not log.chain.joins]
        if self.logs and len(first) != 1:
            self.fault(layout.LOGS, f"holds {len(first)} logs that open this case where one does", place="stray")
        self.logs = first + [log for log in self.logs if log.chain.joins]
        if self.logs:
            self.report.fingerprint, self.report.demo = self.logs[0].origin.fingerprint, any(log.demo for log in self.logs)
        return "made for a demonstration" if self.report.demo else ""

    def checkpoints(self) -> str:  # step 5
        said = [log.checkpoints() for log in self.logs]
        self.report.sealed = sum(log.sealed for log in self.logs)
        self.report.root = self.logs[0].root_hash if self.logs else ""
        self.hold_later()
        return "; ".join(said)

    def hold_later(self) -> None:
        if self.later is None:
            return
        try:
            signed = note.parse(self.later)
            head = note.parse_checkpoint(signed.text)
            signed = note.Note(signed.text, tuple(line for line in signed.signatures if line.name == head.origin))
        except note.BadNote as why:
            self.report.fault("the checkpoint handed in", f"cannot be read: {why}", place="text")
            return
        by_name = {str(log.origin): log for log in self.logs}
        log = by_name.get(head.origin)
        if log:
            log.hold_later(signed, head)
        else:
            self.report.fault("the checkpoint handed in", "is not by the key of this log", place="signature")

    def tail(self) -> str:  # step 6
        return "; ".join(log.tail() for log in self.logs)

    def standing(self) -> str:  # step 9
        by_name = {str(log.origin): log for log in self.logs}
        told = ordered({name: log.chain.told for name, log in by_name.items()})
        for entry in told:
            for origin, size, root in pinned(entry):
                by = entry.origin.split("/")[2]
                if origin in by_name:
                    by_name[origin].hold_pin(size, root, by)
                else:
                    self.look(f"The log {origin}, of which {by} has seen {size} entries, is not here.")
        found = standing(told)
        for wrong in found.faults:
            log = by_name[wrong.origin]
            self.fault(log.entries, wrong.what, wrong.seq, "authority")
        for log in self.logs:
            if not found.admits(log.origin.fingerprint):
                self.look(f"Nobody has admitted key {log.origin.fingerprint}: its log is kept, and counts for nothing.")
        self.report.notes += [f"Key {key.fingerprint} was revoked" + (f", in doubt since {key.since}." if key.since else ".")
                              for key in found.keys.values() if key.revoked]
        self.doubt(found, attested(found, told))
        return f"{len(found.keys)} keys, authority {found.authority.version}: {found.authority.threshold} of " \
               f"{len(found.authority.keys)} must sign"

    def doubt(self, found: Standing, held: Mapping[str, int]) -> None:
        """Say which entries rest on nothing but a key that was in doubt when it signed them."""
        for log in self.logs:
            if since := found.since(str(log.origin)):
                start = log.first_since(since, held.get(str(log.origin), 0))
                if start < log.size:
                    self.look(f"UNATTESTED: entries {start} to {log.size - 1} of key {log.origin.fingerprint} were signed "
                              "when it was in doubt, and nobody else had seen them before; they count for nothing.")

    def look(self, note: str) -> None:
        self.report.look = True
        self.report.notes.append(note)

    def objects(self) -> str:  # step 7
        there = self.stored
        for log in self.logs:
            for seq, digest in log.chain.bodies.items():
                self.long_body(log, seq, digest, there)
        named: dict[str, int] = {}
        for log in reversed(self.logs):         # the first log that names an object is the one to tell
            named.update(log.chain.named)
        gone = set().union(*(log.chain.disposed for log in self.logs))
        for digest in sorted(named.keys() - there.keys() - gone, key=lambda digest: (named[digest], digest)):
            name, seq = layout.object_path(Path(), digest).as_posix(), named[digest]
            self.fault(name, f"is missing; entry {seq} names it", seq, "missing")
        chosen = self.sample(sorted(there))
        for digest in chosen:
            if self.files.digest(there[digest]) != digest:
                self.fault(there[digest], "no longer has the bytes it was sealed with",
                           named.get(digest), "digest")
        self.report.objects = len(chosen)
        loose = len(there.keys() - named.keys())
        if loose:
            self.report.notes.append(f"{loose} sealed files are named by no record; a command may have died.")
        return f"{len(chosen)} of {len(there)} read" + (" (a quick look)" if self.quick else "")

    @cached_property
    def stored(self) -> dict[str, str]:
        """Digest -> name, of everything that lies where an object of that digest belongs."""
        places = (_PLACE.fullmatch(name) for name in self.files.names)
        return {found[2]: found[0] for found in places if found}

    def long_body(self, log: LogCheck, seq: int, digest: str, there: dict[str, str]) -> None:
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
            log.chain.named.setdefault(named, seq)

    def sample(self, digests: list[str]) -> list[str]:
        if not self.quick:
            return digests
        many = min(len(digests), max(QUICK_LEAST, len(digests) // QUICK_SHARE))
        return sorted(random.SystemRandom().sample(digests, many))

    def rest(self) -> str:  # step 8
        kept = {name: digest for log in self.logs for name, digest in chain.pinned(log.chain.first)}
        own = {name for log in self.logs for name in (log.entries, f"{log.name}/{layout.CHECKPOINT}")}
        for name in (*sorted(own), layout.MARK, layout.README):
            if name not in self.files.names:
                self.fault(name, "is missing", place="missing")
        for name, digest in kept.items():
            if name in self.files.names and self.files.digest(name) != digest:
                self.fault(name, "is not what it was when the case was opened", place="digest")
        known = {layout.MARK, layout.README, *self.stored.values()}.union(*(log.known_files() for log in self.logs))
        locks = {f"{log.name}/{layout.LOCK}" for log in self.logs}
        for name in sorted(self.files.names - known - self.beside):
            if name in locks and not (self.root / name).stat().st_size:
                continue
            if name.rpartition("/")[2] in layout.LITTER:
                self.report.notes.append(f"{name} was left by a desktop.")
            else:
                self.fault(name, "does not belong here; no digest covers it", place="stray")
        return f"{len(self.files.names)} files"

