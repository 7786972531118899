"""What was offered: every file under the paths a person named, in name order; and what there cannot be read, with why.

Nothing is passed over in silence: a link, a pipe, a folder that does not open, a notebook of a case and the litter that
desktops leave behind are in the list as well, with the reason why they are not read. Links are never followed.
"""
from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bearwitness.errors import InputError

LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
NOTEBOOK, MARK = ".bearwitness", "BEARWITNESS"
LINK = "it is a link, and a link is not followed: add what it leads to"
NO_BYTES = "it is not a file that holds bytes (a pipe, a socket or a device)"
DROPPED = "desktops leave it in any folder that they show; to seal it, name it itself"
OWN = "it is the notebook of a case: take that in with `bearwitness merge`"


@dataclass(frozen=True, slots=True)
class Offered:
    """One thing that was offered. path: where it lies; name: its last part, as the system gave it.

    within: the folders between what was named and it. why: the reason it is not read, empty for a file; skipped: that
    reason needs nobody's attention. Names may hold anything, bytes that are no text among it (surrogate escapes).
    """

    path: str
    name: str
    within: str = ""
    why: str = ""
    skipped: bool = False


def offered(paths: Iterable[Path]) -> list[Offered]:
    """Everything under these paths. Raises InputError for a path that is a link or is not there."""
    found: list[Offered] = []
    for path in paths:
        if path.is_symlink():
            raise InputError("This is a link, and a link is not followed.", where=str(path),
                             fix="Name the file it leads to.")
        if path.is_dir():
            found += _walk(os.fspath(path))
        elif path.exists():
            regular = stat.S_ISREG(path.stat().st_mode)
            found.append(Offered(os.fspath(path), path.name, why="" if regular else NO_BYTES))
        else:
            raise InputError("There is no such file.", where=str(path), fix="Check the name; nothing was sealed.")
    return found


def _walk(top: str) -> Iterator[Offered]:
    """Depth first, without recursion: a folder may be nested deeper than a program may call itself."""
    waiting: list[Iterator[Offered | tuple[str, str]]] = [_folder(top, "")]
    while waiting:
        each = next(waiting[-1], None)
        if each is None:
            waiting.pop()
        elif isinstance(each, Offered):
            yield each
        else:
            waiting.append(_folder(*each))


def _folder(path: str, within: str) -> Iterator[Offered | tuple[str, str]]:
    """What stands in one folder: things offered, and (path, within) of the folders inside."""
    try:
        with os.scandir(path) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as why:
        yield Offered(path, os.path.basename(path), os.path.dirname(within),
                      f"the folder does not open: {why.strerror or why}")
        return
    for entry in entries:
        yield _entry(entry, within)


def _entry(entry: os.DirEntry[str], within: str) -> Offered | tuple[str, str]:
    name, path = entry.name, entry.path
    try:
        if entry.is_symlink():
            return Offered(path, name, within, LINK)
        if entry.is_dir(follow_symlinks=False):
            if name == NOTEBOOK and os.path.isfile(os.path.join(path, MARK)):
                return Offered(path, name, within, OWN, True)
            return path, f"{within}/{name}" if within else name
        regular = entry.is_file(follow_symlinks=False)
    except OSError as why:
        return Offered(path, name, within, f"it cannot be looked at: {why.strerror or why}")
    if not regular:
        return Offered(path, name, within, NO_BYTES)
    return Offered(path, name, within, DROPPED, True) if name in LITTER else Offered(path, name, within)
