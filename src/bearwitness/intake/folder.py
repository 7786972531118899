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

from bearwitness.intake import protect
from bearwitness.intake.claims import read_claim
from bearwitness.intake.desk import BadFolder, Desk, Question
from bearwitness.intake.files import ask_about_others
from bearwitness.intake.findings import read_finding
from bearwitness.intake.gather import Gathered, gather
from bearwitness.intake.notes import read_note
from bearwitness.intake.places import Places
from bearwitness.intake.table import Counted, read_csv, read_rows
from bearwitness.model.case import Case, Problem, Stated, build
from bearwitness.model.fits import problems
from bearwitness.model.vocabulary import TABLES

__all__ = ["BadFolder", "Folder", "Question", "load", "read_folder"]
_READERS = {"claims": read_claim, "findings": read_finding, "notes": read_note}


@dataclass(frozen=True)
class Folder:
    """A case folder as read.

    path: the folder asked for; records: the folder its statements come from (another one where case.toml
    says `uses`). config: case.toml as a body. drafts: report/*.md, text by relative path.
    counts: statements per file. counted: for each table also its comments and blank rows.
    texts: what the files said, to show a line beside a fault.
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
    uses: str = ""


def read_folder(case_dir: Path) -> Folder:
    """Read a case folder.

    Raises ProtectionError before anything else where something is marked protected, and BadFolder
    with every fault found otherwise.
    """
    desk, inside = Desk(), Desk()
    found = gather(Path(case_dir), desk)
    stated, counted = _rows(found, inside)
    pages = _pages(found, inside)
    ask_about_others(found.folder, inside)
    prefix = f"{found.uses}/" if found.uses else ""
    for problem in inside.problems:
        desk.refuse(prefix + problem.where, problem.message, problem.fix)
    for question in inside.questions:
        desk.ask(prefix + question.where, question.text, question.key)
    if desk.problems:
        raise BadFolder(desk.problems)
    return Folder(
        path=Path(case_dir),
        records=found.folder,
        config=found.config,
        stated=stated + pages,
        drafts=found.drafts,
        questions=desk.questions,
        counts={file: count.rows for file, count in counted.items()} | {page.file: 1 for page in pages},
        counted=counted,
        texts=found.texts,
        uses=found.uses,
    )


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
        prefix = f"{folder.uses}/" if folder.uses else ""
        found = [places.found(fault) for fault in faults]
        raise BadFolder([Problem(prefix + one.where, one.message, one.fix) for one in found])
    return case, folder


def _rows(found: Gathered, desk: Desk) -> tuple[list[Stated], dict[str, Counted]]:
    """The statements of every table. Raises ProtectionError where a row is marked."""
    stated: list[Stated] = []
    counted = {}
    for table, file in found.tables.items():
        if file in found.texts:
            rows, counted[file] = read_csv(TABLES[table], file, found.texts[file], desk)
        elif file in found.sheets:
            rows, counted[file] = read_rows(TABLES[table], file, found.sheets[file], desk)
        else:
            continue
        stated += rows
    protect.check_rows(stated)
    return stated, counted


def _pages(found: Gathered, desk: Desk) -> list[Stated]:
    pages = []
    for file, text in found.texts.items():
        folder, _, name = file.partition("/")
        if reader := _READERS.get(folder):
            pages.append(reader(file, name.rsplit(".", 1)[0], text, desk))
    return [page for page in pages if page is not None]
