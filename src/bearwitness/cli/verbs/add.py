"""Seal files: each is hashed while it is copied, kept under its digest, and recorded. Originals are only read.

  bearwitness add inbox --from "own download, 3 Dec 2015"
  bearwitness add E:\\ --from "partner A, handed over in person" --dry-run
  bearwitness add delivery.zip --from "partner A, by post" --open-archives

Everything that was offered is counted, and what was not simply sealed is listed with the reason: held already, a cloud
placeholder, an unfinished download, not readable, passed over. The list is recorded too. Exit status 3: a person must look.
Interrupted, the same command goes on where it stopped.
"""
from __future__ import annotations

import argparse
from itertools import islice
from pathlib import Path
from typing import Any

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir, plural
from bearwitness.cli.taken import take
from bearwitness.errors import InputError
from bearwitness.intake import names
from bearwitness.intake.members import Limits
from bearwitness.intake.offered import Offered, offered
from bearwitness.observe.record import observe_pictures
from bearwitness.seal.adding import Arrived, Batch, add
from bearwitness.seal.batch import FATES, SEALED, item

WORDS = {"sealed": "sealed", "held": "already held", "placeholder": "kept as placeholders", "partial": "kept as unfinished",
         "refused": "not read", "skipped": "passed over"}
SHOWN = 200
"""Lines printed of one kind; the record and --json have all."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", help="files or folders (default: inbox/)")
    parser.add_argument("--from", dest="came_from", default="", help="who handed them over, in a sentence, without names")
    parser.add_argument("--open-archives", action="store_true",
                        help="also seal what lies in zip and tar archives, member by member, within limits")
    parser.add_argument("--dry-run", action="store_true", help="say what would be sealed, and seal nothing")
    parser.add_argument("--protected", action="store_true", help="it shows or names a person who must be protected")


def run(args: argparse.Namespace) -> Outcome:
    case = case_dir(args)
    paths = [Path(p) for p in args.paths] or [case / "inbox"]
    if args.dry_run:
        return _dry(offered(paths))
    if not args.came_from:
        raise InputError("Say where these files came from.", where="--from",
                         fix='For example: --from "downloaded from the publisher\'s page, 3 Dec 2015"')
    batch = add(case, paths, came_from=args.came_from, protected=args.protected, actor=args.actor,
                open_archives=Limits() if args.open_archives else None)
    talk = _take_in(case)
    fresh = [each for each in batch.arrived if each.id and not each.again]
    pictures = [(each.id, each.sha256) for each in fresh if each.id.startswith("P")]
    if pictures:
        observe_pictures(case, pictures, actor=args.actor)
    return Outcome(_data(batch) if args.json else None, [] if args.json else _lines(batch), ["bearwitness status"], talk,
                   exit=3 if batch.must_look else 0)


def _lines(batch: Batch) -> list[str]:
    lines, counts = [], batch.counts
    for fate in FATES:
        some = list(islice((each for each in batch.arrived if each.fate == fate), SHOWN))
        lines += _some([_say(each) for each in some], counts[fate])
    lines += _some([f"Look at {place}: {doubt}." for place, doubt in batch.doubts[:SHOWN]], len(batch.doubts))
    told = ", ".join(f"{counts[fate]} {WORDS[fate]}" for fate in FATES if counts[fate]) or "nothing"
    lines.append(f"Offered {plural(batch.files, 'file')}"
                 + (f" and {plural(batch.members, 'member')} of archives" if batch.members else "")
                 + f": {told}. Nothing was changed where they lay.")
    if batch.id:
        lines.append(f"Recorded as {batch.id}.")
    return lines


def _say(each: Arrived) -> str:
    if each.fate == SEALED:
        return f"{each.id}  {each.sha256[:16]}...  {each.size} bytes  {each.media}  {each.place}"
    return f"{each.id or '-':5} {each.place}: {WORDS[each.fate]}: {each.why}."


def _some(lines: list[str], many: int) -> list[str]:
    """The first lines of `many`, and how many there are besides."""
    more = many - SHOWN
    return lines if more <= 0 else [*lines[:SHOWN], f"... and {more} more (all of them: --json)"]


def _data(batch: Batch) -> dict[str, Any]:
    counts = batch.counts
    return {"batch": batch.id, "offered": len(batch.arrived), "files": batch.files, "members": batch.members,
            **{fate: counts[fate] for fate in FATES},
            "exhibits": [{"id": each.id, "sha256": each.sha256, "size": each.size, "media": each.media,
                          "again": each.again, "place": each.place} for each in batch.arrived if each.id],
            "items": [item(each) for each in batch.arrived if each.fate != SEALED],
            "doubts": [{"place": place, "text": doubt} for place, doubt in batch.doubts]}


def _dry(found: list[Offered]) -> Outcome:
    shown = [names.shown(f"{each.within}/{each.name}" if each.within else each.name) for each in found]
    lines = [f"{place}  {f'not read: {each.why}' if each.why else f'{Path(each.path).stat().st_size} bytes'}"
             for place, each in zip(shown, found, strict=True)]
    files = sum(not each.why for each in found)
    return Outcome({"files": [place for place, each in zip(shown, found, strict=True) if not each.why],
                    "not_read": [{"place": place, "why": each.why} for place, each in zip(shown, found, strict=True)
                                 if each.why]},
                   [*_some(lines, len(lines)), f"{plural(files, 'file')}; nothing was sealed."])


def _take_in(case: Path) -> list[str]:
    """Take in the case files too, once their exhibits are there; what does not fit yet is said, not fatal."""
    try:
        return take(case)[1]
    except InputError as why:
        return [f"The case files were not taken in: {why}"]
