"""Well-known given names, and which one a spelling is. Empty where it is none of them, or where two are as near."""
from __future__ import annotations

from functools import cache, lru_cache

from bearwitness.link.names.normal import normal
from bearwitness.rules import load


@cache
def _spellings() -> dict[str, str]:
    """Normal form -> id of the name; spellings that two names share are left out."""
    found: dict[str, str] = {}
    for name, spellings in load("names/given")["names"].items():
        for text in spellings:
            key = normal(text).replace(" ", "")
            found[key] = name if found.get(key, name) == name else ""
    return found


@lru_cache(maxsize=1 << 18)
def known(part: str) -> str:
    """The id of the well-known name that a part spells, as `muhammad`; empty where none."""
    return _spellings().get(normal(part).replace(" ", ""), "")
