"""Power goes, or the disk lied: what the person was told stands, or its loss is said. Never a silent loss.

Each command's writes are recorded under strace. Then disks are made on which power went at some moment, with any part of
what was not yet synced missing, cut or zero: the case verifies, what was told is there, the same command goes on.
And disks that dropped also what they said was synced: no program can keep it there, so it must be told, by `verify`, by the
memory of this device, by `doctor` where it is the vault's, or by whoever holds a later checkpoint. What only the last can
tell is counted.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from tests.laws.strace_faults import COMMANDS, Found, World, after, here, known, make, needs_strace, stands, vault_faults
from tests.laws.strace_writes import CALLS, Disk, Recording

from bearwitness.errors import BearwitnessError
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.verify import verify_case

pytestmark = needs_strace
NAMES = ("add", "folder", "interview", "merge", "rotate", "erase")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return make(tmp_path_factory.mktemp("lying") / "w")


def record(name: str, world: World, place: Path) -> tuple[Recording, World]:
    """The writes of a command, and the case as it left it."""
    copy, trace = world.copy(place), place.parent / "writes"
    before = Disk.of(copy.place)
    done = copy.run(COMMANDS[name], "-y", "-xx", "-s", "10000000", "-e", f"trace={CALLS}", "-o", str(trace))
    assert done.returncode in (0, 3) and stands(name, copy), done.stderr
    made = Recording(before, place, trace)
    assert Disk.of(place).files and made.told > 0
    return made, copy


@pytest.mark.parametrize("name", NAMES)
def test_power_goes_and_what_was_not_synced_is_lost(name: str, world: World, tmp_path: Path, sample, proof) -> None:
    made, _ = record(name, world, tmp_path / "w")
    chance, before, found, told = random.Random(11), known(world.case), Found(), 0
    for _ in range(sample(8, 400)):
        end = chance.choice([len(made.ops), chance.randint(0, len(made.ops))])
        shutil.rmtree(tmp_path / "w")
        made.crashed(end, chance).write(tmp_path / "w")
        found.tried += 1
        told += end >= made.told
        after(name, World(tmp_path / "w"), before, 0 if end >= made.told else -9, f"{name}: power went at {end}", found)
    counts = found.counts(name)
    del counts[f"{name}_hit"], counts[f"{name}_tried"]
    proof(**{f"{name}_crashed_disks": found.tried, f"{name}_after_the_word": told}, **counts)
    assert not found.told, "\n".join(found.told)
    assert told


def who_tells(name: str, disk: World, before: list[str], receipts: list[bytes]) -> str:
    """Who says that something is missing; `whole` where nothing is, empty where nobody does."""
    if not (disk.case / ".bearwitness").is_dir() or not verify_case(disk.case):
        return "verify"
    if stands(name, disk) and set(before) <= set(known(disk.case)) and not vault_faults(disk):
        return "whole"
    try:
        with disk.at_home(), Notebook.open(disk.case, write=True):
            pass
    except BearwitnessError:
        return "device"
    if here(disk, ["doctor"]).returncode == 4:
        return "doctor"
    if any(not verify_case(disk.case, later=each) for each in receipts):
        return "receipt"
    return ""


@pytest.mark.parametrize("name", ["add", "folder", "interview", "merge"])
def test_a_disk_that_drops_what_it_said_was_synced(name: str, world: World, tmp_path: Path, sample, proof) -> None:
    made, whole = record(name, world, tmp_path / "w")
    receipts = [path.read_bytes() for path in sorted(whole.case.glob(".bearwitness/logs/*/checkpoint"))]
    chance, before = random.Random(12), known(world.case)
    told = {"whole": 0, "verify": 0, "device": 0, "doctor": 0, "receipt": 0, "": 0}
    for _ in range(sample(8, 150)):
        shutil.rmtree(tmp_path / "w")
        made.crashed(len(made.ops), chance, lying=True).write(tmp_path / "w")
        told[who_tells(name, World(tmp_path / "w"), before, receipts)] += 1
    silent = told.pop("")
    proof(**{f"{name}_lying_disks": sum(told.values()) + silent, f"{name}_silent": silent},
          **{f"{name}_{'whole' if who == 'whole' else 'told_by_' + who}": many for who, many in told.items()})
    assert not silent
