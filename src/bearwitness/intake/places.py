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
        if (part := self._bad_part(self._pages[file], fault)) is not None:
            return part
        name = column or fault.message.split(":")[0]
        pattern = re.compile(rf"^[ \t]*{re.escape(name).replace('_', '[_ ]')}[ \t]*:", re.IGNORECASE | re.MULTILINE)
        hits = list(pattern.finditer(self._texts[file]))
        named = [ref for ref in _NAMED.findall(fault.message)]
        for hit in hits:
            line_end = self._texts[file].find("\n", hit.end())
            rest = self._texts[file][hit.end() : line_end if line_end >= 0 else None]
            if not named or any(ref in rest for ref in named):
                return self._texts[file].count("\n", 0, hit.start()) + 1
        return self._anywhere(file, named)

    def _anywhere(self, file: str, named: list[str]) -> int:
        """The first line that holds the word the fault names, inside a reference where there is one."""
        for number, line in enumerate(self._texts[file].split("\n"), 1):
            if any(re.search(rf"\[@[^\]]*{re.escape(ref)}|looked in.*{re.escape(ref)}", line) for ref in named):
                return number
        return 1

    def _below(self, file: str, line: int, fault: Problem) -> int:
        """The line under a part's heading that holds the reference the fault names; else the heading's."""
        named = _NAMED.findall(fault.message)
        for number, words in enumerate(self._texts[file].split("\n")[line:], line + 1):
            if words.startswith("#"):
                break
            if any(re.search(rf"\[@[^\]]*{re.escape(ref)}", words) for ref in named):
                return number
        return line

    def _bad_part(self, page: Stated, fault: Problem) -> int | None:
        for part in page.body.get("parts", ()):
            try:
                read_part(part, page.id)
            except BadCell as why:
                if why.problem == fault.message:
                    return int(part["line"])
        return None
