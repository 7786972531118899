"""One verb, run: its arguments parsed, its errors turned into words and an exit status.

The only place that catches every kind of error: a door. An unexpected fault says so in one line, with the
traceback where --debug asks for it.
"""
from __future__ import annotations

import argparse
import gc
import importlib
import os
import traceback
from pathlib import Path
from typing import Any

from bearwitness.cli.output import show, show_error
from bearwitness.errors import BearwitnessError


def run(verb: str, words: list[str]) -> int:
    """Parse and run one verb."""
    module = importlib.import_module(f"bearwitness.cli.verbs.{verb}")
    parser = argparse.ArgumentParser(prog=f"bearwitness {verb}", description=module.__doc__, allow_abbrev=False,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", metavar="DIR", help="the case folder (default: the one you stand in)")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of words")
    parser.add_argument("--as", dest="actor", default="", metavar="ROLE", help="who does this, by role (no names)")
    parser.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)
    module.arguments(parser)
    args = parser.parse_args(words)
    gc.disable()  # one short command: what it allocates goes when it ends (about a tenth of a large compile)
    try:
        return show(verb, module.run(args), args.json)
    except BearwitnessError as why:
        return show_error(verb, _error(why), why.exit_status, args.json)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)      # whoever read has enough, as `| head` does
        return 0
    except KeyboardInterrupt:
        return show_error(verb, {"code": "interrupted", "message": "Interrupted. It is safe to run it again.",
                                 "where": "", "fix": ""}, 130, args.json)
    except Exception as why:  # noqa: BLE001 - the door: a fault of ours must reach the person as words
        if args.debug:
            traceback.print_exc()
        return show_error(verb, {"code": "fault", "message": f"A fault of this program: {type(why).__name__}.",
                                 "where": _ours(why), "fix": "The evidence is as it was. Run again with --debug, "
                                 "and send what it prints."}, 1, args.json)


def _error(why: BearwitnessError) -> dict[str, Any]:
    error: dict[str, Any] = why.as_dict()
    problems = getattr(why, "problems", [])[1:]
    if problems:
        error["more"] = [{"where": p.where, "message": p.message, "fix": p.fix} for p in problems]
    return error


def _ours(why: BaseException) -> str:
    """Where in the program it happened: no value, no name from the evidence."""
    frames = traceback.extract_tb(why.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


def case_dir(args: argparse.Namespace, beside: str = "") -> Path:
    """The case folder: --case, or the nearest folder upwards that has a case.toml, from here or from a file."""
    if args.case:
        return Path(args.case)
    starts = [Path.cwd(), Path(beside).resolve().parent] if beside else [Path.cwd()]
    for start in starts:
        for folder in (start, *start.parents):
            if (folder / "case.toml").is_file():
                return folder
    return Path.cwd()


def plural(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")



