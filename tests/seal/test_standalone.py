"""The verifier in a release can be read and run by the other side, with Python and nothing else."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from tests.seal.worlds import World, make_world

from bearwitness.seal import verify_standalone

SOURCE = Path(verify_standalone.__file__)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


def run(world: World, *words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(world.release / "verify.py"), *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env={"PATH": ""})


def test_it_is_the_file_in_the_release_and_short_enough_to_be_read(world: World) -> None:
    assert (world.release / "verify.py").read_bytes() == SOURCE.read_bytes()
    assert len(SOURCE.read_text("utf-8").splitlines()) <= 400


def test_it_imports_the_standard_library_and_opens_nothing_for_writing() -> None:
    tree = ast.parse(SOURCE.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= set(sys.stdlib_module_names)
    opened = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"
    ]
    modes = [ast.literal_eval(node.args[1]) for node in opened]
    assert modes and set(modes) == {"rb"}


def test_without_a_folder_it_checks_the_release_it_lies_in(world: World, tmp_path: Path) -> None:
    done = run(world, cwd=tmp_path)
    assert done.returncode == 0 and done.stdout.startswith("Release: ") and not done.stderr
    assert "which key signed" in done.stdout and "not that it is true" in done.stdout


def test_it_checks_a_case_too(world: World) -> None:
    done = run(world, str(world.case))
    assert done.returncode == 0 and done.stdout.startswith("Case: ")
    steps = [line.split()[:2] for line in done.stdout.splitlines() if line[:2].strip().isdigit()]
    assert steps == [[str(number), "ok"] for number in range(1, 10)]


def test_it_names_what_changed_and_ends_with_4(world: World) -> None:
    (world.release / "index.html").write_text("<p>Nobody was killed.</p>\n")
    done = run(world)
    assert done.returncode == 4 and "index.html: is not what was signed" in done.stdout


def test_a_folder_with_nothing_to_verify_is_told_so(world: World, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run(world, str(tmp_path / "empty")).returncode == 2


def test_names_cannot_speak_to_the_terminal(world: World) -> None:
    (world.release / "x\x1b[2Jy").write_text("x")
    done = run(world)
    assert done.returncode == 4 and "\x1b" not in done.stdout


def test_each_fault_stands_under_the_step_that_found_it(world: World) -> None:
    (world.release / "index.html").write_text("<p>Nobody was killed.</p>\n")
    lines = run(world).stdout.splitlines()
    at = next(number for number, line in enumerate(lines) if "index.html" in line)
    assert lines[at - 1].split()[:2] == ["4", "CHANGED"]


def test_what_could_not_be_checked_is_not_called_good(world: World) -> None:
    (world.release / "RELEASE.json").write_bytes(b"{}")
    done = run(world)
    assert done.returncode == 4 and "nothing else could be checked" in done.stdout
    assert " ok " not in done.stdout
