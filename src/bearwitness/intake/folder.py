"""What does a case folder say? Every statement in it, as written, with file and line.

Rules: nothing is written; nothing is dropped (rows in = statements out, the rest is counted, asked about
or refused); every fault is found in one pass; what is marked protected stops everything first (D1).
It does not seal, and does not judge whether what is stated is so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError
from bearwitness.intake import protect, toml
from bearwitness.intake.claims import read_claim
from bearwitness.intake.desk import BadFolder, Desk, Question
from bearwitness.intake.files import DRAFTS, ask_about_others, listed, read_bytes
from bearwitness.intake.findings import read_finding
from bearwitness.intake.notes import read_note
from bearwitness.intake.places import Places
from bearwitness.intake.table import Counted, read_csv
from bearwitness.intake.text import decode
from bearwitness.model.case import Case, Stated, build, problems
from bearwitness.model.vocabulary import TABLES

__all__ = ["BadFolder", "Folder", "Question", "load", "read_folder"]
_READERS = {"claims": read_claim, "findings": read_finding, "notes": read_note}
_OWN = ("uses", "title", "subtitle", "note", "publisher")


@dataclass(frozen=True)
class Folder:
    """A case folder as read.

    path: the folder asked for; records: the folder its statements come from (another one where case.toml
    says `uses`). config: case.toml as a body. drafts: report/*.md, text by relative path.
    counts: statements per file. counted: for each table also its comments and blank rows.
    """

    path: Path
    records: Path
    config: dict[str, Any]
    stated: list[Stated]
    drafts: dict[str, str]
    questions: list[Question]
    counts: dict[str, int] = field(default_factory=dict)
    counted: dict[str, Counted] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict, repr=False)


def read_folder(case_dir: Path) -> Folder:
    """Read a case folder.

    Raises ProtectionError before anything else where something is marked protected, and BadFolder
    with every fault found otherwise.
    """
    desk = Desk()
    case_dir = Path(case_dir)
    own = _texts(case_dir, [toml.FILE], desk)
    config = _config(case_dir, own, desk)
    records = case_dir
    if toml.uses(config):
        records = _other(case_dir, own, config, desk)
        other = _texts(records, [toml.FILE], desk)
        config = _joined(config, _config(records, other, desk), own.get(toml.FILE, ""), desk)
        drafts = _texts(case_dir, listed(case_dir, DRAFTS, ".md"), desk)
        protect.check_texts({**own, **drafts})
        own = other
    else:
        drafts = _texts(records, listed(records, DRAFTS, ".md"), desk)
    texts = own | _texts(records, _statement_files(records), desk)
    protect.check_texts(texts | drafts)
    stated, counted = _tables(texts, desk)
    pages = _pages(texts, desk)
    ask_about_others(records, desk)
    if desk.problems:
        raise BadFolder(desk.problems)
    stated += pages
    counts = {file: count.rows for file, count in counted.items()} | {page.file: 1 for page in pages}
    return Folder(case_dir, records, config, stated, drafts, desk.questions, counts, counted, texts)


def load(case_dir: Path, exhibits: Iterable[Stated] = ()) -> tuple[Case, Folder]:
    """Read a case folder and hold its statements against each other.

    exhibits: what the log says is sealed; files do not say it.
    Raises as `read_folder`; BadFolder also for ids that nothing has, circles, and cells that do not fit.
    """
    folder = read_folder(case_dir)
    case, faults = build(folder.config, [*exhibits, *folder.stated])
    if not faults:
        faults = problems(case)
    if faults:
        places = Places(folder.texts, folder.stated)
        raise BadFolder([places.found(fault) for fault in faults])
    return case, folder


def _texts(folder: Path, files: list[str], desk: Desk) -> dict[str, str]:
    found = {}
    for file in files:
        try:
            found[file] = decode(read_bytes(folder, file), file, desk, legacy=file.endswith(".csv"))
        except InputError as why:
            desk.refuse_error(why)
    return found


def _statement_files(folder: Path) -> list[str]:
    present = set(listed(folder, "", ".csv"))
    return [
        *(file for file in TABLES if file in present),
        *(file for under in _READERS for file in listed(folder, under, ".md")),
    ]


def _config(folder: Path, texts: dict[str, str], desk: Desk) -> dict[str, Any]:
    if toml.FILE not in texts:
        if not (folder / toml.FILE).exists():
            fix = "Stand in the case folder, name it with --case, or make one: bearwitness init NAME"
            raise InputError(f"there is no case.toml in {folder}", where=str(folder), fix=fix)
        return {}
    return toml.read_toml(texts[toml.FILE], desk)


def _other(case_dir: Path, own: dict[str, str], config: dict[str, Any], desk: Desk) -> Path:
    """The folder that `uses` names."""
    where = f"{toml.FILE}:{toml.line_of(own[toml.FILE], 'uses')}"
    other = case_dir / toml.uses(config)
    if not (other / toml.FILE).is_file():
        raise BadFolder(
            [
                *desk.problems,
                _problem(
                    where,
                    f"uses names {toml.uses(config)!r}, where there is no case",
                    "Write the way to a folder that holds a case.toml.",
                ),
            ]
        )
    if other.resolve() == case_dir.resolve():
        raise BadFolder([_problem(where, "uses names this folder itself", "Remove the line.")])
    for file in _statement_files(case_dir):
        desk.refuse(
            file,
            "this folder uses another case's records, so it can have none of its own",
            f"Move the rows to {toml.uses(config)}, or remove `uses` from case.toml.",
        )
    return other


def _joined(own: dict[str, Any], other: dict[str, Any], text: str, desk: Desk) -> dict[str, Any]:
    if "uses" in other:
        desk.refuse(toml.FILE, "the case that is used uses another one itself", "Name that one here.")
    for name, value in own.items():
        if name not in _OWN and other.get(name, value) != value:
            desk.refuse(
                f"{toml.FILE}:{toml.line_of(text, name)}",
                f"{name} differs from the case that is used",
                "Remove the line: what is counted is said once, in that case.",
            )
    return other | own


def _problem(where: str, message: str, fix: str) -> Any:
    from bearwitness.model.case import Problem

    return Problem(where, message, fix)


def _tables(texts: dict[str, str], desk: Desk) -> tuple[list[Stated], dict[str, Counted]]:
    stated: list[Stated] = []
    counted = {}
    for file, spec in TABLES.items():
        if file in texts:
            rows, counted[file] = read_csv(spec, file, texts[file], desk)
            stated += rows
    protect.check_rows(stated)
    return stated, counted


def _pages(texts: dict[str, str], desk: Desk) -> list[Stated]:
    found = []
    for file, text in texts.items():
        reader = _READERS.get(file.split("/")[0])
        if reader is not None:
            stem = file.split("/")[1].rsplit(".", 1)[0]
            found.append(reader(file, stem, text, desk))
    return [one for one in found if one is not None]
