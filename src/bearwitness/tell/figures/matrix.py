"""The evidence matrix: incidents by questions, each answer as a count, one symbol and a word.

The symbol differs in shape and carries a letter, so it reads in grey, in print and without colour vision.
"""
from __future__ import annotations

from collections.abc import Sequence

from bearwitness.tell.document import Figure, Table
from bearwitness.tell.figures import svg
from bearwitness.tell.figures.text import wrap
from bearwitness.tell.figures.values import Cell

# symbol: what the key prints for it
SYMBOLS = {
    "A": "two or more origins speak to it",
    "S": "one origin says so",
    "D": "sources disagree",
    "N": "said not to be so",
    "O": "looked for, nothing found",
    "?": "not looked for",
}
_CELL_W, _ROW_W, _PAD, _LINE = 112.0, 150.0, 10.0, 14.5


def matrix(rows: Sequence[str], columns: Sequence[str],
           cells: Sequence[Sequence[Cell | tuple[int, str, str]]], id: str, title: str) -> Figure:
    """Draws rows x columns; cells[i][j] answers question j of incident i as (count, symbol, words)."""
    table = [[cell if isinstance(cell, Cell) else Cell(*cell) for cell in line] for line in cells]
    total = _PAD * 2 + _ROW_W + _CELL_W * len(columns)
    heads = [wrap(column, 13, _CELL_W - 12, 3) for column in columns]
    y = 12.0 + 17 * max(map(len, heads), default=1)
    parts = [part for at, head in enumerate(heads)
             for part in svg.lines(_left(at) + 4, y - 17 * (len(head) - 1), head, size=13, weight="600")]
    y += 10
    for label, line in zip(rows, table, strict=True):
        row, y = _row(label, line, y, total)
        parts += row
    parts.append(svg.stroke([(_PAD, y), (total - _PAD, y)], width=1))
    key, y = _key(table, y + 12, total)
    desc = f"{len(rows)} incidents by {len(columns)} questions. The table holds the same." if rows else "No incident."
    drawn = svg.drawing(id, title, desc, total, y, parts + key)
    twin = tuple((label, *map(_said, line)) for label, line in zip(rows, table, strict=True))
    caption = ("The number beside a symbol counts the records that speak to the question. "
               "It does not say how true an answer is.")
    return Figure(id, "matrix", title, drawn, Table(("Incident", *columns), twin), caption)


def _left(column: int) -> float:
    return _PAD + _ROW_W + _CELL_W * column


def _said(cell: Cell) -> str:
    records = "1 record" if cell.count == 1 else f"{cell.count} records"
    return f"{cell.words or SYMBOLS.get(cell.symbol, cell.symbol)} ({records}, {cell.symbol})"


def _row(label: str, line: Sequence[Cell], y: float, total: float) -> tuple[list[str], float]:
    name = wrap(label, 13.5, _ROW_W - 12, 4)
    texts = [wrap(cell.words, 11.5, _CELL_W - 12, 4) for cell in line]
    height = max(len(name) * 18 + 14, 36 + _LINE * max(map(len, texts), default=0) + 8)
    parts = [svg.stroke([(_PAD, y), (total - _PAD, y)], tone="faint", width=1)]
    parts += svg.lines(_PAD, y + 22, name, size=13.5, weight="600", leading=1.3)
    for at, (cell, text) in enumerate(zip(line, texts, strict=True)):
        x = _left(at) + 4
        parts += symbol(cell.symbol, x + 10, y + 19)
        parts.append(svg.words(x + 27, y + 24, str(cell.count), size=15, weight="600", tabular=True))
        if any(text):
            parts += svg.lines(x, y + 47, text, size=11.5, tone="soft", leading=_LINE / 11.5)
    return parts, y + height


def symbol(letter: str, x: float, y: float) -> list[str]:
    """One symbol, 20 px wide, centred on x, y. An unknown letter stands in a plain square."""
    n = svg.num
    if letter == "A":
        drawn, tone = svg.ring(x, y, 10, fill="ink"), "paper"
    elif letter == "S":
        drawn, tone = svg.ring(x, y, 9.2, fill="paper", line="ink", thick=1.6), "ink"
    elif letter == "D":
        drawn, tone = svg.shape(f"M{n(x)} {n(y - 11.5)} l11.5 11.5 l-11.5 11.5 l-11.5 -11.5 z", fill="paper",
                                line="accent", thick=2), "accent"
    elif letter == "N":
        drawn, tone = svg.box(x - 9.5, y - 9.5, 19, 19, fill="accent"), "paper"
    elif letter == "O":
        drawn, tone = svg.ring(x, y, 9.2, fill="paper", line="soft", dash="3 2.5"), "soft"
    elif letter == "?":
        drawn, tone = svg.stroke([(x - 8, y + 9), (x + 8, y + 9)], tone="soft", width=1.4), "soft"
    else:
        drawn, tone = svg.box(x - 9, y - 9, 18, 18, fill="paper", line="ink"), "ink"
    return [drawn, svg.words(x, y + 4.4, letter[:2], size=12.5, tone=tone, anchor="middle", weight="700")]


def _key(table: Sequence[Sequence[Cell]], y: float, total: float) -> tuple[list[str], float]:
    """The symbols that occur, each with its words, flowing in as many lines as they need."""
    used = {cell.symbol for line in table for cell in line}
    known = [letter for letter in SYMBOLS if letter in used] + sorted(used - set(SYMBOLS))
    parts: list[str] = []
    columns = max(1, int((total - 2 * _PAD) // 290))
    room = (total - 2 * _PAD) / columns - 40
    heights = 0.0
    for at, letter in enumerate(known):
        if at % columns == 0:
            y, heights = y + heights, 0.0
        text = wrap(SYMBOLS.get(letter, "see the table"), 12.5, room)
        x = _PAD + (total - 2 * _PAD) / columns * (at % columns)
        parts += symbol(letter, x + 12, y + 14)
        parts += svg.lines(x + 32, y + 18, text, size=12.5, tone="soft")
        heights = max(heights, 12 + 17 * len(text))
    return parts, y + heights + 8
