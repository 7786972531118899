"""Rows of a CSV text: a small strict machine that knows its line numbers.

A quote opens a cell only as its first character, is doubled inside, and after it closes the separator
or the line end follows. Anything else is refused, because a stray quote silently swallows rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from bearwitness.intake.desk import Desk

QUOTE = '"'
Row = tuple[int, list[str]]
_LONGEST = 200  # lines one quoted cell may span; a longer one is a quote that was never closed


class _Stray(Exception):
    """A quote where none can stand; `go_on` is the next line that can still be read, or -1."""

    def __init__(self, line: int, message: str, fix: str, go_on: int) -> None:
        self.line, self.message, self.fix, self.go_on = line, message, fix, go_on
        super().__init__(message)


def rows(text: str, separator: str, file: str, desk: Desk, first: int = 1) -> Iterator[Row]:
    """Each row of the text with the number of the line it starts on, blank lines and comments included.

    first: the line to start at. Faults go to the desk; the row that holds one is left out.
    """
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    at = first - 1
    while at < len(lines):
        line = lines[at]
        if QUOTE not in line or _plain_comment(line):
            yield at + 1, line.split(separator)
            at += 1
            continue
        try:
            cells, after = _quoted(lines, at, separator)
        except _Stray as why:
            desk.refuse(f"{file}:{why.line}", why.message, why.fix)
            if why.go_on < 0:
                return
            at = why.go_on
        else:
            yield at + 1, cells
            at = after


def _plain_comment(line: str) -> bool:
    """A comment typed by hand: its quotes are words, unless they pair up into cells."""
    return line.lstrip().startswith("#") and (line.count(QUOTE) % 2 == 0 or f",{QUOTE}" not in line)


def _quoted(lines: list[str], at: int, separator: str) -> tuple[list[str], int]:
    """The cells of the row starting at lines[at], and the index of the line after it."""
    start, cells = at, list[str]()
    line, pos = lines[at], 0
    while True:
        if line[pos : pos + 1] == QUOTE:
            cell, at, pos = _inside(lines, at, pos + 1)
            line = lines[at]
            cells.append(cell)
            if pos == len(line):
                return cells, at + 1
            if line[pos] != separator:
                raise _stray(start, at, "text follows a closing quote", _CLOSE)
            pos += 1
            continue
        end = line.find(separator, pos)
        cell = line[pos:] if end < 0 else line[pos:end]
        if QUOTE in cell:
            what = f"a quote stands inside cell {len(cells) + 1}, which does not begin with one"
            raise _stray(start, at, what, _WHOLE)
        cells.append(cell)
        if end < 0:
            return cells, at + 1
        pos = end + 1


_CLOSE = 'Write "" for a quote inside a cell, and close each cell that a quote opens.'
_WHOLE = 'Put the whole cell in quotes, from its first letter, and write "" for the one inside; or use “ ”.'


def _stray(start: int, at: int, what: str, fix: str) -> _Stray:
    """Where a row runs over several lines, the quote that opened it is the likelier fault."""
    if start == at:
        return _Stray(at + 1, what, fix, at + 1)
    return _Stray(start + 1, f"a quote opens here and is not closed in its cell: in line {at + 1} {what}", fix, -1)


def _inside(lines: list[str], at: int, pos: int) -> tuple[str, int, int]:
    """The text of a quoted cell whose opening quote stands before `pos`; where it ends."""
    opened, parts, line = at, [], lines[at]
    while True:
        end = line.find(QUOTE, pos)
        if end < 0:
            parts += [line[pos:], "\n"]
            at, pos = at + 1, 0
            if at == len(lines) or at - opened > _LONGEST:
                raise _Stray(
                    opened + 1,
                    "a quote opens here and is never closed",
                    "Close the quote at the end of its cell.",
                    -1,
                )
            line = lines[at]
        elif line[end + 1 : end + 2] == QUOTE:
            parts.append(line[pos : end + 1])
            pos = end + 2
        else:
            parts.append(line[pos:end])
            return "".join(parts), at, end + 1
