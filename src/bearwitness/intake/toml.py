"""case.toml as a body: strings, lists and dicts only, so that no number changes on its way to the log."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from bearwitness.intake.desk import Desk
from bearwitness.model.nearest import nearest

FILE = "case.toml"
_WORDS = ("title", "zone", "standard", "publisher", "note", "about", "uses", "territory")
_TABLES_OF_TEXT = ("people", "presumed_civilian", "definitions")
_KNOWN = (*_WORDS, *_TABLES_OF_TEXT, "sets", "conflicts")
_ALSO_KNOWN = ("languages", "subtitle", "language", "roles", "opened", "demo", "made_up")
_PLACE = re.compile(r"\(at line (\d+), column \d+\)")


def read_toml(text: str, desk: Desk, file: str = FILE) -> dict[str, Any]:
    """The body of case.toml; empty where it cannot be read, with the reason on the desk."""
    try:
        raw = tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as why:
        desk.refuse(*_decode_fault(why, text, file))
        return {}
    except RecursionError:
        desk.refuse(f"{file}:1", "this file nests too deeply", "Write plain tables, as in the starter file.")
        return {}
    body: dict[str, Any] = _strings(raw)
    for name, value in body.items():
        where = f"{file}:{line_of(text, name)}"
        if problem := _shape_fault(name, value):
            desk.refuse(where, problem, "Write it as in the starter file that `bearwitness init` makes.")
        elif name not in _KNOWN + _ALSO_KNOWN:
            near = nearest(name, _KNOWN, 0.75)
            hint = f" Did you mean {near!r}?" if near else ""
            desk.ask(
                where,
                f"{file} has {name!r}, which no rule uses. It is kept as written.{hint}",
                f"{file}:key:{name}",
            )
    return body


def _shape_fault(name: str, value: Any) -> str:
    """What is wrong with the shape of a known key's value; empty when it fits."""
    if name in _WORDS and not isinstance(value, str):
        return f"{name} must be a text in quotes"
    if name in _TABLES_OF_TEXT and not (isinstance(value, dict) and _all_texts(value.values())):
        return f"{name} must be a table of texts"
    if name == "conflicts" and not (isinstance(value, dict) and all(isinstance(one, dict) for one in value.values())):
        return "conflicts must be tables, each under its own heading such as [conflicts.armed-groups]"
    if name == "sets" and not (
        isinstance(value, dict) and all(isinstance(members, list) and _all_texts(members) for members in value.values())
    ):
        return 'each set must be a list of incident ids, such as six = ["talbiseh", "sarmin"]'
    return ""


def _all_texts(values: Iterable[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def _decode_fault(why: tomllib.TOMLDecodeError, text: str, file: str) -> tuple[str, str, str]:
    found = _PLACE.search(str(why))
    line = int(found[1]) if found else text.count("\n") + 1
    said = _PLACE.sub("", str(why)).replace("(at end of document)", "at the end of the file").strip()
    return (
        f"{file}:{line}",
        f"this is not TOML: {said}",
        'Each line is: name = "text". Texts stand in quotes.',
    )


def _strings(value: Any) -> Any:
    """Numbers and dates as the words they were written with; yes and no for true and false."""
    if isinstance(value, dict):
        return {name: _strings(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_strings(item) for item in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return value if isinstance(value, str) else str(value)


def line_of(text: str, name: str) -> int:
    """The line where a key or a table of this name stands; 1 where it does not."""
    pattern = re.compile(rf"^[ \t]*(?:\[[ \t]*)?[\"']?{re.escape(name)}[\"']?[ \t]*[=.\]]", re.MULTILINE)
    found = pattern.search(text)
    return text.count("\n", 0, found.end()) + 1 if found else 1


def uses(body: dict[str, Any]) -> str:
    value = body.get("uses", "")
    return value if isinstance(value, str) else ""
