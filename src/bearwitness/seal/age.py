"""Opening age files strictly: the header must be spelled as the format says before the library sees it.

The library reads two old spellings of a header that C2SP's vectors call failures, and how much work it does for a
passphrase depends on how fast the machine is. Here the grammar of the header is held first, and the work has a fixed top,
so a file gets one verdict on every machine. Armour is not read: the vault never writes it.
Source: C2SP age.md (header grammar), CCTV/age (test vectors).
"""
from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

MAX_WORK = 22
"""Greatest scrypt work factor, as a power of two: about half a minute."""
_STANZA = rb"-> [!-~]+(?: [!-~]+)*\n(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n"
_HEADER = re.compile(rb"age-encryption\.org/v1\n(?:" + _STANZA + rb")+--- [A-Za-z0-9+/]{43}\n")
_SCRYPT = re.compile(rb"^-> scrypt \S+ ([0-9]+)$", re.MULTILINE)


def decrypt(data: bytes, identities: Sequence[Any]) -> bytes:
    """What is inside, for one of these identities. Raises pyrage.DecryptError for everything else."""
    import pyrage
    _header(data)
    return bytes(pyrage.decrypt(data, identities))


def decrypt_by_passphrase(data: bytes, passphrase: str) -> bytes:
    """What is inside a file under a passphrase. Raises pyrage.DecryptError for everything else."""
    import pyrage
    for work in _SCRYPT.findall(_header(data)):
        if int(work) > MAX_WORK:
            raise pyrage.DecryptError("the passphrase would take too long to try")
    return bytes(pyrage.passphrase.decrypt(data, passphrase))


def _header(data: bytes) -> bytes:
    import pyrage
    found = _HEADER.match(data)
    if not found:
        raise pyrage.DecryptError("the header is not as the format says")
    return found[0]
