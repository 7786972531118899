"""Well-known given names, and which one a spelling is. Empty where it is none of them."""
from __future__ import annotations

from functools import cache, lru_cache

from bearwitness.link.names.normal import normal
from bearwitness.rules import load


@cache
def _spellings() -> dict[str, frozenset[str]]:
    """Normal form -> ids of the names it is a spelling of."""
    found: dict[str, frozenset[str]] = {}
    for name, spellings in load("names/given")["names"].items():
        for text in spellings:
            key = normal(text).replace(" ", "")
            found[key] = found.get(key, frozenset()) | {name}
    return found


def readings(part: str) -> frozenset[str]:
    """The ids of the well-known names that a part may spell: Latin Hamid is `hamid_a` or `hamid_b`; empty where none."""
    return _spellings().get(normal(part).replace(" ", ""), frozenset())


@lru_cache(maxsize=1 << 18)
def known(part: str) -> str:
    """The id of the one well-known name that a part spells, as `muhammad`; empty where none, or more than one."""
    found = readings(part)
    return next(iter(found)) if len(found) == 1 else ""
