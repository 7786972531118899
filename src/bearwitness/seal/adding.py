"""Seal files: hash while copying, keep under the digest, record where each came from. Originals are only read.

An exhibit's id is a letter (P picture, V video and sound, D anything else) and the next free number, in the order
of file names. The same bytes twice are one exhibit: the second arrival is said, and nothing is lost.
"""
from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bearwitness.errors import InputError, ProtectionError
from bearwitness.intake import names, sniff
from bearwitness.model.case import Stated
from bearwitness.seal.changes import current
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.reading import Entry

SKIP = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", "README.txt"})


@dataclass(frozen=True, slots=True)
class Sealed:
    """What became of one file. again: it was sealed before, under this id."""

    path: Path
    id: str
    sha256: str
    size: int
    media: str
    again: bool


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Every file under these paths, in name order; folders are walked, links are not followed."""
    found: list[Path] = []
    for path in paths:
        if path.is_symlink():
            raise InputError("This is a link, and a link is not followed.", where=str(path),
                             fix="Name the file it leads to.")
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.is_file() and not p.is_symlink() and p.name not in SKIP)
        elif path.is_file():
            found.append(path)
        else:
            raise InputError("There is no such file.", where=str(path), fix="Check the name; nothing was sealed.")
    return found


def add(case_dir: Path, paths: Sequence[Path], *, came_from: str, protected: bool = False, actor: str = ""
        ) -> list[Sealed]:
    """Seal files into a case.

    came_from: who handed them over, as a sentence without names of protected people.
    Raises ProtectionError for what is marked protected (D1): nothing of it is kept, not even a digest.
    """
    if protected:
        raise ProtectionError("What is protected cannot be taken in until this case has a vault.")
    files = files_in(paths)
    with Notebook.open(case_dir, write=True, actor=actor) as notebook:
        now = current(notebook.entries())
        known = {e.body["sha256"]: e for e in now.values() if e.kind == "exhibit.sealed"}
        taken = {e.body["id"] for e in now.values() if isinstance(e.body.get("id"), str)}
        return [_one(notebook, path, came_from, known, taken) for path in files]


def waiting(case_dir: Path) -> list[tuple[Stated, Path]]:
    """What `add` would make of inbox/ in a folder where nothing is sealed yet: so that it can be checked first."""
    inbox = case_dir / "inbox"
    taken: set[str] = set()
    found = []
    for path in files_in([inbox]) if inbox.is_dir() else []:
        with path.open("rb") as file:
            media = sniff.media_type(file.read(4096), path.name)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        ref = _next_id(sniff.letter_of(media), taken)
        body = {"id": ref, "sha256": digest, "size": path.stat().st_size, "media": media,
                "came_from": "waiting in inbox/, not sealed"}
        found.append((Stated("exhibit.sealed", ref, body, f"inbox/{names.shown(path.name)}"), path))
    return found


def _one(notebook: Notebook, path: Path, came_from: str, known: dict[str, Entry], taken: set[str]) -> Sealed:
    with path.open("rb") as file:
        media = sniff.media_type(file.read(4096), path.name)
    digest, size = notebook.seal_file(path)
    if digest in known:
        old = known[digest].body
        return Sealed(path, old["id"], digest, size, media, True)
    ref = _next_id(sniff.letter_of(media), taken)
    body = {"id": ref, "sha256": digest, "size": size, "media": media, "name": names.shown(path.name),
            "came_from": came_from}
    known[digest] = notebook.append([("exhibit.sealed", body, [])])[0]
    return Sealed(path, ref, digest, size, media, False)


def _next_id(letter: str, taken: set[str]) -> str:
    number = 1
    while f"{letter}{number:03d}" in taken:
        number += 1
    taken.add(f"{letter}{number:03d}")
    return f"{letter}{number:03d}"
