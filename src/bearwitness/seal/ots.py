"""OpenTimestamps proofs: a path of hashes from a digest to what a public calendar or a Bitcoin block attests.

Reads the format with its own limits; fetches nothing. A Bitcoin attestation says in which block the path must end: that the
block has that Merkle root is for a Bitcoin node, or a block explorer one trusts, to say. A pending one is a promise of a
calendar, not a proof.
Source: the OpenTimestamps proof format, version 1 (python-opentimestamps, doc strings of core/serialize and core/op).
"""
from __future__ import annotations

from dataclasses import dataclass
from hashlib import new
from typing import NoReturn

MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
_HASH = {0x02: ("sha1", 20), 0x03: ("ripemd160", 20), 0x08: ("sha256", 32)}
_KINDS = {bytes.fromhex("83dfe30d2ef90c8e"): "pending", bytes.fromhex("0588960d73d71901"): "bitcoin",
          bytes.fromhex("06869a0d73d71b45"): "litecoin"}
_KECCAK = 0x67      # Python's library cannot compute it: what follows is read, and its message left open
MAX_MESSAGE, MAX_PAYLOAD, MAX_DEPTH, MAX_BYTES = 4096, 8192, 256, 1_000_000


class BadProof(ValueError):
    """These bytes are no proof of this format."""


@dataclass(frozen=True, slots=True)
class Attestation:
    """kind: bitcoin, litecoin, pending or unknown. detail: block height, or the calendar's address.

    message: what it is about after every step, in hexadecimal, empty where a step could not be computed; for bitcoin the
    block's Merkle root, bytes as in the block.
    """

    kind: str
    detail: str
    message: str


@dataclass(frozen=True, slots=True)
class Proof:
    """algorithm, digest: of the stamped file."""

    algorithm: str
    digest: bytes
    attestations: tuple[Attestation, ...]


def parse(data: bytes) -> Proof:
    """Raises BadProof for anything that is not one whole proof within the limits."""
    if len(data) > MAX_BYTES or not data.startswith(MAGIC):
        raise BadProof("not an OpenTimestamps proof")
    reader = _Reader(data, len(MAGIC))
    if reader.number() != 1:
        raise BadProof("of a version that is not known")
    code = reader.byte()
    if code not in _HASH:
        raise BadProof("of a digest that is not known")
    algorithm, size = _HASH[code]
    digest = reader.take(size)
    found: list[Attestation] = []
    _walk(reader, digest, 0, found)
    if reader.at != len(data):
        raise BadProof("with bytes after its end")
    return Proof(algorithm, digest, tuple(found))


class _Reader:
    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def take(self, size: int) -> bytes:
        if size < 0 or self.at + size > len(self.data):
            raise BadProof("cut short")
        self.at += size
        return self.data[self.at - size:self.at]

    def byte(self) -> int:
        return self.take(1)[0]

    def number(self) -> int:
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7
            if shift > 63:
                raise BadProof("with a number that is too large")

    def words(self, most: int, least: int = 0) -> bytes:
        size = self.number()
        if not least <= size <= most:
            raise BadProof("with a part that is too long or empty")
        return self.take(size)


def _walk(reader: _Reader, message: bytes | None, depth: int, found: list[Attestation]) -> None:
    if depth > MAX_DEPTH:
        raise BadProof("nested too deep")
    tag = reader.byte()
    while tag == 0xFF:
        _step(reader, reader.byte(), message, depth, found)
        tag = reader.byte()
    _step(reader, tag, message, depth, found)


def _step(reader: _Reader, tag: int, message: bytes | None, depth: int, found: list[Attestation]) -> None:
    if tag == 0x00:
        kind = _KINDS.get(reader.take(8), "unknown")
        found.append(_attestation(kind, reader.words(MAX_PAYLOAD), message))
        return
    _walk(reader, _applied(reader, tag, message), depth + 1, found)


def _attestation(kind: str, payload: bytes, message: bytes | None) -> Attestation:
    inner, detail = _Reader(payload, 0), ""
    if kind == "pending":
        detail = ascii(inner.words(1000).decode("utf-8", "replace"))[1:-1]
    elif kind in ("bitcoin", "litecoin"):
        detail = str(inner.number())
    if kind != "unknown" and inner.at != len(payload):
        raise BadProof("with an attestation that does not end where it should")
    return Attestation(kind, detail, "" if message is None else message.hex())


def _applied(reader: _Reader, tag: int, message: bytes | None) -> bytes | None:
    more = reader.words(MAX_MESSAGE, 1) if tag in (0xF0, 0xF1) else b""
    if tag == _KECCAK or message is None:
        return None if tag == _KECCAK or tag in _HASH or tag in (0xF0, 0xF1, 0xF2, 0xF3) else _unknown()
    if tag in (0xF0, 0xF1):
        out = message + more if tag == 0xF0 else more + message
    elif tag == 0xF2:
        out = message[::-1]
    elif tag == 0xF3:
        out = message.hex().encode()
    elif tag in _HASH:
        out = new(_HASH[tag][0], message).digest()
    else:
        _unknown()
    if len(out) > MAX_MESSAGE:
        raise BadProof("with a message that is too long")
    return out


def _unknown() -> NoReturn:
    raise BadProof("with a step that is not known")
