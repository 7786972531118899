"""Three devices on one case, each with a data folder of its own; and a forger who holds a device's key."""
from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bearwitness.seal import acts, authority, devices, keys, layout, note, people
from bearwitness.seal.entry import make_entry, spell
from bearwitness.seal.layout import Origin
from bearwitness.seal.merge import Merged, merge
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.tree import Tree, leaf_hash


class Devices:
    """Case folders `a`, `b`, `c` below one place: `a` opened the case, the others joined a copy and were admitted."""

    def __init__(self, place: Path, patch: pytest.MonkeyPatch) -> None:
        self.place, self._patch = place, patch

    @contextmanager
    def at(self, name: str) -> Iterator[Path]:
        """As somebody who sits at device `name`: its folder, with its keys."""
        with self._patch.context() as patch:
            patch.setenv("BEARWITNESS_HOME", str(self.place / f"home-{name}"))
            yield self.place / name

    def open(self) -> None:
        with self.at("a") as case, Notebook.create(case, actor="person-a"):
            pass

    def join(self, name: str, *, admit: bool = True) -> Origin:
        shutil.copytree(self.place / "a", self.place / name)
        with self.at(name) as case:
            origin = devices.join(case, person=f"person-{name}")
        self.merge("a", name)
        if admit:
            with self.at("a") as case:
                assert authority.admit_log(case, origin.fingerprint, f"person-{name}") is None
            self.merge(name, "a")
        return origin

    def merge(self, into: str, other: str) -> Merged:
        with self.at(into) as case:
            return merge(case, self.place / other)

    def write(self, name: str, *drafts: tuple[str, dict[str, Any]]) -> None:
        with self.at(name) as case, Notebook.open(case, write=True) as notebook:
            notebook.append([(kind, body, []) for kind, body in drafts])

    def person(self, name: str, role: str) -> people.PersonKey:
        """A person's key, made at device `name` and admitted there."""
        with self.at(name) as case:
            key, request = authority.new_person(case, role)
        assert request is None
        return key

    def key(self, name: str) -> keys.DeviceKey:
        with self.at(name) as case:
            return keys.load_key(layout.read_mark((case / layout.ROOT / layout.MARK).read_bytes()))

    def forge(self, name: str, folder: str, kind: str, body: dict[str, Any], *, time: str = "") -> None:
        """Put an entry into the log of device `name` in another copy, signed, by somebody whose program does not refuse."""
        key = self.key(name)
        log = self.place / folder / layout.ROOT / layout.LOGS / key.origin.folder
        lines = (log / layout.ENTRIES).read_bytes().splitlines()
        fields = make_entry(len(lines), sha256(b"\0" + lines[-1]).hexdigest(), kind, f"person-{name}", body, [])
        lines.append(spell({**fields, "time": time or fields["time"]}))
        self.put(key, log, lines)

    def put(self, key: keys.DeviceKey, log: Path, lines: list[bytes]) -> None:
        """Lines into a log, with a signed checkpoint over them."""
        (log / layout.ENTRIES).write_bytes(b"".join(line + b"\n" for line in lines))
        root = Tree(leaf_hash(line) for line in lines).root()
        head = key.sign_note(note.Checkpoint(str(key.origin), len(lines), root).text())
        for path in (log / layout.CHECKPOINT, log / layout.CHECKPOINTS / layout.checkpoint_name(len(lines))):
            path.unlink(missing_ok=True)
            path.write_bytes(head)

    def lines(self, name: str, folder: str) -> tuple[Path, list[dict[str, Any]]]:
        log = self.place / folder / layout.ROOT / layout.LOGS / self.key(name).origin.folder
        return log, [json.loads(line) for line in (log / layout.ENTRIES).read_bytes().splitlines()]


def signed(kind: str, case: str, body: dict[str, Any], *by: keys.DeviceKey) -> dict[str, Any]:
    """The body of an act, signed by these keys."""
    return {**body, "signatures": [acts.sign(kind, case, body, key.public, key.sign) for key in by]}


def three(place: Path, patch: pytest.MonkeyPatch) -> Devices:
    """Three devices that know of each other, each with something to say, all merged into `a`."""
    made = Devices(place, patch)
    made.open()
    for name in ("b", "c"):
        made.join(name)
    for name in ("a", "b", "c"):
        made.write(name, ("toll.stated", {"id": "t1", "killed": name}), ("toll.stated", {"id": f"t-{name}", "killed": "1"}))
    made.merge("a", "b")
    made.merge("a", "c")
    return made
