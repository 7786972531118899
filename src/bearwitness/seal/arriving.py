"""Many files into the store at once: copied and hashed one by one, made durable together, named only then.

The order is that of one file: its bytes under a name of no meaning, on the disk; then its name, on the disk; then, by the
caller, the entry. Here each step is taken for a whole group, so that the disk is waited for twice a group and not three
times a file. Where the system cannot flush a whole file system, or hides that it failed to, each file is flushed.
What a command that died left unnamed is swept away by the next one: nothing was ever told of it.
"""
from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import msgspec

from bearwitness.errors import AlteredExhibit, InputError
from bearwitness.intake import placeholders
from bearwitness.intake.placeholders import Told
from bearwitness.intake.sniff import HEAD
from bearwitness.seal import durable, layout, objects, whole_disk

GROUP_FILES, GROUP_BYTES = 4096, 512 << 20
AT_ONCE = 16 << 20
"""Bytes from which a file is flushed by itself: then the group's flush need not wait for it."""
FEW = 8
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class Copied(msgspec.Struct, frozen=True, gc=False):
    """One file's bytes, copied and not yet named. head: its first bytes; told: where it is no whole file, and why."""

    digest: str
    size: int
    head: bytes
    part: str
    told: Told | None = None


class Arriving:
    """Groups of objects on their way into one case's store. Use it in a `with` block, under the lock of a log.

    root: the case's `.bearwitness` folder. own: a name that only the holder of that lock uses.
    many: how many files are expected; a few are flushed one by one.
    """

    def __init__(self, root: Path, own: str, many: int) -> None:
        self.root = root
        self._folder = os.path.join(root, layout.CACHE, f"arriving-{own}")
        self._objects = os.path.join(root, layout.OBJECTS)
        self._group: dict[str, Copied] = {}
        self._loose: set[str] = set()           # parts that no flush of their own has reached
        self._number = self._bytes = 0
        self._buffer = memoryview(bytearray(durable.BLOCK))
        try:
            durable.make_folder(Path(self._folder))
            self._sweep()
            self._flush = None if many <= FEW else whole_disk.of(self._folder)
        except OSError as why:
            raise durable.disk_trouble(why, root) from why

    @property
    def full(self) -> bool:
        return len(self._group) >= GROUP_FILES or self._bytes >= GROUP_BYTES

    def copy(self, path: str) -> Copied:
        """Copy and hash one file; it is opened for reading only.

        Raises UnreadableArrival when it cannot be read whole, InputError when it changed meanwhile.
        """
        try:
            source = os.open(path, _READ)
        except OSError as why:
            raise objects.unreadable(Path(path), why) from why
        try:
            before = os.fstat(source)
            if not stat.S_ISREG(before.st_mode):
                raise objects.unreadable(Path(path), OSError(errno.EINVAL, "it does not hold bytes"))
            told = placeholders.by_disk(before)
            if told is None and placeholders.has_holes(source, before):
                told = (placeholders.PARTIAL, placeholders.HOLES)
            made = self._copy_at_once(source, path, before.st_size, told) if before.st_size < durable.BLOCK else \
                self._copy(self._blocks(source, path), told)
            after = os.fstat(source)
        finally:
            os.close(source)
        if made.size != before.st_size or (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
            self.drop(made)
            raise InputError("The file changed while it was being copied. Nothing of it was sealed.",
                             where=path, fix="Wait until nothing writes to it and add it again.")
        return made

    def copy_blocks(self, blocks: Iterable[bytes]) -> Copied:
        """Copy and hash what comes in blocks; whatever the blocks raise goes on to the caller, and nothing is kept."""
        made = self._copy(blocks, None)
        return made if made.size else Copied(made.digest, 0, b"", made.part, (placeholders.PLACEHOLDER, placeholders.EMPTY))

    def keep(self, made: Copied) -> None:
        """Name it with the group. What the group holds already, or the store, is one object."""
        if made.digest in self._group:
            self.drop(made)
            return
        self._group[made.digest] = made
        self._bytes += made.size

    def check(self, made: Copied) -> None:
        """What the store is known to have: hold the kept bytes to their digest, and let the copy go.

        Kept bytes that are gone come back with this copy. Raises AlteredExhibit where they have changed.
        """
        try:
            if made.digest not in self._group:
                objects.compare(layout.object_path(self.root, made.digest), made.digest)
        except FileNotFoundError:
            self.keep(made)
            return
        except OSError as why:
            raise AlteredExhibit(f"The sealed copy of this file cannot be read: {why.strerror or why}. Nothing was "
                                 "added.", where=made.digest, fix="Run `bearwitness verify`.") from why
        self.drop(made)

    def drop(self, made: Copied) -> None:
        """Let a copy go that will not be named."""
        self._loose.discard(made.part)
        _unlink(made.part)

    def settle(self) -> None:
        """Return when every object of the group has its bytes and its name on the disk, in that order."""
        if not self._group:
            return
        try:
            self._sync_parts()
            folders = self._place_all()
            if self._flush and len(folders) > FEW:
                self._flush()
            else:
                for folder in sorted(folders):
                    durable.sync_folder(Path(folder))
        except OSError as why:
            raise durable.disk_trouble(why, self.root) from why
        self._group.clear()
        self._bytes = 0

    def __enter__(self) -> Arriving:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):      # what is left is swept by the next command, and was never told of
            self._sweep()
        if self._flush:
            self._flush.close()

    def _copy_at_once(self, source: int, path: str, size: int, told: Told | None) -> Copied:
        """A small file, in one read: what is longer than it was has changed, and is told so by its length."""
        try:
            data = os.read(source, size + 1)
        except OSError as why:
            raise objects.unreadable(Path(path), why) from why
        handle, part = self._new()
        whole = False
        try:
            self._write(handle, data)
            if not self._flush:
                self._sync(handle)
            whole = True
        finally:
            os.close(handle)
            if not whole:
                _unlink(part)
        if self._flush:
            self._loose.add(part)
        head = data[:HEAD]
        if told is None and data[:1] == b"\0" and not data.strip(b"\0"):
            told = placeholders.PLACEHOLDER, placeholders.ZEROS
        return Copied(sha256(data).hexdigest(), len(data), head, part, told)

    def _new(self) -> tuple[int, str]:
        """An open, new file of no meaning, and its path."""
        self._number += 1
        part = f"{self._folder}{os.sep}part-{self._number}"
        try:
            return os.open(part, _NEW, 0o400), part
        except OSError as why:
            raise durable.disk_trouble(why, self.root) from why

    def _blocks(self, source: int, path: str) -> Iterable[bytes | memoryview]:
        try:
            while got := self._read(source):
                yield got
        except OSError as why:
            raise objects.unreadable(Path(path), why) from why

    def _read(self, source: int) -> bytes | memoryview:
        """The next block; valid until the next call."""
        if hasattr(os, "readv"):
            return self._buffer[:os.readv(source, [self._buffer])]
        return os.read(source, durable.BLOCK)

    def _copy(self, blocks: Iterable[bytes | memoryview], told: Told | None) -> Copied:
        handle, part = self._new()
        self._loose.add(part)
        digest, size, head, zeros, whole = sha256(), 0, b"", told is None, False
        try:
            for block in blocks:
                if not size:
                    head = bytes(block[:HEAD])
                    zeros = zeros and not head.strip(b"\0")
                digest.update(block)
                if zeros:
                    zeros = not bytes(block).strip(b"\0")
                size += len(block)
                self._write(handle, block)
            if size >= AT_ONCE or not self._flush:
                self._sync(handle)
                self._loose.discard(part)
            whole = True
        finally:
            os.close(handle)
            if not whole:
                self._loose.discard(part)
                _unlink(part)
        if zeros and size:
            told = placeholders.PLACEHOLDER, placeholders.ZEROS
        return Copied(digest.hexdigest(), size, head, part, told)

    def _write(self, handle: int, block: bytes | memoryview) -> None:
        try:
            done = os.write(handle, block)
            if done != len(block):
                durable.write_all(handle, bytes(block[done:]))
        except OSError as why:
            raise durable.disk_trouble(why, self.root) from why

    def _sync(self, handle: int) -> None:
        try:
            durable.sync(handle)
        except OSError as why:
            raise durable.disk_trouble(why, self.root) from why

    def _sync_parts(self) -> None:
        if self._flush and self._loose:
            self._flush()
        self._loose.clear()

    def _place_all(self) -> set[str]:
        """Give every copy of the group its name; returns the folders that were changed."""
        listed: dict[str, set[str]] = {}
        folders = set[str]()
        durable.make_folder(Path(self._objects))
        for digest, made in self._group.items():
            folder = f"{self._objects}{os.sep}{digest[:2]}"
            if folder not in listed:
                if _made(folder):
                    folders.add(self._objects)          # made durable with the names in it
                listed[folder] = set(os.listdir(folder))
            target = f"{folder}{os.sep}{digest}"
            if digest in listed[folder]:        # from a command that died before it recorded it
                objects.compare(Path(target), digest)
                _unlink(made.part)
            else:
                os.rename(made.part, target)    # another device could give it the same name now, for the same bytes
        return folders.union(listed)

    def _sweep(self) -> None:
        for name in os.listdir(self._folder):
            _unlink(os.path.join(self._folder, name))


def _made(folder: str) -> bool:
    """Make a folder; False where it is there already."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        return False
    return True


def _unlink(part: str) -> None:
    try:
        os.unlink(part)
    except FileNotFoundError:
        return
    except PermissionError:         # Windows does not delete what is read-only
        objects.drop(Path(part))
