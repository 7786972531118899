"""Witnesses on files: somebody else signs that they have seen this log grow, and only grow.

A request is the body of C2SP tlog-witness (`old N`, a consistency proof, an empty line, the checkpoint) with the log's
public key beside it; it travels on a stick or as mail. A witness keeps (size, root) for each log and signs a checkpoint
only when it is the same log, no smaller, and proved to hold what was seen before. Whoever holds a cosigned checkpoint can
find a rollback.
Natural witnesses: the second investigator, headquarters, a lawyer, a court's registry.
Sources: C2SP tlog-witness and tlog-cosignature (cosignature/v1, type 0x04).
"""
from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from bearwitness.errors import BadSignature, ForkedLog, InputError
from bearwitness.seal import durable, keys, layout, note, tree
from bearwitness.seal.layout import Origin

FORMAT = "bearwitness-witness-request/1"
COSIGNATURE = b"\x04"
MAX_PROOF = 63
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,62}")


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A checkpoint that a witness signed. time: UTC, as the witness's clock said."""

    head: note.Checkpoint
    witness: str
    public: bytes
    time: str


def request(old: int, grown: tree.Tree, checkpoint: bytes, public: bytes) -> bytes:
    """What a witness needs to see. old: the size this witness cosigned last, 0 for never."""
    head = note.parse_checkpoint(note.parse(checkpoint).text)
    proof = grown.consistency(old, head.size) if 0 < old < head.size else []
    body = f"old {old}\n" + "".join(base64.b64encode(step).decode() + "\n" for step in proof) + "\n" + checkpoint.decode()
    return (json.dumps({"format": FORMAT, "public": public.hex(), "body": body}, indent=1) + "\n").encode()


def cosign(data: bytes, name: str) -> tuple[bytes, Cosigned]:
    """The checkpoint of a request with this witness's signature added.

    Raises ForkedLog for a log that is smaller or another than what was seen, BadSignature for one its key did not sign,
    InputError for what is no request.
    """
    if not _NAME.fullmatch(name):
        raise InputError("A witness has a short name of a-z, 0-9, dots and hyphens, as a role.", where=name)
    public, old, proof, checkpoint = _parse(data)
    signed = note.parse(checkpoint)
    head = note.parse_checkpoint(signed.text)
    origin = Origin.parse(head.origin)
    if layout.fingerprint(public) != origin.fingerprint or not note.verified(signed, head.origin, public):
        raise BadSignature("This checkpoint is not signed by the key its log is named after. Nothing was signed.")
    _hold(head, old, proof)
    key = _key(name)
    now = datetime.now(UTC)
    _remember(head)
    line = _line(signed.text, name, key, int(now.timestamp()))
    return checkpoint + line, Cosigned(head, name, key.public, now.strftime("%Y-%m-%dT%H:%M:%SZ"))


def read_cosigned(data: bytes, name: str, public: bytes) -> Cosigned:
    """A cosigned checkpoint, checked. Raises BadSignature when that witness's signature is not there or not good."""
    try:
        found = note.parse(data)
        head = note.parse_checkpoint(found.text)
    except note.BadNote as why:
        raise InputError(f"This is not a checkpoint: {why}.") from why
    wanted = _key_id(name, public)
    for line in found.signatures:
        if line.name == name and line.key_id == wanted and len(line.raw) == 72:
            stamp = int.from_bytes(line.raw[:8], "big")
            if note.verify_ed25519(public, line.raw[8:], _message(found.text, stamp)):
                return Cosigned(head, name, public, datetime.fromtimestamp(stamp, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    raise BadSignature("No good signature of that witness stands under this checkpoint. Nothing was kept.", where=name)


def card(name: str) -> str:
    """`name+hex`: what others need to check this witness's signatures."""
    return f"{name}+{_key(name).public.hex()}"


def _parse(data: bytes) -> tuple[bytes, int, list[bytes], bytes]:
    try:
        whole = json.loads(data)
        public, body = bytes.fromhex(whole["public"]), str(whole["body"])
        top, _, checkpoint = body.partition("\n\n")
        lines = top.split("\n")
        proof = [note.canonical_base64(line) for line in lines[1:]]
        good = whole["format"] == FORMAT and re.fullmatch(r"old (0|[1-9]\d{0,15})", lines[0]) and len(proof) <= MAX_PROOF
        note.parse_checkpoint(note.parse(checkpoint.encode()).text)
    except (ValueError, KeyError, TypeError) as why:
        raise InputError("This is not a request for a witness. Nothing was signed.") from why
    if not good:
        raise InputError("This is not a request for a witness. Nothing was signed.")
    return public, int(lines[0][4:]), proof, checkpoint.encode()


def _hold(head: note.Checkpoint, old: int, proof: list[bytes]) -> None:
    """The rules of a witness: what it has seen must be a prefix of what it signs."""
    seen = _seen(head.origin)
    if seen is None:
        return
    size, root = seen
    if head.size < size or (head.size == size and head.root != root):
        raise ForkedLog(f"This witness has seen {size} entries of this log, and this checkpoint is another history, of "
                        f"{head.size}. Nothing was signed.",
                        heads=(f"{size} {root.hex()}", f"{head.size} {head.root.hex()}"),
                        fix="Keep both files: they show that the log was set back or forked.")
    if old != size:
        raise InputError(f"This witness has seen {size} entries; the request starts from {old}. Nothing was signed.",
                         fix=f"Make the request with --old {size}.")
    if head.size > size and not tree.check_consistency(size, head.size, root, head.root, proof):
        raise ForkedLog(f"This checkpoint is not proved to hold the {size} entries seen before. Nothing was signed.",
                        heads=(f"{size} {root.hex()}", f"{head.size} {head.root.hex()}"),
                        fix="Keep both files: they show that the log was set back or forked.")


def _place(origin: str) -> Path:
    return keys.data_folder() / "witness" / f"{sha256(origin.encode()).hexdigest()[:32]}.json"


def _seen(origin: str) -> tuple[int, bytes] | None:
    try:
        kept = json.loads(_place(origin).read_bytes())
        return int(kept["size"]), bytes.fromhex(kept["root"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as why:
        raise InputError("What this witness remembers of that log is damaged, so nothing was signed.",
                         where=str(_place(origin))) from why


def _remember(head: note.Checkpoint) -> None:
    """Durable before the signature leaves: a witness that forgets could sign two histories."""
    place = _place(head.origin)
    data = json.dumps({"origin": head.origin, "size": head.size, "root": head.root.hex()}).encode()
    try:
        durable.make_folder(place.parent)
        durable.replace(place, data, place.parent, 0o600)
    except OSError as why:
        raise durable.disk_trouble(why, place) from why


def _key(name: str) -> keys.DeviceKey:
    """This witness's own signing key, made at its first use; it is of no case."""
    return keys.load_or_make("0" * 31 + "1", f"witness-{name}")


def _line(text: str, name: str, key: Any, stamp: int) -> bytes:
    raw = _key_id(name, key.public) + stamp.to_bytes(8, "big") + key.sign(_message(text, stamp))
    return f"{note.DASH}{name} {base64.b64encode(raw).decode()}\n".encode()


def _key_id(name: str, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + COSIGNATURE + public).digest()[:4]


def _message(text: str, stamp: int) -> bytes:
    return f"cosignature/v1\ntime {stamp}\n".encode() + text.encode()
