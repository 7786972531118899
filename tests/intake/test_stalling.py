"""No text can stall a reader: time grows with the length of a line, not with its square."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from tests.intake.small_case import FILES, write_case

from bearwitness.errors import BearwitnessError
from bearwitness.intake.folder import load

TAILS = (" ", ";", "; ", "{{", "[@", ";a", '"', "# ", "a:", "\t", "|", "looked in ", "excluded by ", "\n ", "=", "1.1 ", "'")
TIMES = 20000
LIMIT = 1.5  # seconds of processor time; a reader that took the square would need minutes


@pytest.mark.parametrize("file", FILES)
def test_a_very_long_line_takes_no_very_long_time(file: str, tmp_path: Path) -> None:
    chance = random.Random(file)
    for number, tail in enumerate(TAILS):
        lines = FILES[file].split("\n")
        at = chance.randrange(len(lines))
        lines[at] += tail * TIMES + "z"
        folder = write_case(tmp_path / str(number), {file: "\n".join(lines)})
        start = time.process_time()
        try:
            load(folder)
        except BearwitnessError as why:
            assert len(str(why)) < 1000
        assert time.process_time() - start < LIMIT, (tail, at)
