"""Setting up on somebody else's machine: clear words where it cannot be, and nothing missing where it can."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent


def pretend(folder: Path, name: str, script: str) -> Path:
    program = folder / name
    program.write_text("#!/bin/sh\n" + script, encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def ask(python: str, path: str = os.environ["PATH"]) -> subprocess.CompletedProcess[str]:
    command = ["/bin/sh", str(REPO / "tools" / "python-ok.sh"), python]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PATH": path})


def test_a_python_that_is_good_enough_is_accepted_without_a_word() -> None:
    done = ask(sys.executable)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_old_python_is_refused_with_what_to_do(tmp_path: Path) -> None:
    old = pretend(tmp_path, "python3.9", 'test "$1" = --version && echo "Python 3.9.2" && exit 0\nexit 1\n')
    done = ask(str(old))
    assert done.returncode == 1
    assert "3.11 or newer" in done.stderr and "3.9.2" in done.stderr and "PYTHON=" in done.stderr


def test_no_python_at_all_is_said_plainly(tmp_path: Path) -> None:
    pretend(tmp_path, "head", "cat\n")
    done = ask("", path=str(tmp_path))
    assert done.returncode == 1 and "3.11 or newer" in done.stderr


def test_a_python_without_venv_names_the_package_to_install(tmp_path: Path) -> None:
    lame = pretend(tmp_path, "python3", 'case "$2" in *venv*) exit 1;; *) exit 0;; esac\n')
    done = ask(str(lame))
    assert done.returncode == 1 and "python3-venv" in done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_examples_and_nobody_s_sealed_state(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for example in ("syria-2015", "founding-story", "tutorial"):
        assert f"bearwitness/_examples/{example}/case.toml" in names
    assert "bearwitness/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [
        name for name in names if "/.bearwitness/" in name or "/out/" in name or "__pycache__" in name
    ]


def test_the_demo_runs_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    """Somebody who installed the package and has no checkout gets the same demo."""
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PYTHONSAFEPATH": "1"}
    where = [sys.executable, "-c", "import bearwitness; print(bearwitness.__file__)"]
    told = subprocess.run(where, env=env, capture_output=True, text=True, cwd=tmp_path).stdout
    assert told.startswith(str(tmp_path)), "the test must not use the checkout"
    command = [sys.executable, "-m", "bearwitness", "demo", "--out", str(tmp_path / "demo"), "--no-open"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "demo" / "syria-2015" / "out" / "release-1" / "index.html").is_file()
