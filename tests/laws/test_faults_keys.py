"""As test_faults.py, for the commands that change keys, hand over, or erase: `key rotate`, `pack`, `interview erase`.

After an erasure that was cut short the person is either erased for good or still there whole; nobody else is lost.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.laws.strace_faults import World, needs_strace
from tests.laws.test_faults import struck, world

__all__ = ["world"]
pytestmark = needs_strace


@pytest.mark.parametrize("name", ["erase", "pack", "rotate"])
def test_a_call_that_fails_or_is_the_last_one(name: str, world: World, tmp_path: Path, sample, proof) -> None:  # noqa: F811
    struck(name, world, tmp_path / "w", sample, proof)
