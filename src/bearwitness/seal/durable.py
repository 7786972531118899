"""Making bytes stay: the few calls that wait until the disk has them.

Order everywhere: write a temporary file, sync it, give it its name, sync the folder. A crash between any two
steps leaves either nothing or the whole. macOS needs F_FULLFSYNC; Windows cannot sync a folder and does not
need to. Not promised: a disk that says it has written and has not.
"""
from __future__ import annotations

import os
import secrets
from pathlib import Path

from bearwitness.errors import EngineError

try:
    import fcntl
except ImportError:         # Windows
    _FULL = None
else:
    _FULL = getattr(fcntl, "F_FULLFSYNC", None)

BLOCK = 1 << 20


def sync(handle: int) -> None:
    """Return when the bytes written to `handle` are on the disk."""
    if _FULL is not None:
        fcntl.fcntl(handle, _FULL)
    else:
        getattr(os, "fdatasync", os.fsync)(handle)


def sync_folder(folder: Path) -> None:
    """Return when the names in `folder` are on the disk."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def settle(folder: Path) -> None:
    """Return when every file and every name below `folder` is on the disk."""
    for at, _, names in os.walk(folder):
        for name in names:
            handle = os.open(os.path.join(at, name), os.O_RDWR if os.name == "nt" else os.O_RDONLY)
            try:
                sync(handle)
            finally:
                os.close(handle)
        sync_folder(Path(at))


def make_folder(folder: Path) -> None:
    """Make `folder` and what is missing above it, durably."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def write_all(handle: int, data: bytes) -> None:
    """Write every byte, however many calls it takes."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view):]


def temporary(folder: Path) -> tuple[int, Path]:
    """An open, new, private file in `folder` and its path."""
    make_folder(folder)
    path = folder / f"part-{secrets.token_hex(8)}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    return os.open(path, flags, 0o600), path


def replace(path: Path, data: bytes, scratch: Path, mode: int = 0o644) -> None:
    """Put a file with exactly `data` at `path`, or leave what was there. `scratch` is on the same disk."""
    handle, part = temporary(scratch)
    try:
        try:
            write_all(handle, data)
            sync(handle)
        finally:
            os.close(handle)
        os.chmod(part, mode)
        os.replace(part, path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def disk_trouble(why: OSError, where: Path) -> EngineError:
    """What to tell a person when the disk refuses."""
    return EngineError(f"The disk refused to write: {why.strerror or why}. What was acknowledged before is "
                       "safe; this command's last step is not recorded.", where=str(where),
                       fix="Free space or plug the disk in again, then run the same command again.")
