"""Which files of a case folder are read, and their bytes. Nothing is ever opened for writing.

Only regular files inside the folder are read: a link that leads out of it, a pipe or a device is
refused, because what it holds is not what the person put there.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from bearwitness.errors import UnreadableArrival
from bearwitness.intake.desk import Desk
from bearwitness.intake.names import doubts, shown
from bearwitness.intake.text import LIMITS
from bearwitness.model.nearest import nearest
from bearwitness.model.vocabulary import TABLES

TEXT_FOLDERS = ("claims", "findings", "notes")
DRAFTS = "report"
_READ = (".csv", ".xlsx", ".md", ".toml")
_SHEETS = (".xls", ".ods", ".xlsb", ".numbers", ".tsv", ".txt", ".docx", ".odt", ".markdown")
_BESIDE = ("readme", "license", "licence", "notice", "provenance", "changelog", "contributing")


def listed(folder: Path, under: str, suffix: str) -> list[str]:
    """The relative names of the files of one kind, in name order; `under` "" is the folder itself."""
    place = folder / under if under else folder
    if not place.is_dir():
        return []
    names = sorted(
        entry.name for entry in os.scandir(place) if entry.name.lower().endswith(suffix) and not _skipped(entry.name)
    )
    return [f"{under}/{name}" if under else name for name in names]


def _skipped(name: str) -> bool:
    """Hidden files, and the lock and backup files of editors and spreadsheets."""
    return name.startswith((".", "~$", "~")) or name.endswith(("~", ".swp", ".bak"))


def read_bytes(folder: Path, file: str) -> bytes:
    """The bytes of a file.

    Raises UnreadableArrival where it is no plain file, leads out of the folder, is too big, or has a name
    made to deceive the eye.
    """
    path, where = folder / file, shown(file)
    if found := doubts(path.name):
        raise UnreadableArrival(found[0], where=where, fix="Give the file a plain name.")
    limit = LIMITS.get(path.suffix.lower(), 2**20)
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve()):
            fix = "Put the file itself into the folder."
            raise UnreadableArrival("this is a link that leads out of the case folder", where=where, fix=fix)
        data = _bytes(path, where, limit + 1)
    except (OSError, RuntimeError) as why:  # RuntimeError: links in a circle, before Python 3.13
        said = getattr(why, "strerror", "") or why
        raise UnreadableArrival(
            f"this file cannot be read ({said})", where=where, fix="Check that the file is there and that you may read it."
        ) from why
    if len(data) > limit:
        fix = "Split it, or seal it as an exhibit with `bearwitness add`."
        raise UnreadableArrival(f"this file is larger than {limit // 2**20} MiB", where=where, fix=fix)
    return data


def _bytes(path: Path, where: str, most: int) -> bytes:
    """At most so many bytes. A pipe is opened without waiting for somebody to write into it."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise UnreadableArrival("this is not a plain file", where=where, fix="Put a plain file in its place.")
        with open(handle, "rb", closefd=False) as stream:
            return stream.read(most)
    finally:
        os.close(handle)


def ask_about_others(folder: Path, desk: Desk) -> None:
    """One question for each file that looks as if it were meant to be read and is not."""
    known = {*TABLES, *(name.replace(".csv", ".xlsx") for name in TABLES), "case.toml"}
    for suffix in (*_READ, *_SHEETS):
        for name in listed(folder, "", suffix):
            stem = name.lower().split(".")[0]
            if name.lower() not in known and not stem.startswith(_BESIDE):
                near = nearest(name.lower(), known, 0.7)
                hint = f" Did you mean {near!r}?" if near else ""
                desk.ask(shown(name), f"{shown(name)} is no file of a case, and is not read.{hint}", f"{name}:file")
    for under in (*TEXT_FOLDERS, DRAFTS):
        _ask_in(folder, under, desk)


def _ask_in(folder: Path, under: str, desk: Desk) -> None:
    place = folder / under
    if not place.is_dir():
        return
    for entry in sorted(os.scandir(place), key=lambda entry: entry.name):
        texts = entry.is_dir() and under != DRAFTS and any(Path(entry.path).rglob("*.md"))
        if texts or (entry.name.lower().endswith(_SHEETS) and not _skipped(entry.name)):
            name = shown(f"{under}/{entry.name}")
            desk.ask(name, f"{name} is not read: only .md files right inside {under}/ are.", f"{name}:file")
