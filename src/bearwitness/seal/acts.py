"""Statements that carry signatures of their own: who may sign is settled by a threshold, or by a second person.

Most entries are covered by the checkpoint of the device that wrote them. Three kinds need more than one person:
approving a finding, exporting, erasing an identity. Their body lists `signatures`, each by a key of the case over

    bearwitness/1 LF kind LF case LF canonical body without `signatures`

so a signature made on another device, carried on a file, fits this act in this case and no other.
Pure: bodies in, bytes and verdicts out. Who holds a key is `standing`'s to say.
Source: the two-man rule as The Update Framework states it for its root role (TUF specification 1.0, section 6.1).
"""
from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Any

from bearwitness.seal.canonical import encode
from bearwitness.seal.layout import fingerprint
from bearwitness.seal.note import verify_ed25519

TWO_PERSONS = frozenset({"finding.approved", "exhibit.exported", "identity.erased"})
"""Kinds that need the signature of a person other than the one whose device writes the entry."""

MAX_SIGNATURES = 16


def statement(kind: str, case: str, body: Mapping[str, Any]) -> bytes:
    """The bytes that a signature of this act covers. case: 32 hexadecimal digits."""
    bare = {key: value for key, value in body.items() if key != "signatures"}
    return f"bearwitness/1\n{kind}\n{case}\n".encode() + encode({"body": bare})


def sign(kind: str, case: str, body: Mapping[str, Any], public: bytes, signer: Callable[[bytes], bytes]) -> dict[str, str]:
    """One signature as it stands in a body: {key, signature}."""
    raw = signer(statement(kind, case, body))
    return {"key": fingerprint(public), "signature": base64.b64encode(raw).decode()}


def signers(kind: str, case: str, body: Mapping[str, Any], keys: Mapping[str, bytes]) -> set[str]:
    """Fingerprints of those `keys` (fingerprint -> public key) whose signature stands under this act and is good.

    Signatures by keys that are not known count for nothing, and the same key counts once.
    """
    listed = body.get("signatures")
    if not isinstance(listed, list) or len(listed) > MAX_SIGNATURES:
        return set()
    message = statement(kind, case, body)
    return {line["key"] for line in listed if _good(line, keys, message)}


def _good(line: Any, keys: Mapping[str, bytes], message: bytes) -> bool:
    if not isinstance(line, dict) or not isinstance(line.get("signature"), str) or not isinstance(line.get("key"), str) \
            or line["key"] not in keys:
        return False
    try:
        raw = base64.b64decode(line["signature"].encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return False
    return base64.b64encode(raw).decode() == line["signature"] and verify_ed25519(keys[line["key"]], raw, message)
