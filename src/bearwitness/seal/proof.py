"""A proof that one entry stands in a log, as a text that other people's tools read.

    c2sp.org/tlog-proof@v1
    index 7
    <base64 of each digest of the inclusion path, lowest first>

    <the signed checkpoint>

The leaf is SHA-256(0x00 || the entry's line without its end), as in RFC 6962. A proof does not hold the entry: whoever
checks it needs the line, and the key of the log from somewhere he trusts.
Also: that an older checkpoint is a beginning of a newer one (consistency), as digests in base64.
Pure: bytes in, bytes or verdicts out. Source: https://c2sp.org/tlog-proof
"""
from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bearwitness.seal import note, tree

HEADER = "c2sp.org/tlog-proof@v1"
MAX_BYTES, MAX_STEPS = 100_000, 64
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,15})")


@dataclass(frozen=True, slots=True)
class Proof:
    """index: the entry's number. path: digests (32 bytes each), lowest first. checkpoint: a signed note."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes


class BadProof(ValueError):
    """A text that is not a proof in the one form it may have."""


def write(index: int, path: Sequence[bytes], checkpoint: bytes) -> bytes:
    """The text of a proof."""
    lines = [HEADER, f"index {index}", *(base64.b64encode(step).decode() for step in path), ""]
    return ("\n".join(lines) + "\n").encode() + checkpoint


def parse(data: bytes) -> Proof:
    """Raises BadProof for what is not a proof, or is one spelled in another way. An `extra` line is passed over."""
    top, gap, checkpoint = data.partition(b"\n\n")
    try:
        lines = top.decode("ascii").split("\n")
    except UnicodeDecodeError as why:
        raise BadProof("its head is not ASCII") from why
    if len(data) > MAX_BYTES or not gap or lines[0] != HEADER:
        raise BadProof(f"it does not begin with {HEADER}")
    rest = lines[2:] if len(lines) > 1 and lines[1].startswith("extra ") else lines[1:]
    number = _INDEX.fullmatch(rest[0]) if rest else None
    if not number or len(rest) - 1 > MAX_STEPS:
        raise BadProof("it gives no index, or too many digests")
    return Proof(int(number[1]), tuple(_digest(line) for line in rest[1:]), checkpoint)


def _digest(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as why:
        raise BadProof("a digest is not base64") from why
    if len(raw) != 32 or base64.b64encode(raw).decode() != text:
        raise BadProof("a digest is not 32 bytes in their one spelling")
    return raw


def check(data: bytes, entry: bytes, origin: str, public: bytes) -> Proof:
    """The proof, when it shows that `entry` (a line without its end) stands in the log `origin` of the key `public`.

    Raises BadProof with the reason otherwise.
    """
    found = parse(data)
    head = _head(found.checkpoint, origin, public)
    if not tree.check_inclusion(tree.leaf_hash(entry), found.index, head.size, found.path, head.root):
        raise BadProof("it does not lead from this entry to the signed root")
    return found


def check_growth(old: bytes, new: bytes, path: Sequence[bytes], origin: str, public: bytes) -> bool:
    """True when `path` shows that the log under checkpoint `old` is the beginning of the one under `new`.

    Both are signed notes of the log `origin`. Raises BadProof when one of them is not, or is not signed by `public`.
    """
    first, second = _head(old, origin, public), _head(new, origin, public)
    return tree.check_consistency(first.size, second.size, first.root, second.root, path)


def _head(data: bytes, origin: str, public: bytes) -> note.Checkpoint:
    try:
        signed = note.parse(data)
        head = note.parse_checkpoint(signed.text)
    except note.BadNote as why:
        raise BadProof(f"its checkpoint cannot be read: {why}") from why
    if head.origin != origin or not note.verified(signed, origin, public):
        raise BadProof("its checkpoint is not of this log, or not signed by its key")
    return head
