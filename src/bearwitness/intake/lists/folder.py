"""What lies in the folder `people/` of a case: lists as delivered, columns.toml, and answered reviews."""
from __future__ import annotations

from pathlib import Path

from bearwitness.intake.files import listed
from bearwitness.intake.lists.told import FILE

PEOPLE = "people"
ENDINGS = (".csv", ".tsv", ".xlsx", ".xls", ".ods", ".json", ".csv.gz", ".tsv.gz")
ANSWERS = ("review", "judgements")


def lists_in(case_dir: Path) -> tuple[list[Path], list[Path]]:
    """(lists, answered reviews), by name. Links, hidden files and what an editor leaves behind are no lists."""
    names = {name for ending in ENDINGS for name in listed(case_dir, PEOPLE, ending)}
    there = [path for path in (case_dir / name for name in sorted(names)) if path.is_file() and not path.is_symlink()]
    answers = [path for path in there if path.name.lower().startswith(ANSWERS) and path.suffix.lower() == ".csv"]
    return [path for path in there if path not in answers], answers


def columns_file(case_dir: Path) -> Path | None:
    """What a person says of the lists' columns, where there is such a file."""
    path = case_dir / PEOPLE / FILE
    return path if path.is_file() and not path.is_symlink() else None
