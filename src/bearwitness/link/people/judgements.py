"""What people answered about pairs: same, different or unsure; read from `review.csv`, whatever the order.

Judgements are facts about rows (a list's name and a row's number). Same is passed on: if a is b and b is c, a is c. A
judgement of *different* inside such a chain is a contradiction, and is told with the whole chain.
"""
from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bearwitness.errors import BadTable, InputError

Row = tuple[str, int]
SAME, DIFFERENT, UNSURE = "same", "different", "unsure"
_WORDS = {SAME: SAME, "s": SAME, "yes": SAME, "y": SAME, "نفس الشخص": SAME, "نعم": SAME, "так": SAME, "да": SAME,
          DIFFERENT: DIFFERENT, "d": DIFFERENT, "no": DIFFERENT, "n": DIFFERENT, "مختلف": DIFFERENT, "لا": DIFFERENT,
          "ні": DIFFERENT, "нет": DIFFERENT,
          UNSURE: UNSURE, "u": UNSURE, "?": UNSURE, "maybe": UNSURE, "غير متأكد": UNSURE}
_NEEDED = ("left_list", "left_row", "right_list", "right_row", "answer")


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """left < right. where: the file and line it was read from. says: how the two rows read when it was given. by: a role."""

    left: Row
    right: Row
    answer: str
    where: str = ""
    says: tuple[str, str] = ("", "")
    by: str = ""


def read(path: Path) -> list[Judgement]:
    """Answers of one file; rows left empty are no answers. Raises BadTable for an answer or a row that is not one."""
    try:
        lines = path.read_text("utf-8-sig").splitlines(keepends=True)
    except (OSError, UnicodeDecodeError) as why:
        raise InputError(f"I cannot read the judgements: {why}.", where=str(path), fix="Save it as CSV in UTF-8.") from why
    dialect = ";" if lines and lines[0].count(";") > lines[0].count(",") else ("\t" if lines and "\t" in lines[0] else ",")
    reader = csv.DictReader(lines, delimiter=dialect)
    missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        raise BadTable(f"the judgements have no column {', '.join(missing)}", where=str(path),
                       fix="Answer in the review.csv that match people wrote, and keep its columns.")
    return [found for line, cells in enumerate(reader, 2) if (found := _one(cells, f"{path.name}:{line}")) is not None]


def _one(cells: dict[str, str | None], where: str) -> Judgement | None:
    said = (cells.get("answer") or "").strip().lower()
    if not said:
        return None
    if said not in _WORDS:
        raise BadTable(f"the answer {said[:40]!r} is none of same, different, unsure", where=where,
                       fix="Write one of the three, or leave it empty.")
    rows = []
    for side in ("left", "right"):
        number = (cells.get(f"{side}_row") or "").strip()
        if not number.isascii() or not number.isdigit():
            raise BadTable(f"{number[:40]!r} is not the number of a row", where=where,
                           fix="Keep the columns as they were written.")
        rows.append((((cells.get(f"{side}_list") or "").strip(), int(number)), (cells.get(side) or "").strip()))
    rows.sort()
    if rows[0][0] == rows[1][0]:
        raise BadTable("a row is judged against itself", where=where, fix="Name two rows.")
    return Judgement(rows[0][0], rows[1][0], _WORDS[said], where, (rows[0][1], rows[1][1]), (cells.get("by") or "").strip())


def settled(judgements: Iterable[Judgement]) -> list[Judgement]:
    """One judgement per pair, ascending; `unsure` yields to an answer.

    Raises InputError, naming the chain, where judgements contradict each other.
    """
    by_pair: dict[tuple[Row, Row], Judgement] = {}
    for one in sorted(judgements):
        held = by_pair.get((one.left, one.right))
        if held is None or held.answer == UNSURE:
            by_pair[one.left, one.right] = one
        elif UNSURE not in (one.answer, held.answer) and one.answer != held.answer:
            raise _contradiction([held], one)
    links: dict[Row, list[tuple[Row, Judgement]]] = {}
    for one in by_pair.values():
        if one.answer == SAME:
            links.setdefault(one.left, []).append((one.right, one))
            links.setdefault(one.right, []).append((one.left, one))
    for one in by_pair.values():
        if one.answer == DIFFERENT and (chain := _chain(links, one.left, one.right)):
            raise _contradiction(chain, one)
    return sorted(by_pair.values())


def _chain(links: dict[Row, list[tuple[Row, Judgement]]], start: Row, end: Row) -> list[Judgement]:
    """The shortest chain of `same` from one row to another; empty where there is none."""
    came: dict[Row, tuple[Row, Judgement] | None] = {start: None}
    todo = deque([start])
    while todo and end not in came:
        row = todo.popleft()
        for other, by in sorted(links.get(row, [])):
            if other not in came:
                came[other] = (row, by)
                todo.append(other)
    chain: list[Judgement] = []
    at = came.get(end)
    while at is not None:
        chain.append(at[1])
        at = came[at[0]]
    return chain[::-1]


def name(row: Row) -> str:
    return f"{row[0]}:{row[1]}"


def _contradiction(chain: list[Judgement], against: Judgement) -> InputError:
    told = "; ".join(f"{name(one.left)} is {name(one.right)} ({one.where})" if one.answer == SAME else
                     f"{name(one.left)} is not {name(one.right)} ({one.where})" for one in chain)
    verb = "is not" if against.answer == DIFFERENT else "is"
    return InputError(f"Judgements contradict each other: {told}; but {name(against.left)} {verb} {name(against.right)} "
                      f"({against.where}).", where=against.where,
                      fix="Withdraw one of them: clear its answer. Nothing was changed; the lists are as they were.")
