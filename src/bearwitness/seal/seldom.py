"""Looking for garbage seldom, while very many records are made that all stay until the work ends.

Python looks through everything that lives, again and again, the more of it the oftener; records hold no circles, so nothing
would be found. Not switched off: what reads archives may leave circles behind.
"""
from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MADE = 200_000
"""How many things are made before the newest are looked through [1]."""


@contextmanager
def seldom() -> Iterator[None]:
    """Within it, garbage is looked for after so many things made; afterwards as often as before."""
    before = gc.get_threshold()
    gc.set_threshold(max(MADE, before[0]) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
