"""Is this release what was published? Reads everything, writes nothing.

The steps, in order; each number stands again where it happens:
 1 RELEASE.json is a canonical list of a known format, and its key is the one its log is named after.
 2 RELEASE.sig is the digest of RELEASE.json, signed by that key.
 3 The checkpoint inside is of that log, signed by that key.
 4 Every file in the list is there, with its size and digest.
 5 No other file is there.
 6 Every record that the release cites is proved to stand in the log under that checkpoint, or in the log of another
   device of the case under a checkpoint that its key signed.
 7 Every record printed in RECORDS.jsonl is one of those, word for word.

Proves: nothing was changed, added or left out since the release was signed, and what it rests on was in the
log by then. Does not prove: that it is true; or whose key it is (compare the fingerprint with one learnt in
another way).
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError
from bearwitness.seal import layout, note, tree
from bearwitness.seal.canonical import NotCanonical, decode
from bearwitness.seal.folder import Files
from bearwitness.seal.layout import Origin
from bearwitness.seal.report import Report

FORMAT = "bearwitness-release/1"
LIST, SIGNATURE, RECORDS = "RELEASE.json", "RELEASE.sig", "RECORDS.jsonl"
SUMS, VERIFIER, CASE_VERIFIER = "SHA256SUMS", "verify.py", "verify_case.py"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What RELEASE.json says. files: name -> (size [byte], SHA-256). records: (leaf, index, proof, log).

    log: -1 for the log of the release, else the number of one of `others`: (origin, public key, checkpoint).
    """

    origin: Origin
    public: bytes
    demo: bool
    checkpoint: bytes
    files: dict[str, tuple[int, str]]
    records: list[tuple[bytes, int, list[bytes], int]]
    others: list[tuple[Origin, bytes, bytes]]


def signed_text(origin: str, digest: str) -> str:
    """What the device key signs: the format, the log, and the SHA-256 of RELEASE.json."""
    return f"{FORMAT}\n{origin}\n{digest}\n"


def parse_manifest(data: bytes) -> Manifest:
    """Raises ValueError when `data` is not a list of this format, spelled in its one way."""
    try:
        whole = decode(data)
        origin, public = Origin.parse(whole["origin"]), bytes.fromhex(whole["public"])
        files = {str(file["name"]): (int(file["size"]), file["sha256"]) for file in whole["files"]}
        nodes = [bytes.fromhex(node) for node in whole["nodes"]]
        records = [(bytes.fromhex(record["leaf"]), int(record["index"]),
                    [nodes[step] for step in record["proof"]], int(record.get("log", -1))) for record in whole["records"]]
        others = [(Origin.parse(log["origin"]), bytes.fromhex(log["public"]), log["checkpoint"].encode())
                  for log in whole.get("others", [])]
        known = whole["format"] == FORMAT and isinstance(whole["demo"], bool) and len(files) == len(whole["files"])
        found = Manifest(origin, public, whole["demo"], whole["checkpoint"].encode(), files, records,
                         others)
    except NotCanonical as why:
        raise ValueError(str(why)) from why
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as why:
        raise ValueError("not a list of a release in a known format") from why
    if not known:
        raise ValueError("not a list of a release in a known format")
    if any(not -1 <= log < len(others) for *_, log in records):
        raise ValueError("not a list of a release in a known format")
    if any(layout.fingerprint(key) != name.fingerprint for name, key, _ in [(origin, public, b""), *others]):
        raise ValueError("of another key than the one its log is named after")
    return found


def verify_release(folder: Path) -> Report:
    """Check a release folder. Raises InputError only where there is no release to verify."""
    folder = Path(folder)
    if not (folder / LIST).is_file() and not (folder / SIGNATURE).is_file():
        raise InputError("There is no sealed release here.", where=str(folder),
                         fix="Name a folder that holds RELEASE.json, or a case folder.")
    check = _Release(folder)
    for number, (title, act) in enumerate(check.plan(), 1):
        before = len(check.report.faults)
        check.report.step(number, title, act(), before)
    return check.report


class _Release:
    def __init__(self, folder: Path) -> None:
        self.report = Report("release", str(folder))
        self.files = Files(folder, self.report)
        self.data = self.files.read(LIST) or b""
        self.manifest: Manifest | None = None

    def plan(self) -> list[tuple[str, Callable[[], str]]]:
        return [("The list of the release", self.list), ("Its signature", self.signature),
                ("The checkpoint of the log", self.checkpoint), ("Every file in the list", self.listed),
                ("No other file", self.others), ("Every record that is cited", self.records),
                ("Every record that is printed", self.printed)]

    def list(self) -> str:  # step 1
        try:
            self.manifest = parse_manifest(self.data)
        except ValueError as why:
            self.report.fault(LIST, f"is {why}", place="form")
            return "it cannot be read, so nothing that follows can be checked"
        self.report.fingerprint, self.report.demo = self.manifest.origin.fingerprint, self.manifest.demo
        return f"key {self.report.fingerprint}" + (", made for a demonstration" if self.report.demo else "")

    def signature(self) -> str:  # step 2
        data = self.files.read(SIGNATURE)
        if data is None:
            self.report.fault(SIGNATURE, "is missing", place="missing")
            return ""
        if self.manifest is None:
            return "no key to check it with"
        signed = self.signed(data, SIGNATURE)
        wanted = signed_text(str(self.manifest.origin), sha256(self.data).hexdigest())
        if signed and signed.text != wanted:
            self.report.fault(LIST, "is not the list that was signed", place="digest")
        return "good" if signed and signed.text == wanted else "not good"

    def signed(self, data: bytes, name: str) -> note.Note | None:
        """The note in `data` when this release's key, and no other, signed it; else a fault about `name`."""
        if self.manifest is None:
            return None
        try:
            found = note.parse(data)
        except note.BadNote as why:
            self.report.fault(name, f"is not a signed note: {why}", place="text")
            return None
        good = note.verified(found, str(self.manifest.origin), self.manifest.public)
        if good and len(found.signatures) == 1:
            return found
        self.report.fault(name, "is not signed, once, by the key of this release", place="signature")
        return None

    def checkpoint(self) -> str:  # step 3
        if self.manifest is None or not (signed := self.signed(self.manifest.checkpoint, LIST)):
            return ""
        try:
            head = note.parse_checkpoint(signed.text)
        except note.BadNote as why:
            self.report.fault(LIST, f"holds no checkpoint: {why}", place="text")
            return ""
        if head.origin != str(self.manifest.origin):
            self.report.fault(LIST, "holds the checkpoint of another log", place="root")
            return ""
        self.report.size = self.report.sealed = head.size
        self.report.root = head.root.hex()
        return f"{head.size} entries"

    def listed(self) -> str:  # step 4
        files = self.manifest.files if self.manifest else {}
        for name, (size, digest) in files.items():
            if name not in self.files.names:
                self.report.fault(name, "is missing", place="missing")
            elif (now := (self.files.root / name).stat().st_size) != size:
                self.report.fault(name, f"has {now} bytes where {size} were signed", place="size")
            elif self.files.digest(name) != digest:
                self.report.fault(name, "is not what was signed", place="digest")
        self.report.objects = len(files)
        return f"{len(files)} files"

    def others(self) -> str:  # step 5
        known = {LIST, SIGNATURE, *(self.manifest.files if self.manifest else self.files.names)}
        for name in sorted(self.files.names - known):
            if name.rpartition("/")[2] in layout.LITTER:
                self.report.notes.append(f"{name} was left by a desktop.")
            else:
                self.report.fault(name, "is not part of the release", place="stray")
        return ""

    def records(self) -> str:  # step 6
        cited = self.manifest.records if self.manifest and self.report.root else []
        heads = {-1: (self.report.sealed, bytes.fromhex(self.report.root))}
        for at, (origin, public, data) in enumerate(self.manifest.others if self.manifest else ()):
            head = self.other(origin, public, data)
            heads[at] = (head.size, head.root) if head else (0, b"")
        for leaf, index, proof, log in cited:
            if not tree.check_inclusion(leaf, index, heads[log][0], proof, heads[log][1]):
                self.report.fault(LIST, f"cites record {leaf.hex()}, which is not proved to be in the log",
                                  index, "proof")
        return f"{len(cited)} records"

    def other(self, origin: Origin, public: bytes, data: bytes) -> note.Checkpoint | None:
        """The checkpoint of another log of the case, signed by the key that log is named after."""
        try:
            found = note.parse(data)
            head = note.parse_checkpoint(found.text)
        except note.BadNote as why:
            self.report.fault(LIST, f"holds a checkpoint that cannot be read: {why}", place="text")
            return None
        if head.origin == str(origin) and len(found.signatures) == 1 and note.verified(found, str(origin), public):
            return head
        self.report.fault(LIST, f"holds a checkpoint that key {origin.fingerprint} did not sign", place="signature")
        return None

    def printed(self) -> str:  # step 7
        if self.manifest is None or RECORDS not in self.manifest.files:
            return "none"
        cited = {leaf for leaf, *_ in self.manifest.records}
        lines = (self.files.read(RECORDS) or b"").splitlines(keepends=True)
        for at, line in enumerate(lines):
            if line[-1:] != b"\n" or tree.leaf_hash(line[:-1]) not in cited:
                self.report.fault(RECORDS, f"line {at + 1} is not one of the records cited", place="proof")
        return f"{len(lines)} records"


def readable(value: Any) -> bool:
    """True for a name that any system can hold: relative, `/` between folders, nothing invisible."""
    return (isinstance(value, str) and value.isprintable() and not value.startswith("/")
            and not set(value) & set('\\:*?"<>|') and all(part.strip(". ") for part in value.split("/")))
