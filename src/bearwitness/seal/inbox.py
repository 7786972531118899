"""A write-only inbox: what a device in the field seals, that device cannot open again, whoever takes it.

    card   a small file with the public keys of the custodians: all a field device needs
    drop   seal files to that card; the result is one padded age file without a name that tells anything
    open   on a custodian's device: what was inside, to be added as an account or sealed as a file
Neglects: the clear file the field device still has; delete it after it was sealed (an SSD may keep remnants).
"""
from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError, ProtectionError, VaultLocked
from bearwitness.seal import age, durable
from bearwitness.seal.custodians import Custodian
from bearwitness.seal.vault import LEAST, pack, unpack

FORMAT = "bearwitness-inbox/1"
SUFFIX = ".sealed"


def write_card(path: Path, recipients: Mapping[str, str]) -> None:
    """Raises ProtectionError with fewer than two custodians."""
    if len(recipients) < LEAST:
        raise ProtectionError(f"A vault needs {LEAST} custodians before anything is sealed to it.", code="vault",
                              fix="bearwitness key add --custodian --role custodian-1   (and another)")
    data = json.dumps({"format": FORMAT, "recipients": dict(recipients)}, indent=1) + "\n"
    try:
        durable.replace(path, data.encode(), path.parent)
    except OSError as why:
        raise durable.disk_trouble(why, path) from why


def read_card(path: Path) -> dict[str, str]:
    """role -> recipient. Raises InputError for anything but a card with two custodians or more."""
    import pyrage
    try:
        found = json.loads(path.read_bytes())
        recipients = {str(person): str(key) for person, key in found["recipients"].items()}
        for key in recipients.values():
            pyrage.x25519.Recipient.from_str(key)
        whole = found["format"] == FORMAT and len(recipients) >= LEAST
    except (OSError, ValueError, KeyError, TypeError, AttributeError, pyrage.RecipientError) as why:
        raise InputError("This is not an inbox card. Nothing was sealed.", where=str(path)) from why
    if not whole:
        raise InputError("This is not an inbox card of at least two custodians. Nothing was sealed.", where=str(path))
    return recipients


def drop(card: Path, path: Path, out: Path) -> Path:
    """Seal one file into the folder `out`; returns the new file, whose name is random."""
    import pyrage
    recipients = [pyrage.x25519.Recipient.from_str(key) for key in read_card(card).values()]
    try:
        content = path.read_bytes()
        target = out / f"{secrets.token_hex(8)}{SUFFIX}"
        plain = pack({"format": FORMAT, "name": path.name, "size": len(content)}, content)
        durable.replace(target, pyrage.encrypt(plain, recipients), out, 0o600)
    except OSError as why:
        raise durable.disk_trouble(why, out) from why
    return target


def open_drop(path: Path, custodians: Sequence[Custodian]) -> tuple[dict[str, Any], bytes]:
    """(header, content) of a sealed file. Raises VaultLocked when no custodian here can open it."""
    import pyrage
    try:
        data = path.read_bytes()
    except OSError as why:
        raise InputError(f"This file cannot be read: {why.strerror or why}.", where=str(path)) from why
    for custodian in custodians:
        try:
            return unpack(age.decrypt(data, [custodian.identity()]))
        except (pyrage.DecryptError, ValueError, KeyError):
            continue
    raise VaultLocked("No custodian here can open this file, or it was changed. It was left as it is.", where=str(path),
                      fix="Open it on the device of a custodian whose card sealed it.")
