"""Make a case: its folder, its starter files, its key and its notebook.

  bearwitness init ariha --zone Asia/Damascus
  bearwitness init .          make the notebook of a folder that already has its files
"""
from __future__ import annotations

import argparse
from pathlib import Path

from bearwitness.cli.output import Outcome
from bearwitness.cli.taken import take
from bearwitness.intake.starter import starter
from bearwitness.seal import keys
from bearwitness.seal.notebook import Notebook


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="the folder to make, or . for this one")
    parser.add_argument("--zone", default="UTC", help="time zone of the case, as Asia/Damascus")
    parser.add_argument("--demo-key", action="store_true", help="mark the key as made for a demonstration")


def run(args: argparse.Namespace) -> Outcome:
    folder = Path(args.case or ".") / args.name
    made: list[str] = []
    fresh = not (folder / "case.toml").exists()
    if fresh:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in starter(folder.resolve().name, args.zone).items():
            path = folder / name
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
                made.append(name)
    with Notebook.create(folder, demo=args.demo_key, actor=args.actor or "researcher-1"):
        pass
    lines = [f"Made the case {folder.resolve().name}: " + (", ".join(made) if made else "its files were there already."),
             f"Made your signing key in {keys.data_folder()} (never in the case: keep a copy of that folder safe).",
             "Its public half is the second line of the log."]
    talk: list[str] = []
    if not fresh and not (folder / "inbox").is_dir():
        talk = take(folder)[1]
    return Outcome({"case": str(folder), "files": made}, lines, [f"bearwitness status --case {folder}"], talk)
