"""Make a bundle that an opposing expert can check without this program: a BagIt bag with its own verifier.

  bearwitness pack                                   out/bundle-1/ for the case's own people
  bearwitness pack --zip                             the same as out/bundle-1.bwpack, a stored zip
  bearwitness pack --to "the court's registry" --second reviewer-1      a handing-over: two people sign, the log says so
  bearwitness pack --only photo-older,mod-photo      these records, what they rest on, and what speaks against them
  bearwitness pack --without P004="asked for by the family"
  bearwitness pack --recipient age1...               encrypted for somebody; may be given more than once

Withheld without being asked: interview notes, protected sources, consent, the vault, casualty lists.
What is withheld stands as its hash only, and DISCLOSURE.json lists it with the reason. Contrary evidence is included.
"""
from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir, plural
from bearwitness.cli.taken import take
from bearwitness.errors import InputError
from bearwitness.seal import handing
from bearwitness.seal.bundle import Bundle, build


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", default="", metavar="PATH", help="where to write it (default: out/bundle-N)")
    parser.add_argument("--to", default="", metavar="WORDS", help="who gets it; needs a second person's signature")
    parser.add_argument("--second", default="", metavar="ROLE,...", help="the person whose key lies here and who signs too")
    parser.add_argument("--only", default="", metavar="ID,...", help="these records, and what belongs to them")
    parser.add_argument("--without", action="append", default=[], metavar="ID=WHY",
                        help="withhold one, saying why")
    parser.add_argument("--with-lists", action="store_true", help="casualty lists too: they name the dead, children too")
    parser.add_argument("--release", type=int, default=0, metavar="N",
                        help="the release that goes with it (default: the newest)")
    parser.add_argument("--zip", action="store_true", help="one stored zip, NAME.bwpack")
    parser.add_argument("--recipient", action="append", default=[], metavar="AGE1...", help="encrypt it for this key")


def run(args: argparse.Namespace) -> Outcome:
    case = case_dir(args)
    taken, talk = take(case)
    release = _release(case, args.release)
    target = Path(args.out) if args.out else _free(case)
    folder = target.with_suffix("") if target.suffix == ".bwpack" else target
    title = taken.case.config.title
    made = build(case, folder, only=_list(args.only), without=dict(_reason(each) for each in args.without),
                 lists=args.with_lists, release=release,
                 title=title, handed_to=args.to)
    if args.to:
        try:
            handing.record(case, made, args.to, _list(args.second), actor=args.actor)
        except InputError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    single = args.zip or args.recipient or target.suffix == ".bwpack"
    path = handing.one_file(folder, args.recipient) if single else folder
    return Outcome({"path": str(path), "digest": made.digest, "entries": made.entries, "withheld": made.hidden,
                    "sealed_files": made.objects, "sealed_files_not_included": made.left, "to": args.to,
                    "encrypted_for": len(args.recipient)}, _lines(made, path, args), _next(path, args), talk)


def _lines(made: Bundle, path: Path, args: argparse.Namespace) -> list[str]:
    held = "; ".join(f"{many} {reason}" for reason, many in sorted(made.hidden.items())) or "none"
    return [f"{path}", f"{made.entries} entries, withheld: {held}.",
            f"{plural(made.objects, 'sealed file')} included, {made.left} not.",
            f"Digest of the bag: {made.digest}",
            f"Handed over to: {args.to}. The log says so, signed by two persons." if args.to else
            "Nobody is recorded as having received it. To hand it over: --to WHO --second ROLE.",
            *(["It is encrypted; only the keys named can open it."] if args.recipient else [])]


def _next(path: Path, args: argparse.Namespace) -> list[str]:
    if args.recipient or path.suffix == ".bwpack":
        return []
    return [f"bearwitness verify {path}", f"python3 -I {path}/verify.py"]


def _list(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]


def _reason(words: str) -> tuple[str, str]:
    name, equals, reason = words.partition("=")
    if not equals or not reason.strip():
        raise InputError("Say why it is withheld: an opposing party will read the reason.", where=f"--without {words}",
                         fix=f'--without {name}="the reason"')
    return name.strip(), reason.strip()


def _release(case: Path, number: int) -> Path | None:
    there = sorted((path for path in (case / "out").glob("release-*") if path.name[8:].isdigit()),
                   key=lambda path: int(path.name[8:]))
    if number and case / "out" / f"release-{number}" not in there:
        raise InputError(f"There is no release {number}. Nothing was packed.", where=str(case / "out"))
    return case / "out" / f"release-{number}" if number else there[-1] if there else None


def _free(case: Path) -> Path:
    number = 1
    while any((case / "out" / f"bundle-{number}{ending}").exists() for ending in ("", ".bwpack")):
        number += 1
    (case / "out").mkdir(exist_ok=True)
    return case / "out" / f"bundle-{number}"
