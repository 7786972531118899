"""The page on the formats names every file, column and word that the program knows."""
from __future__ import annotations

import re
from pathlib import Path

import pytest

from bearwitness.model import vocabulary as words
from bearwitness.model.where import LEVELS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "formats.md").read_text("utf-8")
LISTS = {"about": words.ABOUTS, "how": words.HOWS, "at": words.REACHES, "part kind": words.PART_KINDS,
         "test": words.TESTS, "source kind": words.SOURCE_KINDS, "consent": words.USES, "verdict": words.VERDICTS,
         "interview": words.NOTE_HOWS, "level": LEVELS}


@pytest.mark.parametrize("file", sorted(words.TABLES))
def test_every_column_of_a_table_stands_in_its_section(file: str) -> None:
    section = PAGE.split(f"## {file}", 1)[1].split("\n## ", 1)[0]
    assert [name for name in words.TABLES[file].columns if f"`{name}`" not in section] == []


@pytest.mark.parametrize("kind", sorted(LISTS))
def test_every_word_of_a_list_is_named(kind: str) -> None:
    assert [word for word in LISTS[kind] if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", PAGE)] == []
