"""The second blind reader's drafts, for the reading code of the first.

Each unsound draft is one text with one fault, kept in unsound.toml; a draft is a file for the program, so each is laid
in a room of its own before it is read.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "blind"))
from reading import Desk, Draft, Reading  # noqa: E402  (it stands beside the first reader's drafts)


def sound() -> list[Draft]:
    return [Draft(path) for path in sorted((HERE / "sound").glob("*.md"))]


def rows() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((HERE / "unsound.toml").read_text(encoding="utf-8"))["draft"]
    return found


def unsound(room: Path) -> list[Draft]:
    """Each text of unsound.toml as a file in `room`, with its language said as a writer would say it."""
    drafts = []
    for row in rows():
        path = room / f"{row['id']}.md"
        path.write_text(f"---\nlang: {row['lang']}\n---\n{row['text']}\n", encoding="utf-8")
        drafts.append(Draft(path, codes=tuple(row["codes"]), line=4, why=row["fault"]))
    return drafts


def read_all(examples: Path, room: Path) -> tuple[list[Reading], list[Reading]]:
    """(sound, unsound), each draft read against the example alone."""
    (room / "drafts").mkdir()
    desk = Desk(examples, room / "cases")
    return [desk.read(draft) for draft in sound()], [desk.read(draft) for draft in unsound(room / "drafts")]


def hard(refused: list[Reading]) -> dict[str, tuple[int, int]]:
    """(hits, tries) over the drafts that look true at a first reading, both languages together."""
    names = {row["id"] for row in rows() if row["hard"]}
    those = [r for r in refused if r.draft.path.stem in names]
    return {"hard unsound refused": (sum(r.refused for r in those), len(those)),
            "hard unsound refused with a right code": (sum(r.right_code for r in those), len(those))}
