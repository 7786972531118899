"""Counting people of casualty lists, for the verb `count`: lists by themselves, or those in the people/ of a case."""
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bearwitness.cli.output import Outcome
from bearwitness.errors import InputError
from bearwitness.link.people.judgements import read
from bearwitness.model.case import Case
from bearwitness.reason.persons import People, may_belong, of_incidents, people, say
from bearwitness.reason.persons_bounds import Cell
from bearwitness.reason.persons_count import RULE, Line, PeopleTally, Person
from bearwitness.reason.persons_values import BANDS
from bearwitness.reason.tally import as_data, say_tally, tally
from bearwitness.seal.rolls import Judged, record

ENDINGS = (".csv", ".tsv", ".xlsx", ".xls", ".ods", ".json", ".gz")


def lists_in(folder: Path) -> tuple[list[Path], list[Path]]:
    """(lists, answered reviews) of a folder `people/`."""
    there = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS) if folder.is_dir() else []
    answers = [path for path in there if path.name.startswith(("review", "judgements"))]
    return [path for path in there if path not in answers], answers


def of_files(files: Sequence[Path], judgements: Sequence[Path], names: Sequence[str], bands: Sequence[int] = BANDS
             ) -> Outcome:
    """Lists with no case."""
    found = people(files, judgements)
    return _outcome(found, found.count(names, bands=bands), f"people named in {', '.join(path.name for path in files)}",
                    {}, [], [], f"bearwitness match people {' '.join(map(str, files))} --out DIR")


def of_case(case_dir: Path, case: Case, scope: str, names: Sequence[str], talk: list[str], bands: Sequence[int] = BANDS
            ) -> Outcome:
    """The lists of a case, for one incident or set, beside what speakers state."""
    lists, answers = lists_in(case_dir / "people")
    if not lists:
        raise InputError("There are no casualty lists in people/ to break the count down by.",
                         where=str(case_dir / "people"), fix="Put the lists there as they were delivered.")
    incidents = [case.incidents[member] for member in case.members(scope)]
    if not incidents:
        raise InputError(f"There is no incident or set {scope!r}.", where=scope, fix="bearwitness count --list")
    found = people(lists, answers, case_dir / ".bearwitness" / "cache" / "people"
                   if (case_dir / ".bearwitness").is_dir() else None)
    put_on_record(case_dir, lists, answers, found)
    called = [word for one in incidents for word in (one.name, one.name_local) if word]
    inside = of_incidents(found.rolls, [*called, *(one.id for one in incidents)])
    stated = tally(case, "killed", "", scope)
    lines = [f"  stated by speakers, killed {scope}: {say_tally(stated)} (beside the people named, never added to them)"]
    if not any(rows.any() for rows in inside.values()):
        lines.append(f"  No row of the lists gives {scope} as its incident. Write the incident's id or name in their column "
                     f'`incident`, or in people/columns.toml under the list:  incident = "{incidents[0].id}"')
    if maybe := may_belong(found.rolls, called, [one.when for one in incidents], inside):
        lines.append(f"  {len(maybe)} rows name no incident but its day and place, and are not counted: "
                     + _few([f"{name}:{row}" for name, row in maybe]))
    return _outcome(found, found.count(names, bands=bands, within=inside), f"people named for {scope}",
                    {"stated": as_data(stated), "may_belong": [f"{name}:{row}" for name, row in maybe]}, lines, talk,
                    "bearwitness match people")


def put_on_record(case_dir: Path, lists: Sequence[Path], answers: Sequence[Path], found: People) -> list[str]:
    """Seal the lists of a case and what was judged about them, and the range they come to; returns what is new, in words."""
    total = found.count().total
    judged = [Judged(one.left, one.right, one.answer, one.by) for path in answers for one in read(path)]
    return record(case_dir, lists, judged, {"min": total.low, "best": total.best, "max": total.high})


def _outcome(found: People, count: PeopleTally, title: str, more: dict[str, object], lines: list[str],
             talk: Sequence[str], ask: str) -> Outcome:
    total, names = count.total, [one.name for one in count.respects]
    said = [f"{title}: {say(total)}", *lines]
    said += [f"  {_words(count, line.cell)}: {say(line)}" for line in count.lines]
    said += [f"  {note}" for note in count.notes]
    if count.doubtful:
        said.append(f"  {len(count.doubtful)} doubtful pairs of rows widen it; match people asks the most useful one first")
    if not count.exact:
        said.append("  the ends are bounds: some knots of doubt are too large to try every way")
    said.append(f"  rule: {RULE}")
    data = {"quantity": "people named", **_figures(total), "rule": RULE, "exact": count.exact, **more, "by": names,
            "cells": [{**_answers(count, line.cell), **_figures(line),
                       "members": [_who(one) for one in count.members if one.cell == line.cell]} for line in count.lines],
            "members": [{"id": one.id, "kind": one.kind, "rows": _refs(one), "min": one.low, "max": one.high}
                        for one in count.members],
            "doubtful": [{"left": f"{a[0]}:{a[1]}", "right": f"{b[0]}:{b[1]}", "probability": chance}
                         for a, b, chance in count.doubtful],
            "notes": count.notes}
    read_so = [note if note.endswith(".") else f"{note}." for note in found.matched.notes]
    return Outcome(data, said, [ask] if count.doubtful else [], [*talk, *read_so], 3 if count.doubtful else 0)


def _figures(line: Line) -> dict[str, object]:
    return {"min": line.low, "best": line.best, "max": line.high, "open_top": line.open_top}


def _answers(count: PeopleTally, cell: Cell) -> dict[str, str]:
    return {one.name: one.say(code) for one, code in zip(count.respects, cell, strict=True)}


def _words(count: PeopleTally, cell: Cell) -> str:
    return ", ".join(f"{name} {answer}" for name, answer in _answers(count, cell).items())


def _refs(one: Person) -> list[str]:
    return [f"{name}:{row}" for name, row in one.rows]


def _who(one: Person) -> str:
    return one.id or _refs(one)[0]


def _few(words: Sequence[str]) -> str:
    return ", ".join(words[:10]) + (" ..." if len(words) > 10 else "")
