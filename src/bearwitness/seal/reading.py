"""Reading a log and its objects, never writing: works on read-only media and needs no private key.

`scan` hashes every line and holds the result against the newest checkpoint, so what is read afterwards is
what was sealed. `entries` decodes, and checks every link of the chain once more while it does.
It does not check signatures, the canonical spelling of each line, or the digests of exhibits: `verify` does.
"""
from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from bearwitness.errors import AlteredExhibit, BadSignature, BrokenChain, InputError
from bearwitness.seal import layout, note, plain, tree
from bearwitness.seal.chain import digests
from bearwitness.seal.entry import Entry
from bearwitness.seal.layout import Origin

__all__ = ["Entry", "Scan", "entries", "find_log", "find_logs", "joins", "lines", "named", "newest_checkpoint",
           "read_body", "read_object", "scan"]

VERIFY = "Run `bearwitness verify` to see what changed. Do not edit; work on from another copy of the case."

BLOCK = 1 << 20


class Line(msgspec.Struct):
    """The fields of a stored line that reading needs; the others stay in the file, byte for byte."""

    seq: int
    prev: str
    kind: str
    actor: str
    time: str
    refs: tuple[str, ...]
    body: dict[str, Any]
    tool: dict[str, Any]


_decode_line = msgspec.json.Decoder(Line).decode


@dataclass(frozen=True, slots=True)
class Scan:
    """What a log holds. tree: over its whole lines. end: where the last whole line ends [byte].

    torn: bytes after that. sealed: the newest checkpoint; note: its bytes. seen: a running SHA-256 over the whole
    lines, where one was kept; known: how many of them were hashed on another day (`prefix`).
    """

    tree: tree.Tree
    end: int
    torn: int
    sealed: note.Checkpoint
    note: bytes
    seen: Any = None
    known: int = 0


def find_logs(root: Path) -> tuple[str, list[Origin]]:
    """The case id, and the origin of every log under the `.bearwitness` folder `root`, sorted.

    Raises InputError where there is no notebook, BrokenChain where its mark or its logs are gone.
    """
    mark = root / layout.MARK
    try:
        case = layout.read_mark(mark.read_bytes())
    except FileNotFoundError as why:
        raise InputError("There is no notebook here; nothing is sealed yet.", where=str(root.parent),
                         fix="Run `bearwitness init .` to make one.") from why
    except ValueError as why:
        raise BrokenChain("This file is not what it was when the case was opened.", where=str(mark),
                          fix=VERIFY) from why
    found = []
    logs = root / layout.LOGS
    for folder in sorted(logs.iterdir()) if logs.is_dir() else ():
        print_, _, epoch = folder.name.partition("-")
        if _empty(folder):
            continue
        try:
            found.append(Origin.parse(f"bearwitness/{case}/{print_}/{epoch}"))
        except ValueError:
            continue
    if not found:
        raise BrokenChain("There is no log where one belongs.", where=str(logs), fix=VERIFY)
    return case, found


def _empty(folder: Path) -> bool:
    """True for a folder that holds no file and so says nothing: a disk may keep the name of a folder that it lost."""
    return not (folder / layout.ENTRIES).exists() and not any(path.is_file() for path in folder.rglob("*"))


def find_log(root: Path, mine: Origin | None = None) -> Origin:
    """The log to read as one's own: `mine` where it is here, else the one that opened the case."""
    _, found = find_logs(root)
    if mine is not None and mine in found:
        return mine
    first = [origin for origin in found if not joins(root, origin)]
    if len(first) != 1:
        raise BrokenChain(f"{len(first)} logs open this case where one does.", where=str(root / layout.LOGS),
                          fix=VERIFY)
    return first[0]


def joins(root: Path, origin: Origin) -> list[dict[str, Any]]:
    """What the first entry of a log says it goes on from; empty for the log that opened the case."""
    try:
        with (root / layout.LOGS / origin.folder / layout.ENTRIES).open("rb") as lines:
            body = _decode_line(next(lines, b"")).body
    except (OSError, msgspec.MsgspecError):
        return []
    found = body.get("joins", [])
    return [pin for pin in found if isinstance(pin, dict)] if isinstance(found, list) else []


def newest_checkpoint(folder: Path, origin: Origin) -> tuple[note.Checkpoint, bytes]:
    """The newest checkpoint in a log's folder and its bytes. Raises BadSignature when none can be read."""
    names = [path for path in (folder / layout.CHECKPOINTS).glob("[0-9]*")]
    path = max(names, key=lambda found: (len(found.name), found.name), default=folder / layout.CHECKPOINT)
    try:
        data = path.read_bytes()
        found = note.parse_checkpoint(note.parse(data).text)
    except (OSError, note.BadNote) as why:
        raise BadSignature(f"The newest checkpoint cannot be read ({why}).", where=str(path),
                           fix=VERIFY) from why
    if found.origin != str(origin):
        raise BadSignature("The newest checkpoint belongs to another log.", where=str(path), fix=VERIFY)
    return found, data


Recall = Callable[[Path, Origin, BufferedReader], tuple[tree.Tree, int, Any] | None]
"""The tree over the first part of an open log, where that ends, and the running SHA-256 over it, if anything is known."""


def scan(root: Path, origin: Origin, *, recall: Recall | None = None, seen: Any = None) -> Scan:
    """Hash every line and hold the log against its newest checkpoint. Raises BrokenChain when it differs.

    recall: what knows of lines hashed on another day (`prefix`), and holds them against what it knows.
    seen: a fresh SHA-256, where the caller wants one over the whole lines.
    """
    folder = root / layout.LOGS / origin.folder
    path = folder / layout.ENTRIES
    sealed, data = newest_checkpoint(folder, origin)     # before the lines: a writer may be adding some now
    try:
        with path.open("rb") as log:
            grown, start, seen = recall and recall(root, origin, log) or (tree.Tree(), 0, seen)
            known = len(grown)
            log.seek(start)
            end, torn = _hash_lines(log, grown, start, seen)
    except OSError as why:
        raise BrokenChain(f"The log cannot be read: {why.strerror or why}.", where=str(path),
                          fix=VERIFY) from why
    if len(grown) < sealed.size:
        raise BrokenChain(f"The log has {len(grown)} entries where {sealed.size} were sealed. Entries are "
                          "missing.", where=str(path), fix=VERIFY)
    if grown.root(sealed.size) != sealed.root:
        raise BrokenChain(f"The first {sealed.size} entries are not the ones that were sealed.",
                          where=str(path), fix=VERIFY)
    return Scan(grown, end, torn, sealed, data, seen, known)


def _hash_lines(log: BufferedReader, grown: tree.Tree, end: int, seen: Any) -> tuple[int, int]:
    """Add every whole line from `end` on to `grown`; returns where they end, and how many bytes stand after that."""
    torn = 0
    while lines := log.readlines(BLOCK):
        if lines[-1][-1:] != b"\n":
            torn = len(lines.pop())
        end += sum(map(len, lines))
        grown.extend([sha256(b"\x00" + line[:-1]).digest() for line in lines])
        if seen is not None:
            seen.update(b"".join(lines))
    return end, torn


def entries(root: Path, origin: Origin, size: int, start: int = 0) -> Iterator[Entry]:
    """The entries from `start` to `size`, in order; bodies kept as objects are put in place.

    Raises BrokenChain at the first line that does not follow from the one before it.
    """
    path = root / layout.LOGS / origin.folder / layout.ENTRIES
    name, previous = str(origin), layout.FIRST_PREV
    with path.open("rb") as lines:
        for seq, line in enumerate(islice(lines, size)):
            leaf = sha256(b"\x00" + line[:-1]).hexdigest()
            if seq >= start:
                yield _entry(root, name, path, seq, line, previous, leaf)
            previous = leaf


def lines(root: Path, origin: Origin, wanted: Collection[int]) -> list[bytes]:
    """The entries with these numbers as they are stored, without their line ends, in order."""
    with (root / layout.LOGS / origin.folder / layout.ENTRIES).open("rb") as log:
        return [line[:-1] for seq, line in enumerate(log) if seq in wanted]


def named(root: Path, origin: Origin, start: int, size: int) -> set[str]:
    """Digests of every object that the entries from `start` to `size` name, long bodies among them."""
    found: set[str] = set()
    with (root / layout.LOGS / origin.folder / layout.ENTRIES).open("rb") as lines:
        for line in islice(lines, start, size):
            body = _decode_line(line).body
            if len(body) == 1 and isinstance(body.get("object"), str):
                found.add(body["object"])
                body = read_body(root, body["object"])
            found.update(digests(body))
    return found


def _entry(root: Path, origin: str, path: Path, seq: int, line: bytes, previous: str, leaf: str) -> Entry:
    try:
        got = _decode_line(line)
    except msgspec.MsgspecError as why:
        raise BrokenChain("This entry cannot be read.", where=f"{path}:{seq + 1}", fix=VERIFY) from why
    if got.seq != seq or got.prev != previous:
        raise BrokenChain("This entry does not follow from the one before it.", where=f"{path}:{seq + 1}",
                          fix=VERIFY)
    body = got.body
    if len(body) == 1 and "object" in body:
        body = read_body(root, body["object"])
    return Entry(origin, seq, leaf, got.kind, got.actor, got.time, got.refs, body, got.tool)


def read_body(root: Path, digest: str) -> dict[str, Any]:
    """A body that was too long for its entry. Raises AlteredExhibit when its object is missing or changed."""
    try:
        found = msgspec.json.decode(read_object(root, digest))
    except msgspec.MsgspecError as why:
        raise AlteredExhibit("This object is not the body of a record.", where=digest, fix=VERIFY) from why
    if not isinstance(found, dict):
        raise AlteredExhibit("This object is not the body of a record.", where=digest, fix=VERIFY)
    return found


def read_object(root: Path, digest: str) -> bytes:
    """The bytes with this SHA-256. Raises AlteredExhibit when they are missing or changed."""
    path = layout.object_name(root, digest)
    try:
        data = plain.read(path)
    except OSError as why:
        raise AlteredExhibit(f"A sealed object cannot be read: {why.strerror or why}.", where=path,
                             fix=VERIFY) from why
    if sha256(data).hexdigest() != digest:
        raise AlteredExhibit("A sealed object no longer has the bytes it was sealed with.", where=path,
                             fix=VERIFY)
    return data
