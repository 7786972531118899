"""Erasing one person: destroy what opens their files, everywhere this program reaches, while the log still verifies.

The steps, each durable before the next:
 1 `identity.erased` is signed by two persons.
 2 Every custodian whose identity is here gets a new one, beside the old.
 3 A new epoch of wrapped keys is written: every other subject, to the custodians' new recipients.
 4 The log says so: the new recipients, then `identity.erased`.
 5 The old epoch and the person's files are deleted; the old identities are destroyed.
A crash before 4 leaves everything as it was; after 4, the next command finishes 5 (`settle`). From then on no key that
is left opens the person's files, not in this folder and not in a backup of it. A custodian who was not here still holds
an old identity: `waiting` lists them until they have taken a new one.
Limits: copies that a custodian made, printed pages, published reports.
"""
from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from bearwitness.errors import InputError
from bearwitness.seal import custodians, durable
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.vault import Vault, remove


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure will do. renewed: role -> new recipient. absent: custodians whose old identity stays elsewhere."""

    subject: str
    epoch: int
    renewed: dict[str, str]
    absent: tuple[str, ...]


def prepare(case: str, vault: Vault, subject: str, recipients: dict[str, str], passphrase: str = "") -> Erasure:
    """Steps 2 and 3. recipients: every custodian's present one. Raises InputError for an unknown subject, or where no
    custodian is here to re-wrap the others."""
    if subject not in vault.subjects():
        raise InputError("The vault holds nobody under that id. Nothing was changed.", where=subject)
    present = [each for each in custodians.here(case) if recipients.get(each.person) == each.recipient]
    if not present:
        raise InputError("No custodian's identity is on this device, so the others could not be kept. Nothing was changed.",
                         fix="Erase on a device of a custodian.")
    renewed = {each.person: custodians.make(case, each.person, passphrase if each.locked else "", staged=True).recipient
               for each in present}
    epoch = vault.epochs()[-1] + 1
    target = {**recipients, **renewed}
    for other in vault.subjects():
        if other != subject:
            vault.wrap(other, str(vault.unlock(other, present)), target, epoch)
    (vault.keys / str(epoch)).mkdir(parents=True, exist_ok=True)
    absent = tuple(sorted(set(recipients) - set(renewed)))
    return Erasure(subject, epoch, renewed, absent)


def finish(case: str, vault: Vault, subjects: Sequence[str], epoch: int, recipients: Collection[str]) -> None:
    """Step 5. epoch: the one that stays, 0 for all. recipients: those the log names; other staged identities are dropped."""
    try:
        for subject in subjects:
            remove(vault.place / subject)
        for other in vault.epochs():
            if other != epoch and epoch:
                remove(vault.keys / str(other))
        for each in custodians.here(case, staged=True):
            if each.recipient in recipients:
                custodians.promote(case, each.person)
        custodians.unstage(case)
    except OSError as why:
        raise durable.disk_trouble(why, vault.place) from why


def settle(notebook: Notebook) -> bool:
    """Finish, or take back, an erasure that a crash cut short. Returns True when there was something to do.

    What the log says decides. An identity that it does not name as a custodian's opens nothing, and must not take the
    place of the one that does.
    """
    vault, case = Vault(notebook.root), notebook.origin.case
    if not custodians.here(case, staged=True) and len(vault.epochs()) < 2:
        return False
    history = notebook.history()
    erased = [e.body for e in history if e.kind == "identity.erased"]
    named = {str(e.body["recipient"]) for e in history if e.kind == "key.added" and "after_erasure" in e.body}
    newest = max((body["epoch"] for body in erased), default=1)
    stays = max((epoch for epoch in vault.epochs() if epoch <= newest), default=0)   # another device may be ahead
    finish(case, vault, [body["subject"] for body in erased], stays, named)
    return True


def renewals(erasure: Erasure) -> list[dict[str, Any]]:
    """What step 4 records of each custodian that was here: the new recipient."""
    return [{"purpose": "custodian", "person": person, "recipient": recipient, "after_erasure": erasure.epoch}
            for person, recipient in sorted(erasure.renewed.items())]
