"""The tables of BENCHMARKS.md on linking people: ours, other ways and the best possible, from the lines in proof/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from proof import last

Line = dict[str, Any]


def page() -> list[str]:
    return [*families(), *sets()]


def head(title: str, row: dict[str, object], words: str) -> list[str]:
    told = f"{str(row['date'])[:10]}, commit `{str(row['commit'])[:12]}`, `{row['command']}`. {words}"
    return [f"## {title}", "", told, ""]


def spanned(lines: list[Line], value: Callable[[Line], float], digits: int) -> str:
    """Lowest to highest of some lines; one number where they are one."""
    found = sorted(value(line) for line in lines)
    low, high = (f"{found[at]:.{digits}f}" for at in (0, -1))
    return low if low == high else f"{low} to {high}"


def families() -> list[str]:
    """Families killed together: every way, by size of the list, over the seeds."""
    row = last("bench-linkage")
    if row is None:
        return ["Linking families killed together: not measured yet.", ""]
    lines: list[Line] = list(row["results"])  # type: ignore[call-overload]
    out = head("Linking people: families killed together", row, (
        "Lists in which four people in ten share father, family name, place and day with others, and three rows in ten "
        "are damaged reports of somebody. Lowest to highest over the seeds. The generator's own likelihood is the best "
        "that anybody could do who knew every rate, every name and every way of misspelling; the line under it knows the "
        "rates alone. Its width is that of a range of 95 %."))
    out += ["| rows (seeds) | way | precision | recall | F1 | false pairs per 1,000 people | width, % of the people |",
            "|---|---|--:|--:|--:|--:|--:|"]
    for rows in dict.fromkeys(line["rows"] for line in lines):
        for way in dict.fromkeys(line["way"] for line in lines):
            found = [line for line in lines if line["rows"] == rows and line["way"] == way]
            if found:
                cells = [spanned(found, lambda line, key=key: line[key], 4) for key in ("precision", "recall", "f1")]
                width = spanned(found, lambda line: 100 * line["width"], 2) if "width" in found[0] else ""
                out.append(f"| {rows:,} ({len(found)}) | {way} | {' | '.join(cells)} | "
                           f"{spanned(found, lambda line: line['false_per_1000'], 2)} | {width} |")
    ours = [line for line in lines if "holds" in line]
    many, held, kept = len(ours), sum(line["holds"] for line in ours), sum(line["met"] for line in ours)
    told = (f"Candidate pairs: recall {spanned(ours, lambda line: line['candidate_recall'], 4)} at "
            f"{spanned(ours, lambda line: line['candidates_a_row'], 1)} candidates a row. The range of people held the "
            f"truth in {held} of {many} lists. The goals (zone same: F1 at least 0.95, one false pair per 1,000 people at "
            "most; candidates: recall 0.98 at 100 a row at most; the truth in the range) are kept on "
            f"{kept} of {many} lists.")
    out += ["", told, ""]
    return out


def sets() -> list[str]:
    """General sets of record linkage, which know nothing of families."""
    row = last("bench-linkage-sets")
    if row is None:
        return ["Linking general sets: not measured yet.", ""]
    lines: list[Line] = list(row["results"])  # type: ignore[call-overload]
    out = head("Linking people: general test sets", row, (
        "Names, date of birth and town alone. Splink is set up as its documentation does it. Goal: F1 of pairs more likely "
        "than not at or above Splink's (to 0.002)."))
    out += ["| set | way | precision | recall | F1 | goal |", "|---|---|--:|--:|--:|---|"]
    for line in lines:
        goal = {True: "met", False: "**missed**", None: ""}[line.get("met")]
        out.append(f"| {line['set']} ({line['rows']:,}) | {line['way']} | {line['precision']:.4f} | {line['recall']:.4f} | "
                   f"{line['f1']:.4f} | {goal} |")
    return [*out, ""]


def found() -> list[str]:
    """What the runs came to whose cost was measured."""
    row = last("bench-linkage-speed")
    lines: list[Line] = list(row["results"]) if row else []  # type: ignore[call-overload]
    told = [f"- {line['what']}: {line['found']}" for line in lines if line.get("found")]
    words = "The limit is the bare blocking joins in DuckDB: ten keys, values as they stand. What these runs found:"
    return [words, "", *told, ""] if told else []
