"""The signed notebook of one case: the only way to write to it, and the usual way to read it.

    with Notebook.open(case, write=True) as notebook:
        digest, size = notebook.seal_file(path)
        notebook.append([("exhibit.sealed", {"id": "P001", "sha256": digest, "size": size}, [])])

`append` returns when the disk has the entries; leaving the `with` block signs a checkpoint over them. Only a
command that died leaves entries without one; the next command records that gap and seals them.

A digest in a body under the key `sha256` (at any depth) is an object of the store; `verify` looks for it.
Opened for reading, nothing is written, no key is needed, and the view is the log as it stood at that moment.
Not done here: deciding what may be recorded. Whoever appends has checked that nothing protected is in it.
"""
from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any

from bearwitness.errors import InputError
from bearwitness.seal import devices, durable, keys, layout, prefix, reading, selftest, whole
from bearwitness.seal.acts import TWO_PERSONS
from bearwitness.seal.canonical import encode, encode_body
from bearwitness.seal.entry import Pen
from bearwitness.seal.log import LogWriter
from bearwitness.seal.objects import ObjectStore
from bearwitness.seal.reading import Entry
from bearwitness.seal.tree import Tree

Draft = tuple[str, dict[str, Any], Sequence[str]]
"""What to append: kind, body, refs."""


def exists(case_dir: Path) -> bool:
    """True when the folder has a notebook."""
    return (Path(case_dir) / layout.ROOT / layout.MARK).is_file()


class Notebook:
    """One case's log and objects. Make it with `create` or `open`, and use it in a `with` block."""

    def __init__(self, case_dir: Path, origin: layout.Origin, writer: LogWriter | None, actor: str) -> None:
        self.case_dir, self.origin, self.actor = Path(case_dir), origin, actor
        self.root = self.case_dir / layout.ROOT
        self._writer = writer
        self._scan = None if writer else reading.scan(self.root, origin, recall=prefix.recall)

    @classmethod
    def create(cls, case_dir: Path, *, demo: bool = False, actor: str) -> Notebook:
        """Make the notebook and this device's key; returns it open for writing. actor: a role, not a name.

        Raises InputError when there is one already. On any failure the folder is as it was.
        """
        case_dir = Path(case_dir)
        if (case_dir / layout.ROOT).exists():
            raise InputError("This folder already has a notebook. It was left as it is.", where=str(case_dir),
                             fix="Go on working in it, or choose another folder.")
        _check_home(case_dir)
        try:
            case_dir.mkdir(parents=True, exist_ok=True)
        except OSError as why:
            raise durable.disk_trouble(why, case_dir) from why
        case = secrets.token_hex(16)
        key = keys.make_key(case, demo=demo, passphrase=os.environ.get("BEARWITNESS_PASSPHRASE", ""))
        fresh = case_dir / f"{layout.ROOT}.new-{secrets.token_hex(4)}"
        try:
            devices.lay_out(fresh, key, actor)
            fresh.rename(case_dir / layout.ROOT)
            durable.sync_folder(case_dir)
        except OSError as why:
            shutil.rmtree(fresh, ignore_errors=True)
            keys.forget_key(case)
            raise durable.disk_trouble(why, case_dir) from why
        return cls.open(case_dir, write=True, actor=actor)

    @classmethod
    def open(cls, case_dir: Path, *, write: bool, actor: str = "", wait_s: float = 30.0) -> Notebook:
        """Open a notebook. actor: who writes (a role); by default who opened the case.

        Raises InputError when there is no notebook, no key to write with, or another writer for longer than
        `wait_s` [s]; a SealError when the log is not what was sealed.
        """
        root = Path(case_dir) / layout.ROOT
        case, _ = reading.find_logs(root)
        if not write:
            return cls(case_dir, reading.find_log(root, keys.public_of(case)), None, actor)
        selftest.quick()
        devices.settle(root, case)
        key = keys.load_key(case)
        if key.origin not in reading.find_logs(root)[1]:
            raise InputError("This device's key is not one that writes a log of this case. Nothing was "
                             "changed.", where=str(root / layout.LOGS),
                             fix="Set BEARWITNESS_HOME to the folder with its key, or join: bearwitness key add.")
        writer = LogWriter(root, key, ObjectStore(root), wait_s=wait_s)
        notebook = cls(case_dir, key.origin, writer, actor)
        with ExitStack() as undo:
            undo.callback(writer.close)
            notebook.actor = actor or next(notebook.entries()).actor
            notebook.append([("gap.declared", gap, []) for gap in writer.gaps])
            undo.pop_all()
        return notebook

    @property
    def writable(self) -> bool:
        return self._writer is not None

    def append(self, entries: Sequence[Draft]) -> list[Entry]:
        """Record statements, in order, as one batch; returns them once the disk has them all.

        Raises ValueError or TypeError for an unknown kind or a body that cannot be recorded, before anything
        is written; EngineError when the disk refuses, and then none of the batch is recorded.
        """
        writer = self._need_writer()
        if not entries:
            return []
        made, lines, leaves, previous, origin = [], [], [], writer.previous, str(self.origin)
        self._enforce(entries)
        pen, start, actor = Pen(self.actor, len(entries)), writer.size, self.actor
        for at, (kind, body, refs) in enumerate(entries):
            line = pen.line(at, start + at, previous, kind, self._fit(body), refs)
            leaf = sha256(b"\x00" + line).digest()
            lines.append(line)
            leaves.append(leaf)
            previous = leaf.hex()
            made.append(Entry(origin, start + at, previous, kind, actor, pen.time, tuple(refs), body, pen.tool))
        writer.append(lines, leaves)
        return made

    def entries(self, size: int | None = None) -> Iterator[Entry]:
        """Every entry in order, or the first `size`; each link of the chain is checked on the way."""
        return reading.entries(self.root, self.origin, self.size if size is None else min(size, self.size))

    @property
    def alone(self) -> bool:
        """True while this case has one log."""
        return len(reading.find_logs(self.root)[1]) == 1

    def everything(self) -> list[Entry]:
        """Every entry of every log that is here, each after all it knew; also of logs whose key nobody admitted."""
        return list(self.entries()) if self.alone else whole.everything(self.root)

    def history(self, told: list[Entry] | None = None) -> list[Entry]:
        """Every entry that counts: of all logs whose key the case's authority has admitted, in causal order.

        told: what `everything` would give, where the caller has read it already.
        """
        found = self.everything() if told is None else told
        alone = self.alone and not any(entry.kind == "key.revoked" for entry in found)
        return found if alone else whole.admitted(found)

    def base(self) -> list[Entry]:
        """What this device's own files stand on: its log, and the logs it went on from as they stood then."""
        return list(self.entries()) if self.alone else whole.base(whole.everything(self.root), str(self.origin))

    def upto(self, size: int) -> Iterator[Entry]:
        """The first `size` entries: the case as it stood when the log had that many (as in a checkpoint)."""
        return self.entries(size)

    def seal_file(self, path: Path) -> tuple[str, int]:
        """Keep a file's bytes; returns (SHA-256, size [byte]). Append a record that names them afterwards."""
        return self._need_writer().objects.put_file(Path(path))

    def put_bytes(self, data: bytes) -> str:
        """Keep bytes made by the program; returns their SHA-256."""
        return self._need_writer().objects.put_bytes(data)

    def settle(self) -> None:
        """Return when every object kept so far has a durable name, also where no entry here names it."""
        self._need_writer().objects.settle()

    def object_path(self, digest: str) -> Path:
        """Where an object lies. Open it for reading only."""
        return layout.object_path(self.root, digest)

    def read_object(self, digest: str) -> bytes:
        """An object's bytes, checked. Raises AlteredExhibit when they are missing or changed."""
        return reading.read_object(self.root, digest)

    @property
    def size(self) -> int:
        return self._writer.size if self._writer else len(self._seen().tree)

    def head(self) -> tuple[int, str, int]:
        """(entries, root over them in hexadecimal, entries under the newest checkpoint)."""
        if self._writer:
            return self._writer.size, self._writer.tree.root().hex(), self._writer.sealed.size
        seen = self._seen()
        return len(seen.tree), seen.tree.root().hex(), seen.sealed.size

    def unsealed(self) -> int:
        """How many entries stand after the newest checkpoint: some only while a command works or has died."""
        size, _, sealed = self.head()
        return size - sealed

    def checkpoint_note(self) -> bytes:
        """The newest checkpoint as published, a signed note."""
        return self._writer.note if self._writer else self._seen().note

    def checkpoint(self) -> None:
        """Sign a root over every entry so far."""
        self._need_writer().checkpoint()

    def inclusion(self, seq: int, size: int) -> list[bytes]:
        """Proof that entry `seq` stands under the root of the first `size` entries."""
        return self.tree.inclusion(seq, size)

    @property
    def tree(self) -> Tree:
        """The Merkle tree over the log."""
        return self._writer.tree if self._writer else self._seen().tree

    def leaves(self) -> list[str]:
        """The leaf hash of every entry, in order."""
        return [leaf.hex() for leaf in self.tree.leaves()]

    def lines(self, wanted: Collection[int]) -> list[bytes]:
        """The entries with these numbers exactly as they are stored, without their line ends."""
        return reading.lines(self.root, self.origin, wanted)

    def sign_note(self, text: str) -> bytes:
        """A signed note of `text` by this device's key."""
        return self._need_writer().key.sign_note(text)

    @property
    def demo(self) -> bool:
        """True when this device's key was made for a demonstration."""
        return self._need_writer().key.demo

    @property
    def key(self) -> keys.DeviceKey:
        """This device's key, open."""
        return self._need_writer().key

    @property
    def public_key(self) -> bytes:
        return self._need_writer().key.public

    def close(self) -> None:
        """Seal what was appended, and let the next writer in."""
        writer, self._writer = self._writer, None
        if writer is None:
            return
        try:
            writer.checkpoint()
            self._scan = reading.Scan(writer.tree, 0, 0, writer.sealed, writer.note)
        finally:
            writer.close()

    def __enter__(self) -> Notebook:
        return self

    def __exit__(self, kind: type[BaseException] | None, why: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def _enforce(self, entries: Sequence[Draft]) -> None:
        """Refuse what the signatures in it do not allow: acts on keys, and acts of two persons."""
        bound = [Entry(str(self.origin), seq, "", kind, self.actor, "", (), body, {})
                 for seq, (kind, body, _) in enumerate(entries, self.size) if kind.startswith("key.") or kind in TWO_PERSONS]
        wrong = whole.unsigned(self.history(), bound) if bound else ""
        if wrong:
            raise InputError(f"This act {wrong}. Nothing was recorded.", code="signatures", where=str(self.case_dir),
                             fix="Have it signed by whom it needs: bearwitness key sign FILE.")

    def _need_writer(self) -> LogWriter:
        if self._writer is None:
            raise ValueError("this notebook is open for reading only")
        return self._writer

    def _seen(self) -> reading.Scan:
        if self._scan is None:
            raise ValueError("this notebook was closed after a fault")
        return self._scan

    def _fit(self, body: dict[str, Any]) -> bytes:
        """The body as it is spelled in the entry: itself, or the digest of the object that holds it."""
        if body.keys() == {"object"}:
            raise ValueError('a body of nothing but "object" would be read as a pointer to one')
        data = encode_body(body)
        if len(data) <= layout.MAX_BODY:
            return data
        return encode({"object": self.put_bytes(data)})


def _check_home(case_dir: Path) -> None:
    home, case = keys.data_folder().resolve(), case_dir.resolve()
    if home == case or case in home.parents:
        raise InputError("The folder for private keys lies inside the case, and would travel with every "
                         "copy of it. Nothing was made.", where=os.fspath(home),
                         fix="Set BEARWITNESS_HOME to a folder outside the case.")
