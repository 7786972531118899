"""What the project says about its own reliability has a source, and the pages say what the source says."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent
PARTS = tomllib.loads((REPO / "proof" / "parts.toml").read_text("utf-8"))


def tool(name: str, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(REPO / "tools" / name), *args]
    return subprocess.run(command, cwd=REPO, capture_output=True, text=True)


@pytest.mark.parametrize("part", PARTS)
def test_a_promise_has_tests_that_would_fail_without_it(part: str) -> None:
    assert PARTS[part]["promise"].endswith(".")
    missing = [
        place for place in PARTS[part]["tests"] + PARTS[part]["rests_on"] if not (REPO / place).exists()
    ]
    assert not missing


def test_every_promise_rests_on_parts_that_exist_or_says_what_is_open() -> None:
    promises = tomllib.loads((REPO / "proof" / "promises.toml").read_text("utf-8"))
    assert list(promises) == [f"P{number}" for number in range(1, len(promises) + 1)]
    for name, promise in promises.items():
        assert {by.partition(":")[0] for by in promise["by"]} <= set(PARTS), name
        assert promise["by"] or promise.get("open"), f"{name} says neither what shows it nor what is missing"


def test_reliability_and_benchmarks_say_what_the_proofs_found() -> None:
    done = tool("reliability.py", "--check")
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="later Pythons word the help of a command otherwise")
def test_the_reference_says_what_the_program_says() -> None:
    done = tool("docs.py", "--check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_kept_proof_can_be_run_again_from_what_it_says() -> None:
    for path in sorted((REPO / "proof").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            assert {"part", "command", "commit", "versions", "date", "results"} <= set(row), path.name
            assert row["command"].startswith(("make ", "python tools/"))


def test_the_large_case_is_the_same_for_everybody(tmp_path: Path) -> None:
    sizes = ["--incidents", "20", "--assertions", "200", "--marks", "60"]
    for name in ("one", "two"):
        assert tool("bigcase.py", str(tmp_path / name), *sizes).returncode == 0
    for path in sorted((tmp_path / "one").rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


def test_the_large_case_is_sound(tmp_path: Path, bearwitness) -> None:
    """A benchmark over a case full of faults would measure something else."""
    sizes = ["--incidents", "20", "--assertions", "200", "--marks", "60"]
    tool("bigcase.py", str(tmp_path / "big"), *sizes)
    done = bearwitness("check", "--case", tmp_path / "big")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_proof_that_was_cut_short_proves_nothing(monkeypatch, capsys) -> None:
    monkeypatch.syspath_prepend(str(REPO / "tools"))
    import promises
    import proof

    kept: list[object] = []
    monkeypatch.setattr(proof, "keep", lambda name, row: kept.append(row))
    part = {"tests": ["tests/test_proofs.py"], "rests_on": ["tools"], "promise": "made up"}
    for status, tally in ((-15, {"passed": 0, "failed": 0, "skipped": 0}), (2, {"passed": 3, "failed": 0, "skipped": 0}),
                          (0, {"passed": 0, "failed": 0, "skipped": 4})):
        monkeypatch.setattr(proof, "run_tests", lambda tests, seed, status=status, tally=tally: (status, tally, []))
        assert not proof.prove("made-up", part, 1)
    assert not kept and "cut short" in capsys.readouterr().out
    row = {"passed": 0, "failed": 0, "skipped": 0, "results": []}
    assert promises.chosen("made-up", lambda name: row) == (False, [])
    assert promises.chosen("made-up", lambda name: row | {"passed": 1}) == (True, [])
