"""One entry of a log: as it is read, as it is made, and the one line that spells it."""
from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from bearwitness.seal import layout
from bearwitness.seal.canonical import embed, encode
from bearwitness.seal.kinds import KINDS
from bearwitness.seal.tool import tool

_TEXT = frozenset({str})


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
    now = datetime.now(UTC).isoformat(timespec="microseconds")[:-len("+00:00")] + "Z"
    return {"v": 1, "seq": seq, "prev": previous, "nonce": secrets.token_hex(16), "kind": kind,
            "actor": actor, "time": now, "refs": list(refs), "body": body, "tool": tool(),
            "clock": {"src": "system", "unc_s": None, "mono": time.monotonic_ns() // 1_000_000}}


def spell(fields: dict[str, Any], body: bytes = b"") -> bytes:
    """An entry's line. body: its body where that is spelled already; the other fields as `make_entry` made them.

    Raises ValueError when it is longer than an entry may be, TypeError where actor or refs are not text.
    """
    if not body:
        line = encode(fields)
    elif not _TEXT.issuperset(map(type, (fields["actor"], *fields["refs"]))):
        raise TypeError("an actor or a ref is not text")
    else:
        line = embed(fields, "body", body)
    if len(line) > layout.MAX_LINE:
        raise ValueError("an entry with its refs is longer than 65,535 bytes; put long lists into the body")
    return line
