"""A finding approved by a second person: signed with a key of their own, about these words and no later ones.

The approval names the leaf of the finding as it was proposed. When the finding is reworded, the approval stays on record
and no longer counts. Who wrote a finding cannot approve it: the log, the verifier and rule R18 each hold that.
"""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError
from bearwitness.model.case import Case
from bearwitness.seal import authority
from bearwitness.seal.changes import current
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.reading import Entry
from bearwitness.seal.requests import Request


def approve(case_dir: Path, finding: str, persons: Sequence[str], *, dissent: str = "", actor: str = "") -> Request | None:
    """Record that persons (roles whose keys lie here) approve a finding as it stands.

    Returns None when it is recorded, the request when a second person's signature is missing. Raises InputError for a
    finding that is not on record, or one that would be approved by whoever wrote it.
    """
    with Notebook.open(case_dir, write=False) as notebook:
        entry = current(notebook.base()).get(("finding.proposed", finding))
    if entry is None:
        raise InputError("There is no finding of that id on record.", where=finding, fix="bearwitness status takes it in.")
    author = str(entry.body.get("by", ""))
    if author and author in persons:
        raise InputError(f"{author} wrote this finding and cannot approve it. Nothing was recorded.", where=finding,
                         code="R18", fix="Ask somebody else: bearwitness key approve FINDING --by ROLE")
    body: dict[str, Any] = {"id": f"{finding}:{'+'.join(persons) or 'asked'}", "finding": finding, "leaf": entry.leaf,
                            "persons": list(persons), **({"dissent": dissent} if dissent else {})}
    return authority.act(case_dir, "finding.approved", body, persons, actor)


def apply(case: Case, entries: Iterable[Entry]) -> None:
    """Give every finding of the view who has approved it as it now stands."""
    for entry in entries:
        if entry.kind != "finding.approved":
            continue
        name = str(entry.body.get("finding", ""))
        stated, finding = case.stated.get(name), case.findings.get(name)
        persons = [person for person in entry.body.get("persons", []) if finding and person != finding.by]
        if finding and stated and persons and entry.body.get("leaf") == stated.leaf:
            case.findings[name] = replace(finding, approved=", ".join(persons))
