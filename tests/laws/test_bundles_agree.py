"""Bundles, whole and spoiled: the program and the one file beside the bundle give the same verdict.

A spoiler who makes the bag's manifests fit again is found by the notebook inside; one who does not, by the bag.
"""
from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.seal.many import three
from tests.seal.worlds import make_world, replace_bytes, standing

from bearwitness.seal.bagit import write_bag
from bearwitness.seal.bundle import build
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.release import seal_release
from bearwitness.seal.verify_bundle import verify_bundle
from bearwitness.seal.verify_release import verify_release
from bearwitness.seal.whole import everything


@pytest.fixture
def bundles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """One of a case with an exhibit and a withheld record, and one of a case of three devices."""
    world = make_world(tmp_path / "one")
    build(world.case, tmp_path / "first", without={"t1": "asked for by the family"}, release=world.release)
    three(tmp_path / "w", monkeypatch)
    build(tmp_path / "w" / "a", tmp_path / "second")
    return [tmp_path / "first", tmp_path / "second"]


def spoil(folder: Path, chance: random.Random) -> Path:
    """One file below data/ changed, cut, emptied, removed, or added; returns which."""
    path = chance.choice(sorted(path for path in (folder / "data").rglob("*") if path.is_file()))
    data, act = path.read_bytes(), chance.choice(["flip", "cut", "drop", "line", "stray"])
    if act == "stray":
        path = path.with_name("0" * 12)
        path.write_bytes(data)
    elif act == "drop":
        path.unlink()
    elif act == "line" and data.count(b"\n") > 2:
        lines = data.splitlines(keepends=True)
        lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
        replace_bytes(path, b"".join(lines))
    else:
        changed = bytearray(data or b"x")
        at = chance.randrange(len(changed))
        changed[at] ^= 1 << chance.randrange(8)
        replace_bytes(path, bytes(changed) if act == "flip" else bytes(changed[:at]))
    return path


def test_good_and_spoiled_bundles(bundles: list[Path], tmp_path: Path, sample: Callable[[int, int], int],
                                  proof: Callable[..., None]) -> None:
    chance, many, bad, sealed = random.Random(16), sample(60, 1_000), 0, 0
    for folder in bundles:
        report = verify_bundle(folder)
        assert report.exit_status == standing(folder)[0] == 0, (report.reasons, report.notes)
    for number in range(many):
        folder = tmp_path / "spoiled"
        shutil.copytree(chance.choice(bundles), folder)
        path = spoil(folder, chance)
        repaired = number % 2 == 1
        if repaired:
            write_bag(folder, {"Bag-Software-Agent": "a forger"})
        program, (outside, names) = verify_bundle(folder), standing(folder)
        inside = path.relative_to(folder / "data").parts[0]
        if not repaired or inside in ("logs", "objects", "BEARWITNESS", "README.txt"):
            same = verify_same(path, bundles, repaired)
            assert same or program.exit_status == outside == 4, (path, program.reasons, names)
            bad, sealed = bad + 1, sealed + repaired
        elif inside != "proofs":
            assert program.exit_status == outside, (path, program.reasons, names)
        shutil.rmtree(folder)
    assert sealed > many // 10
    proof(bundles=many, certainly_spoiled=bad, with_the_bag_repaired=sealed, disagreements=0)


def verify_same(path: Path, bundles: list[Path], repaired: bool) -> bool:
    """True where the change left the bytes as they were (a line put back to its place), or took away what may go."""
    if not path.exists():                                   # an older published checkpoint: nothing rests on it
        return repaired and path.parent.name == "checkpoints"
    return any(each.read_bytes() == path.read_bytes() for folder in bundles for each in folder.rglob(path.name))


def test_a_release_that_rests_on_three_logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = three(tmp_path / "w", monkeypatch)
    with world.at("a") as case, Notebook.open(case, write=True) as notebook:
        leaves = [e.leaf for e in everything(case / ".bearwitness") if e.kind == "toll.stated"]
        folder = case / "out" / "release-1"
        folder.mkdir(parents=True)
        (folder / "index.html").write_text("<p>Made up.</p>\n")
        seal_release(folder, notebook, leaves=leaves, disclose=leaves, about={"id": "release-1"})
    assert verify_release(folder).exit_status == standing(folder)[0] == 0
    assert b'"others"' in (folder / "RELEASE.json").read_bytes()
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        replace_bytes(path, data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
        assert verify_release(folder).exit_status == standing(folder)[0] == 4, path.name
        replace_bytes(path, data)
