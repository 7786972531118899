"""What each person allowed, use by use, with versions: given, given again, withdrawn.

A note's table of consent is what stands now; the log keeps every version of it, so that a reader can see what was allowed on
the day something was published. A withdrawal by any device of the case counts everywhere, until the person has allowed it
again in a later version.
Source: OHCHR, Manual on Human Rights Monitoring, chapter 14 (informed consent; its withdrawal).
"""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bearwitness.model.case import Stated
from bearwitness.seal.reading import Entry

Draft = tuple[str, dict[str, Any], list[str]]
GIVEN, WITHDRAWN = "consent.given", "consent.withdrawn"


def withdrawn(entries: Iterable[Entry], others: Iterable[Entry], stated: Iterable[Stated]) -> list[tuple[str, str]]:
    """(note, use) that once was allowed and no longer is (D16). entries: this device's; others: what a merge brought."""
    once: set[tuple[str, str]] = set()
    for entry in entries:
        if entry.kind == "document.stated":
            once |= {(entry.body["id"], use) for use, answer, _ in entry.body.get("consent", ()) if answer == "yes"}
    given = {(s.id, use) for s in stated for use, cell in s.body.get("consent", {}).items() if cell[0] == "yes"}
    elsewhere: set[tuple[str, str]] = set()
    for entry in others:
        if entry.kind == WITHDRAWN:
            elsewhere.add((entry.body["note"], entry.body["use"]))
        elif entry.kind == GIVEN:
            elsewhere.discard((entry.body["note"], entry.body["use"]))
    return sorted((once - given) | elsewhere)


def changed(entries: Sequence[Entry], stated: Iterable[Stated], gone: Iterable[tuple[str, str]]) -> list[Draft]:
    """What to record: each consent that is new or given again, as its next version, and each that was withdrawn."""
    last: dict[tuple[str, str], Entry] = {}
    number: dict[tuple[str, str], int] = {}
    for entry in entries:
        if entry.kind in (GIVEN, WITHDRAWN):
            key = entry.body["note"], entry.body["use"]
            last[key] = entry
            number[key] = number.get(key, 0) + (entry.kind == GIVEN)
    drafts: list[Draft] = []
    for note in stated:
        for use, (answer, date) in note.body.get("consent", {}).items():
            key = note.id, use
            old = last.get(key)
            if answer == "yes" and (old is None or old.kind == WITHDRAWN or old.body.get("date") != date):
                body = {"id": f"{note.id}:{use}", "note": note.id, "use": use, "date": date,
                        "version": number.get(key, 0) + 1}
                drafts.append((GIVEN, body, [old.leaf] if old else []))
    for key in gone:
        old = last.get(key)
        if old is None or old.kind == GIVEN:
            body = {"id": f"{key[0]}:{key[1]}", "note": key[0], "use": key[1]}
            drafts.append((WITHDRAWN, body, [old.leaf] if old else []))
    return drafts
