"""How often the refusals are right on drafts written without reading them, and that this never gets worse.

The rates of the first run, before anything was mended with these drafts at hand, stand in first_run.json; only those
say something of a draft nobody has tried. What is printed here later shows what was mended since.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from reading import HERE, Desk, Reading, digest, misses, rates, said, sound, unsound

FIRST = json.loads((HERE / "first_run.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def readings(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Reading], list[Reading]]:
    desk = Desk(examples, tmp_path_factory.mktemp("blind"))
    return [desk.read(draft) for draft in sound()], [desk.read(draft) for draft in unsound()]


def test_the_drafts_are_those_of_the_first_run() -> None:
    """A draft changed later would make the first rates say something about other drafts."""
    assert digest() == FIRST["drafts_sha256"], "a draft was changed: list it in first_run.json with the reason"


def test_no_rate_falls_below_the_first_run(
    readings: tuple[list[Reading], list[Reading]], proof: Callable[..., None]
) -> None:
    found = rates(*readings)
    print("\nfirst run, at", FIRST["program"], *said({k: (v[0], v[1]) for k, v in FIRST["rates"].items()}), sep="\n  ")
    print("now", *said(found), sep="\n  ")
    print("missed", *misses(*readings), sep="\n  ")
    proof(**{what.replace(" ", "_"): hits for what, (hits, _) in found.items()},
          **{what.replace(" ", "_") + "_of": tries for what, (_, tries) in found.items()})
    for what, (hits, tries) in found.items():
        first, first_tries = FIRST["rates"][what]
        assert tries == first_tries, f"{what}: {tries} drafts, and {first_tries} at the first run"
        assert hits >= first, f"{what}: {hits} of {tries}, and {first} at the first run"
