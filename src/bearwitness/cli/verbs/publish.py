"""Write and seal a release: out/release-N with the page, the PDF, the data and verify.py.

  bearwitness publish --check       say what stops it, and write nothing
  bearwitness publish
"""
from __future__ import annotations

import argparse
from datetime import date

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir, plural
from bearwitness.cli.taken import take
from bearwitness.cli.verbs.check import as_data, say
from bearwitness.errors import InputError
from bearwitness.tell.stage import preview, publish


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", default="", help="the draft (default: report/briefing.md)")
    parser.add_argument("--check", action="store_true", help="say what stops it, and write nothing")
    parser.add_argument("--date", default="", metavar="DAY", help="the release date, as 2015-12-23 (default: today)")


def run(args: argparse.Namespace) -> Outcome:
    case = case_dir(args, args.file)
    taken, talk = take(case)
    if args.check:
        report, _, _ = preview(taken, args.file)
        refused = [f for f in report.faults if f.weight != "warning"]
        lines = [line for f in refused for line in say(f)]
        lines.append(f"Not ready: {plural(len(refused), 'thing')} stop publication." if refused else
                     "Ready: nothing stops publication.")
        return Outcome({"faults": [as_data(f) for f in refused]}, lines, [] if refused else ["bearwitness publish"],
                       talk, exit=3 if refused else 0, ok=not refused)
    done = publish(taken, case, file=args.file, day=_day(args.date), actor=args.actor)
    report = done.report
    lines = [f"Release {done.number}: {done.folder}",
             f"  {plural(len(report.notes), 'stretch').replace('stretchs', 'stretches')} of text, each with its grounds; "
             f"{report.plain_spans} of them said openly as context or method.",
             f"  {plural(done.files, 'file')}, sealed. Anybody can check it: python3 -I verify.py"]
    return Outcome({"release": done.number, "folder": str(done.folder), "files": done.files,
                    "notes": len(report.notes), "plain": report.plain_spans}, lines,
                   [f"bearwitness verify {done.folder}"], talk)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError as why:
        raise InputError(f"{text!r} is not a date.", where="--date", fix="Write it as 2015-12-23.") from why
