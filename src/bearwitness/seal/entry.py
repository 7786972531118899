"""One entry of a log: as it is read, as it is made, and the one line that spells it."""
from __future__ import annotations

import os
import secrets
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

import msgspec

from bearwitness.seal import layout
from bearwitness.seal.canonical import embed, encode, text
from bearwitness.seal.kinds import KINDS
from bearwitness.seal.tool import tool

_TEXT = frozenset({str})
NO_TEXT = "an actor or a ref is not text"
TOO_LONG = "an entry with its refs is longer than 65,535 bytes; put long lists into the body"


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
    return {"v": 1, "seq": seq, "prev": previous, "nonce": secrets.token_hex(16), "kind": kind,
            "actor": actor, "time": _now(), "refs": list(refs), "body": body, "tool": tool(),
            "clock": {"src": "system", "unc_s": None, "mono": time.monotonic_ns() // 1_000_000}}


class Pen:
    """The lines of one batch by one actor: what they share is spelled once, and the clock is read once.

    A line is what `spell` gives for the fields of `make_entry`. many: how many there will be. time, tool: of them all.
    """

    def __init__(self, actor: str, many: int) -> None:
        """Raises TypeError where the actor is not text, ValueError where it holds half a character."""
        self._check((actor,))
        self.time, self.tool = _now(), tool()
        self._nonces = os.urandom(16 * many).hex().encode()
        self._start = b'{"actor":%b,"body":' % text(actor)
        self._middle = b',"clock":{"mono":%d,"src":"system","unc_s":null},"kind":"' % (time.monotonic_ns() // 1_000_000)
        self._end = b',"time":"%b",%b' % (self.time.encode(), _made_by())

    def line(self, at: int, seq: int, previous: str, kind: str, body: bytes, refs: Sequence[str]) -> bytes:
        """The entry with number `at` of the batch. body: as it is spelled. Raises as `make_entry` and `spell` do."""
        if kind not in KINDS:
            raise ValueError(f"there is no kind of record called {kind!r}")
        told = b"[]"
        if refs:
            self._check(refs)
            told = b"[%b]" % b",".join(map(text, refs))
        line = b'%b%b%b%b","nonce":"%b","prev":"%b","refs":%b,"seq":%d%b' % (
            self._start, body, self._middle, kind.encode(), self._nonces[32 * at:32 * at + 32], previous.encode(), told, seq,
            self._end)
        if len(line) > layout.MAX_LINE:
            raise ValueError(TOO_LONG)
        return line

    @staticmethod
    def _check(texts: Sequence[str]) -> None:
        if not _TEXT.issuperset(map(type, texts)):
            raise TypeError(NO_TEXT)


@cache
def _made_by() -> bytes:
    return b'"tool":%b,"v":1}' % encode(tool())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")[:-len("+00:00")] + "Z"


def spell(fields: dict[str, Any], body: bytes = b"") -> bytes:
    """An entry's line. body: its body where that is spelled already; the other fields as `make_entry` made them.

    Raises ValueError when it is longer than an entry may be, TypeError where actor or refs are not text.
    """
    if not body:
        line = encode(fields)
    elif not _TEXT.issuperset(map(type, (fields["actor"], *fields["refs"]))):
        raise TypeError(NO_TEXT)
    else:
        line = embed(fields, "body", body)
    if len(line) > layout.MAX_LINE:
        raise ValueError(TOO_LONG)
    return line
