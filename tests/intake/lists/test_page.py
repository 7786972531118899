"""The reference page on casualty lists says what the program reads, no more and no less."""
from __future__ import annotations

import re
from pathlib import Path

from bearwitness.intake.lists.folder import ENDINGS
from bearwitness.intake.lists.grid import MAX_CELL
from bearwitness.intake.lists.told import KEYS
from bearwitness.model.roll import MEANINGS
from bearwitness.reason.persons_values import BY

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "casualty-lists.md").read_text(encoding="utf-8")


def named(part: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", part))


def test_every_meaning_of_a_column_stands_in_the_table() -> None:
    table = "\n".join(line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| `"))
    assert named(table) == set(MEANINGS)


def test_breakdowns_keys_and_files_are_those_of_the_program() -> None:
    keys, breakdowns = (PAGE.split(f"## {title}")[1].split("##")[0] for title in ("columns.toml", "Breakdowns"))
    assert named(keys) - {"ignore", "dmy", "mdy"} == KEYS
    assert named(breakdowns) - {"--by", "--bands 0,5,18,60"} == set(BY)
    assert set(ENDINGS) - {".tsv.gz"} <= named(PAGE.split("## Rows")[0])
    assert f"{MAX_CELL:,} characters" in PAGE
