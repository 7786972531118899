"""Seal files: each is hashed while it is copied, kept under its digest, and recorded. Originals are only read.

  bearwitness add inbox --from "own download, 3 Dec 2015"
  bearwitness add E:\\ --from "partner A, handed over in person" --dry-run
"""
from __future__ import annotations

import argparse
from pathlib import Path

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir, plural
from bearwitness.cli.taken import take
from bearwitness.errors import InputError
from bearwitness.intake import names
from bearwitness.observe.record import observe_pictures
from bearwitness.seal.adding import add, files_in


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", help="files or folders (default: inbox/)")
    parser.add_argument("--from", dest="came_from", default="", help="who handed them over, in a sentence, without names")
    parser.add_argument("--dry-run", action="store_true", help="say what would be sealed, and seal nothing")
    parser.add_argument("--protected", action="store_true", help="it shows or names a person who must be protected")


def run(args: argparse.Namespace) -> Outcome:
    case = case_dir(args)
    paths = [Path(p) for p in args.paths] or [case / "inbox"]
    if args.dry_run:
        found = files_in(paths)
        return Outcome({"files": [str(p) for p in found]},
                       [f"{names.shown(p.name)}  {p.stat().st_size} bytes" for p in found]
                       + [f"{plural(len(found), 'file')}; nothing was sealed."])
    if not args.came_from:
        raise InputError("Say where these files came from.", where="--from",
                         fix='For example: --from "downloaded from the publisher\'s page, 3 Dec 2015"')
    sealed = add(case, paths, came_from=args.came_from, protected=args.protected, actor=args.actor)
    talk = _take_in(case)
    lines = [f"{s.id}  {s.sha256[:16]}...  {s.size} bytes  {s.media}  {names.shown(s.path.name)}"
             + ("  (the same bytes were sealed before)" if s.again else "") for s in sealed]
    observe_pictures(case, [(s.id, s.sha256) for s in sealed if not s.again and s.id.startswith("P")], actor=args.actor)
    new = sum(not s.again for s in sealed)
    lines.append(f"Sealed {plural(new, 'file')}, {len(sealed) - new} already held. Nothing was changed where they lay.")
    data = {"offered": len(sealed), "sealed": new, "exhibits": [
        {"id": s.id, "sha256": s.sha256, "size": s.size, "media": s.media, "again": s.again} for s in sealed]}
    return Outcome(data, lines, ["bearwitness status"], talk)


def _take_in(case: Path) -> list[str]:
    """Take in the case files too, once their exhibits are there; what does not fit yet is said, not fatal."""
    try:
        return take(case)[1]
    except InputError as why:
        return [f"The case files were not taken in: {why}"]
