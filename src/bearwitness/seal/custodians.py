"""Who can open identities: custodians, each with an age identity of their own in their own data folder.

The case's log names their recipients (public halves, `key.added` with `purpose: custodian`); the private half never
enters the case. It lies under a passphrase where one is given. Each erasure gives every custodian a new identity and
destroys the old one (`stage`, `promote`), because an old backup of the case can be opened by an old identity, and by
nothing else. A recovery identity may be printed and kept on paper: it is a custodian like the others.
Source: age, C2SP age.md (X25519 recipients, scrypt passphrases).
"""
from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError, VaultLocked
from bearwitness.seal import age, durable, keys

FORMAT = "bearwitness-custodian/1"
LEAST = 12
"""Shortest passphrase of a custodian [letters]; against guessing, scrypt makes each try cost a second."""


@dataclass(frozen=True, slots=True)
class Custodian:
    """One custodian whose identity lies in this data folder. person: by role."""

    person: str
    recipient: str
    path: Path
    locked: bool
    _kept: str = field(repr=False, compare=False)

    def identity(self) -> Any:
        """The age identity. Raises VaultLocked without the passphrase of a locked one."""
        try:
            return self._open()
        except ValueError as why:
            raise _damaged(self.path) from why

    def _open(self) -> Any:
        import pyrage
        if not self.locked:
            return _matching(self._kept, self.recipient)
        given = os.environ.get("BEARWITNESS_CUSTODIAN_PASSPHRASE", "") or keys.ask_passphrase(f"custodian {self.person}")
        try:
            opened = age.decrypt_by_passphrase(bytes.fromhex(self._kept), given)
        except pyrage.DecryptError as why:
            raise VaultLocked(f"The identity of custodian {self.person} did not open. Nothing was opened or changed.",
                              where=str(self.path), fix="Type its passphrase, or set "
                              "BEARWITNESS_CUSTODIAN_PASSPHRASE. Lost: another custodian, or the printed recovery "
                              "identity, opens the vault.") from why
        return _matching(opened.decode(), self.recipient)


def folder(case: str) -> Path:
    return keys.data_folder() / "custodians" / case


def make(case: str, person: str, passphrase: str = "", *, staged: bool = False) -> Custodian:
    """A new identity for a custodian. staged: beside the one in use, until `promote`."""
    import pyrage
    if passphrase and len(passphrase) < LEAST:
        raise InputError(f"A passphrase for the vault has at least {LEAST} letters; several words are easier to keep. "
                         "Nothing was made.", where="BEARWITNESS_CUSTODIAN_PASSPHRASE")
    path = _path(case, person, staged)
    if path.exists() and not staged:
        raise InputError(f"There is an identity of custodian {person} on this device already. It was kept.",
                         where=str(path))
    secret = pyrage.x25519.Identity.generate()
    kept = pyrage.passphrase.encrypt(str(secret).encode(), passphrase).hex() if passphrase else str(secret)
    content = {"format": FORMAT, "case": case, "person": person, "recipient": str(secret.to_public()),
               "locked": bool(passphrase), "identity": kept}
    try:
        durable.make_folder(path.parent)
        durable.replace(path, (json.dumps(content, indent=1) + "\n").encode(), path.parent, 0o600)
    except OSError as why:
        raise durable.disk_trouble(why, path) from why
    return Custodian(person, content["recipient"], path, bool(passphrase), kept)     # type: ignore[arg-type]


def here(case: str, *, staged: bool = False) -> list[Custodian]:
    """The custodians whose identities lie in this data folder."""
    found = []
    for path in sorted(folder(case).glob("*.next" if staged else "*.json")) if folder(case).is_dir() else ():
        try:
            kept = json.loads(path.read_text("utf-8"))
            found.append(Custodian(kept["person"], kept["recipient"], path, kept["locked"] is True, kept["identity"]))
        except (OSError, ValueError, KeyError, TypeError) as why:
            raise _damaged(path) from why
    return found


def _matching(secret: str, recipient: str) -> Any:
    """The identity behind these words. Raises ValueError where they are damaged, or of another recipient."""
    import pyrage
    try:
        identity = pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError as why:
        raise ValueError(str(why)) from why
    if str(identity.to_public()) != recipient:
        raise ValueError("of another recipient")
    return identity


def _damaged(path: Path) -> InputError:
    return InputError("This custodian's file is damaged. Nothing was opened.", where=str(path),
                      fix="Put back your own copy of it, or use the printed recovery identity.")


def on_paper() -> tuple[str, str]:
    """(identity, recipient) of a recovery identity that is kept nowhere: print the first."""
    import pyrage
    secret = pyrage.x25519.Identity.generate()
    return str(secret), str(secret.to_public())


def from_paper(person: str, words: str) -> Custodian:
    """A custodian from a printed recovery identity (AGE-SECRET-KEY-1...). Raises InputError for anything else."""
    import pyrage
    secret = "".join(words.split()).upper()
    try:
        public = str(pyrage.x25519.Identity.from_str(secret).to_public())
    except pyrage.IdentityError as why:
        raise InputError("This is not a recovery identity: it begins with AGE-SECRET-KEY-1 and has 74 letters.",
                         fix="Type it again; a letter may be wrong.") from why
    return Custodian(person, public, Path(), False, secret)


def promote(case: str, person: str) -> None:
    """Put the staged identity in the place of the old one, which is gone then."""
    try:
        os.replace(_path(case, person, True), _path(case, person, False))
        durable.sync_folder(folder(case))
    except OSError as why:
        raise durable.disk_trouble(why, folder(case)) from why


def unstage(case: str) -> None:
    """Forget identities that never came into use."""
    for each in here(case, staged=True):
        each.path.unlink(missing_ok=True)


def _path(case: str, person: str, staged: bool) -> Path:
    safe = "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in person)
    return folder(case) / f"{safe}.{'next' if staged else 'json'}"
