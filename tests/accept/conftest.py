"""The release of the example, opened in a real browser (Debian's Chromium), without any network."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright is installed by `make accept`")

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PHONE, DESKTOP = (390, 844), (1280, 900)


@dataclass
class Visit:
    """A page that was opened: what it asked for, what its scripts complained of."""

    page: object
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    path = os.environ.get("BEARWITNESS_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    if not path:
        pytest.skip("no browser on this machine")
    with playwright_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: object) -> Iterator[object]:
    """visit(path, size=..., scripts=True) opens a local file and listens to it."""
    open_contexts = []

    def go(path: Path, size: tuple[int, int] = DESKTOP, *, scripts: bool = True, **options: object) -> Visit:
        context = chromium.new_context(  # type: ignore[attr-defined]
            viewport={"width": size[0], "height": size[1]}, java_script_enabled=scripts, **options
        )
        open_contexts.append(context)
        seen = Visit(context.new_page())
        seen.page.on("request", lambda request: seen.requests.append(request.url))  # type: ignore[attr-defined]
        seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))  # type: ignore[attr-defined]
        seen.page.on(  # type: ignore[attr-defined]
            "console", lambda line: seen.errors.append(line.text) if line.type == "error" else None
        )
        seen.page.goto(path.as_uri(), wait_until="load")  # type: ignore[attr-defined]
        return seen

    yield go
    for context in open_contexts:
        context.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `bearwitness demo` makes; one for all acceptance tests, never written to."""
    import sys

    folder = tmp_path_factory.mktemp("demo")
    env = {**os.environ, "BEARWITNESS_HOME": str(folder / "home")}
    command = [sys.executable, "-m", "bearwitness", "demo", "--out", str(folder / "demo"), "--no-open"]
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "demo"


@pytest.fixture(scope="session")
def release(demo: Path) -> Path:
    return demo / "syria-2015" / "out" / "release-1"
