"""What other devices of the case hold, seen from this one: their exhibits, and where their records and these files part.

A folder's files are what this device states. What a merge brought stands beside it: exhibits are used at once (the same
id on two devices gets the device's mark, `P001@3fa1`); rows of tables are not written into anybody's files, they are
listed, so that a person takes them over or leaves them.
Pure but for reading the notebook. Not done here: deciding between two versions.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bearwitness.model.case import Stated
from bearwitness.seal.history import Key, Version, conflicts, versions
from bearwitness.seal.kinds import STATED
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.reading import Entry


@dataclass(slots=True)
class Apart:
    """conflicts: records that two devices state differently without knowing of each other's words.

    elsewhere: records of other devices that this folder's files do not hold, or hold in an older form.
    """

    conflicts: dict[Key, list[Version]] = field(default_factory=dict)
    elsewhere: list[Entry] = field(default_factory=list)


def others(notebook: Notebook, base: Sequence[Entry]) -> list[Entry]:
    """The entries that count and are not this device's own, nor what it went on from."""
    if notebook.alone:
        return []
    known = {entry.leaf for entry in base}
    return [entry for entry in notebook.history() if entry.leaf not in known]


def exhibits(found: Sequence[Entry], taken: set[str]) -> list[Stated]:
    """The exhibits of other devices, under ids that are free here."""
    out: dict[str, Stated] = {}
    for entry in found:
        if entry.kind != "exhibit.sealed":
            continue
        stated = Stated(entry.kind, entry.body["id"], entry.body, "", 0, entry.actor, entry.time, entry.leaf, entry.seq)
        if stated.id in taken:
            name = f"{stated.id}@{entry.origin.split('/')[2][:4]}"
            stated = replace(stated, id=name, body={**stated.body, "id": name})
        out[stated.id] = stated
    return list(out.values())


def apart(notebook: Notebook, found: Sequence[Entry]) -> Apart:
    """Where this device and others part."""
    if not found:
        return Apart()
    standing = versions(notebook.history())
    own = str(notebook.origin)
    split = {key: each for key, each in conflicts(standing).items() if key[0] in STATED or key[0] == "judgement.given"}
    elsewhere = [each[0].entry for key, each in standing.items()
                 if key not in split and key[0] in STATED and len(each) == 1 and each[0].entry.origin != own
                 and any(each[0].entry.leaf == entry.leaf for entry in found)]
    return Apart(split, elsewhere)
