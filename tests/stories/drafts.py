"""The proving drafts: read, laid over a copy of the six-strike case, and checked through the command line.

An overlay is the files beside `draft.md`: whole files, `rows/TABLE.csv` whose rows replace or follow those of the
same id, and `then/`, which is laid on after a notebook was made (what changed later).
"""
from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from bearwitness.cli.main import main

DRAFTS = Path(__file__).resolve().parents[1] / "drafts"
NAME = "report/draft.md"


@dataclass(frozen=True)
class Draft:
    """One proving draft. mend: words of which one must stand in the mend or the sayable sentence."""

    path: Path
    front: dict[str, str]
    text: str

    @property
    def name(self) -> str:
        return self.path.parent.name if self.path.name == "draft.md" else self.path.stem

    @property
    def expect(self) -> str:
        return self.front["expect"]

    @property
    def place(self) -> str:
        return f"{self.front.get('at', NAME)}:{self.front['line']}"

    @property
    def mend(self) -> tuple[str, ...]:
        return tuple(self.front["mend"].strip('"').lower().split("|"))

    @property
    def overlay(self) -> Path | None:
        return self.path.parent if self.path.name == "draft.md" else None


def read(path: Path) -> Draft:
    text = path.read_text("utf-8")
    front = dict(line.split(": ", 1) for line in text.split("---\n")[1].splitlines())
    return Draft(path, front, text)


def drafts(folder: str) -> list[Draft]:
    found = [*(DRAFTS / folder).glob("*.md"), *(DRAFTS / folder).glob("*/draft.md")]
    return sorted(map(read, found), key=lambda draft: draft.name)


def prepare(draft: Draft, case: Path) -> None:
    """Put the draft and its overlay into a copy of the example; seal it where the fault is in what is sealed."""
    (case / "report" / "briefing.md").unlink()
    (case / NAME).write_text(draft.text, encoding="utf-8")
    if draft.overlay:
        _lay(draft.overlay, case)
    if "altered" in draft.front or "withdrawn" in draft.front:
        for words in (("init", "."), ("add", str(case / "inbox"), "--from", "the example")):
            status, printed = run(*words, case=case)
            assert status == 0, printed
        run("count", "killed six", case=case)   # takes in what the case said before it was changed
    if "altered" in draft.front:
        _flip(case, draft.front["altered"])
    if draft.overlay and (draft.overlay / "then").is_dir():
        _lay(draft.overlay / "then", case)


def _lay(overlay: Path, case: Path) -> None:
    for path in sorted(overlay.rglob("*")):
        name = path.relative_to(overlay)
        if path.is_dir() or name.parts[0] == "then" or name.name == "draft.md":
            continue
        if name.parts[0] == "rows":
            _merge(path, case / name.name)
        else:
            (case / name).parent.mkdir(parents=True, exist_ok=True)
            (case / name).write_bytes(path.read_bytes())


def _merge(rows: Path, table: Path) -> None:
    with table.open(encoding="utf-8", newline="") as stream:
        held = list(csv.DictReader(stream))
    with rows.open(encoding="utf-8", newline="") as stream:
        new = {row["id"]: row for row in csv.DictReader(stream)}
    columns = list(dict.fromkeys([*held[0], *(column for row in new.values() for column in row)]))
    merged = [{**row, **new.pop(row["id"], {})} for row in held] + list(new.values())
    with table.open("w", encoding="utf-8", newline="") as stream:
        out = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
        out.writeheader()
        out.writerows(merged)


def _flip(case: Path, exhibit: str) -> None:
    """Change one byte of the sealed object of an exhibit."""
    shown = run("show", exhibit, case=case)[1]
    digest = re.search(r"\b[0-9a-f]{64}\b", shown)
    assert digest, shown
    objects = [path for path in (case / ".bearwitness" / "objects").rglob("*")
               if path.is_file() and digest[0].endswith(path.name)]
    held = bytearray(objects[0].read_bytes())
    held[len(held) // 2] ^= 1
    objects[0].chmod(0o644)
    objects[0].write_bytes(bytes(held))


def run(*words: str, case: Path) -> tuple[int, str]:
    """A command, in this process: its exit status and everything it printed."""
    out = StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        status = main([words[0], *(str(case) if word == "." else word for word in words[1:]), "--case", str(case)])
    return status, out.getvalue()


def checked(draft: Draft, case_of: Callable[[str], Path]) -> tuple[int, list[dict[str, Any]], str]:
    """Check a draft: exit status, faults, and all that was printed."""
    case = case_of("syria-2015")
    prepare(draft, case)
    status, printed = run("check", NAME, "--json", case=case)
    found = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
    data = next((one["data"] for one in found if one.get("data")), None) or {}
    return status, list(data.get("faults", [])), printed
