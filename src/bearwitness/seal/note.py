"""Signed text: C2SP signed notes, and the checkpoint of a log as one.

A note is UTF-8 text whose last line ends in LF, an empty line, then one line per signature:
`— <key name> <base64 of key id (4 bytes) || signature>`. The key id is SHA-256(name || LF || type || public
key)[:4]; the type of Ed25519 is 0x01. A checkpoint is a note of three lines: origin, size, base64 root.

Reading is strict, because a second spelling of a signed thing is a place to hide: canonical base64, no
leading zeros, LF only, no control characters. Unknown signatures are kept and prove nothing.
Not done here: deciding which key is to be trusted.
Sources: C2SP signed-note and tlog-checkpoint; RFC 8032 (Ed25519).
"""
from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

ED25519 = b"\x01"
DASH = "\u2014 "
MAX_NOTE = 1_000_000
MAX_SIGNATURES = 16

_SIGNATURE = re.compile(DASH + r"([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")


class BadNote(ValueError):
    """These bytes are not a signed note, or not a checkpoint."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One line under a note. raw: the signature alone, without the key id."""

    name: str
    key_id: bytes
    raw: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """text: what is signed, up to and including the LF of its last line."""

    text: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How many entries the log of `origin` had, and the root over them (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def key_id(name: str, public: bytes) -> bytes:
    """Four bytes that say which key of `name` signed."""
    return sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def sign(text: str, name: str, public: bytes, signer: Callable[[bytes], bytes]) -> bytes:
    """A note of `text` with one signature by the key `name`, made by `signer` over the text's bytes."""
    check_text(text)
    line = base64.b64encode(key_id(name, public) + signer(text.encode())).decode()
    return f"{text}\n{DASH}{name} {line}\n".encode()


def parse(data: bytes) -> Note:
    """The note that `data` is. Raises BadNote for anything but its one spelling."""
    if len(data) > MAX_NOTE:
        raise BadNote("longer than a note may be")
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError as why:
        raise BadNote("not UTF-8") from why
    text, gap, below = whole.rpartition("\n\n")
    if not gap or not below.endswith("\n"):
        raise BadNote("no signature lines under an empty line, or no line end at the end")
    text += "\n"
    check_text(text)
    lines = below[:-1].split("\n")
    if not 0 < len(lines) <= MAX_SIGNATURES:
        raise BadNote(f"{len(lines)} signatures")
    return Note(text, tuple(_signature(line) for line in lines))


def check_text(text: str) -> None:
    """Raises BadNote when `text` cannot be signed: no LF at its end, or a control character inside."""
    if not text.endswith("\n"):
        raise BadNote("the text does not end in a line end")
    if any((letter < " " and letter != "\n") or letter == "\x7f" for letter in text):
        raise BadNote("a control character in the text")


def verified(note: Note, name: str, public: bytes) -> bool:
    """True when a line under `note` is a good signature by this key; False when there is none by it.

    A line that names this key and does not verify makes it False, whatever the others say.
    """
    wanted = key_id(name, public)
    own = [line for line in note.signatures if line.name == name and line.key_id == wanted]
    return bool(own) and all(verify_ed25519(public, line.raw, note.text.encode()) for line in own)


def verify_ed25519(public: bytes, signature: bytes, message: bytes) -> bool:
    """RFC 8032 verification of a 64-byte signature by a 32-byte public key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint that a note's text is. Raises BadNote unless it is exactly three canonical lines."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0]:
        raise BadNote("a checkpoint has three lines: origin, size, root")
    if not _SIZE.fullmatch(lines[1]):
        raise BadNote(f"{lines[1]!r} is not a size")
    root = canonical_base64(lines[2])
    if len(root) != 32:
        raise BadNote("the root is not 32 bytes")
    return Checkpoint(lines[0], int(lines[1]), root)


def canonical_base64(text: str) -> bytes:
    """The bytes that `text` spells; BadNote when another text is their one spelling."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as why:
        raise BadNote("not base64") from why
    if base64.b64encode(data).decode() != text:
        raise BadNote("base64 that is not canonical")
    return data


def _signature(line: str) -> Signature:
    found = _SIGNATURE.fullmatch(line)
    if not found:
        raise BadNote("a signature line is not of the form: dash, key name, base64")
    data = canonical_base64(found[2])
    if len(data) < 5:
        raise BadNote("a signature line is too short")
    return Signature(found[1], data[:4], data[4:])
