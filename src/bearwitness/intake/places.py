"""Where a fault really stands: the model names a record and a column, a person needs file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bearwitness.errors import InputError
from bearwitness.intake import toml
from bearwitness.intake.desk import short
from bearwitness.model.case import Problem, Stated
from bearwitness.model.cells import BadCell
from bearwitness.model.reading import read_part

_WHERE = re.compile(r"(?P<file>[^:]+)(?::(?P<line>\d+))?(?:, column (?P<column>[\w ]+)|: (?P<key>\w+))?\Z")
_LONGEST = 80
_NAMED = re.compile(r"'([^']+)'")


class Places:
    """texts: text by file. stated: what was read from them."""

    def __init__(self, texts: Mapping[str, str], stated: Iterable[Stated]) -> None:
        self._texts = texts
        self._pages = {one.file: one for one in stated if one.file.endswith(".md")}

    def found(self, fault: Problem) -> Problem:
        """The same fault with the line where a person finds it, and never without a mend."""
        placed = self._placed(fault)
        return Problem(placed.where, short(placed.message), short(placed.fix))

    def _placed(self, fault: Problem) -> Problem:
        fix = fault.fix or InputError.mend
        found = _WHERE.match(fault.where)
        if found is None or found["file"] not in self._texts:
            return Problem(fault.where, fault.message, fix)
        file, line, column = found["file"], int(found["line"] or 0), found["column"] or found["key"] or ""
        if file == toml.FILE:
            names = [column] if column else _NAMED.findall(fault.message)
            lines = [toml.line_of(self._texts[file], name) for name in names]
            return Problem(f"{file}:{next((n for n in lines if n > 1), 1)}", fault.message, fix)
        if file in self._pages and line <= 1:
            line = self._line_of(file, column, fault)
        elif file in self._pages:
            line = self._below(file, line, fault)
        where = f"{file}:{line}" + (f", column {column}" if column and not file.endswith(".md") else "")
        said = f"{column}: {fault.message}" if column and file.endswith(".md") else fault.message
        return Problem(where, said, fix)

    def _line_of(self, file: str, column: str, fault: Problem) -> int:
        lines, named = self._texts[file].split("\n"), _named(fault)
        name = _key(column or fault.message.split(":")[0])
        if part := self._bad_part(self._pages[file], fault):
            under = enumerate(lines[part:], part + 1)
            return next((n for n, line in under if _key(line.split(":")[0]) == name), part)
        hits = [number for number, line in enumerate(lines, 1) if ":" in line and _key(line.split(":")[0]) == name]
        for number in hits:
            if not named or any(ref in lines[number - 1] for ref in named):
                return number
        if hits:  # the value stands in the lines under the key
            under = enumerate(lines[hits[0] :], hits[0] + 1)
            return next((n for n, line in under if any(ref in line for ref in named)), hits[0])
        return next((n for n, line in enumerate(lines, 1) if _cites(line, named)), 1)

    def _below(self, file: str, line: int, fault: Problem) -> int:
        """The line under a part's heading that holds the reference the fault names; else the heading's."""
        named = _named(fault)
        for number, words in enumerate(self._texts[file].split("\n")[line:], line + 1):
            if words.startswith("#"):
                break
            if _cites(words, named):
                return number
        return line

    def _bad_part(self, page: Stated, fault: Problem) -> int:
        """The line of the part that the model cannot read for this reason; 0 where there is none."""
        for part in page.body.get("parts", ()):
            try:
                read_part(part, page.id)
            except BadCell as why:
                if why.problem == fault.message:
                    return int(part["line"])
        return 0


def _named(fault: Problem) -> list[str]:
    """The words that a message quotes, where they are short enough to be looked for."""
    return [ref for ref in _NAMED.findall(fault.message) if len(ref) <= _LONGEST]


def _key(words: str) -> str:
    return words.strip().casefold().replace(" ", "_")


def _cites(line: str, named: list[str]) -> bool:
    """Whether a line holds one of these words inside a reference, or among the places where was looked."""
    start = min((at for at in (line.find("[@"), line.find("looked in")) if at >= 0), default=-1)
    return start >= 0 and any(ref in line[start:] for ref in named)
