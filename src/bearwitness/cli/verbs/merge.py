"""Take in the logs of another copy of this case: a second laptop, a USB stick, a colleague's folder.

  bearwitness merge /media/usb/sarmin

The copy is verified first, and read only. Nothing here is overwritten: logs are added or grow, order comes from who knew
what (never from clocks), and where two people said different things without knowing of each other, both stand and are
listed. Two histories of one log are a fork: both heads are kept, nothing is chosen, and the exit status is 4.
"""
from __future__ import annotations

import argparse
from pathlib import Path

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir, plural
from bearwitness.seal import authority
from bearwitness.seal.merge import Fork, Merged, merge
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.together import Apart, apart, others


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("other", help="the folder of another copy of this case")


def run(args: argparse.Namespace) -> Outcome:
    case = case_dir(args)
    merged = merge(case, Path(args.other), actor=args.actor)
    with Notebook.open(case, write=False) as notebook:
        split = apart(notebook, others(notebook, notebook.base()))
    known = authority.who(case)
    strangers = sorted({name.split("/")[2] for name in merged.logs if not known.admits(name.split("/")[2])})
    lines = _logs(merged, strangers) + say_apart(split) + [_fork(fork) for fork in merged.forks]
    data = {"logs": [{"origin": name, "before": before, "now": now} for name, (before, now) in merged.logs.items()],
            "objects": merged.objects, "not_taken": merged.left, "strangers": strangers,
            "conflicts": [{"kind": kind, "id": name, "versions": [v.entry.leaf for v in each]}
                          for (kind, name), each in split.conflicts.items()],
            "elsewhere": [{"kind": e.kind, "id": e.body.get("id"), "leaf": e.leaf} for e in split.elsewhere],
            "forks": [{"origin": f.origin, "here": list(f.here), "there": list(f.there)} for f in merged.forks]}
    status = 4 if merged.forks else 3 if split.conflicts or strangers else 0
    return Outcome(data, lines, [f"bearwitness key add {name[:8]} --role ROLE" for name in strangers[:1]]
                   or ["bearwitness status"], [], status, not merged.forks)


def _logs(merged: Merged, strangers: list[str]) -> list[str]:
    lines = [f"Log of key {name.split('/')[2][:16]}: entries {before} to {now - 1} taken in."
             for name, (before, now) in merged.logs.items()] or ["Nothing new: every log there is known here."]
    lines += [f"{plural(merged.objects, 'sealed file')} copied."] if merged.objects else []
    lines += [f"Not taken in: {what}." for what in merged.left]
    return lines + [f"Key {name} is not admitted, so its log counts for nothing yet. Compare the fingerprint with the "
                    "person, by voice." for name in strangers]


def say_apart(split: Apart) -> list[str]:
    """Where devices differ, for a person."""
    lines = []
    for (_, name), each in split.conflicts.items():
        said = "; ".join(f"{v.entry.actor} ({v.entry.leaf[:8]}): "
                         + ("withdrawn" if v.withdrawn else str(v.entry.body.get("words") or v.entry.body.get("killed")
                                                                or v.entry.body.get("text", ""))[:60]) for v in each)
        lines.append(f"Both stand, {name}: {said}. To settle it, write the row you both hold, and say so to the other.")
    many = len(split.elsewhere)
    return lines + ([f"{plural(many, 'record')} of other devices not in these files: "
                     + ", ".join(str(e.body.get("id")) for e in split.elsewhere[:12]) + (" ..." if many > 12 else "")]
                    if many else [])


def _fork(fork: Fork) -> str:
    return (f"FORK: key {fork.origin.split('/')[2][:16]} signed two histories: {fork.here[0]} entries here, {fork.there[0]} "
            "there. Both heads are kept as evidence. A person must find out which folder was copied or put back.")
