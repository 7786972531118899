"""Taking in the logs of another copy of the case: two laptops that worked apart come together by copying.

A log is taken in whole and verbatim, after its copy has been verified by itself, and only as far as its newest
checkpoint. What this device then knows is pinned by `log.merged`, so order comes from who knew what, never from
clocks. Doing it twice changes nothing; the order of several merges changes nothing in what the case says.

Two histories in one log (a backup worked on, a cloned laptop) are a fork: nothing is chosen. The other one is kept as
a sealed object with its signed head, and a person must look.
Write order: objects, lines, checkpoints, then the entry that says so; a crash between any two leaves a case that
verifies, and the same merge again finishes it.
"""
from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError, SealError
from bearwitness.seal import durable, layout, reading
from bearwitness.seal.layout import Origin
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.verify import verify_case


@dataclass(frozen=True, slots=True)
class Fork:
    """Two histories of one log: (size, root) of what is here and of what was brought."""

    origin: str
    here: tuple[int, str]
    there: tuple[int, str]


@dataclass(slots=True)
class Merged:
    """What came of a merge. logs: origin -> (entries before, entries now). objects: how many were copied."""

    logs: dict[str, tuple[int, int]] = field(default_factory=dict)
    objects: int = 0
    forks: list[Fork] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def merge(case_dir: Path, other: Path, *, actor: str = "") -> Merged:
    """Take in every log of `other`, a folder of the same case.

    Raises InputError for another case, SealError when `other` does not verify. Forks are in the result, recorded.
    """
    theirs = Path(other) / layout.ROOT
    case, brought = reading.find_logs(theirs)
    if reading.find_logs(Path(case_dir) / layout.ROOT)[0] != case:
        raise InputError("That folder is of another case. Nothing was taken in.", where=str(other),
                         fix="Name the folder of a copy of this case.")
    report = verify_case(Path(other))
    if not report:
        raise SealError(f"That copy is not as it was sealed: {report.reasons[0]}. Nothing was taken in.",
                        where=str(other), fix="Ask for another copy, and keep this one.")
    with Notebook.open(case_dir, write=True, actor=actor) as notebook:
        merged = Merged()
        for origin in brought:
            _one(notebook, theirs, origin, merged)
        return merged


def _one(notebook: Notebook, theirs: Path, origin: Origin, merged: Merged) -> None:
    seen = reading.scan(theirs, origin)
    size = seen.sealed.size
    if size < len(seen.tree):
        merged.left.append(f"{len(seen.tree) - size} entries of {origin.fingerprint} that no signature covers")
    here = reading.scan(notebook.root, origin) if origin in reading.find_logs(notebook.root)[1] else None
    known = len(here.tree) if here else 0
    if here and not _agree(here, seen, min(known, size)):
        _keep_fork(notebook, theirs, origin, here, seen, merged)
        return
    if origin == notebook.origin:
        if size > known:
            _keep_fork(notebook, theirs, origin, here or seen, seen, merged)
        return
    if size > known:
        merged.objects += _objects(notebook, theirs, reading.named(theirs, origin, known, size))
        _copy(notebook.root, theirs, origin, size, fresh=here is None)
        merged.logs[str(origin)] = known, size
    if size > _pinned(notebook, origin):
        body = {"origin": str(origin), "size": size, "root": seen.tree.root(size).hex(), "checkpoint": seen.note.decode()}
        notebook.append([("log.merged", body, [])])


def _agree(here: reading.Scan, there: reading.Scan, size: int) -> bool:
    return here.tree.root(size) == there.tree.root(size)


def _pinned(notebook: Notebook, origin: Origin) -> int:
    """How much of a log this device's own log shows it knows."""
    pins = [e.body for e in notebook.entries() if e.kind == "log.merged"]
    pins += reading.joins(notebook.root, notebook.origin)
    return max((pin["size"] for pin in pins if pin.get("origin") == str(origin)), default=0)


def _objects(notebook: Notebook, theirs: Path, wanted: Iterable[str]) -> int:
    """Copy the objects that are not here yet; a missing one was disposed of, as the verification has checked."""
    copied = 0
    for digest in sorted(wanted):
        source = layout.object_path(theirs, digest)
        if source.is_file() and not layout.object_path(notebook.root, digest).is_file():
            notebook.seal_file(source)
            copied += 1
    notebook.settle()
    return copied


def _copy(root: Path, theirs: Path, origin: Origin, size: int, *, fresh: bool) -> None:
    """Put the first `size` entries of a log, and every checkpoint over them, in place: a new log in one step."""
    source, place = theirs / layout.LOGS / origin.folder, root / layout.LOGS / origin.folder
    aside = root / layout.CACHE / f"merge-{origin.folder}"
    shutil.rmtree(aside, ignore_errors=True)
    target = aside if fresh else place
    durable.make_folder(target / layout.CHECKPOINTS)
    with (source / layout.ENTRIES).open("rb") as lines:
        data = b"".join(line for _, line in zip(range(size), lines, strict=False))
    durable.replace(target / layout.ENTRIES, data, root / layout.CACHE)
    newest = b""
    for path in sorted((source / layout.CHECKPOINTS).iterdir()):
        if path.name.isdigit() and int(path.name) <= size:
            newest = path.read_bytes()
            if not (target / layout.CHECKPOINTS / path.name).exists():
                durable.replace(target / layout.CHECKPOINTS / path.name, newest, root / layout.CACHE, 0o444)
    durable.replace(target / layout.CHECKPOINT, newest, root / layout.CACHE)
    if fresh:
        aside.rename(place)
        durable.sync_folder(root / layout.LOGS)


def _keep_fork(notebook: Notebook, theirs: Path, origin: Origin, here: reading.Scan, there: reading.Scan,
               merged: Merged) -> None:
    """Keep the other history as evidence; once, however often it is brought."""
    size = there.sealed.size
    fork = Fork(str(origin), (len(here.tree), here.tree.root().hex()), (size, there.sealed.root.hex()))
    merged.forks.append(fork)
    name = f"fork:{origin.folder}:{fork.there[1][:16]}"
    if any(e.kind == "gap.declared" and e.body.get("id") == name for e in notebook.entries()):
        return
    digest, _ = notebook.seal_file(theirs / layout.LOGS / origin.folder / layout.ENTRIES)
    body: dict[str, Any] = {"id": name, "reason": "fork", "origin": str(origin), "here": list(fork.here),
                            "there": list(fork.there), "checkpoint": there.note.decode(), "sha256": digest}
    notebook.append([("gap.declared", body, [])])
