"""What a verb hands back, and how it is printed: words for a person, or one JSON object.

Results go to standard output, talk and errors to standard error. Text from records is made harmless for a
terminal: control characters and direction overrides become visible.
"""
from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import dataclass, field
from typing import IO, Any

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(slots=True)
class Outcome:
    """data: for --json. lines: for a person. next: up to three useful next commands. talk: to standard error."""

    data: Any = None
    lines: list[str] = field(default_factory=list)
    next: list[str] = field(default_factory=list)
    talk: list[str] = field(default_factory=list)
    exit: int = 0
    ok: bool = True


def harmless(text: str) -> str:
    """Text that a terminal shows and does not obey."""
    return _CONTROL.sub(lambda m: f"<U+{ord(m[0]):04X}>", text)


def write(stream: IO[str], text: str) -> None:
    """Print a line; characters the console cannot show become escapes instead of a crash."""
    try:
        print(text, file=stream)
    except UnicodeEncodeError:
        print(text.encode("ascii", "backslashreplace").decode("ascii"), file=stream)


def show(verb: str, outcome: Outcome, as_json: bool) -> int:
    """Print an outcome; returns the exit status."""
    if as_json:
        write(sys.stdout, json.dumps({"schema": f"bearwitness/{verb}/1", "ok": outcome.ok, "data": outcome.data,
                                      "next": outcome.next}, ensure_ascii=False, default=str))
        return outcome.exit
    for line in outcome.talk:
        write(sys.stderr, harmless(line))
    for line in outcome.lines:
        write(sys.stdout, harmless(line))
    if outcome.next:
        write(sys.stderr, harmless("Next:  " + "   or  ".join(outcome.next)))
    return outcome.exit


def show_error(verb: str, error: dict[str, Any], status: int, as_json: bool) -> int:
    """Print an error: what happened, where, and what to do."""
    if as_json:
        write(sys.stderr, json.dumps({"schema": f"bearwitness/{verb}/1", "ok": False, "data": None, "next": [],
                                      **error}, ensure_ascii=False))
        return status
    place = f"{error['where']}: " if error.get("where") else ""
    write(sys.stderr, harmless(f"{place}{error['message']}  [{error['code']}]"))
    for problem in error.get("more", []):
        write(sys.stderr, harmless(f"{problem['where']}: {problem['message']}"))
    if error.get("fix"):
        write(sys.stderr, harmless(f"  {error['fix']}"))
    return status


def bold(text: str) -> str:
    """Emphasis where a terminal shows it and nobody asked for none."""
    if sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb":
        return f"\x1b[1m{text}\x1b[0m"
    return text
