"""Counting people of casualty lists, for the verb `count`: lists by themselves, or those in the people/ of a case."""
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bearwitness.cli.output import Outcome
from bearwitness.errors import InputError
from bearwitness.intake.lists.words import plain
from bearwitness.model.case import Case
from bearwitness.reason.persons import Persons, by, choose, persons, whole
from bearwitness.reason.tally import say_tally, tally

ENDINGS = (".csv", ".tsv", ".xlsx", ".xls", ".ods", ".json", ".gz")


def lists_in(folder: Path) -> tuple[list[Path], list[Path]]:
    """(lists, answered reviews) of a folder `people/`."""
    there = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS) if folder.is_dir() else []
    answers = [path for path in there if path.name.startswith(("review", "judgements"))]
    return [path for path in there if path not in answers], answers


def of_files(files: Sequence[Path], judgements: Sequence[Path], names: Sequence[str]) -> Outcome:
    """Lists with no case."""
    found = persons(files, judgements)
    return _outcome(found, names, f"people named in {', '.join(path.name for path in files)}", {}, [])


def of_case(case_dir: Path, case: Case, scope: str, names: Sequence[str], talk: list[str]) -> Outcome:
    """The lists of a case, for one incident or set, beside what speakers state."""
    lists, answers = lists_in(case_dir / "people")
    if not lists:
        raise InputError("There are no casualty lists in people/ to break the count down by.",
                         where=str(case_dir / "people"), fix="Put the lists there as they were delivered.")
    members = case.members(scope)
    if not members:
        raise InputError(f"There is no incident or set {scope!r}.", where=scope, fix="bearwitness count --list")
    wanted = {plain(word) for member in members for word in (member, case.incidents[member].name,
                                                              case.incidents[member].name_local) if word}
    everybody = persons(lists, answers, case_dir / ".bearwitness" / "cache" / "people"
                        if (case_dir / ".bearwitness").is_dir() else None)
    found = choose(everybody, lambda person: plain(person.says["incident"]) in wanted)
    stated = tally(case, "killed", "", scope)
    lines = [f"Stated by speakers, killed {scope}: {say_tally(stated)} (never added to the people named)"]
    if not found.people:
        lines.append(f"No row of the lists gives {scope} as its incident: write the incident's id or name in their column "
                     "`incident`.")
    return _outcome(found, names, f"people named for {scope}", {"stated": say_tally(stated)}, lines, talk)


def _outcome(found: Persons, names: Sequence[str], title: str, more: dict[str, str], lines: list[str],
             talk: Sequence[str] = ()) -> Outcome:
    total = whole(found)
    at = {person.number: person for person in found.people}
    rows = by(found, names) if names else []
    said = [f"{title}: {total.words()}", *lines]
    said += [f"  {', '.join(f'{name} {answer}' for name, answer in zip(names, key, strict=True))}: {figure.words()}"
             for key, figure in rows]
    unnamed = sum(map(len, found.unnamed.values()))
    if unnamed:
        said.append(f"  {unnamed} rows without a name: counted into the most, and into the least only beside the names of "
                    "their own list.")
    if found.several:
        said.append(f"  {len(found.several)} rows name several people at once: counted into the most only.")
    if found.doubtful:
        said.append(f"  {len(found.doubtful)} doubtful pairs make the width; match people asks the most useful one first.")
    data = {"quantity": "people named", "min": total.low, "best": total.best, "max": total.high, "open_top": total.open_top,
            **more, "by": list(names),
            "cells": [{**dict(zip(names, key, strict=True)), "min": figure.low, "best": figure.best, "max": figure.high,
                       "members": figure.members} for key, figure in rows],
            "members": [{"person": number, "rows": [f"{name}:{row}" for name, row in at[number].rows]}
                        for number in total.members],
            "unnamed": unnamed, "several": len(found.several), "doubtful_pairs": len(found.doubtful)}
    return Outcome(data, said, ["bearwitness match people LISTS --out DIR"] if found.doubtful else [],
                   [*talk, *(f"{note}." for note in found.notes)], 3 if found.doubtful else 0)
