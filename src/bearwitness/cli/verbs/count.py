"""How many, by a rule that can be redone by hand.

  bearwitness count "killed ariha"
  bearwitness count "killed civilians six" --as-of 2015-12-01
  bearwitness count "killed six" --basis lead      the lead sources' own figures
  bearwitness count "killed ariha" --by sex,age    the people that the lists in people/ name, broken down
  bearwitness count A.csv B.xlsx --by sex,age      the same for lists by themselves, with no case
  bearwitness count A.csv B.xlsx --members         the rows behind every number
  bearwitness count                                what can be counted here

Broken down by: sex, age (--bands 0,5,18,60), day, month, year, place, province, incident, status, cause, list.
"""
from __future__ import annotations

import argparse
from pathlib import Path

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir
from bearwitness.cli.taken import take
from bearwitness.errors import InputError
from bearwitness.model.case import Case
from bearwitness.model.cells import BadCell
from bearwitness.reason.breakdown import conflicts
from bearwitness.reason.tally import UnknownCount, as_data, say_tally, tally
from bearwitness.tell.ground import arithmetic
from bearwitness.tell.refuse.stretch import split_words

_LISTS = (".csv", ".tsv", ".xlsx", ".xls", ".ods", ".json", ".gz")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", help='quantity, category and scope, as "killed civilians ariha"')
    parser.add_argument("--basis", choices=("tally", "lead"), default="tally", help="our tally, or lead figures")
    parser.add_argument("--as-of", default="", metavar="DATE", help="figures stated up to this day")
    parser.add_argument("--by", default="", metavar="NAME,...", help="break down the people named in casualty lists")
    parser.add_argument("--at", default="", metavar="RELEASE", help="people as they stood when it was made (release-1)")
    parser.add_argument("--bands", default="0,18", metavar="AGE,...", help="where age bands begin (0,18)")
    parser.add_argument("--judgements", action="append", default=[], metavar="FILE", help="an answered review.csv")
    parser.add_argument("--members", action="store_true", help="people of lists: the rows behind every number")
    parser.add_argument("--list", action="store_true", help="what can be counted here")


def run(args: argparse.Namespace) -> Outcome:
    names = [name.strip() for name in args.by.split(",") if name.strip()]
    if args.words and all(word.lower().endswith(_LISTS) for word in args.words):
        return _of_files(args, names)
    _not_given(args.judgements, "--judgements", "In a case, the answers are read from people/ with the lists. Put the "
               "answered file there.")
    taken, talk = take(case_dir(args))
    words = tuple(" ".join(args.words).strip("{}").split())
    if args.list or not words:
        return _listing(taken.case, talk)
    if words == ("interviews",):
        number = len(taken.case.notes)
        return Outcome({"quantity": "interviews", "min": number, "max": number, "open_top": False,
                        "members": [{"id": i} for i in taken.case.notes], "not_used": []},
                       [f"interviews: {number}"], [], talk)
    if names or args.at or args.members:
        from bearwitness.cli.verbs.count_people import of_case
        return of_case(case_dir(args), taken.case, words[-1], names, talk, bands=_bands(args.bands), release=args.at,
                       members=args.members)
    return explain(taken.case, words, args.basis, args.as_of, talk)


def _of_files(args: argparse.Namespace, names: list[str]) -> Outcome:
    """Lists by themselves. Raises InputError for what only a case can answer."""
    from bearwitness.cli.verbs.count_people import of_files
    fix = "Lists by themselves have no releases and no stated tolls. In a case: bearwitness count INCIDENT --at release-1"
    for option, given in (("--at", args.at), ("--as-of", args.as_of), ("--basis", args.basis != "tally")):
        _not_given(given, option, fix)
    return of_files([Path(word) for word in args.words], [Path(name) for name in args.judgements], names,
                    _bands(args.bands), members=args.members)


def _not_given(given: object, option: str, fix: str) -> None:
    if given:
        raise InputError(f"{option} cannot be used here, and nothing was counted.", where=option, fix=fix)


def _bands(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdigit() for part in parts) or (found := [int(part) for part in parts]) != sorted(set(found)):
        raise InputError(f"{text!r} are no ages at which bands begin.", where="--bands", fix="Write whole years, ascending: "
                         "--bands 0,5,18,60")
    return tuple(found)


def explain(case: Case, words: tuple[str, ...], basis: str, as_of: str, talk: list[str]) -> Outcome:
    """Count and say every step. Raises InputError for words the case does not know."""
    try:
        quantity, category, scope = split_words(words)
        when = case.config.reading.when(as_of) if as_of else None
        found = tally(case, quantity, category, scope, basis=basis, as_of=when)
        data = as_data(found)
        if found.parts:
            other = tally(case, quantity, category, scope, basis="lead" if basis == "tally" else "tally", as_of=when)
            civil = tally(case, quantity, "civilians", scope, basis=other.basis, as_of=when) if quantity == "killed" \
                and not category else None
            data[other.basis] = as_data(other) | ({"civilians": as_data(civil)} if civil else {})
    except (UnknownCount, BadCell) as why:
        raise InputError(str(why), where=" ".join(words), fix="bearwitness count --list says what can be counted.") from why
    lines = [f"{quantity} {category} {scope}".replace("  ", " ") + f": {say_tally(found)}"]
    lines += ["  " + step for step in arithmetic(case, found)[1:]]
    for name, values in conflicts(found.breakdowns):
        lines.append(f"  conflict, {name}: " + "; ".join(f"{value} ({case.tolls[ref].by}, {ref})"
                                                         for ref, value in values.items()))
    lines.append(f"  rule: {found.rule}")
    return Outcome(data, lines, [f"bearwitness show {found.members[0].id}"] if found.members else [], talk)


def _listing(case: Case, talk: list[str]) -> Outcome:
    rows = []
    for scope in (*case.incidents, *case.config.sets):
        found = tally(case, "killed", "", scope)
        rows.append({"count": f"killed {scope}", "words": say_tally(found)})
    return Outcome({"counts": rows}, [f"{r['count']}: {r['words']}" for r in rows] + [f"interviews: {len(case.notes)}"],
                   [], talk)
