"""Putting bytes into the store, once and for ever: `objects/ab/<sha256>`, read-only.

A file is hashed while it is being copied, so the digest is of the bytes that were kept and of no others; the
original is opened for reading only. What changed while it was copied is refused. Bytes that are already
there are compared, not trusted. Names become durable together, by `settle`, before any entry names them.
"""
from __future__ import annotations

import os
import stat
from hashlib import sha256
from pathlib import Path

from bearwitness.errors import AlteredExhibit, InputError, UnreadableArrival
from bearwitness.seal import durable, layout


class ObjectStore:
    """The writer of one case's objects. root: its `.bearwitness` folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._unsettled: set[Path] = set()

    def put_bytes(self, data: bytes) -> str:
        """Keep `data`; returns its SHA-256."""
        handle, part = self._part()
        try:
            try:
                durable.write_all(handle, data)
                durable.sync(handle)
            finally:
                os.close(handle)
            return self._place(part, sha256(data).hexdigest())
        except OSError as why:
            raise durable.disk_trouble(why, self.root) from why
        finally:
            drop(part)

    def put_file(self, path: Path) -> tuple[str, int]:
        """Keep the bytes of a file; returns (SHA-256, size [byte]).

        Raises UnreadableArrival when it cannot be read whole, InputError when it changed meanwhile.
        """
        handle, part = self._part()
        try:
            try:
                digest, size = self._copy(path, handle)
            finally:
                os.close(handle)
            try:
                return self._place(part, digest), size
            except OSError as why:
                raise durable.disk_trouble(why, self.root) from why
        finally:
            drop(part)

    def settle(self) -> None:
        """Return when every object put so far has a durable name."""
        while self._unsettled:
            durable.sync_folder(self._unsettled.pop())

    def _part(self) -> tuple[int, Path]:
        try:
            return durable.temporary(self.root / layout.CACHE / "parts")
        except OSError as why:
            raise durable.disk_trouble(why, self.root) from why

    def _copy(self, path: Path, handle: int) -> tuple[str, int]:
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                raise UnreadableArrival("This is not a file that holds bytes.", where=str(path))
            source = path.open("rb", buffering=0)
        except OSError as why:
            raise unreadable(path, why) from why
        digest, size = sha256(), 0
        with source:
            before = state(source.fileno())
            while block := _read(path, source):
                digest.update(block)
                size += len(block)
                _write(handle, block, self.root)
            after = state(source.fileno())
        if before != after or size != after[0]:
            raise InputError("The file changed while it was being copied. Nothing of it was sealed.",
                             where=str(path), fix="Wait until nothing writes to it and add it again.")
        try:
            durable.sync(handle)
        except OSError as why:
            raise durable.disk_trouble(why, self.root) from why
        return digest.hexdigest(), size

    def _place(self, part: Path, digest: str) -> str:
        target = layout.object_path(self.root, digest)
        durable.make_folder(target.parent)
        if target.exists():
            compare(target, digest)
            return digest
        os.chmod(part, 0o400)
        give_name(part, target)
        self._unsettled.add(target.parent)
        return digest


def give_name(part: Path, target: Path) -> None:
    """Give `part` its name without ever replacing a file that has it."""
    if os.name == "nt":
        os.rename(part, target)
        return
    try:
        os.link(part, target)
    except FileExistsError:
        return
    except OSError:
        os.rename(part, target)     # a disk without hard links, as most memory sticks are


def compare(target: Path, digest: str) -> None:
    found = sha256()
    with target.open("rb") as kept:
        while block := kept.read(durable.BLOCK):
            found.update(block)
    if found.hexdigest() != digest:
        raise AlteredExhibit("The sealed copy of this file has changed since it was sealed. It was left as "
                             "it is, and nothing was added.", where=str(target),
                             fix="Run `bearwitness verify`; keep the file you were adding: it is unchanged.")


def drop(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except PermissionError:         # Windows does not delete what is read-only
        os.chmod(part, 0o600)
        part.unlink(missing_ok=True)


def state(handle: int) -> tuple[int, int, int]:
    now = os.fstat(handle)
    return now.st_size, now.st_mtime_ns, now.st_ino


def _read(path: Path, source: object) -> bytes:
    try:
        return source.read(durable.BLOCK)       # type: ignore[attr-defined, no-any-return]
    except OSError as why:
        raise unreadable(path, why) from why


def _write(handle: int, block: bytes, root: Path) -> None:
    try:
        durable.write_all(handle, block)
    except OSError as why:
        raise durable.disk_trouble(why, root) from why


def unreadable(path: Path, why: OSError) -> UnreadableArrival:
    return UnreadableArrival(f"The file cannot be read: {why.strerror or why}. Nothing of it was sealed.",
                             where=str(path), fix="Copy it to this machine's own disk and add that copy.")
