"""Good bundles, each another one: the program, the file beside the bundle and Go's libraries find nothing wrong with any.

Spoiled ones are in tests/laws/test_bundles_agree.py; a false alarm on a good one would be as bad as a miss there.
"""
from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.laws.test_third_verifier import GO, LIBRARY, third
from tests.seal.many import Devices, three
from tests.seal.worlds import make_world, standing, toll

from bearwitness.seal import reading
from bearwitness.seal.bundle import build
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.verify_bundle import verify_bundle
from bearwitness.seal.whole import admitted, everything

__all__ = ["third"]


class Growing:
    """A case that gets another record, and now and then another sealed file, before each bundle."""

    def __init__(self, place: Path, chance: random.Random, patch: pytest.MonkeyPatch, apart: float = 0.3) -> None:
        """apart: how often it is a case of three devices."""
        self.place, self.chance, self.number = place, chance, 3
        self.devices: Devices | None = three(place / "w", patch) if chance.random() < apart else None
        self.case = place / "w" / "a" if self.devices else make_world(place / "w").case

    def grow(self) -> None:
        self.number += 1
        drafts = [toll(self.number)]
        if self.devices:
            self.devices.write("a", (drafts[0][0], drafts[0][1]))
            return
        with Notebook.open(self.case, write=True) as notebook:
            if self.number % 7 == 0:
                data = self.chance.randbytes(self.chance.randint(1, 5000))
                body = {"id": f"P{self.number}", "sha256": notebook.put_bytes(data), "size": len(data)}
                drafts.append(("exhibit.sealed", body, []))
            notebook.append(drafts)

    def bundle(self, folder: Path) -> Path:
        ids = sorted({str(e.body["id"]) for e in admitted(everything(self.case / ".bearwitness")) if "id" in e.body})
        withheld = {name: "asked for" for name in self.chance.sample(ids, self.chance.randint(0, len(ids) // 2))}
        only = self.chance.sample(ids, 2) if self.chance.random() < 0.2 else []
        build(self.case, folder, only=only, without={} if only else withheld)
        return folder


def test_good_bundles_raise_no_alarm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample: Callable[[int, int], int],
                                     proof: Callable[..., None]) -> None:
    chance, many, alarms = random.Random(1016), sample(12, 1_000), []
    for number in range(many):
        if number % 40 == 0:
            shutil.rmtree(tmp_path / "case", ignore_errors=True)
            growing = Growing(tmp_path / "case", chance, monkeypatch)
        growing.grow()
        folder = growing.bundle(tmp_path / "bundle")
        report, (status, names) = verify_bundle(folder), standing(folder)
        if report.exit_status or status:
            alarms.append((number, report.reasons, report.notes, names))
        shutil.rmtree(folder)
    proof(good_bundles=many, false_alarms=len(alarms))
    assert not alarms, alarms[:3]


@pytest.mark.accept
def test_go_agrees_on_the_proofs_in_good_bundles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, third: Path,  # noqa: F811
                                                 sample: Callable[[int, int], int], proof: Callable[..., None]) -> None:
    assert GO and LIBRARY
    chance, rows, bundles = random.Random(17), [], sample(5, 60)
    for number in range(bundles):
        if number % 15 == 0:
            growing = Growing(tmp_path / f"case-{number}", chance, monkeypatch, apart=0.0)
        for _ in range(4):
            growing.grow()
        data = growing.bundle(tmp_path / f"bundle-{number}") / "data"
        case, origins = reading.find_logs(data)
        publics = {str(origin): _public(data, origin) for origin in origins}
        for path in sorted((data / "proofs").glob("*.tlog-proof")):
            origin = path.read_bytes().partition(b"\n\n")[2].split(b"\n")[0].decode()
            rows.append(f"{path}\t{path.with_suffix('.entry')}\t{origin}\t{publics[origin]}\n")
    done = subprocess.run([third], input="".join(rows), capture_output=True, text=True, check=True)
    said = done.stdout.splitlines()
    assert len(rows) == len(said) > bundles // 2 and set(said) == {"good"}, [line for line in said if line != "good"][:3]
    proof(good_proofs=len(rows), bundles_by_go=bundles, disagreements=0)


def _public(data: Path, origin: reading.Origin) -> str:
    lines = (data / "logs" / origin.folder / "entries.jsonl").read_bytes().splitlines()
    return str(json.loads(lines[1])["body"]["public"])
