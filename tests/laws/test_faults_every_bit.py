"""Every single bit of every checkpoint, and of every key file: found by `verify`, or told when the key is used.

A key file is not evidence; what must never happen is that a damaged one signs, opens or admits something wrong, or that it
ends a command with anything but a sentence. Bits in random places of all other files: test_flipped_byte.py.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.laws.strace_faults import World, make
from tests.seal.worlds import make_world, replace_bytes, standing

from bearwitness.errors import BearwitnessError
from bearwitness.seal import acts, custodians, people
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.vault import Vault
from bearwitness.seal.verify import verify_case


def bits(data: bytes, many: int) -> Iterator[bytes]:
    """The data with one bit changed: every bit, or `many` of them at even steps."""
    step = max(1, 8 * len(data) // many)
    for bit in range(0, 8 * len(data), step):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        yield bytes(changed)


def test_every_bit_of_every_checkpoint(tmp_path: Path, sample: Callable[[int, int], int],
                                       proof: Callable[..., None]) -> None:
    world = make_world(tmp_path)
    files = [world.log / "checkpoint", *sorted((world.log / "checkpoints").iterdir())]
    tried, missed, outside = 0, [], 0
    for path in files:
        data = path.read_bytes()
        for number, changed in enumerate(bits(data, sample(12, 1_000_000))):
            replace_bytes(path, changed)
            report = verify_case(world.case)
            found = report.exit_status == 4 and any(fault.file.endswith(path.relative_to(world.case).as_posix())
                                                    for fault in report.faults)
            if number % 8 == 0:
                status, names = standing(world.case)
                found = found and status == 4 and path.relative_to(world.root).as_posix() in names
                outside += 1
            tried += 1
            missed += [] if found else [(path.name, number, report.reasons)]
        replace_bytes(path, data)
    proof(checkpoint_flips=tried, by_the_stand_alone_verifier_too=outside, missed=len(missed))
    assert not missed, missed[:3]
    assert verify_case(world.case) and standing(world.case) == (0, [])


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = make(tmp_path / "w")
    shutil.copytree(made.place / "home", tmp_path / "home-as-it-was")
    return made


def damaged(world: World, path: Path, use: Callable[[], None], many: int) -> tuple[int, int, int]:
    """(flips, told, harmless) of one key file. Any other exception than one of the program's is a failure."""
    data, tried, told = path.read_bytes(), 0, 0
    for changed in bits(data, many):
        path.write_bytes(changed)
        tried += 1
        try:
            use()
        except BearwitnessError:
            told += 1
    path.write_bytes(data)
    return tried, told, tried - told


def test_every_bit_of_this_devices_key(world: World, sample: Callable[[int, int], int], proof: Callable[..., None]) -> None:
    path = next((world.place / "home" / "keys").glob("*.json"))
    wrong = []

    def use() -> None:
        try:
            with Notebook.open(world.case, write=True) as notebook:
                notebook.append([("search.made", {"id": "s1"}, [])])
        finally:
            if not verify_case(world.case):
                wrong.append(path.read_bytes())

    with world.at_home():
        tried, told, harmless = damaged(world, path, use, sample(40, 1_000_000))
    proof(key_flips=tried, told=told, harmless=harmless, bad_signatures=len(wrong))
    assert not wrong, "a damaged key never signs what does not verify"
    assert told > harmless, "letters of the keys themselves are most of the file"


def test_every_bit_of_a_custodians_and_of_a_persons_key(world: World, sample: Callable[[int, int], int],
                                                        proof: Callable[..., None]) -> None:
    counts = {}
    with world.at_home(), Notebook.open(world.case, write=False) as notebook:
        case, vault = notebook.origin.case, Vault(notebook.root)
        subject = vault.subjects()[0]
        path = sorted(custodians.folder(case).glob("*.json"))[0]
        secret = str(vault.unlock(subject, [custodians.here(case)[0]]))

        def opens() -> None:
            found = [each for each in custodians.here(case) if each.path == path]
            assert str(vault.unlock(subject, found)) == secret

        tried, told, harmless = damaged(world, path, opens, sample(40, 1_000_000))
        counts |= {"custodian_flips": tried, "custodian_told": told, "custodian_harmless": harmless}
        person = people.people_here(case)[0]

        def signs() -> None:
            for key in people.people_here(case):
                made = key.signature("finding.approved", case, {"id": "f1"})
                body = {"id": "f1", "signatures": [made]}
                assert acts.signers("finding.approved", case, body, {key.fingerprint: key.public})

        tried, told, harmless = damaged(world, person.path, signs, sample(40, 1_000_000))
        counts |= {"person_flips": tried, "person_told": told, "person_harmless": harmless}
    proof(**counts)
