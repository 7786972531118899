"""Casualty lists of a case and what people judged about their rows, on record; and every change of the range with its why.

A list is sealed as it was delivered, under an id of its own (`L1`), whenever a case is taken in; its row 17 is `L1:17`.
Changed bytes are another delivery, and the one before no longer counts; so it is with columns.toml, which says what the
lists' columns mean. A judgement is a record of who gave it about which two rows; a later one by the same person replaces
it, two persons' judgements both stand.
A range is recorded whenever it differs from the last one, with what came in between: a list, a judgement, a withdrawal.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import file_digest
from itertools import count
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError
from bearwitness.intake import names
from bearwitness.seal.changes import current
from bearwitness.seal.notebook import Notebook, exists
from bearwitness.seal.reading import Entry

RANGE = "people:range"
LIST, COLUMNS = "text/x-casualty-list", "application/toml; casualty-lists"
Draft = tuple[str, dict[str, Any], list[str]]


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer about two rows, each (list, row). by: a role."""

    left: tuple[str, int]
    right: tuple[str, int]
    answer: str
    by: str

    @property
    def id(self) -> str:
        return f"judgement:{self.left[0]}:{self.left[1]}={self.right[0]}:{self.right[1]}:{self.by}"


def _delivered(case_dir: Path) -> tuple[list[Path], Path | None]:
    """The lists of people/, and its columns.toml. What reads lists is loaded only where there may be some."""
    if not (case_dir / "people").is_dir():
        return [], None
    from bearwitness.intake.lists.folder import columns_file, lists_in
    return lists_in(case_dir)[0], columns_file(case_dir)


def deliveries(notebook: Notebook, entries: Iterable[Entry], case_dir: Path) -> list[Draft]:
    """Records for files of people/ whose bytes are new, and for lists that were taken away. Writing, bytes are kept first.

    A list taken away no longer counts; what was sealed stays sealed.
    """
    entries = list(entries)
    lists, columns = _delivered(case_dir)
    standing = {entry.body["name"]: entry for _, entry in _lists(current(entries))}
    taken = {entry.body.get("id") for entry in entries}
    drafts: list[Draft] = []
    for path in [*lists, *([columns] if columns else [])]:
        digest, size = _digest(path)
        old = standing.pop(names.shown(path.name), None)
        if old is not None and old.body["sha256"] == digest:
            continue
        if notebook.writable:
            digest, size = notebook.seal_file(path)
        number = next(at for at in count(1) if f"L{at}" not in taken)
        taken.add(f"L{number}")
        body = {"id": f"L{number}", "sha256": digest, "size": size, "media": COLUMNS if path == columns else LIST,
                "name": names.shown(path.name), "came_from": "people/, as delivered"}
        drafts.append(("exhibit.sealed", body, []))
        if old is not None:
            drafts.append(("record.withdrawn", {"kind": "exhibit.sealed", "id": old.body["id"]}, [old.leaf]))
    return drafts + [("record.withdrawn", {"kind": "exhibit.sealed", "id": gone.body["id"]}, [gone.leaf])
                     for gone in standing.values()]


def _digest(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest(), path.stat().st_size


def _lists(now: Mapping[tuple[str, str], Any]) -> list[tuple[int, Any]]:
    """(number, entry) of every sealed list and columns.toml, as delivered one after the other."""
    found = [(int(name[1:]), entry) for (kind, name), entry in now.items()
             if kind == "exhibit.sealed" and entry.body.get("media") in (LIST, COLUMNS) and name[1:].isdigit()]
    return sorted(found, key=lambda one: one[0])


def ids_of(case_dir: Path) -> dict[str, str]:
    """File name -> id of its newest delivery, as sealed now."""
    with Notebook.open(case_dir, write=False) as notebook:
        return _ids(current(notebook.base()))


def _ids(now: Mapping[tuple[str, str], Any]) -> dict[str, str]:
    return {entry.body["name"]: entry.body["id"] for _, entry in _lists(now)}


def record(case_dir: Path, judged: Iterable[Judged], figure: Mapping[str, int], *, actor: str = "") -> list[str]:
    """Record judgements and the range, where they are new; returns them in words. figure: min, best, max of the people
    named. Nothing without a notebook. Raises InputError where it cannot be written."""
    if not exists(case_dir):
        return []
    with Notebook.open(case_dir, write=True, actor=actor) as notebook:
        now = current(notebook.base())
        drafts, words = _judgements(now, judged, notebook.actor)
        old = now.get(("observation.made", RANGE))
        before = {key: int(old.body[key]) for key in ("min", "best", "max")} if old else {}
        if before != dict(figure):
            since = [f"list {entry.body['id']} ({entry.body['name']})" for _, entry in _lists(now)
                     if old is None or entry.seq > old.seq]
            because = since + words or ["the program links better or otherwise than before"]
            body = {"id": RANGE, "method": "link.people", **{key: str(value) for key, value in figure.items()},
                    "because": because}
            drafts.append(("observation.made", body, [old.leaf] if old else []))
        notebook.append(drafts)
        return words


@dataclass(frozen=True, slots=True)
class Standing:
    """The lists of a case as they stood: name -> bytes, columns.toml among them; judgements; ids of the lists."""

    files: dict[str, bytes]
    judged: list[Judged]
    ids: dict[str, str]


def as_it_stood(case_dir: Path, release: str) -> Standing:
    """What was sealed when a release was made. Raises InputError where there was none of that id."""
    with Notebook.open(case_dir, write=False) as notebook:
        entries = list(notebook.entries())
        made = [entry for entry in entries if entry.kind == "release.made"]
        at = next((entry.body["size"] for entry in made if entry.body.get("id") == release), None)
        if at is None:
            known = ", ".join(str(entry.body.get("id")) for entry in made) or "none yet"
            raise InputError(f"There is no release {release!r}.", where="--at", fix=f"Releases here: {known}.")
        now = current(entries[:at])
        newest = {entry.body["name"]: entry.body["sha256"] for _, entry in _lists(now)}
        files = {name: notebook.read_object(digest) for name, digest in newest.items()}
    judged = [Judged((e.body["left"][0], int(e.body["left"][1])), (e.body["right"][0], int(e.body["right"][1])),
                     e.body["answer"], e.body["by"])
              for (kind, _), e in now.items() if kind == "judgement.given" and e.body.get("about") == "person"]
    return Standing(files, judged, _ids(now))


def _judgements(now: Mapping[tuple[str, str], Any], judged: Iterable[Judged], actor: str
                ) -> tuple[list[Draft], list[str]]:
    drafts: list[Draft] = []
    seen: set[str] = set()
    for one in judged:
        one = one if one.by else Judged(one.left, one.right, one.answer, actor)
        seen.add(one.id)
        old = now.get(("judgement.given", one.id))
        body = {"id": one.id, "about": "person", "left": [one.left[0], str(one.left[1])],
                "right": [one.right[0], str(one.right[1])], "answer": one.answer, "by": one.by}
        if old is None or old.body["answer"] != one.answer:
            drafts.append(("judgement.given", body, [old.leaf] if old else []))
    gone = [(name, e.leaf) for (kind, name), e in now.items()
            if kind == "judgement.given" and e.body.get("about") == "person" and name not in seen]
    words = [f"{body['left'][0]}:{body['left'][1]} and {body['right'][0]}:{body['right'][1]} judged {body['answer']} by "
             f"{body['by']}" for _, body, _ in drafts]
    drafts += [("record.withdrawn", {"kind": "judgement.given", "id": name}, [leaf]) for name, leaf in gone]
    return drafts, words + [f"a judgement taken back: {name.removeprefix('judgement:')}" for name, _ in gone]
