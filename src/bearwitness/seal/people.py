"""Signing keys of persons, as apart from devices: kept in the user's own data folder, one file each.

A second person approves a finding, an export, an erasure, or a change of the authority with a key of their own. On one
shared laptop their key lies under their own passphrase; on another device the act travels there as a file
(`bearwitness key sign`).
"""
from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError, VaultLocked
from bearwitness.seal import acts, age, durable, keys
from bearwitness.seal.layout import fingerprint

FORMAT = "bearwitness-person-key/1"


@dataclass(frozen=True, slots=True)
class PersonKey:
    """One person's key, by role. locked: its file is under a passphrase."""

    person: str
    public: bytes
    path: Path
    locked: bool
    _kept: str = field(repr=False, compare=False)

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.public)

    def signature(self, kind: str, case: str, body: dict[str, Any], passphrase: str = "") -> dict[str, str]:
        """This person's signature under an act. Raises VaultLocked without the passphrase of a locked key."""
        given = passphrase or os.environ.get("BEARWITNESS_PERSON_PASSPHRASE", "")
        try:
            seed = self._open(given) if self.locked else bytes.fromhex(self._kept)
        except ValueError as why:
            raise _damaged(self.path) from why
        return acts.sign(kind, case, body, self.public, keys.matching(seed, self.public, self.path).sign)

    def _open(self, passphrase: str) -> bytes:
        import pyrage
        given = passphrase or keys.ask_passphrase(f"the key of {self.person}")
        try:
            return age.decrypt_by_passphrase(base64.b64decode(self._kept), given)
        except pyrage.DecryptError as why:
            raise VaultLocked(f"The key of {self.person} did not open. Nothing was signed.", where=str(self.path),
                              fix="Type its passphrase, or set BEARWITNESS_PERSON_PASSPHRASE.") from why


def folder(case: str) -> Path:
    return keys.data_folder() / "people" / case


def make_person(case: str, person: str, passphrase: str = "") -> PersonKey:
    """A new key for a person, by role. Raises InputError where this data folder holds one for that role."""
    if any(found.person == person for found in people_here(case)):
        raise InputError(f"There is a key for {person} on this device already. It was kept.", where=str(folder(case)))
    key = keys.fresh(case)
    seed = keys.seed_of(key)
    if passphrase:
        import pyrage
        kept = base64.b64encode(pyrage.passphrase.encrypt(seed, passphrase)).decode()
    else:
        kept = seed.hex()
    content = {"format": FORMAT, "case": case, "person": person, "public": key.public.hex(),
               "locked": bool(passphrase), "private": kept}
    path = folder(case) / f"{key.fingerprint}.json"
    try:
        durable.make_folder(path.parent)
        durable.replace(path, (json.dumps(content, indent=1) + "\n").encode(), path.parent, 0o600)
    except OSError as why:
        raise durable.disk_trouble(why, path) from why
    return PersonKey(person, key.public, path, bool(passphrase), kept)


def people_here(case: str) -> list[PersonKey]:
    """The persons whose keys lie in this data folder."""
    found = []
    for path in sorted(folder(case).glob("*.json")) if folder(case).is_dir() else ():
        try:
            kept = json.loads(path.read_text("utf-8"))
            found.append(PersonKey(kept["person"], bytes.fromhex(kept["public"]), path, kept["locked"] is True,
                                   kept["private"]))
        except (OSError, ValueError, KeyError, TypeError) as why:
            raise _damaged(path) from why
    return found


def _damaged(path: Path) -> InputError:
    return InputError("This key file is damaged. Nothing was signed.", where=str(path), fix="Put back your own copy of it.")
