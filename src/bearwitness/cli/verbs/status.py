"""What is there, what changed since it was last taken in, and what is next. Writes nothing."""
from __future__ import annotations

import argparse

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir, plural
from bearwitness.cli.taken import NOT_SEALED
from bearwitness.reason.discrepancies import find
from bearwitness.reason.standards import standard_of
from bearwitness.reason.tally import say_tally, tally
from bearwitness.seal.takein import Taken, take_in
from bearwitness.tell.stage import check

ONE = {"searches": "search"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(args: argparse.Namespace) -> Outcome:
    taken = take_in(case_dir(args), write=False)
    case = taken.case
    shelves = {name: len(getattr(case, name)) for name in ("incidents", "sources", "documents", "exhibits", "tolls",
                                                           "assertions", "claims", "findings", "notes", "searches")}
    said = [f"{n} {word if n != 1 else ONE.get(word, word[:-1])}" for word, n in shelves.items() if n]
    lines = [case.config.title, "  " + " \u00b7 ".join(said)]
    lines += [f"  {i.name}: killed {say_tally(tally(case, 'killed', '', i.id))}" for i in case.incidents.values()]
    lines += _seal(taken)
    disagree = find(case, standard_of(case))
    if taken.case.tolls or taken.case.assertions:
        lines.append(f"The records disagree in {plural(len(disagree), 'place')}:" if disagree else
                     "The rules found no records that disagree.")
    lines += [f"  {d.title}: {d.words}" for d in disagree]
    lines += [f"Question: {q.where}: {q.text}" for q in taken.folder.questions]
    faults = {name: len(check(taken, name)[1]) for name in taken.folder.drafts}
    lines += [f"{name}: {plural(n, 'refusal')}" for name, n in faults.items()]
    data = {"counts": shelves, "changed": dict(taken.changed), "drafts": faults,
            "sealed": taken.head is not None, "unsealed": taken.head.unsealed if taken.head else None,
            "questions": [{"where": q.where, "text": q.text} for q in taken.folder.questions],
            "discrepancies": [{"kind": d.kind, "title": d.title, "words": d.words, "refs": list(d.refs), "code": d.code}
                              for d in disagree]}
    return Outcome(data, lines, _next(taken, faults))


def _seal(taken: Taken) -> list[str]:
    if taken.head is None:
        return [NOT_SEALED]
    changed = ", ".join(f"{n} {what}" for what, n in taken.changed.items())
    lines = [f"Sealed: {taken.head.size} log {'entry' if taken.head.size == 1 else 'entries'}, "
             f"{taken.head.unsealed} not yet under a signature; key {taken.head.key[:16]}"
             + (" (made for a demonstration)" if taken.head.demo else "")]
    return lines + ([f"Changed in the files and not taken in yet: {changed}"] if changed else [])


def _next(taken: Taken, faults: dict[str, int]) -> list[str]:
    if taken.head is None:
        return ["bearwitness init ."]
    if not taken.case.incidents or not taken.folder.drafts:
        return ["write sources.csv, incidents.csv and report/briefing.md, then: bearwitness check"]
    return ["bearwitness check"] if any(faults.values()) else ["bearwitness report", "bearwitness publish --check"]
