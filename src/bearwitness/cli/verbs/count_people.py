"""Counting people of casualty lists, for the verb `count`: lists by themselves, or those in the people/ of a case."""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import plural
from bearwitness.errors import InputError
from bearwitness.intake.lists.folder import PEOPLE, lists_in
from bearwitness.intake.lists.told import FILE as COLUMNS
from bearwitness.link.people.judgements import Judgement, read
from bearwitness.link.people.spread import Effect
from bearwitness.link.people.written import questions
from bearwitness.model.case import Case
from bearwitness.reason.persons import People, may_belong, of_incidents, people, say
from bearwitness.reason.persons_bounds import Cell
from bearwitness.reason.persons_count import RULE, Line, PeopleTally, Person, Ref
from bearwitness.reason.persons_values import BANDS
from bearwitness.reason.tally import as_data, say_tally, tally
from bearwitness.seal import rolls
from bearwitness.seal.notebook import exists
from bearwitness.seal.rolls import Judged

ASKED = 3     # doubtful pairs that are printed, the most useful first; --json has them all
_APART = "lines need not add up to the whole: somebody in doubt may belong to either of two lines"


def of_files(files: Sequence[Path], judgements: Sequence[Path], names: Sequence[str], bands: Sequence[int] = BANDS,
             *, members: bool = False) -> Outcome:
    """Lists with no case. members: print the rows behind each number."""
    found = people(files, judgements)
    return _outcome(found, found.count(names, bands=bands), f"people named in {', '.join(path.name for path in files)}",
                    {}, [], [], f"bearwitness match people {' '.join(map(str, files))} --out DIR", members=members)


def of_case(case_dir: Path, case: Case, scope: str, names: Sequence[str], talk: list[str], *, bands: Sequence[int] = BANDS,
            release: str = "", members: bool = False) -> Outcome:
    """The lists of a case, for one incident or set, beside what speakers state; release: as they stood when it was made.

    members: print the rows behind each number."""
    incidents = [case.incidents[member] for member in case.members(scope)]
    if not incidents:
        raise InputError(f"There is no incident or set {scope!r}.", where=scope, fix="bearwitness count --list")
    found, called = _at(case_dir, release) if release else _now(case_dir, talk)
    spoken = [word for one in incidents for word in (one.name, one.name_local) if word]
    inside = of_incidents(found.rolls, [*spoken, *(one.id for one in incidents)])
    stated = tally(case, "killed", "", scope)
    lines = [f"  as it stood when {release} was made"] if release else \
        [f"  stated by speakers, killed {scope}: {say_tally(stated)} (beside the people named, never added to them)"]
    if not any(rows.any() for rows in inside.values()):
        lines.append(f"  No row of the lists gives {scope} as its incident. Write the incident's id or name in their column "
                     f'`incident`, or in people/columns.toml under the list:  incident = "{incidents[0].id}"')
    maybe = [f"{called.get(name, name)}:{row}" for name, row in
             may_belong(found.rolls, spoken, [one.when for one in incidents], inside)]
    if maybe:
        lines.append(f"  {len(maybe)} rows name no incident but its day and place, and are not counted: {_few(maybe)}")
    whole, top = found.count(within=inside).total, stated.value
    over = not release and top is not None and not top.open_top and whole.low > top.high
    if over and top is not None:
        lines.append(f"  The lists surely name more people than the highest figure stated: {whole.low:,} and {top.high:,}. "
                     "One of them is wrong, or they do not speak of the same.")
    more: dict[str, object] = {
        "lists": {known: name for name, known in called.items()}, "may_belong": maybe, "scope": scope,
        "more_than_stated": over,
        **({"as_of_release": release} if release else {"stated": as_data(stated)})}
    return _outcome(found, found.count(names, bands=bands, within=inside), f"people named for {scope}", more, lines, talk,
                    "bearwitness match people", called, members)


def _now(case_dir: Path, talk: list[str]) -> tuple[People, dict[str, str]]:
    """The lists as they lie in people/, on record; and the id of each."""
    lists, answers = lists_in(case_dir)
    if not lists:
        raise InputError("There are no casualty lists in people/ to break the count down by.",
                         where=str(case_dir / PEOPLE), fix="Put the lists there as they were delivered.")
    sealed = exists(case_dir)
    found = people(lists, answers, case_dir / ".bearwitness" / "cache" / "people" if sealed else None)
    total = found.count().total
    judged = [Judged(one.left, one.right, one.answer, one.by) for path in answers for one in read(path)]
    try:
        rolls.record(case_dir, judged, {"min": total.low, "best": total.best, "max": total.high})
    except InputError as why:      # media that cannot be written, or another program writing: counting goes on
        talk.append(f"Judgements and range were not recorded: {why.message}")
    return found, rolls.ids_of(case_dir) if sealed else {}


def _at(case_dir: Path, release: str) -> tuple[People, dict[str, str]]:
    """The lists and judgements that were on record when a release was made; and the id of each list."""
    then = rolls.as_it_stood(case_dir, release)
    with TemporaryDirectory(prefix="bearwitness-") as scratch:
        folder = Path(scratch)
        for name, data in then.files.items():
            (folder / name).write_bytes(data)
        lists = [folder / name for name in sorted(then.files) if name != COLUMNS]
        if not lists:
            raise InputError(f"No casualty list was sealed when {release} was made.", where="--at")
        given = [Judgement(min(one.left, one.right), max(one.left, one.right), one.answer, release, by=one.by)
                 for one in then.judged]
        return people(lists, given=given), then.ids


def _outcome(found: People, count: PeopleTally, title: str, more: dict[str, object], lines: list[str], talk: Sequence[str],
             ask: str, called: Mapping[str, str] = MappingProxyType({}), members: bool = False) -> Outcome:
    """called: what lists are called in answers, where they have an id."""
    def ref(row: Ref) -> str:
        return f"{called.get(row[0], row[0])}:{row[1]}"
    doubt = _doubt(found, count)
    said = [f"{title}: {say(count.total)}", *lines, *_lines(count, ref, members)]
    if doubt:
        said.append(f"  {plural(len(doubt), 'doubtful pair')} of rows widen it; the most useful to look at first:")
        said += [f"    {ref(a)} and {ref(b)}: one person with probability {chance:.2f}; an answer narrows the range by "
                 f"{effect.if_same} if same, {effect.if_different} if different" for a, b, chance, effect in doubt[:ASKED]]
    if not count.exact:
        said.append("  the ends are bounds: some knots of doubt are too large to try every way")
    said.append(f"  rule: {RULE}")
    data = {"quantity": "people named", **_figures(count.total), "rule": RULE, "exact": count.exact, **more,
            **_members(count, ref), "doubtful": [
                {"left": ref(a), "right": ref(b), "probability": chance, "narrows_if_same": effect.if_same,
                 "narrows_if_different": effect.if_different, "narrows_exact": effect.exact}
                for a, b, chance, effect in doubt], "notes": count.notes}
    read_so = [note if note.endswith(".") else f"{note}." for note in found.matched.notes]
    return Outcome(data, said, [ask] if doubt else [], [*talk, *read_so], 3 if doubt else 0)


def _by_cell(count: PeopleTally) -> dict[Cell, list[Person]]:
    found: dict[Cell, list[Person]] = {}
    for one in count.members:
        found.setdefault(one.cell, []).append(one)
    return found


def _lines(count: PeopleTally, ref: Callable[[Ref], str], members: bool) -> list[str]:
    """The table; under each line its members, where they are asked for; what a reader must know of it."""
    said, held = [], _by_cell(count)
    for line in count.lines or [count.total]:
        said += [f"  {_words(count, line.cell)}: {say(line)}"] if count.lines else []
        for one in held.get(line.cell, ()) if members else ():
            said.append(f"    {one.id or one.kind}: {', '.join(map(ref, one.rows))}")
    return said + [f"  {note}" for note in ([_APART] if _do_not_add(count) else []) + count.notes]


def _members(count: PeopleTally, ref: Callable[[Ref], str]) -> dict[str, object]:
    """The lines and their members, as data."""
    held = _by_cell(count)
    return {"by": [one.name for one in count.respects],
            "cells": [{**_answers(count, line.cell), **_figures(line),
                       "members": [one.id or ref(one.rows[0]) for one in held.get(line.cell, ())]} for line in count.lines],
            "members": [{"id": one.id, "kind": one.kind, "rows": [ref(row) for row in one.rows], "min": one.low,
                         "max": one.high} for one in count.members]}


def _doubt(found: People, count: PeopleTally) -> list[tuple[Ref, Ref, float, Effect]]:
    """The doubtful pairs of a count, the most useful question first; effects are on the range of all lists together."""
    inside = {(a, b): chance for a, b, chance in count.doubtful}
    linked = found.matched.linked
    held = linked.prepared

    def row(at: int) -> Ref:
        return held.lists[held.whose[at]], int(held.row[at])
    ends = [(row(int(linked.left[at])), row(int(linked.right[at])), effect) for at, effect in questions(linked)] \
        if inside else []
    return [(a, b, inside[a, b], effect) for a, b, effect in ends if (a, b) in inside]


def _do_not_add(count: PeopleTally) -> bool:
    """Whether the ends of the lines do not add up to those of the whole."""
    return bool(count.lines) and any(sum(getattr(line, end) for line in count.lines) != getattr(count.total, end)
                                     for end in ("low", "high"))


def _figures(line: Line) -> dict[str, object]:
    return {"min": line.low, "best": line.best, "max": line.high, "open_top": line.open_top}


def _answers(count: PeopleTally, cell: Cell) -> dict[str, str]:
    return {one.name: one.say(code) for one, code in zip(count.respects, cell, strict=True)}


def _words(count: PeopleTally, cell: Cell) -> str:
    return ", ".join(f"{name} {answer}" for name, answer in _answers(count, cell).items())


def _few(words: Sequence[str]) -> str:
    return ", ".join(words[:10]) + (" ..." if len(words) > 10 else "")
