"""A full disk corrupts nothing: with room again the same command goes on, without any repair.

Each command that changes a case runs where only so much room is left: so many pages, or so many inodes, of a small
file system in memory (as root), or so many bytes in any one file (RLIMIT_FSIZE, anybody). Room grows from none to enough.
After each: the case verifies, what was acknowledged is there; then room is made and the same command runs again.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.laws.strace_faults import COMMANDS, Found, World, after, known, make

PAGE = 4096
NAMES = sorted(COMMANDS)
ROOM = 24 << 20
LEAST = 16
"""Amounts tried at least: an erasure leaves more room than it found, and needs some meanwhile."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return make(tmp_path_factory.mktemp("full") / "w")


@pytest.fixture(scope="module")
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("disk")
    if os.geteuid() or not shutil.which("mount"):
        pytest.skip("only root mounts a small file system; the limit on file sizes is tried anyway")
    options = f"size={ROOM},nr_inodes=4000"
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], capture_output=True).returncode:
        pytest.skip("no file system in memory may be mounted here; the limit on file sizes is tried anyway")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def pages(disk: Path) -> int:
    return os.statvfs(disk).f_bavail


def inodes(disk: Path) -> int:
    return os.statvfs(disk).f_ffree


def leave_pages(disk: Path, many: int) -> Path:
    """Fill the disk but for so many pages; returns what to delete."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, pages(disk) - many) * PAGE)
    assert pages(disk) == many
    return ballast


def leave_inodes(disk: Path, many: int) -> Path:
    ballast = disk / "ballast"
    ballast.mkdir()
    for number in range(inodes(disk) - many):
        (ballast / str(number)).touch()
    assert inodes(disk) == many
    return ballast


def steps(need: int, many: int) -> list[int]:
    """`many` amounts of room from none up to a little more than is needed, each once."""
    top = need + need // 2 + 1
    return sorted({round(top * step / max(1, many - 1)) for step in range(many)})


def remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def held_to_it(name: str, disk: Path, world: World, many: int, room: Callable[[Path], int],
               leave: Callable[[Path, int], Path]) -> tuple[Found, int]:
    """(what was found, how many runs the disk was too full for)"""
    found, before, refused = Found(), known(world.case), 0
    copy = world.copy(disk / "w")
    free = room(disk)
    assert copy.run(COMMANDS[name]).returncode in (0, 3)
    for left in steps(max(LEAST, free - room(disk)), many):
        copy = world.copy(disk / "w")
        ballast = leave(disk, left)
        done = copy.run(COMMANDS[name])
        remove(ballast)
        found.tried += 1
        refused += done.returncode not in (0, 3)
        where = f"{name}, {left} left"
        if "Traceback" in done.stderr:
            found.told.append(f"{where}: {done.stderr[-300:]}")
        after(name, copy, before, done.returncode, where, found)
    return found, refused


def tell(name: str, found: Found, refused: int, counts: dict[str, int]) -> list[str]:
    """Adds the counts of one command to those of a test; returns what went wrong."""
    for key, value in found.counts(name).items():
        if key.split("_")[1] not in ("hit", "tried"):
            counts[key] = value
    counts[f"{name}_passes"], counts[f"{name}_too_full"] = found.tried, refused
    return found.told if refused else [*found.told, f"{name}: no run was short of room"]


def test_so_many_pages_left(world: World, small_disk: Path, sample, proof) -> None:
    told, counts = [], {}
    for name in NAMES[:sample(1, len(NAMES))]:
        told += tell(name, *held_to_it(name, small_disk, world, sample(2, 24), pages, leave_pages), counts)
    proof(**counts)
    assert not told, "\n".join(told)


def test_so_many_inodes_left(world: World, small_disk: Path, sample, proof) -> None:
    told, counts = [], {}
    for name in NAMES[:sample(1, len(NAMES))]:
        told += tell(name, *held_to_it(name, small_disk, world, sample(1, 10), inodes, leave_inodes), counts)
    proof(**counts)
    assert not told, "\n".join(told)


def test_no_file_may_grow_beyond(world: World, tmp_path: Path, sample, proof) -> None:
    before, told, counts = known(world.case), [], {}
    log = next((world.case / ".bearwitness" / "logs").iterdir()) / "entries.jsonl"
    for name in NAMES[:sample(1, len(NAMES))]:
        found, refused = Found(), 0
        for most in steps(log.stat().st_size + 4000, sample(1, 10)):
            copy = world.copy(tmp_path / "w")
            done = copy.run(COMMANDS[name], limit=lambda most=most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))
            found.tried += 1
            refused += done.returncode not in (0, 3)
            after(name, copy, before, done.returncode, f"{name}, files up to {most} bytes", found)
        told += tell(name, found, refused, counts)
    proof(**counts)
    assert not told, "\n".join(told)
