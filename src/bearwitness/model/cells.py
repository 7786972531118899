"""How a cell that cannot be read says so."""
from __future__ import annotations


class BadCell(ValueError):
    """A cell that cannot be read: the problem and the mend, in words for the person who wrote it."""

    def __init__(self, problem: str, fix: str = "", column: str = "") -> None:
        self.problem, self.fix, self.column = problem, fix, column
        super().__init__(problem)


DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def plain_digits(text: str) -> str:
    """Arabic and Persian digits as Latin ones; nothing else is changed."""
    return text.translate(DIGITS)


def split_values(cell: str) -> tuple[str, ...]:
    """The values of a cell that may hold several, separated by `;`."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())
