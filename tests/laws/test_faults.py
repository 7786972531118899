"""Every system call that touches a case may fail or be the last one: nothing acknowledged is lost, the next command goes on.

A command runs once under strace; then again, on a fresh copy each time, with one of its calls failing (EIO, ENOSPC, EDQUOT,
EINTR) or killing it there: calls that change something, and calls that only read. After each: the case verifies, what was
acknowledged is there, and the same command, run again without any repair, ends well, with a whole vault.
Here: what takes evidence in. What changes keys, hands over or erases: test_faults_keys.py.
Not covered: calls of the interpreter before the case is touched. A disk that says it has written and has not:
test_lying_disk.py. A full one: test_disk_full.py.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.laws.strace_faults import CHANGING, READING, World, calls, make, needs_strace, spread, strike

pytestmark = needs_strace


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return make(tmp_path_factory.mktemp("faults") / "w")


def struck(name: str, world: World, place: Path, sample, proof) -> None:
    chance, every = random.Random(7), calls(world, name, place, f"{CHANGING},{READING}")
    changing = [each for each in every if each[0] == "openat" or each[0] in CHANGING.split(",")]
    reading = [each for each in every if each not in changing]
    found = strike(name, world, place, spread(changing, sample(1, 210), chance))
    more = strike(name, world, place, spread(reading, sample(1, 60), chance))
    both = {key: value + more.counts(name)[key] for key, value in found.counts(name).items()}
    proof(**{f"{name}_points": 5 * (len(changing) + len(reading))}, **both)
    assert not found.told + more.told, "\n".join(found.told + more.told)
    assert both[f"{name}_hit"] == both[f"{name}_tried"], "each fault struck where it was meant to"


@pytest.mark.parametrize("name", ["add", "folder", "interview", "merge"])
def test_a_call_that_fails_or_is_the_last_one(name: str, world: World, tmp_path: Path, sample, proof) -> None:
    struck(name, world, tmp_path / "w", sample, proof)
