"""Every refusal of a draft: file, line, code, reason, and the sentence that can be said.

  bearwitness check                     report/briefing.md of this case
  bearwitness check story.md --case D   another draft, against the records of D
"""
from __future__ import annotations

import argparse

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir, plural
from bearwitness.cli.taken import take
from bearwitness.rules import load
from bearwitness.tell.document import Fault
from bearwitness.tell.stage import check


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", default="", help="the draft (default: report/briefing.md)")


def run(args: argparse.Namespace) -> Outcome:
    taken, talk = take(case_dir(args, args.file))
    names = [args.file] if args.file else list(taken.folder.drafts) or [""]
    faults: list[Fault] = []
    for name in names:
        faults += check(taken, name)[1]
    lines = [line for fault in faults for line in say(fault)]
    refused = [f for f in faults if f.weight != "warning"]
    lines.append(f"{plural(len(refused), 'refusal')} in {', '.join(names)}." if refused else
                 f"{', '.join(names)}: nothing is refused.")
    data = {"files": names, "faults": [as_data(f) for f in faults]}
    nexts = ["bearwitness help " + refused[0].code] if refused else ["bearwitness report"]
    return Outcome(data, lines, nexts, talk, exit=3 if refused else 0, ok=not refused)


def say(fault: Fault) -> list[str]:
    """A fault in words: place and reason, the words, what can be said."""
    title = load("refusals").get(fault.code, {}).get("title", "")
    warning = "warning: " if fault.weight == "warning" else ""
    lines = [f"{fault.file}:{fault.line}: {fault.code}  {warning}{fault.reason}"]
    if fault.words:
        lines.append(f"    {fault.words}")
    if fault.can_say:
        lines.append(f"    can be said: {fault.can_say}")
    elif fault.mend:
        lines.append(f"    mend: {fault.mend}")
    if title:
        lines.append(f"    {fault.code}: {title}")
    return lines


def as_data(fault: Fault) -> dict[str, object]:
    return {"code": fault.code, "file": fault.file, "line": fault.line, "reason": fault.reason, "mend": fault.mend,
            "can_say": fault.can_say, "words": fault.words, "weight": fault.weight}
