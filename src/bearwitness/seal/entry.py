"""One entry of a log: as it is read, as it is made, and the one line that spells it."""
from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from bearwitness.seal import layout
from bearwitness.seal.canonical import encode
from bearwitness.seal.kinds import KINDS
from bearwitness.seal.tool import tool


class Entry(msgspec.Struct, frozen=True):
    """One record as it stands in the log. leaf: its SHA-256 leaf hash, 64 hexadecimal digits.

    refs: leaf hashes of entries it speaks of, or `object:<sha256>`. time: UTC, as the device's clock said.
    """

    origin: str
    seq: int
    leaf: str
    kind: str
    actor: str
    time: str
    refs: tuple[str, ...]
    body: dict[str, Any]
    tool: dict[str, Any]


def make_entry(seq: int, previous: str, kind: str, actor: str, body: dict[str, Any],
               refs: Sequence[str]) -> dict[str, Any]:
    """The fields of an entry. Raises ValueError for a kind that does not exist."""
    if kind not in KINDS:
        raise ValueError(f"there is no kind of record called {kind!r}")
    now, uptime_ms = datetime.now(UTC), time.monotonic_ns() // 1_000_000
    return {"v": 1, "seq": seq, "prev": previous, "nonce": secrets.token_hex(16), "kind": kind,
            "actor": actor, "time": now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "refs": list(refs), "body": body,
            "tool": tool(), "clock": {"src": "system", "unc_s": None, "mono": uptime_ms}}


def spell(fields: dict[str, Any]) -> bytes:
    """An entry's line. Raises ValueError when it is longer than an entry may be."""
    line = encode(fields)
    if len(line) > layout.MAX_LINE:
        raise ValueError("an entry with its refs is longer than 65,535 bytes; put long lists into the body")
    return line
