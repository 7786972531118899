"""What a command wrote, call by call, so that a disk can be made which lost some of it.

The model, as strict as POSIX allows: what a file holds is sure after fsync or fdatasync of that file; a name is sure after
fsync of its folder; of everything else any part may be missing after a crash, in any combination, and a write may have
reached the disk in part or as zeros. A rename is one step: the old name never goes while the new one does not come.
Neglects: permissions (never lost here), file systems that lose what was synced (`lying` makes those, on purpose).
"""

from __future__ import annotations

import os
import random
import re
from dataclasses import dataclass, field
from pathlib import Path

CALLS = ("openat,write,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,ftruncate,fsync,fdatasync,"
         "pwrite64,writev,truncate,copy_file_range,sendfile,fallocate,symlink,symlinkat,sync,syncfs")
UNKNOWN = {"pwrite64", "writev", "truncate", "copy_file_range", "sendfile", "fallocate", "symlink", "symlinkat"}
_CALL = re.compile(r"\d+\s+(\w+)\((.*)\)\s+= (-?\d+)(?:<(.*?)>)?")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_HANDLE = re.compile(r"^(\d+)<")


@dataclass(frozen=True)
class Op:
    """One change. thing: the file or folder it is a change of; what: its kind, with what belongs to it."""

    thing: int
    what: str
    name: str = ""
    other: int = 0
    at: int = 0
    data: bytes = b""
    second: int = 0
    old: str = ""


@dataclass
class Disk:
    """Files by number (their bytes) and folders by number (name -> number)."""

    files: dict[int, bytearray] = field(default_factory=dict)
    folders: dict[int, dict[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, top: Path) -> Disk:
        disk = cls()
        disk._read(top)
        return disk

    def copy(self) -> Disk:
        return Disk({n: bytearray(b) for n, b in self.files.items()}, {n: dict(f) for n, f in self.folders.items()})

    def new(self) -> int:
        return len(self.files) + len(self.folders)

    def _read(self, path: Path) -> int:
        number = self.new()
        if path.is_dir():
            self.folders[number] = {}
            for inner in sorted(path.iterdir()):
                self.folders[number][inner.name] = self._read(inner)
        else:
            self.files[number] = bytearray(path.read_bytes())
        return number

    def write(self, top: Path, number: int = 0) -> None:
        """Lay it out as real files."""
        if number in self.files:
            top.write_bytes(self.files[number])
            return
        top.mkdir()
        for name, inner in self.folders[number].items():
            self.write(top / name, inner)

    def apply(self, op: Op) -> None:
        """Make the change, as far as what it needs is there."""
        if op.what == "write":
            held = self.files[op.thing]
            held.extend(bytes(max(0, op.at + len(op.data) - len(held))))
            held[op.at:op.at + len(op.data)] = op.data
        elif op.what == "cut":
            held = self.files[op.thing]
            del held[op.at:]
            held.extend(bytes(op.at - len(held)))
        elif op.what == "name":
            self.folders[op.thing][op.name] = op.other
        elif op.what == "drop" and self.folders[op.thing].get(op.name) == op.other:
            del self.folders[op.thing][op.name]
        elif op.what == "move":
            self.folders[op.thing][op.name] = op.other
            if self.folders[op.second].get(op.old) == op.other and (op.second, op.old) != (op.thing, op.name):
                del self.folders[op.second][op.old]


class Recording:
    """The changes below `top` in a trace of one process, in order. told: where the first word reached the person."""

    def __init__(self, before: Disk, top: Path, trace: Path) -> None:
        self.before, self.top = before, str(top)
        self.now, self.ops, self.told = before.copy(), [], -1
        self._open: dict[int, tuple[int, int, bool]] = {}           # handle -> (file, position, appends)
        for line in trace.read_text("utf-8", "replace").splitlines():
            call = _CALL.match(line)
            if call and int(call[3]) >= 0:
                self._take(call[1], call[2], int(call[3]))

    def _take(self, call: str, words: str, result: int) -> None:
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(words)]
        handle = _HANDLE.match(words)
        if call == "openat":
            self._opened(os.fsdecode(texts[0]), words, result)
        elif call == "write" and handle:
            self._wrote(int(handle[1]), texts[0] if texts else b"", result)
        elif call in ("fsync", "fdatasync", "ftruncate") and handle and int(handle[1]) in self._open:
            thing = self._open[int(handle[1])][0]
            self._do(Op(thing, "cut", at=int(words.rpartition(",")[2])) if call == "ftruncate" else Op(thing, "sync"))
        elif call in ("sync", "syncfs"):
            for thing in sorted({op.thing for op in self.ops}):
                self._do(Op(thing, "sync"))
        elif call in UNKNOWN and self.top.encode().hex() in words.replace("\\x", ""):
            raise NotImplementedError(f"the model does not know {call}")
        elif texts and not handle:
            self._named(call, [os.fsdecode(text) for text in texts])

    def _opened(self, path: str, words: str, handle: int) -> None:
        self._open.pop(handle, None)
        place = self._place(path)
        if place is None:
            return
        folder, name = place
        thing = self.now.folders[folder].get(name) if name else 0
        if thing is None:
            thing = self._fresh(self.now.files, bytearray())
            self._do(Op(folder, "name", name, thing))
        elif "O_TRUNC" in words:
            self._do(Op(thing, "cut"))
        self._open[handle] = (thing, 0, "O_APPEND" in words)

    def _wrote(self, handle: int, data: bytes, many: int) -> None:
        if handle == 1 and self.told < 0:
            self.told = len(self.ops)
        if handle in self._open:
            thing, at, appends = self._open[handle]
            at = len(self.now.files[thing]) if appends else at
            self._open[handle] = (thing, at + many, appends)
            self._do(Op(thing, "write", at=at, data=data[:many]))

    def _named(self, call: str, paths: list[str]) -> None:
        places = [self._place(path) for path in paths]
        if places[0] is None:
            return
        folder, name = places[0]
        inner = self.now.folders[folder].get(name, -1)
        if call.startswith("mkdir"):
            self._do(Op(folder, "name", name, self._fresh(self.now.folders, {})))
        elif call.startswith(("unlink", "rmdir")):
            self._do(Op(folder, "drop", name, inner))
        elif call.startswith("link") and places[1]:
            self._do(Op(places[1][0], "name", places[1][1], inner))
        elif call.startswith("rename") and places[1]:
            self._do(Op(places[1][0], "move", places[1][1], inner, second=folder, old=name))

    def _fresh(self, kind: dict[int, object], empty: object) -> int:
        number = self.now.new()
        kind[number] = empty
        kept = self.before.files if kind is self.now.files else self.before.folders
        kept[number] = type(empty)()                        # there, and reached by no name yet
        return number

    def _place(self, path: str) -> tuple[int, str] | None:
        """(folder, name in it) of a path below the top, by today's names; the top itself has no name."""
        if path != self.top and not path.startswith(self.top + "/"):
            return None
        parts = [part for part in path[len(self.top):].split("/") if part]
        at = 0
        for part in parts[:-1]:
            at = self.now.folders[at][part]
        return at, parts[-1] if parts else ""

    def _do(self, op: Op) -> None:
        self.ops.append(op)
        if op.what != "sync":
            self.now.apply(op)

    def crashed(self, end: int, chance: random.Random, *, lying: bool = False) -> Disk:
        """A disk after power went at change `end`: what was synced, and any part of the rest. lying: syncs did nothing."""
        synced: dict[int, int] = {}
        for at, op in enumerate(self.ops[:end]):
            if op.what == "sync" and not lying:
                synced[op.thing] = at
        disk, keep = self.before.copy(), chance.choice([0.0, 0.2, 0.5, 0.8, 0.95])
        for at, op in enumerate(self.ops[:end]):
            if op.what == "sync":
                continue
            if at < synced.get(op.thing, -1):
                disk.apply(op)
            elif chance.random() < keep:
                disk.apply(_torn(op, chance))
        return disk


def _torn(op: Op, chance: random.Random) -> Op:
    """An unsynced write as it may have reached the disk: whole, in part, or as zeros of its length."""
    if op.what != "write":
        return op
    data = chance.choice([op.data, op.data, op.data[:chance.randint(0, len(op.data))], bytes(len(op.data))])
    return Op(op.thing, "write", at=op.at, data=data)
