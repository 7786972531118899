"""Proves one part of what the project promises, and keeps what was found.

    python tools/proof.py PART | all      tests a part with longer samples, appends proof/PART.jsonl
    python tools/proof.py --stale         names the parts whose sources changed since they were last proved

A line of proof/PART.jsonl: part, promise, command, commit, source (SHA-256 of the sources proved), versions,
seed, date (UTC), seconds, passed, failed, skipped, results (counts reported by each test). Exit 1 when a test
failed.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import tomllib
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
PROOF = REPO / "proof"
ALL_PASSED, SOME_FAILED = 0, 1     # of pytest; every other status is of a run that did not come to its end
TOLD = ("jinja2", "msgspec", "cryptography", "typst", "python-calamine", "tzdata", "hypothesis", "pytest")


def parts() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((PROOF / "parts.toml").read_text("utf-8"))


def git(*args: str) -> str:
    done = subprocess.run(["git", *args], cwd=REPO, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def source_digest(part: dict[str, list[str]]) -> str:
    """SHA-256 over path and bytes of every file the part rests on, in path order."""
    digest = hashlib.sha256()
    for place in sorted([*part["rests_on"], *part["tests"]]):
        top = REPO / place
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            made = {"__pycache__", "out", ".bearwitness"} & set(path.parts)
            if path.is_file() and not made:
                inner = hashlib.sha256(path.read_bytes()).hexdigest()
                digest.update(f"{path.relative_to(REPO).as_posix()}\0{inner}\n".encode())
    return digest.hexdigest()


def versions() -> dict[str, str]:
    found = {"python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}"}
    for name in TOLD:
        found[name] = importlib.metadata.version(name)
    return found


def last(name: str) -> dict[str, object] | None:
    path = PROOF / f"{name}.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return json.loads(lines[-1]) if lines else None


def keep(name: str, row: dict[str, object]) -> None:
    with (PROOF / f"{name}.jsonl").open("a", encoding="utf-8") as out:
        out.write(json.dumps(row, sort_keys=True, ensure_ascii=False) + "\n")


def stamp() -> dict[str, object]:
    """Who, when and on what: the same in every line of every proof."""
    changed = git("status", "--porcelain", "--untracked-files=no")
    return {
        "commit": (git("rev-parse", "HEAD") or "not a git checkout")
        + (" with local changes" if changed else ""),
        "versions": versions(),
        "date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def run_tests(tests: list[str], seed: int) -> tuple[int, dict[str, int], list[object]]:
    """Exit status of pytest, how many passed, failed and were skipped, and the counts the tests reported."""
    with tempfile.TemporaryDirectory() as folder:
        report, counts = Path(folder, "junit.xml"), Path(folder, "counts.jsonl")
        command = [
            sys.executable,
            "-m",
            "pytest",
            "--long",
            f"--hypothesis-seed={seed}",
            "-m",
            "",
            f"--junitxml={report}",
            *tests,
        ]
        env = {**os.environ, "BEARWITNESS_PROOF_OUT": str(counts)}
        status = subprocess.run(command, cwd=REPO, env=env).returncode
        suite = next(iter(ElementTree.parse(report).getroot())).attrib if report.exists() else {}
        total, bad, skipped = (int(suite.get(key, 0)) for key in ("tests", "failures", "skipped"))
        bad += int(suite.get("errors", 0))
        found = (
            [json.loads(line) for line in counts.read_text("utf-8").splitlines()] if counts.exists() else []
        )
    return status, {"passed": total - bad - skipped, "failed": bad, "skipped": skipped}, found


def prove(name: str, part: dict[str, list[str]], seed: int) -> bool:
    missing = [test for test in part["tests"] if not (REPO / test).exists()]
    if missing:
        print(f"proof {name}: nothing was proved; no such test: {', '.join(missing)}")
        return False
    source, started = source_digest(part), time.monotonic()
    status, tally, results = run_tests(part["tests"], seed)
    if status not in (ALL_PASSED, SOME_FAILED) or not tally["passed"] + tally["failed"]:
        print(f"proof {name}: cut short (pytest ended with {status}); no line was kept")
        return False
    row = {
        "part": name,
        "promise": part["promise"],
        "command": f"make proof PART={name} SEED={seed}",
        "source": source,
        "seed": seed,
        "seconds": round(time.monotonic() - started, 1),
        **tally,
        "results": results,
        **stamp(),
    }
    keep(name, row)
    print(f"proof {name}: {tally['passed']} passed, {tally['failed']} failed, {tally['skipped']} skipped")
    return status == 0


def stale() -> list[str]:
    """One sentence for each part that is not proved for the sources as they stand."""
    said = []
    for name, part in parts().items():
        kept = last(name)
        if kept is None:
            said.append(f"{name}: never proved")
        elif kept["source"] != source_digest(part):
            said.append(f"{name}: proved on {str(kept['date'])[:10]}, its sources have changed since")
    return said


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("part", nargs="?", default="all", help="all, or one of: " + ", ".join(parts()))
    parser.add_argument("--seed", type=int, default=int(os.environ.get("SEED", "1")))
    parser.add_argument("--stale", action="store_true")
    asked = parser.parse_args()
    if asked.stale:
        found = stale()
        print("proofs: " + ("every part is proved for these sources" if not found else "stale or missing:"))
        for line in found:
            print("  " + line)
        return 0
    chosen = parts() if asked.part == "all" else {asked.part: parts().get(asked.part)}
    if None in chosen.values():
        parser.error(f"no part {asked.part}; there are: {', '.join(parts())}")
    good = [prove(name, part, asked.seed) for name, part in chosen.items() if part]
    subprocess.run([sys.executable, str(REPO / "tools" / "reliability.py")], check=True)
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
