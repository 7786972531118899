"""A bundle is on the disk before anybody is told that it is packed."""
from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.seal.worlds import make_world

from bearwitness.seal import durable, whole_disk
from bearwitness.seal.bundle import build

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="no /proc to tell which file a handle is of")


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths in the order in which they were flushed, and `rename` where something got its name."""
    order: list[str] = []
    plain, rename = durable.sync, Path.rename

    def sync(handle: int) -> None:
        order.append(os.readlink(f"/proc/self/fd/{handle}"))
        plain(handle)

    def named(self: Path, target: Path) -> Path:
        order.append(f"rename {self.name}")
        return rename(self, target)

    monkeypatch.setattr(durable, "sync", sync)
    monkeypatch.setattr(Path, "rename", named)
    return order


def test_each_file_is_flushed_before_the_bundle_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                             synced: list[str]) -> None:
    monkeypatch.setattr(whole_disk, "of", lambda folder: None)
    world = make_world(tmp_path / "one")
    out = tmp_path / "bundle"
    build(world.case, out, release=world.release)
    before = synced[:synced.index("rename .bundle.new")]
    files = [path for path in out.rglob("*") if path.is_file()]
    assert len(files) > 20
    for path in files:
        assert str(tmp_path / ".bundle.new" / path.relative_to(out)) in before


def test_or_its_whole_disk_is_flushed_where_that_can_be_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                             synced: list[str]) -> None:
    class Disk:
        def __call__(self) -> None:
            held = [path for path in (tmp_path / ".bundle.new").rglob("*") if path.is_file()]
            synced.append(f"whole disk with {len(held)} files")

        def close(self) -> None:
            synced.append("closed")

    world = make_world(tmp_path / "one")
    monkeypatch.setattr(whole_disk, "of", lambda folder: Disk())
    build(world.case, tmp_path / "bundle")
    files = sum(path.is_file() for path in (tmp_path / "bundle").rglob("*"))
    assert synced[synced.index("rename .bundle.new") - 2:][:2] == [f"whole disk with {files} files", "closed"]


def test_a_disk_that_refuses_leaves_no_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(handle: int) -> None:
        raise OSError(5, "Input/output error")

    world = make_world(tmp_path / "one")
    monkeypatch.setattr(whole_disk, "of", lambda folder: None)
    monkeypatch.setattr(durable, "sync", refuses)
    with pytest.raises(Exception, match="Nothing was packed|disk refused"):
        build(world.case, tmp_path / "bundle")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one"]
