"""The same people in several casualty lists, with reasons; or our incidents in a database of others.

  bearwitness match people A.csv B.xlsx --out DIR                 pairs.csv, persons.csv, review.csv
  bearwitness match people A.csv --out DIR                        people reported twice in one list
  bearwitness match people A.csv B.csv --out DIR --judgements DIR/review.csv
  bearwitness match people A.csv B.csv --explain A.csv:12 B.csv:7 why these two are, or are not, one person
  bearwitness match incidents EVENTS.csv --out DIR                our incidents beside an event database

Answer `same`, `different` or `unsure` in review.csv, in any spreadsheet, and hand it back: the first question there
narrows the range most. Inside a case, the lists in people/ are taken where none is named.
"""
from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bearwitness.cli.output import Outcome, write
from bearwitness.cli.run import case_dir, plural
from bearwitness.errors import InputError
from bearwitness.intake.lists.folder import PEOPLE, lists_in

if TYPE_CHECKING:      # arrays and models are loaded only once people are matched
    from bearwitness.link.people.engine import Prepared
    from bearwitness.link.people.matching import Matched


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("people", "incidents"), help="what is matched")
    parser.add_argument("files", nargs="*", metavar="FILE", help="lists, or one event database")
    parser.add_argument("--out", metavar="DIR", help="the folder the answers are written to")
    parser.add_argument("--judgements", action="append", default=[], metavar="FILE", help="an answered review.csv")
    parser.add_argument("--explain", nargs=2, metavar="LIST:ROW", help="the reasons of one pair; writes nothing")
    parser.add_argument("--no-repeats", action="append", default=[], metavar="LIST",
                        help="its owner removed repeats: two of its rows are never joined without a judgement")
    parser.add_argument("--as-case", metavar="DIR", help="incidents: write the database as a case of its own")
    parser.add_argument("--read-on", default="", metavar="DATE", help="incidents: the day the database was read")


def run(args: argparse.Namespace) -> Outcome:
    return _incidents(args) if args.what == "incidents" else _people(args)


def _incidents(args: argparse.Namespace) -> Outcome:
    from bearwitness.cli.verbs import match_incidents
    if len(args.files) != 1 or len(args.judgements) > 1:
        raise InputError("match incidents takes one file, and one file of judgements.", where="match incidents")
    return match_incidents.run(case_dir(args), Path(args.files[0]), out=Path(args.out) if args.out else None,
                               judgements=Path(args.judgements[0]) if args.judgements else None,
                               as_folder=Path(args.as_case) if args.as_case else None, read_on=args.read_on)


def _people(args: argparse.Namespace) -> Outcome:
    from bearwitness.link.people.explain import explain, lines
    from bearwitness.link.people.matching import match
    from bearwitness.link.people.written import write as write_down
    lists, out, given = _where(args)
    if out is None and not args.explain:
        raise InputError("Where should the answers go?", where="--out", fix="bearwitness match people A.csv B.csv --out DIR")
    quiet = args.json or not sys.stderr.isatty()
    found = match(lists, judgements=given, clean=frozenset(args.no_repeats), folder=out,
                  say=(lambda _: None) if quiet else (lambda text: write(sys.stderr, f"  {text}")))
    if args.explain:
        pair = explain(found.linked, _row(args.explain[0]), _row(args.explain[1]))
        data = {"left": pair.left, "right": pair.right, "zone": pair.zone, "probability": pair.probability,
                "note": pair.note, "kinds": pair.kinds,
                "steps": [{"what": s.what, "factor": s.factor, "chance": s.chance} for s in pair.steps]}
        return Outcome(data, lines(pair))
    if out is not None:
        write_down(out, found.linked, found.apart, found.says)
    return _summary(found, out or Path())


def _where(args: argparse.Namespace) -> tuple[list[Path], Path | None, list[Path]]:
    """The lists, the folder for answers, and the files of judgements; those of the case where none is named."""
    lists, given = [Path(name) for name in args.files], [Path(name) for name in args.judgements]
    out = Path(args.out) if args.out else None
    if not lists:
        lists, answers = lists_in(case_dir(args))
        given = given or answers
        out = out or (case_dir(args) / "out" / PEOPLE if lists else None)
    return lists, out, given


def _row(text: str) -> tuple[str, int]:
    name, colon, number = text.rpartition(":")
    if not colon or not number.isdigit():
        raise InputError(f"{text!r} names no row.", where="--explain", fix="Write the list and the row, as A.csv:12.")
    return Path(name).name, int(number)


def _summary(found: Matched, out: Path) -> Outcome:
    from bearwitness.link.people.written import questions
    from bearwitness.link.people.zones import REPEATS, ZONES
    linked, held = found.linked, found.linked.prepared
    zone = linked.zoned.zone
    by_zone = {name: int((zone == at).sum()) for at, name in enumerate(ZONES)}
    span = found.range
    unnamed = found.unnamed.total()
    families = len(found.apart) - unnamed
    data = {"lists": {name: int(size) for name, size in zip(held.lists, _sizes(held), strict=True)}, "rows": len(held),
            "candidates": held.candidates, "pairs": by_zone, "persons": {"min": span.low, "best": found.best,
            "max": span.high, "min_is_exact": span.exact, "min_allows_for": linked.allowance},
            "unidentified": unnamed, "groups": families,
            "repeats": {name: round(share, 4) for name, share in held.repeats.items()}, "notes": found.notes,
            "files": [str(out / name) for name in ("pairs.csv", "persons.csv", "review.csv")]}
    bodies = f" and {plural(unnamed, 'row')} without a name" if unnamed else ""
    lines = [f"{plural(len(held), 'row')} of named people{bodies} in {plural(len(held.lists), 'list')}: "
             f"{_range(span.low, span.high)} (most likely {found.best:,})."]
    lines += [f"  {by_zone['same']:,} pairs are the same person, {by_zone['review']:,} are for a person to look at."]
    if linked.allowance:
        lines.append(f"  The lower figure allows for {plural(linked.allowance, 'pair')} taken for different people.")
    if len({held.company[at] for at in set(held.whose.tolist())}) > 1:
        lines.append("  Some lists share neither place nor day nor both father's and family name, so nothing tells "
                     "namesakes apart: the lower figure is that of the lists that do, or of the longest list.")
    if not span.exact:
        lines.append("  The lower figure is a bound: some knots of doubt are too large to try every way.")
    if unnamed:
        lines.append("  Without a name: joined with nobody; in the upper figure each is one person more.")
    if families:
        lines.append(f"  Kept apart: {plural(families, 'row')} for several people; `count` adds them, these figures do not.")
    if len(held.lists) > 1:
        for name, share in held.repeats.items():
            word = "" if share >= REPEATS else "; it looks free of repeats, and two rows of it are never joined unasked"
            lines.append(f"  {name}: about {share:.1%} of its rows repeat another{word}.")
    nexts = []
    asked = questions(linked)[:1]
    for at, effect in asked:
        nexts = [f"answer {out / 'review.csv'} and run again with --judgements {out / 'review.csv'}"]
        narrows = effect.expected(float(linked.probability[at]))
        lines.append(f"  The first question narrows the range by {narrows:.1f} on average.")
    return Outcome(data, lines, nexts, [f"{note.rstrip('.')}." for note in found.notes], exit=3 if asked else 0)


def _sizes(held: Prepared) -> list[int]:
    return [int((held.whose == at).sum()) for at in range(len(held.lists))]


def _range(low: int, high: int) -> str:
    return f"{low:,} people" if low == high else f"{low:,} to {high:,} people"
