"""The table of promises at the head of RELIABILITY.md: what was counted for each, and what is not shown.

proof/promises.toml: per promise its sentence (`says`), the parts that prove it (`by`: PART, or PART:start of a test's
name), the counts to add up (`count`: a count of that name, or one whose name ends with it after an underline), and
`open`: what stays unproved, in words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
PROMISES = Path(__file__).resolve().parent.parent / "proof" / "promises.toml"


def promises() -> dict[str, Row]:
    return tomllib.loads(PROMISES.read_text("utf-8"))


def added(results: list[Row], named: str) -> int | None:
    """The sum of a count over the results that tell it, or None when none does."""
    found = [value for result in results for key, value in result["counts"].items()
             if (key == named or key.endswith("_" + named)) and isinstance(value, int)]
    return sum(found) if found else None


def chosen(by: str, last: Callable[[str], Row | None]) -> tuple[bool, list[Row]]:
    """Whether the part was proved without a failure, and its results that a promise asks for."""
    part, _, start = by.partition(":")
    row = last(part)
    if row is None:
        return False, []
    results = [result for result in row["results"] if str(result["test"]).startswith(start or "test_")]
    return bool(row["passed"]) and not row["failed"], results


def table(last: Callable[[str], Row | None]) -> list[str]:
    """Lines of Markdown. last: the newest kept line of a part, or None."""
    out = ["| promise | counted | shown by | not shown |", "|---|---|---|---|"]
    for name, promise in promises().items():
        parts = [chosen(by, last) for by in promise.get("by", ())]
        results = [result for _, each in parts for result in each]
        counts = [f"{count.replace('_', ' ')} {total:,}" for count in promise.get("count", ())
                  if (total := added(results, count)) is not None]
        state = "" if parts and all(good for good, _ in parts) else "**not proved.** "
        shown = ", ".join(dict.fromkeys(f"`{by.partition(':')[0]}`" for by in promise.get("by", ()))) or "nothing yet"
        out.append(f"| **{name}** {promise['says']} | {', '.join(counts)} | {shown} | {state}{promise.get('open', '')} |")
    return [*out, ""]
