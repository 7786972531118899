"""What a refusal means (why, an example, how it is mended), or what a verb does.

  bearwitness help R26
  bearwitness help init
  bearwitness help            all codes
"""
from __future__ import annotations

import argparse
import importlib

from bearwitness.cli.main import VERBS
from bearwitness.cli.output import Outcome
from bearwitness.errors import InputError
from bearwitness.rules import load


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", nargs="?", default="", help="a code, as R26, or a verb")


def run(args: argparse.Namespace) -> Outcome:
    refusals = load("refusals")
    if not args.code:
        return Outcome({"codes": {c: r["title"] for c, r in refusals.items()}},
                       [f"{code:<4} {rule['title']}" + ("  (later)" if rule.get("later") else "")
                        for code, rule in refusals.items()])
    if args.code in VERBS:
        words = (importlib.import_module(f"bearwitness.cli.verbs.{args.code}").__doc__ or "").strip()
        return Outcome({"verb": args.code, "words": words}, words.splitlines(), [f"bearwitness {args.code} --help"])
    rule = refusals.get(args.code.upper())
    if rule is None:
        raise InputError(f"I don't know {args.code!r}.", where=args.code, fix="bearwitness help lists every code.")
    lines = [f"{args.code.upper()}: {rule['title']}", "", rule["why"], "", f"Refused: {rule['example']}",
             f"Mended:  {rule['mend']}"] + ([f"Source:  {rule['authority']}"] if rule.get("authority") else [])
    return Outcome(rule, lines)
