"""One flush for everything written to a file system: syncfs, where it keeps the promise that fsync makes for one file.

Only on Linux from 5.8, which reports a write that failed since the folder was opened (before, nobody was told), and only
on file systems whose syncfs also empties the cache of the drive: FAT, exFAT, FUSE and network disks do not, so there each
file is flushed by itself. Neglects: other programs' writes, which are flushed along and may make it slower.

Sources: syncfs(2), statfs(2), and the sync_fs operations of the file systems named.
"""
from __future__ import annotations

import os
import re
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bearwitness.seal import durable

FLUSHED_WHOLE = frozenset({0xEF53, 0x58465342, 0x9123683E, 0xF2F52010, 0x01021994})
"""ext2 to ext4, XFS, Btrfs, F2FS, and tmpfs, which has no disk."""


class WholeDisk:
    """Call it to flush. Open it before what it shall flush is written: failures from then on are told."""

    def __init__(self, libc: object, folder: str) -> None:
        self._libc = libc
        self._handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)

    def __call__(self) -> None:
        """Return when everything written so far is on the disk. Raises OSError where something did not get there."""
        import ctypes
        if self._libc.syncfs(self._handle):         # type: ignore[attr-defined]
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))

    def close(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


@contextmanager
def settled(folder: Path) -> Iterator[None]:
    """What the block writes below `folder`, new and beside its final place, is on the disk when the block ends."""
    flush = of(str(folder.parent))
    try:
        yield
        if flush is None:
            durable.settle(folder)
        else:
            flush()
    finally:
        if flush is not None:
            flush.close()


def of(folder: str) -> WholeDisk | None:
    """The flush of the file system that holds `folder`; None where each file must be flushed by itself."""
    release = re.match(r"(\d+)\.(\d+)", os.uname().release) if sys.platform == "linux" else None
    if release is None or (int(release[1]), int(release[2])) < (5, 8):
        return None
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "syncfs") or _kind(libc, folder) not in FLUSHED_WHOLE:
        return None
    return WholeDisk(libc, folder)


def _kind(libc: object, folder: str) -> int:
    """The magic number of a file system; 0 where it cannot be told."""
    import ctypes
    held = ctypes.create_string_buffer(512)
    if libc.statfs(os.fsencode(folder), held):      # type: ignore[attr-defined]
        return 0
    return int(struct.unpack_from("@l", held.raw)[0]) & 0xFFFFFFFF
