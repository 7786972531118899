"""Build the example case (six airstrikes of 2015, reconstructed from public texts) and its release.

  bearwitness demo --out demo
"""
from __future__ import annotations

import argparse
import hashlib
import shutil
import webbrowser
from datetime import date
from pathlib import Path

from bearwitness.cli.output import Outcome
from bearwitness.errors import EngineError, InputError
from bearwitness.seal.adding import add
from bearwitness.seal.notebook import Notebook, exists
from bearwitness.seal.takein import take_in
from bearwitness.tell.stage import publish

NAME, STORY = "syria-2015", "founding-story"
MADE = Path(".bearwitness") / "cache" / "demo-files"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", default="demo", help="the folder to build in (default: demo)")
    parser.add_argument("--no-open", action="store_true", help="do not open the page in a browser")


def run(args: argparse.Namespace) -> Outcome:
    out = Path(args.out)
    case = build(out)
    taken = take_in(case)
    done = publish(taken, case, day=date.today())
    page = done.folder / "index.html"
    if not args.no_open:
        webbrowser.open(page.resolve().as_uri())
    lines = [f"Built {case}: {len(taken.case.incidents)} strikes, {len(taken.case.sources)} sources, "
             f"{len(taken.case.tolls)} tolls, {len(taken.case.assertions)} assertions, "
             f"{len(taken.case.exhibits)} sealed exhibits.",
             f"Its release: {page}"]
    nexts = [f"bearwitness verify {done.folder}"]
    if (out / STORY).is_dir():
        nexts.append(f"bearwitness check --case {out / STORY}")
    return Outcome({"case": str(case), "release": str(done.folder), "page": str(page)}, lines, nexts)


def build(out: Path) -> Path:
    """Copy the example, make its notebook with a demonstration key, seal its exhibits."""
    source = examples()
    case = out / NAME
    if case.exists():
        if not _made_here(case):
            raise InputError("This folder exists and is not a case that demo made. It was left as it is.",
                             where=str(case), fix="Choose another folder with --out.")
        shutil.rmtree(case)
    for name in (NAME, STORY):
        if (source / name).is_dir():
            shutil.copytree(source / name, out / name, dirs_exist_ok=True,
                            ignore=shutil.ignore_patterns(".bearwitness", "out"))
    with Notebook.create(case, demo=True, actor="researcher-1"):
        pass
    if (case / "inbox").is_dir():
        add(case, [case / "inbox"], came_from="delivered with the example; origin and rights in LICENCES.md",
            actor="researcher-1")
    (case / MADE).write_text(_files(case), encoding="utf-8")
    return case


def _made_here(case: Path) -> bool:
    """A case whose key was made for a demonstration and whose files are as they were made: it may be made anew."""
    if not exists(case):
        return False
    with Notebook.open(case, write=False) as notebook:
        added = next((e for e in notebook.entries(2) if e.kind == "key.added"), None)
    if added is None or not added.body.get("demo"):
        return False
    made = case / MADE
    return made.is_file() and made.read_text(encoding="utf-8") == _files(case)


def _files(case: Path) -> str:
    """The person's files of a case and their digests, one a line: what must be as it was before it is made anew."""
    own = sorted(p for p in case.rglob("*") if p.is_file() and p.relative_to(case).parts[0] not in (".bearwitness", "out"))
    return "".join(f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(case).as_posix()}\n" for p in own)


def examples() -> Path:
    """Where the example cases lie: beside the sources in a checkout, inside the package once installed."""
    here = Path(__file__).resolve()
    for folder in (here.parents[2] / "_examples", here.parents[4] / "examples"):
        if (folder / NAME).is_dir():
            return folder
    raise EngineError("The example cases are not installed with this copy.", where=NAME,
                      fix="Install the package again, or run it from a checkout.")
