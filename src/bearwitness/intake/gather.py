"""Everything a case folder holds as text, and its case.toml: read once, before anything is understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError
from bearwitness.intake import protect, toml
from bearwitness.intake.cells import Row
from bearwitness.intake.desk import BadFolder, Desk
from bearwitness.intake.files import DRAFTS, TEXT_FOLDERS, listed, read_bytes
from bearwitness.intake.sheet import as_text, read_sheet
from bearwitness.intake.text import decode
from bearwitness.model.case import Problem
from bearwitness.model.vocabulary import TABLES

_OWN = ("uses", "title", "subtitle", "note", "publisher")


@dataclass(slots=True)
class Gathered:
    """texts: text by relative path, in reading order. sheets: the rows of tables that are spreadsheets.

    tables: the file that holds each table, under the name it has in the vocabulary.
    """

    folder: Path
    texts: dict[str, str] = field(default_factory=dict)
    sheets: dict[str, list[Row]] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    config: dict[str, Any] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    uses: str = ""


def gather(case_dir: Path, desk: Desk) -> Gathered:
    """Read the folder's files; where case.toml says `uses`, the records are that folder's.

    Raises ProtectionError where a text marks something as protected; BadFolder where there is no case.
    """
    own = _texts(case_dir, [toml.FILE], desk)
    drafts = _texts(case_dir, listed(case_dir, DRAFTS, ".md"), desk)
    protect.check_texts(own | drafts)
    config = _config(case_dir, own, desk)
    if not (uses := toml.uses(config)):
        found = _statements(case_dir, desk)
        found.texts = own | found.texts
        found.config = config
    else:
        other = _other(case_dir, own[toml.FILE], uses, desk)
        theirs = Desk()
        found = _statements(other, theirs)
        found.texts = _texts(other, [toml.FILE], theirs) | found.texts
        protect.check_texts(found.texts)
        found.config = _joined(config, _config(other, found.texts, theirs), own[toml.FILE], desk)
        _hand_over(theirs, uses, desk)
    found.drafts, found.uses = drafts, uses
    _own_standard(found, desk)
    protect.check_texts(found.texts | {file: as_text(rows) for file, rows in found.sheets.items()})
    return found


def _own_standard(found: Gathered, desk: Desk) -> None:
    """A house's own standard of proof, where `standard` names a file of the case: its text goes with case.toml."""
    name = found.config.get("standard", "")
    found.config.pop("standard_file", None)
    if not isinstance(name, str) or not name.lower().endswith(".toml"):
        return
    where = f"{toml.FILE}:{toml.line_of(found.texts.get(toml.FILE, ''), 'standard')}"
    try:
        found.config["standard_file"] = read_bytes(found.folder, name).decode("utf-8-sig")
    except InputError as why:
        desk.refuse(where, f"standard names {name!r}: {why.message}", "Name a .toml file inside the case folder.")
    except UnicodeDecodeError:
        desk.refuse(where, f"{name!r} is not UTF-8 text", "Save it as UTF-8.")


def _hand_over(theirs: Desk, uses: str, desk: Desk) -> None:
    for problem in theirs.problems:
        desk.refuse(f"{uses}/{problem.where}", problem.message, problem.fix)
    for question in theirs.questions:
        desk.ask(f"{uses}/{question.where}", question.text, question.key)


def _texts(folder: Path, files: list[str], desk: Desk) -> dict[str, str]:
    found = {}
    for file in files:
        if file == toml.FILE and not (folder / file).exists():
            continue
        try:
            found[file] = decode(read_bytes(folder, file), file, desk, legacy=file.lower().endswith(".csv"))
        except InputError as why:
            desk.refuse_error(why)
    return found


def _statements(folder: Path, desk: Desk) -> Gathered:
    found = Gathered(folder)
    found.tables = _tables(folder, desk)
    csvs = [file for file in found.tables.values() if file.lower().endswith(".csv")]
    pages = [file for under in TEXT_FOLDERS for file in listed(folder, under, ".md")]
    found.texts = _texts(folder, csvs + pages, desk)
    for table, file in found.tables.items():
        if file.lower().endswith(".xlsx"):
            try:
                read_bytes(folder, file)
                found.sheets[file] = read_sheet(folder, file, TABLES[table], desk)
            except InputError as why:
                desk.refuse_error(why)
    return found


def _tables(folder: Path, desk: Desk) -> dict[str, str]:
    """The file of each table there is; capital letters in its name do not matter."""
    present: dict[str, list[str]] = {}
    for suffix in (".csv", ".xlsx"):
        for name in listed(folder, "", suffix):
            present.setdefault(name.lower().rsplit(".", 1)[0] + ".csv", []).append(name)
    for table in TABLES:
        if len(names := present.get(table, [])) > 1:
            desk.refuse(
                names[1],
                f"{' and '.join(names)} both hold the same table",
                "Keep one of the files; a table that stands in two places would count twice.",
            )
    return {table: present[table][0] for table in TABLES if table in present}


def _config(folder: Path, texts: dict[str, str], desk: Desk) -> dict[str, Any]:
    if toml.FILE in texts:
        return toml.read_toml(texts[toml.FILE], desk)
    if not (folder / toml.FILE).exists():
        raise BadFolder(
            [
                Problem(
                    str(folder),
                    "there is no case.toml in this folder",
                    "Stand in the case folder, name it with --case, or make one: bearwitness init NAME",
                )
            ]
        )
    return {}


def _other(case_dir: Path, text: str, uses: str, desk: Desk) -> Path:
    """The folder that `uses` names."""
    where = f"{toml.FILE}:{toml.line_of(text, 'uses')}"
    other = case_dir / uses
    if "\x00" in uses or not (other / toml.FILE).is_file():
        desk.refuse(where, f"uses names {uses!r}, where there is no case", "Name a folder that holds a case.toml.")
        raise BadFolder(desk.problems)
    if other.resolve() == case_dir.resolve():
        desk.refuse(where, "uses names this folder itself", "Remove the line.")
        raise BadFolder(desk.problems)
    own = _tables(case_dir, Desk())
    for file in (*own.values(), *(file for under in TEXT_FOLDERS for file in listed(case_dir, under, ".md"))):
        desk.refuse(
            file,
            "this folder uses another case's records, so it can have none of its own",
            f"Move it to {uses}, or remove `uses` from case.toml.",
        )
    return other


def _joined(own: dict[str, Any], other: dict[str, Any], text: str, desk: Desk) -> dict[str, Any]:
    where = f"{toml.FILE}:{toml.line_of(text, 'uses')}"
    if "uses" in other:
        desk.refuse(where, "the case that is used uses another one itself", f"Name {other['uses']!r} here.")
    for name, value in own.items():
        if name not in _OWN and other.get(name, value) != value:
            desk.refuse(
                f"{toml.FILE}:{toml.line_of(text, name)}",
                f"{name} differs from the case that is used",
                "Remove the line: what is counted is said once, in that case.",
            )
    return other | own
