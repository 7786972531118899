"""How many people no list names: every model's figure with its interval, and their disagreement.

  bearwitness estimate table.csv                    columns of 0/1 a list, and a count
  bearwitness estimate persons.csv --seed 7         rows of people, as `match people` writes them
  bearwitness estimate table.csv --copies A=B       list A was made from list B: refused, with the reason
  bearwitness estimate table.csv --incident ariha   the table speaks of one incident: refused

An estimate is never a tally. All models are printed, with lists, intervals and seed; one alone never is.
"""
from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bearwitness.cli.output import Outcome, write
from bearwitness.cli.run import case_dir, plural
from bearwitness.cli.taken import take
from bearwitness.errors import GroundsError, InputError
from bearwitness.link.origins import origins
from bearwitness.reason.unseen.grounds import hold
from bearwitness.reason.unseen.histories import Histories
from bearwitness.reason.unseen.linkage import linkage
from bearwitness.reason.unseen.linkage import words as who_is_who
from bearwitness.reason.unseen.reading import read_table
from bearwitness.reason.unseen.survey import ASSUMED, MODELS, Estimate, survey, words


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("table", help="a CSV or XLSX file: 0/1 for each list, and a count; or a row for each person")
    parser.add_argument("--model", default="all", help="all: every model is printed, none alone")
    parser.add_argument("--seed", type=int, default=1, help="whole number from 0; the same seed gives the same figures")
    parser.add_argument("--count", default="", metavar="COLUMN", help="the column of counts, where the table leaves a doubt")
    parser.add_argument("--copies", action="append", default=[], metavar="A=B", help="list A goes back to list B")
    parser.add_argument("--incident", default="", metavar="ID", help="the table speaks of this one incident")


def run(args: argparse.Namespace) -> Outcome:
    _asked(args)
    read = read_table(Path(args.table), args.count)
    table, where = read.table, Path(args.table).name
    copies = [*_told(args.copies, table), *_in_case(args, table)]
    alike = [str(pair) for pair in hold(table, where, copies, args.incident or read.incident)]
    quiet = args.json or not sys.stderr.isatty()
    found = survey(table, args.seed, (lambda _: None) if quiet else (lambda text: write(sys.stderr, text)))
    said, doubt = words(found), linkage(Path(args.table), table)
    data = {"table": where, "lists": list(table.lists), "seed": args.seed, "observed": table.seen,
            "on_list": {name: table.on(j) for j, name in enumerate(table.lists)},
            "models": [one.as_data() for one in found], "disagreement": said, "assumes": ASSUMED,
            "who_is_who": {"words": who_is_who(doubt), **(doubt.as_data() if doubt else {})},
            "notes": list(table.notes), "warnings": alike, "not_a_tally": "An estimate is not a count and joins no tally."}
    look = any(one.estimate is None for one in found)
    lines = _lines(table, args.seed, found, [said, ASSUMED, *who_is_who(doubt)], alike)
    return Outcome(data, lines, [], exit=3 if look else 0)


def _asked(args: argparse.Namespace) -> None:
    if args.seed < 0:
        raise InputError("the seed is below zero", where="--seed", fix="Give a whole number from 0, such as --seed 1.")
    if args.model in MODELS:
        raise GroundsError(f"the figure of {args.model} is not printed without the others", where="--model", code="R25",
                           fix="Run it with --model all: models that fit one table equally well can differ by half.")
    if args.model != "all":
        raise InputError(f"there is no model {args.model!r}", where="--model", fix="--model all runs " + ", ".join(MODELS))


def _told(copies: list[str], table: Histories) -> list[tuple[str, str, str]]:
    """The pairs of --copies A=B that stand in the table."""
    by_name = {name.casefold(): name for name in table.lists}
    found = []
    for pair in copies:
        one, sign, two = (part.strip() for part in pair.partition("="))
        for name in (one, two):
            if not sign or name.casefold() not in by_name:
                raise InputError(f"{name or pair!r} is no list of this table", where=f"--copies {pair}",
                                 fix="Write --copies A=B with two of: " + ", ".join(table.lists))
        found.append((by_name[one.casefold()], by_name[two.casefold()], f"{one} goes back to {two}, as --copies says"))
    return found


def _in_case(args: argparse.Namespace, table: Histories) -> list[tuple[str, str, str]]:
    """Lists whose sources share an origin in the case, with the reason; a list is a source by its id or its name."""
    folder = case_dir(args)
    if not (folder / "case.toml").is_file():
        return []
    case = take(folder, write=False)[0].case
    ids = {word.casefold(): source.id for source in case.sources.values() for word in (source.id, source.name)}
    speaks = {ids[name.casefold()]: name for name in table.lists if name.casefold() in ids}
    return [(speaks[m.a], speaks[m.b], m.why + " (sources.csv)") for m in origins(case, speaks).merges]


def _lines(table: Histories, seed: int, found: list[Estimate], said: list[str], alike: list[str]) -> list[str]:
    lines = [f"ESTIMATES, not counts. {plural(len(table.lists), 'list')}: "
             + ", ".join(f"{name} ({table.on(j):,})" for j, name in enumerate(table.lists))
             + f"; {table.seen:,} people on one or more. Seed {seed}.", "",
             f"  {'model':<24}{'estimate':>12}   95 % interval"]
    for one in found:
        lines += _row(one)
    lines += ["", *said]
    lines += [f"Note: {note}." for note in table.notes]
    return lines + [f"Look: {pair}." for pair in alike]


def _row(one: Estimate) -> list[str]:
    if one.estimate is None or one.low is None or one.high is None:
        return [f"  {one.model:<24}{'no figure':>12}   {one.reason}"]
    lines = [f"  {one.model:<24}{one.estimate:>12,.0f}   {one.low:,.0f} to {one.high:,.0f}   ({one.interval})"]
    if drawn := one.about.get("bootstrap"):
        lines.append(f"  {'':<24}{'':>12}   {drawn['low']:,.0f} to {drawn['high']:,.0f}   ({drawn['kind']})")
    if near := one.about.get("near"):
        lines.append(f"  {'':<24}{'':>12}   {near['low']:,.0f} to {near['high']:,.0f}   (figures of the "
                     f"{near['models']} models that fit nearly as well)")
    if "r_hat" in one.about:
        lines.append(f"  {'':<24}{'':>12}   {one.about['chains']} chains, R-hat {one.about['r_hat']:.3f}, "
                     f"{min(one.about['effective_draws'].values()):,} effective draws or more behind each number")
    return lines
