"""Take in what changed in a case folder: read it, hold it together, record the difference, show the case.

One batch a command: what is new, what changed, what was withdrawn, and what was asked for the first time.
A folder without a notebook is read in memory and nothing is written. Nothing is recorded while a single
cell cannot be read, so bad input leaves the case as it was.
"""
from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError
from bearwitness.intake.folder import BadFolder, Folder, Question, load
from bearwitness.model.case import Case, Stated
from bearwitness.seal import anchors, approvals, consents, layout, rolls, together
from bearwitness.seal.adding import waiting
from bearwitness.seal.changes import Key, changes, current
from bearwitness.seal.held_text import text_reader
from bearwitness.seal.kinds import STATED
from bearwitness.seal.notebook import Notebook, exists
from bearwitness.seal.reading import Entry
from bearwitness.seal.seldom import seldom

CONFIG = ("case.opened", "case.toml")


@dataclass(frozen=True, slots=True)
class Head:
    """The state of the log: entries, root, how many stand under no checkpoint, the key, whether it is a demo's.

    latest: in words, until when an outside bound proves that entries existed; empty without one.
    """

    origin: str
    size: int
    root: str
    unsealed: int
    key: str
    demo: bool
    first_time: str
    last_time: str
    latest: str = ""


@dataclass(slots=True)
class Taken:
    """A case as it stands after taking in. head is None where nothing is sealed yet.

    changed: how many records are new, changed, withdrawn. asked: questions put for the first time.
    held_back: why the changes were not recorded, where they were not. waiting: files of inbox/ not sealed yet, by
    the id they would get. apart: where other devices hold something else than this folder's files.
    """

    case: Case
    folder: Folder
    head: Head | None
    changed: Counter[str] = field(default_factory=Counter)
    asked: list[Question] = field(default_factory=list)
    withdrawn: frozenset[tuple[str, str]] = frozenset()
    held_back: str = ""
    waiting: dict[str, Path] = field(default_factory=dict)
    apart: together.Apart = field(default_factory=together.Apart)


def take_in(case_dir: Path, *, write: bool = True) -> Taken:
    """Read a case folder and record what changed.

    Raises BadFolder (and records nothing) for what cannot be used, ProtectionError for what is protected, and
    a SealError where the log is not what was sealed.
    """
    case_dir = Path(case_dir)
    if not (case_dir / "case.toml").is_file():
        raise InputError("There is no case here: this folder has no case.toml.", where=str(case_dir),
                         fix="Go into the case folder, name it with --case DIR, or make one: bearwitness init NAME")
    home = _records_home(case_dir)
    if not exists(home):
        unsealed = waiting(home)
        case, folder = load(case_dir, [stated for stated, _ in unsealed])
        paths = {s.id: path for s, path in unsealed}
        case.text_of = text_reader(case, home / layout.ROOT, paths)
        return Taken(case, folder, None, asked=list(folder.questions), waiting=paths)
    with ExitStack() as stack:
        stack.enter_context(seldom())
        notebook, held_back = _open(home, write and home == case_dir)
        stack.enter_context(notebook)
        return _with_notebook(case_dir, notebook, held_back)


def _records_home(case_dir: Path) -> Path:
    """Where the records of this folder live: itself, or the folder its case.toml `uses`."""
    try:
        other = tomllib.loads((case_dir / "case.toml").read_text(encoding="utf-8-sig")).get("uses", "")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return case_dir
    return (case_dir / other).resolve() if isinstance(other, str) and other else case_dir


def _open(case_dir: Path, write: bool) -> tuple[Notebook, str]:
    if not write:
        return Notebook.open(case_dir, write=False), ""
    try:
        return Notebook.open(case_dir, write=True), ""
    except InputError as why:
        return Notebook.open(case_dir, write=False), why.message


def _with_notebook(case_dir: Path, notebook: Notebook, held_back: str) -> Taken:
    entries = notebook.base()
    now = current(entries)
    others = together.others(notebook, entries)
    exhibits = [_stated(e) for e in now.values() if e.kind == "exhibit.sealed"]
    case, folder = load(case_dir, exhibits + together.exhibits(others, {stated.id for stated in exhibits}))
    batch = changes(now, [(CONFIG[0], CONFIG[1], {"id": CONFIG[1], **_plain(folder.config)}),
                          *((s.kind, s.id, _as_record(s)) for s in folder.stated)],
                    kinds=STATED)
    withdrawn = consents.withdrawn(entries, others, folder.stated)
    batch += consents.changed(entries, folder.stated, withdrawn)
    asked = [q for q in folder.questions if ("gap.declared", f"question:{q.key}") not in now]
    batch += [("gap.declared", {"id": f"question:{q.key}", "where": q.where, "text": q.text}, []) for q in asked]
    batch += rolls.deliveries(notebook, entries, folder.records)
    told = list(entries) if notebook.alone else None
    if notebook.writable:
        made = notebook.append(batch)
        told = told and told + made
        for entry in made:
            if isinstance(entry.body.get("id"), str):
                now[entry.kind, entry.body["id"]] = entry
        notebook.checkpoint()
    _sign(case, now)
    approvals.apply(case, [*now.values(), *others])
    case.text_of = text_reader(case, notebook.root, {})
    return Taken(case, folder, head(notebook, entries[0], told), _counted(batch), asked, frozenset(withdrawn), held_back,
                 apart=together.apart(notebook, others))


def _plain(config: Mapping[str, Any]) -> dict[str, Any]:
    """case.toml as a body: its tables as lists of pairs, because people choose their keys."""
    return {key: [[name, list(v) if isinstance(v, (list, tuple)) else v] for name, v in value.items()]
            if isinstance(value, Mapping) else value for key, value in config.items() if key.isidentifier()}


def _as_record(stated: Stated) -> dict[str, Any]:
    """A statement as the log holds it: with its place, and a consent table as pairs (people choose its keys)."""
    body = {**stated.body, "file": stated.file, "line": str(stated.line)}
    if "consent" in body:
        body["consent"] = [[use, *cell] for use, cell in body["consent"].items()]
    return body


def _stated(entry: Entry) -> Stated:
    body = entry.body
    line = str(body.get("line", "0"))
    return Stated(entry.kind, body["id"], body, str(body.get("file", "")), int(line) if line.isdigit() else 0,
                  entry.actor, entry.time, entry.leaf, entry.seq)


def _sign(case: Case, now: Mapping[Key, Entry]) -> None:
    """Give every record in the view the entry that holds it."""
    for ref, stated in case.stated.items():
        entry = now.get((stated.kind, ref))
        if entry is not None and stated.leaf != entry.leaf:
            case.stated[ref] = replace(stated, actor=entry.actor, time=entry.time, leaf=entry.leaf, seq=entry.seq)


def _counted(batch: list[tuple[str, dict[str, Any], list[str]]]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for kind, _, refs in batch:
        if kind == "record.withdrawn":
            counted["withdrawn"] += 1
        elif kind in STATED:
            counted["changed" if refs else "new"] += 1
        elif kind == "exhibit.sealed":
            counted["lists"] += 1
    return counted


def head(notebook: Notebook, first: Entry, told: list[Entry] | None = None) -> Head:
    """The state of a notebook, in the words of a report. told: every entry of it, where they are at hand."""
    size, root, sealed = notebook.head()
    added = next((e for e in notebook.entries(2) if e.kind == "key.added"), None)
    last = json.loads(notebook.lines([size - 1])[0])["time"]
    return Head(str(notebook.origin), size, root, size - sealed, added.body["fingerprint"] if added else "",
                bool(added and added.body.get("demo")), first.time, last, anchors.say(notebook.history(told), size))


__all__ = ["BadFolder", "Head", "Taken", "head", "take_in"]
