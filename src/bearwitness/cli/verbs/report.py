"""Write a preview of a draft, marked DRAFT, with its faults in the margin.

  bearwitness report                              out/preview/index.html and data/
  bearwitness report --pdf                        the PDF too
  bearwitness report --explain "killed ariha"     the arithmetic of one number
  bearwitness report --watch                      in the browser beside the text, as you write
"""
from __future__ import annotations

import argparse

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir, plural
from bearwitness.cli.taken import take
from bearwitness.cli.verbs.check import as_data, say


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", default="", help="the draft (default: report/briefing.md)")
    parser.add_argument("--explain", default="", metavar="COUNT", help='the steps of one number, as "killed ariha"')
    parser.add_argument("--pdf", action="store_true", help="write the PDF too")
    parser.add_argument("--watch", action="store_true", help="serve the preview on this machine while you write")
    parser.add_argument("--port", type=int, default=0, help="port of --watch (default: any free one)")
    parser.add_argument("--no-open", action="store_true", help="--watch: do not open a browser")


def run(args: argparse.Namespace) -> Outcome:
    case = case_dir(args, args.file)
    if args.watch:
        from bearwitness.web.watch import watch
        return Outcome(lines=[watch(case, args.file, port=args.port, browser=not args.no_open)])
    taken, talk = take(case)
    if args.explain:
        from bearwitness.cli.verbs.count import explain
        return explain(taken.case, tuple(args.explain.strip("{}").split()), "tally", "", talk)
    from bearwitness.tell.stage import preview, write_preview
    report, _, on = preview(taken, args.file)
    out = taken.folder.path / "out" / "preview"
    written = write_preview(report, on, out, pdf=args.pdf)
    refused = [f for f in report.faults if f.weight != "warning"]
    lines = [line for fault in report.faults for line in say(fault)]
    lines += [f"Wrote {out / 'index.html'} and {plural(len(written) - 1, 'file')} beside it: "
              f"{plural(len(report.notes), 'stretch').replace('stretchs', 'stretches')}, {plural(len(refused), 'refusal')}."]
    return Outcome({"out": str(out), "files": [str(p) for p in written], "notes": len(report.notes),
                    "faults": [as_data(f) for f in report.faults], "plain": report.plain_spans}, lines,
                   ["bearwitness publish --check"], talk, exit=3 if refused else 0, ok=not refused)
