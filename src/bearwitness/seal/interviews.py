"""Taking in an account, and what belongs to it, without the case ever holding who gave it.

    add    part a note into what stays (notes/ID.md) and what the vault holds; record the consent it states
    seal   put a recording, a picture, a contact into the vault, for the same person
    open   show what the vault holds to a custodian; that it was opened, by whom and why, is recorded first
    erase  destroy one person's keys, by two people
The person is named by a source id of the case (`by: w1`), which is a code. Field devices: `inbox`.
"""
from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError, ProtectionError
from bearwitness.intake import testimony
from bearwitness.intake.desk import Desk
from bearwitness.intake.notes import read_note
from bearwitness.intake.text import decode
from bearwitness.seal import custodians, durable, erasing, requests
from bearwitness.seal.custodians import Custodian
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.reading import Entry
from bearwitness.seal.requests import Request
from bearwitness.seal.standing import standing
from bearwitness.seal.takein import take_in
from bearwitness.seal.vault import Vault

WHATS = ("account", "name", "contact", "voice", "face", "route", "document")
HANDED = "the file handed in"
"""How messages call it: its own name may be the name of a person."""
_FRONT = re.compile(r"^(id|by)\s*:\s*(\S+)\s*$", re.MULTILINE)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True)
class Added:
    """note: where the part that stays was written. withheld: how many words. identity: how many lines."""

    id: str
    by: str
    subject: str
    note: Path
    withheld: int
    identity: int


def add(case_dir: Path, path: Path, *, replace: bool = False, everywhere: bool = False, actor: str = "") -> Added:
    """Take in an account. replace: the file lies inside the case, and may be overwritten by the part that stays.

    everywhere: withhold a marked word also where it stands unmarked. Raises ProtectionError where one does and that was
    not asked for, where the file lies inside the case and may not, or where the vault has too few custodians; InputError
    for a note without `id` and `by`, or one that is there already. Nothing is kept then.
    """
    data = _read(path)
    inside = Path(case_dir).resolve() in path.resolve().parents
    if inside and not replace:
        raise ProtectionError("This account lies inside the case, in clear. Nothing of it was recorded.", where=HANDED,
                              fix="Move it outside of the case and add it from there, or add it with --replace: the file is "
                                  "then overwritten by the part that stays.")
    text = decode(data, HANDED, Desk(), legacy=True)
    ref, by = _front(text, path)
    try:
        parted = testimony.part(text, everywhere=everywhere)
    except ValueError as why:
        raise InputError(f"{why}. Nothing was kept.".capitalize(), where=HANDED) from why
    if loose := testimony.leftovers(parted):
        shift = len(text.splitlines()) - len(parted.clean.splitlines())
        lines = ", ".join(sorted({str(at + shift) for at, _ in loose}, key=int))
        raise ProtectionError(f"A protected word stands unmarked in line {lines}. Nothing of it was recorded.", where=HANDED,
                              fix="Mark it {{like this}} there too, or add it with --everywhere, and read the note after.")
    target = path if inside else Path(case_dir) / "notes" / f"{ref}.md"
    if target.exists() and target.resolve() != path.resolve():
        raise InputError("A note of that id is there already. Nothing was kept.", where="notes/",
                         fix="Give this account another id in its front matter.")
    _fits(Path(case_dir), ref, by, parted.clean)
    with Notebook.open(case_dir, write=True, actor=actor) as notebook:
        erasing.settle(notebook)
        vault = Vault(notebook.root)
        subject = subject_of(notebook, by) or vault.add_subject(_recipients(notebook))
        thing = vault.put(subject, {"what": "account", "note": ref, "name": path.name,
                                    "withheld": list(parted.words), "identity": list(parted.identity)}, data)
        notebook.append([("identity.sealed", {**thing.body("account"), "about": by, "note": ref}, [])])
    try:
        durable.make_folder(target.parent)
        durable.replace(target, parted.clean.encode(), target.parent)
    except OSError as why:
        raise durable.disk_trouble(why, target) from why
    return Added(ref, by, subject, target, len(parted.words), len(parted.identity))


def seal(case_dir: Path, by: str, paths: Sequence[Path], what: str, *, actor: str = "") -> list[dict[str, Any]]:
    """Put files into the vault for the person behind a source id; returns what the log says of each."""
    if what not in WHATS:
        raise InputError(f"The vault holds {', '.join(WHATS)}; not {what!r}. Nothing was kept.", where="--what")
    if not _CODE.fullmatch(by):
        raise InputError("Name the person by a source id of the case, a code.", where=by)
    found = [(path, _read(path)) for path in paths]
    with Notebook.open(case_dir, write=True, actor=actor) as notebook:
        erasing.settle(notebook)
        vault = Vault(notebook.root)
        subject = subject_of(notebook, by) or vault.add_subject(_recipients(notebook))
        bodies = [{**vault.put(subject, {"what": what, "name": path.name}, data).body(what), "about": by}
                  for path, data in found]
        notebook.append([("identity.sealed", body, []) for body in bodies])
    return bodies


def open_(case_dir: Path, by: str, because: str, *, by_custodian: str = "", paper: str = "", actor: str = ""
          ) -> list[tuple[dict[str, Any], bytes]]:
    """Everything the vault holds of the person behind a source id: (header, content) of each.

    by_custodian: a role whose identity lies here (any of them by default); paper: a printed recovery identity. Recorded
    as `exhibit.viewed` before anything is shown. Raises VaultLocked when it does not open.
    """
    with Notebook.open(case_dir, write=True, actor=actor) as notebook:
        erasing.settle(notebook)
        subject = _known(notebook, by)
        vault = Vault(notebook.root)
        openers = [custodians.from_paper("paper", paper)] if paper else _here(notebook.origin.case, by_custodian)
        identity = vault.unlock(subject, openers)
        numbers = vault.things(subject)
        views = sum(e.kind == "exhibit.viewed" for e in notebook.entries())
        notebook.append([("exhibit.viewed", {"id": f"view-{views + 1}", "subject": subject, "about": by, "because": because,
                                             "things": numbers, "opened_by": openers[0].person}, [])])
        return [vault.open(subject, number, identity) for number in numbers]


def erase(case_dir: Path, by: str, because: str, *, seconds: Sequence[str], actor: str = "") -> Request | erasing.Erasure:
    """Erase the person behind a source id. seconds: persons whose keys lie here and who sign.

    Returns the request when a second person's signature is missing (nothing was changed), else what was done.
    """
    with Notebook.open(case_dir, write=True, actor=actor) as notebook:
        erasing.settle(notebook)
        subject, vault, case = _known(notebook, by), Vault(notebook.root), notebook.origin.case
        recipients = _recipients(notebook)
        epoch = vault.epochs()[-1] + 1
        present = [each.person for each in custodians.here(case) if recipients.get(each.person) == each.recipient]
        absent = sorted(set(recipients) - set(present))
        body = {"subject": subject, "about": by, "epoch": epoch, "because": because, "absent": absent}
        act = requests.sign_here(Request(case, "identity.erased", body), notebook.key, seconds)
        if standing(notebook.history()).second_missing("identity.erased", act.body, notebook.origin.fingerprint):
            return act
        erasure = erasing.prepare(case, vault, subject, recipients, os.environ.get("BEARWITNESS_CUSTODIAN_PASSPHRASE", ""))
        renewed = [requests.sign_here(Request(case, "key.added", each), notebook.key, seconds).body
                   for each in erasing.renewals(erasure)]
        notebook.append([*(("key.added", each, []) for each in renewed), ("identity.erased", act.body, [])])
        notebook.checkpoint()
        erasing.finish(case, vault, [subject], epoch, set(erasure.renewed.values()))
        return erasure


def subject_of(notebook: Notebook, by: str) -> str:
    """The subject behind a source id; empty when the vault holds nothing of them, or no longer."""
    found = ""
    for entry in notebook.history():
        if entry.kind == "identity.sealed" and entry.body.get("about") == by:
            found = str(entry.body["subject"])
        elif entry.kind == "identity.erased" and entry.body.get("subject") == found:
            found = ""
    return found


def overview(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """What the log says of every person in the vault: kinds of things, when opened and why, whether erased."""
    rows: dict[str, dict[str, Any]] = {}
    for entry in entries:
        if entry.kind in ("identity.sealed", "identity.erased", "exhibit.viewed") and "subject" in entry.body:
            row = rows.setdefault(entry.body["subject"], {"subject": entry.body["subject"], "about": entry.body.get("about"),
                                                          "holds": [], "viewed": [], "erased": "", "absent": []})
            if entry.kind == "identity.sealed":
                row["holds"].append(entry.body["what"])
            elif entry.kind == "exhibit.viewed":
                row["viewed"].append({"time": entry.time, "by": entry.actor, "because": entry.body.get("because", "")})
            else:
                row["erased"], row["absent"] = entry.time, entry.body.get("absent", [])
    return list(rows.values())


def _fits(case_dir: Path, ref: str, by: str, clean: str) -> None:
    """Raises InputError, before anything is kept, where the case could not hold the note that would stay."""
    taken = take_in(case_dir, write=False)
    if by not in taken.case.sources:
        raise InputError(f"There is no source {by} in sources.csv. Nothing was kept.", where="sources.csv",
                         fix=f"Add a row for {by} first: a code as its name, the same in shown_as, and protect = yes.")
    desk = Desk()
    read_note(f"notes/{ref}.md", ref, clean, desk)
    if desk.problems:
        first = desk.problems[0]
        raise InputError(f"{first.message}. Nothing was kept.".capitalize(), where=HANDED, fix=first.fix)


def _known(notebook: Notebook, by: str) -> str:
    subject = subject_of(notebook, by)
    if not subject:
        raise InputError("The vault holds nothing of that person. Nothing was changed.", where=by,
                         fix="Name them by the source id of their note; bearwitness interview lists them.")
    return subject


def _recipients(notebook: Notebook) -> dict[str, str]:
    return dict(standing(notebook.history()).custodians)


def _here(case: str, person: str) -> list[Custodian]:
    found = [each for each in custodians.here(case) if not person or each.person == person]
    if not found:
        who = f" {person}" if person else ""
        raise InputError(f"No identity of a custodian{who} is on this device. Nothing was opened.",
                         fix="Use a custodian's device, or the printed recovery identity: --paper")
    return found


def _front(text: str, path: Path) -> tuple[str, str]:
    found = dict(_FRONT.findall(text.split("\n---", 2)[0] if text.startswith("---") else ""))
    if not _CODE.fullmatch(found.get("id", "")) or not _CODE.fullmatch(found.get("by", "")):
        raise InputError("This account does not say its id and, by a code, who gave it. Nothing was kept.", where=HANDED,
                         fix="Begin it with: ---, id: INT-001, by: w1, ... ---")
    return found["id"], found["by"]


def _read(path: Path) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as why:
        raise InputError(f"This file cannot be read: {why.strerror or why}. Nothing was kept.", where=HANDED) from why
