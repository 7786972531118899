"""Writing one device's log: entries in batches, then a signed checkpoint.

`append` returns after the disk has the lines; `checkpoint` publishes a signed root over all of them, as a new
file that gets its name only when it is whole. What stands after the last checkpoint when the log is opened
again was left by a command that died: whole entries are kept and reported; a piece of a line, or lines that
do not follow, were never acknowledged: they are kept as an object, cut off, and the cut is reported.
Anything shorter than the checkpoint is not a crash, and is refused.
"""
from __future__ import annotations

import errno
import os
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import Any

from bearwitness.errors import BadSignature, BrokenChain, EngineError, ForkedLog, InputError
from bearwitness.seal import durable, keys, layout, note, prefix, reading, tree
from bearwitness.seal.canonical import NotCanonical, decode
from bearwitness.seal.lock import Lock
from bearwitness.seal.objects import ObjectStore


class LogWriter:
    """The only holder of a log that is open for writing. root: the `.bearwitness` folder."""

    def __init__(self, root: Path, key: keys.DeviceKey, objects: ObjectStore, *,
                 wait_s: float = 30.0) -> None:
        self.root, self.key, self.objects = root, key, objects
        self.folder = root / layout.LOGS / key.origin.folder
        self.path = self.folder / layout.ENTRIES
        self.sealed: note.Checkpoint
        self.note: bytes
        self.gaps: list[dict[str, Any]] = []
        self._broken = self._trusted = self._writing = False
        self._seen: Any = None          # a running SHA-256 over the log; none after a tail was cut off
        self._known = 0                 # how many entries of it are kept for the next opening
        try:
            self._lock = Lock(self.folder / layout.LOCK, wait_s=wait_s)
        except OSError as why:
            if why.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
                raise InputError("This copy of the case cannot be written to, only read and verified.",
                                 where=str(self.folder), fix="Work in a copy on a disk of your own.") from why
            raise durable.disk_trouble(why, self.folder) from why
        with ExitStack() as undo:
            undo.callback(self._lock.release)
            self._open(undo)
            undo.pop_all()

    @classmethod
    def begin(cls, root: Path, key: keys.DeviceKey, lines: list[bytes]) -> None:
        """Make the folder of a new log with its first entries and its first checkpoint."""
        folder = root / layout.LOGS / key.origin.folder
        durable.make_folder(folder / layout.CHECKPOINTS)
        data = b"".join(line + b"\n" for line in lines)
        durable.replace(folder / layout.ENTRIES, data, root / layout.CACHE)
        grown = tree.Tree(tree.leaf_hash(line) for line in lines)
        _publish(root, key, note.Checkpoint(str(key.origin), len(grown), grown.root()))

    @property
    def size(self) -> int:
        return len(self.tree)

    @property
    def previous(self) -> str:
        """Leaf hash of the newest entry, which the next one names."""
        return self.tree.leaf(self.size - 1).hex() if self.size else layout.FIRST_PREV

    def append(self, lines: list[bytes], leaves: list[bytes]) -> None:
        """Add whole entries, without their line ends; returns once the disk has them all. leaves: their leaf hashes.

        Raises EngineError when the disk refuses; then none of them is in the log.
        """
        if self._broken or self._writing:
            raise EngineError("This log stopped in the middle of a step. What was acknowledged is safe.",
                              where=str(self.path), fix="Run the command again.")
        self._check_signature()
        data = b"\n".join([*lines, b""])
        self._writing = True        # stays so when the step is interrupted: nothing is written after a piece
        try:
            self.objects.settle()
            done = os.write(self._handle, data)
            if done != len(data):
                durable.write_all(self._handle, data[done:])
            durable.sync(self._handle)
        except OSError as why:
            self._take_back()
            raise durable.disk_trouble(why, self.path) from why
        self._writing = False
        self._end += len(data)
        if self._seen is not None:
            self._seen.update(data)
        self.tree.extend(leaves)

    def checkpoint(self) -> note.Checkpoint:
        """Publish a signed root over every entry, unless the newest one already covers them."""
        if self.size > self.sealed.size and not self._broken:
            head = note.Checkpoint(str(self.key.origin), self.size, self.tree.root())
            try:
                self.note = _publish(self.root, self.key, head)
                self.sealed = head
            except OSError as why:
                raise durable.disk_trouble(why, self.folder) from why
        if self._seen is not None and prefix.worth(self.size, self._known) and self.sealed.size == self.size:
            prefix.keep(self.root, self.key.origin, self.tree, self._end, self._seen)
            self._known = self.size
        return self.sealed

    def close(self) -> None:
        os.close(self._handle)
        self._lock.release()

    def _open(self, undo: ExitStack) -> None:
        found = reading.scan(self.root, self.key.origin, recall=prefix.recall, seen=sha256())
        self.tree, self.sealed, self.note, self._end = found.tree, found.sealed, found.note, found.end
        self._seen, self._known = found.seen, found.known
        self._check_remembered()
        flags = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        try:
            self._handle = os.open(self.path, flags)
            undo.callback(os.close, self._handle)
            self._mend(found)
        except OSError as why:
            raise durable.disk_trouble(why, self.path) from why

    def _check_signature(self) -> None:
        """Before the first entry is added: build only on a head that this device's own key signed.

        Only now, because a command that adds nothing should not wait for the library that signs.
        """
        if self._trusted:
            return
        if not note.verified(note.parse(self.note), str(self.key.origin), self.key.public):
            raise BadSignature("The newest checkpoint is not signed by this device's key. Nothing was added.",
                               where=str(self.folder), fix=reading.VERIFY)
        self._trusted = True

    def _check_remembered(self) -> None:
        """A case folder set back to an older state must not be written on: that would make two histories."""
        data = keys.remembered(self.key.origin.case)
        if data is None:
            return
        try:
            newest = note.parse_checkpoint(note.parse(data).text)
        except note.BadNote:
            return
        if newest.origin != str(self.key.origin):
            return
        if newest.size > self.size or self.tree.root(newest.size) != newest.root:
            heads = f"{newest.size} {newest.root.hex()}", f"{self.size} {self.tree.root().hex()}"
            raise ForkedLog(f"This device has signed {newest.size} entries of this case, and this folder "
                            f"holds another history, with {self.size}. It looks like an older copy. Nothing "
                            "was added.", heads=heads, where=str(self.path),
                            fix="Use the newest copy of the case folder.")

    def _mend(self, found: reading.Scan) -> None:
        good, end = self._good_tail(found)
        size = os.fstat(self._handle).st_size
        if end < size:
            with self.path.open("rb") as log:
                log.seek(end)
                cut = log.read()
            digest = self.objects.put_bytes(cut)
            self.objects.settle()
            os.ftruncate(self._handle, end)
            durable.sync(self._handle)
            self.tree, self._end = tree.Tree(self.tree.leaves(good)), end
            self._seen = None
            self.gaps.append({"reason": "torn tail", "after": good, "size": len(cut), "sha256": digest})
        if good > found.sealed.size:
            self.gaps.append({"reason": "unsealed tail", "first": found.sealed.size, "last": good - 1})
        if _read(self.folder / layout.CHECKPOINT) != found.note:
            durable.replace(self.folder / layout.CHECKPOINT, found.note, self.root / layout.CACHE)

    def _good_tail(self, found: reading.Scan) -> tuple[int, int]:
        """(entries, bytes) up to which the log is whole; never less than what is sealed."""
        good, end = 0, 0
        with self.path.open("rb") as lines:
            for line in lines:
                if good >= found.sealed.size and not self._follows(good, line):
                    break
                good, end = good + 1, end + len(line)
        return good, end

    def _follows(self, seq: int, line: bytes) -> bool:
        if line[-1:] != b"\n":
            return False
        try:
            entry = decode(line[:-1])
        except NotCanonical:
            return False
        previous = self.tree.leaf(seq - 1).hex() if seq else layout.FIRST_PREV
        return isinstance(entry, dict) and entry.get("seq") == seq and entry.get("prev") == previous

    def _take_back(self) -> None:
        """After a refused write: cut the log back to what was acknowledged, and add nothing more."""
        self._broken = True
        try:
            os.ftruncate(self._handle, self._end)
        except OSError:
            return          # the next command finds the piece and cuts it off


def _publish(root: Path, key: keys.DeviceKey, head: note.Checkpoint) -> bytes:
    folder = root / layout.LOGS / key.origin.folder
    data = key.sign_note(head.text())
    scratch = root / layout.CACHE
    durable.replace(folder / layout.CHECKPOINTS / layout.checkpoint_name(head.size), data, scratch, 0o444)
    durable.replace(folder / layout.CHECKPOINT, data, scratch)
    keys.remember(key.origin.case, data)
    return data


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as why:
        raise BrokenChain("The checkpoint of this log is missing.", where=str(path),
                          fix=reading.VERIFY) from why
