"""Casualty lists of a case and what people judged about their rows, on record; and every change of the range with its why.

A list is sealed as it was delivered, under an id of its own (`L1`); changed bytes are another delivery. A judgement is a
record of who gave it about which two rows; a later one by the same person replaces it, two persons' judgements both stand.
A range is recorded whenever it differs from the last one, with what came in between: a list, a judgement, a withdrawal.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bearwitness.intake import names
from bearwitness.seal.changes import current
from bearwitness.seal.notebook import Notebook, exists

RANGE = "people:range"


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


def record(case_dir: Path, lists: Sequence[Path], judged: Iterable[Judged], figure: Mapping[str, int], *, actor: str = ""
           ) -> list[str]:
    """Record what is new; returns it in words. figure: min, best, max of the people named. Nothing without a notebook."""
    if not exists(case_dir):
        return []
    with Notebook.open(case_dir, write=True, actor=actor) as notebook:
        now = current(notebook.base())
        drafts, words = _lists(notebook, now, lists)
        more, said = _judgements(now, judged, notebook.actor)
        drafts, words = drafts + more, words + said
        old = now.get(("observation.made", RANGE))
        before = {key: int(old.body[key]) for key in ("min", "best", "max")} if old else {}
        if before != dict(figure):
            because = words or ["the program links better or otherwise than before"]
            body = {"id": RANGE, "method": "link.people", **{key: str(value) for key, value in figure.items()},
                    "because": because}
            drafts.append(("observation.made", body, [old.leaf] if old else []))
        notebook.append(drafts)
        return words


def _lists(notebook: Notebook, now: Mapping[tuple[str, str], Any], lists: Sequence[Path]
           ) -> tuple[list[tuple[str, dict[str, Any], list[str]]], list[str]]:
    held = {e.body["sha256"] for (kind, name), e in now.items() if kind == "exhibit.sealed" and name.startswith("L")}
    number = sum(1 for kind, name in now if kind == "exhibit.sealed" and name.startswith("L"))
    drafts: list[tuple[str, dict[str, Any], list[str]]] = []
    for path in lists:
        if sha256(path.read_bytes()).hexdigest() in held:
            continue
        digest, size = notebook.seal_file(path)
        number += 1
        body = {"id": f"L{number}", "sha256": digest, "size": size, "media": "text/x-casualty-list",
                "name": names.shown(path.name), "came_from": "people/, as delivered"}
        drafts.append(("exhibit.sealed", body, []))
    return drafts, [f"list {body['id']} ({body['name']})" for _, body, _ in drafts]


def _judgements(now: Mapping[tuple[str, str], Any], judged: Iterable[Judged], actor: str
                ) -> tuple[list[tuple[str, dict[str, Any], list[str]]], list[str]]:
    drafts: list[tuple[str, dict[str, Any], list[str]]] = []
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
