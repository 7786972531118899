"""A sealed file is the bytes that were read, is never replaced, and its original is never touched."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from bearwitness.errors import AlteredExhibit, EngineError, InputError, UnreadableArrival
from bearwitness.seal import layout, objects
from bearwitness.seal.objects import ObjectStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ObjectStore]:
    store = ObjectStore(tmp_path / "case" / layout.ROOT)
    yield store
    parts = store.root / layout.CACHE / "parts"
    assert not parts.is_dir() or not list(parts.iterdir()), "a piece of a copy was left behind"


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "picture.jpg"
    path.write_bytes(b"\xff\xd8 made up " * 300_000)
    path.chmod(0o444)
    return path


def test_a_file_is_kept_under_the_digest_of_its_bytes(store: ObjectStore, picture: Path) -> None:
    before = picture.stat()
    digest, size = store.put_file(picture)
    kept = layout.object_path(store.root, digest)
    assert (digest, size) == (sha256(picture.read_bytes()).hexdigest(), before.st_size)
    assert kept.read_bytes() == picture.read_bytes()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o400
    after = picture.stat()
    assert (after.st_mtime_ns, after.st_mode, after.st_ino) == (
        before.st_mtime_ns,
        before.st_mode,
        before.st_ino,
    )
    assert kept.stat().st_ino != before.st_ino, "the sealed copy must not be the original under another name"


def test_the_same_bytes_are_kept_once(store: ObjectStore, picture: Path) -> None:
    first, _ = store.put_file(picture)
    inode = layout.object_path(store.root, first).stat().st_ino
    assert store.put_bytes(picture.read_bytes()) == first
    assert layout.object_path(store.root, first).stat().st_ino == inode


def test_a_damaged_copy_is_said_and_neither_trusted_nor_replaced(store: ObjectStore, picture: Path) -> None:
    digest, _ = store.put_file(picture)
    kept = layout.object_path(store.root, digest)
    kept.chmod(0o600)
    kept.write_bytes(b"something else")
    with pytest.raises(AlteredExhibit) as said:
        store.put_file(picture)
    assert digest in said.value.where and "unchanged" in said.value.fix
    assert kept.read_bytes() == b"something else"


def test_a_file_that_changes_while_it_is_copied_is_refused(
    store: ObjectStore, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture.chmod(0o600)
    read = objects._read

    def growing(path: Path, source: object) -> bytes:
        with path.open("ab") as more:
            more.write(b"x")
        return read(path, source)[:-1]

    monkeypatch.setattr(objects, "_read", growing)
    with pytest.raises(InputError, match="changed while it was being copied"):
        store.put_file(picture)
    assert not list((store.root).rglob("*/??/*"))


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_what_holds_no_bytes_is_refused_at_once(store: ObjectStore, tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    with pytest.raises(UnreadableArrival) as said:
        store.put_file(path)
    assert str(path) in said.value.where


def test_a_disk_without_hard_links_will_do(
    store: ObjectStore, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    digest, _ = store.put_file(picture)
    assert sha256(layout.object_path(store.root, digest).read_bytes()).hexdigest() == digest


def test_a_full_disk_is_the_administrators_matter(
    store: ObjectStore, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(EngineError, match="No space left"):
        store.put_file(picture)
