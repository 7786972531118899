"""One writer at a time: a lock that the system gives back when its holder dies, however it dies.

The lock file holds nothing and proves nothing. Readers take no lock.
Not promised: shared network folders that ignore locks; each device writes a log of its own for that reason.
"""
from __future__ import annotations

import os
import time
from pathlib import Path

from bearwitness.errors import InputError

PAUSE_S = 0.02


class Lock:
    """Held from the moment it is made until `release`."""

    def __init__(self, path: Path, *, wait_s: float = 30.0) -> None:
        """Raises InputError when somebody else holds it for longer than `wait_s` [s]."""
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        end = time.monotonic() + wait_s
        while not _try(self._handle):
            if time.monotonic() >= end:
                os.close(self._handle)
                raise InputError("Another command is writing to this case. Nothing was changed by this one.",
                                 where=str(path), fix="Wait until it has ended, then run this one again.")
            time.sleep(PAUSE_S)

    def release(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _try(handle: int) -> bool:
    if os.name == "nt":
        import msvcrt
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)      # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    import fcntl
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
