"""Seal files: hash while copying, keep under the digest, record where each came from. Originals are only read.

An exhibit's id is a letter (P picture, V video and sound, D anything else) and the next free number, in the order
of file names. The same bytes twice are one exhibit: the second arrival is said, and nothing is lost. What cannot be read is
listed with why, and the rest is sealed. Stopped at any moment, the same command goes on: what was acknowledged is held, the
rest is taken in. The count of what was offered, and what became of it, is recorded with the batch (`batch`).
"""
from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from bearwitness.errors import InputError, ProtectionError
from bearwitness.intake import names, offered, placeholders, sniff
from bearwitness.intake.members import Limits
from bearwitness.intake.offered import Offered
from bearwitness.model.case import Stated
from bearwitness.seal import members
from bearwitness.seal.arriving import Arriving
from bearwitness.seal.batch import Arrived, Batch
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.sealing import Ids, Sealing
from bearwitness.seal.seldom import seldom

__all__ = ["Arrived", "Batch", "add", "waiting"]

MANY = 1 << 20


def add(case_dir: Path, paths: Sequence[Path], *, came_from: str, protected: bool = False, actor: str = "",
        open_archives: Limits | None = None) -> Batch:
    """Seal files into a case, and with `open_archives` what lies in archives among them, within those limits.

    came_from: who handed them over, as a sentence without names of protected people.
    Raises ProtectionError for what is marked protected (D1): nothing of it is kept, not even a digest; InputError for a
    path that is not there, before anything is read; EngineError when the disk refuses: what was sealed before stays.
    """
    if protected:
        raise ProtectionError("What is protected cannot be taken in until this case has a vault.")
    found = offered.offered(paths)
    if not found:
        return Batch("", (), 0)
    many = len(found) if open_archives is None else MANY
    with seldom(), Notebook.open(case_dir, write=True, actor=actor) as notebook, \
            Arriving(notebook.root, notebook.origin.folder, many) as arriving:
        sealing = Sealing(notebook, arriving, came_from)
        for each in found:
            _take(sealing, each)
        if open_archives is not None:
            members.open_all(sealing, open_archives)
        batch = _batch(sealing.arrived, len(found))
        sealing.record(batch.manifest(came_from))
        sealing.flush()
        return batch


def _take(sealing: Sealing, each: Offered) -> None:
    """Copy one file and decide what it is; what cannot be read goes into the list with why."""
    if each.why:
        sealing.refuse(each.name, each.within, each.why, skipped=each.skipped)
        return
    try:
        made = sealing.arriving.copy(each.path)
    except InputError as why:
        sealing.refuse(each.name, each.within, why.message)
        return
    told = placeholders.by_name(each.name, made.size) or placeholders.by_folder(each.within) or made.told
    sealing.seal(made, each.name, each.within, told)


def _batch(arrived: list[Arrived], files: int) -> Batch:
    doubts = [(each.place, doubt) for each in arrived for doubt in names.doubts(each.name)]
    doubts += [(names.shown(two), f"its name differs from {names.shown(one)} only in case, or in how accents are written: "
                "on some systems they are one name")
               for one, two in names.twins(f"{each.inside}/{each.within}/{each.name}" for each in arrived)]
    return Batch(f"batch:{secrets.token_hex(4)}", tuple(arrived), files, tuple(doubts))


def waiting(case_dir: Path) -> list[tuple[Stated, Path]]:
    """What `add` would make of inbox/ in a folder where nothing is sealed yet: so that it can be checked first."""
    inbox = case_dir / "inbox"
    ids = Ids(())
    found = []
    for each in offered.offered([inbox]) if inbox.is_dir() else []:
        if each.why:
            continue
        with open(each.path, "rb") as file:
            media = sniff.media_type(file.read(sniff.HEAD), each.name)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = os.fstat(file.fileno()).st_size
        ref = ids.next(sniff.letter_of(media))
        body = {"id": ref, "sha256": digest, "size": size, "media": media,
                "came_from": "waiting in inbox/, not sealed"}
        found.append((Stated("exhibit.sealed", ref, body, f"inbox/{names.shown(each.name)}"), Path(each.path)))
    return found
