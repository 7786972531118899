"""What every test may rely on.

`make test` runs everything that is not marked `accept`, with short samples and one seed. `make accept` passes
`--middle`, `make proof` passes `--long`. No test reaches the network: connecting anywhere but this machine is refused.

Fixtures
    repo, examples      the checkout and its examples folder
    case(name)          a fresh copy of examples/NAME in a folder of its own, without sealed state
    bearwitness(*args)  runs the command in a process of its own; returns stdout, stderr and the exit status
    home                the user's data folder of this test, always temporary: no key reaches a real one
    sample(short, long) how many cases to try: `short` in `make test`, `long` under --long, between them,
                        nearer to short (a quarter of the way, in logarithms), under --middle
    proof(**counts)     what a test found, as counts: printed, and kept by `make proof` in proof/PART.jsonl
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

REPO = Path(__file__).resolve().parent.parent
LOCAL = ("127.0.0.1", "::1", "localhost")

_quiet = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("short", max_examples=60, deadline=None, suppress_health_check=_quiet)
settings.register_profile("middle", max_examples=150, deadline=None, suppress_health_check=_quiet)
settings.register_profile("long", max_examples=1500, deadline=None, suppress_health_check=_quiet)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="the longest samples, for make proof")
    parser.addoption("--middle", action="store_true", help="longer samples, for make accept")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile(size(config))


def size(config: pytest.Config) -> str:
    return next((name for name in ("long", "middle") if config.getoption(f"--{name}")), "short")


@pytest.fixture(scope="session")
def repo() -> Path:
    return REPO


@pytest.fixture(scope="session")
def examples(repo: Path) -> Path:
    return repo / "examples"


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("BEARWITNESS_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuses every connection that would leave this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and tuple(address)[0] not in LOCAL:  # type: ignore[arg-type]
            raise OSError(f"a test tried to reach {address!r}; tests need no network")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def case(tmp_path: Path, examples: Path) -> Callable[[str], Path]:
    """Copies examples/NAME, and beside it any case that it stands on, so that nothing is shared."""

    def copy(name: str) -> Path:
        for folder in sorted(path for path in examples.iterdir() if path.is_dir()):
            target = tmp_path / "cases" / folder.name
            if not target.exists():
                shutil.copytree(folder, target, ignore=shutil.ignore_patterns(".bearwitness", "out"))
        return tmp_path / "cases" / name

    return copy


@pytest.fixture
def bearwitness(home: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(*args: object, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bearwitness", *map(str, args)]
        full = {**os.environ, "BEARWITNESS_HOME": str(home), "PYTHONUTF8": "1", "NO_COLOR": "1", **env}
        return subprocess.run(command, cwd=cwd, env=full, capture_output=True, text=True, timeout=600)

    return run


@pytest.fixture
def sample(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    chosen = size(request.config)

    def pick(short: int, long: int) -> int:
        return {"short": short, "middle": round((short**3 * long) ** 0.25), "long": long}[chosen]

    return pick


@pytest.fixture
def proof(request: pytest.FixtureRequest) -> Iterator[Callable[..., None]]:
    """Keeps counts where `make proof` collects them; proof/parts.toml names the tests of each part."""
    found: dict[str, object] = {}
    yield lambda **counts: found.update(counts)
    row = json.dumps({"test": request.node.name, "counts": found}, sort_keys=True)
    print(row)
    if target := os.environ.get("BEARWITNESS_PROOF_OUT"):
        with open(target, "a", encoding="utf-8") as out:
            out.write(row + "\n")
