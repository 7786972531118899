"""A second set of drafts, written blind after the first set had been used to mend the rules: the rates again.

first_run.json keeps what the program said before anything was mended with these drafts at hand.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from second import HERE, hard, read_all

from reading import Reading, digest, misses, rates, said  # isort: skip

FIRST = json.loads((HERE / "first_run.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def readings(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Reading], list[Reading]]:
    return read_all(examples, tmp_path_factory.mktemp("blind_second"))


def test_the_second_drafts_are_those_of_their_first_run() -> None:
    """A draft changed later would make the first rates say something about other drafts."""
    assert digest(HERE) == FIRST["drafts_sha256"], "a draft was changed: list it in first_run.json with the reason"


def test_no_rate_of_the_second_set_falls_below_its_first_run(
    readings: tuple[list[Reading], list[Reading]], proof: Callable[..., None]
) -> None:
    found = rates(*readings) | hard(readings[1])
    print("\nfirst run, at", FIRST["program"], *said({k: (v[0], v[1]) for k, v in FIRST["rates"].items()}), sep="\n  ")
    print("now", *said(found), sep="\n  ")
    print("missed", *misses(*readings), sep="\n  ")
    proof(**{what.replace(" ", "_"): hits for what, (hits, _) in found.items()},
          **{what.replace(" ", "_") + "_of": tries for what, (_, tries) in found.items()})
    for what, (hits, tries) in found.items():
        first, first_tries, *_ = FIRST["rates"][what]  # then its 95 % interval
        assert tries == first_tries, f"{what}: {tries} drafts, and {first_tries} at the first run"
        assert hits >= first, f"{what}: {hits} of {tries}, and {first} at the first run"
