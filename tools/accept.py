"""The acceptance tests: a real browser, real data, longer samples of every proof.

    python tools/accept.py

Says first what is here and what is not, and what is therefore left out. With BEARWITNESS_REQUIRE=browser
a missing browser is a failure, not an omission. BEARWITNESS_DATA names the folder of outside data (default:
../shared/data).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from proof import REPO, parts, stale  # noqa: E402  (tools are scripts, not a package)

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def browser() -> str:
    given = os.environ.get("BEARWITNESS_BROWSER", "")
    return given or next((found for name in BROWSERS if (found := shutil.which(name))), "")


def data() -> Path | None:
    place = Path(os.environ.get("BEARWITNESS_DATA") or REPO.parent / "shared" / "data")
    return place if place.is_dir() else None


def inventory() -> bool:
    """Prints what the tests will use; False when something required is missing."""
    found, place = browser(), data()
    print(
        f"accept: browser: {found or 'none; every page test is left out (Debian: apt-get install chromium)'}"
    )
    print(f"accept: PDF reader: {shutil.which('pdftotext') or 'no poppler; the PDF is read by pypdf alone'}")
    print(f"accept: outside data: {'found' if place else 'none; the tests on real data are left out'}")
    return bool(found) or "browser" not in os.environ.get("BEARWITNESS_REQUIRE", "").split()


def pytest(*args: str) -> int:
    env = {**os.environ, "BEARWITNESS_BROWSER": browser(), "BEARWITNESS_DATA": str(data() or "")}
    return subprocess.run([sys.executable, "-m", "pytest", "-rs", *args], cwd=REPO, env=env).returncode


def main() -> int:
    if not inventory():
        print("accept: a browser is required here and there is none")
        return 1
    seed = os.environ.get("SEED", "2")
    print("accept: the tests that need a browser or outside data")
    outcome = [pytest("-m", "accept")]
    tests = sorted({test for part in parts().values() if not part.get("short_in_accept")
                    for test in part["tests"] if (REPO / test).exists()
                    and not test.startswith("tests/accept")})
    if tests:
        print("accept: longer samples of every proof")
        outcome.append(pytest("--middle", f"--hypothesis-seed={seed}", "-m", "", *tests))
    for line in stale():
        print("accept: proof not current: " + line)
    nothing_collected = 5
    return 0 if all(status in (0, nothing_collected) for status in outcome) else 1


if __name__ == "__main__":
    sys.exit(main())
