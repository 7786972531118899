"""RFC 3161 time-stamp tokens: what an outside authority signed, and when. Works offline; asks nobody.

A token proves that a digest existed not later than its time, according to that authority. Not who made it, not that it is
true, not that it is no older. Three states only: invalid; valid, by a signer we were given no chain for; trusted, by a chain
the user gave. Some tokens that `openssl ts -verify` accepts are refused by the strict reader: then openssl, where it is
installed, is asked, and which of the two passed it is kept. Unsigned parts of a token can be changed without breaking it, so
a token is named by its content, and two with the same meaning are one stamp.
Source: RFC 3161; RFC 5816.
"""
from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256, sha384, sha512
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError

INVALID, UNKNOWN, TRUSTED = "invalid", "valid, signer unknown", "valid and trusted"
MAX_BYTES = 200_000
_HASHES = {"2.16.840.1.101.3.4.2.1": sha256, "2.16.840.1.101.3.4.2.2": sha384, "2.16.840.1.101.3.4.2.3": sha512}


@dataclass(frozen=True, slots=True)
class Stamp:
    """A token read and held to a message. time: UTC, to the second, as signed. authority: as it names itself.

    by: which verifier passed it. why: what is wrong, where it is invalid.
    """

    state: str
    time: str = ""
    authority: str = ""
    by: str = ""
    why: str = ""


def request(message: bytes) -> bytes:
    """A time-stamp request (DER) for a message, with a nonce, asking for the certificate."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder
    made = TimestampRequestBuilder(data=message, hash_algorithm=HashAlgorithm.SHA256, nonce=True, cert_req=True)
    return bytes(made.build().as_bytes())


def check(token: bytes, message: bytes, chain: bytes = b"") -> Stamp:
    """Hold a token (a response, or a bare token) to the message it should be about. chain: trusted roots as PEM."""
    if len(token) > MAX_BYTES:
        return Stamp(INVALID, why="longer than a token is")
    whole = wrapped(token)
    found = _decoded(whole)
    if isinstance(found, str):
        return _by_openssl(whole, message, chain, found)
    info = found.tst_info
    algorithm = _HASHES.get(info.message_imprint.hash_algorithm.dotted_string)
    if algorithm is None or algorithm(message).digest() != info.message_imprint.message:
        return Stamp(INVALID, why="it is about other bytes")
    time = info.gen_time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    authority = _stamping(_embedded(found)) or "not named in the token"
    roots = certificates(chain)
    if roots:
        why = _verified(found, message, roots)
        if not why:
            return Stamp(TRUSTED, time, authority, "rfc3161-client")
        asked = _by_openssl(whole, message, chain, why)
        return Stamp(asked.state, time, authority, asked.by, asked.why) if asked.state == TRUSTED else \
            Stamp(INVALID, time, authority, why=why)
    if _signed_at_all(whole, message, found):
        return Stamp(UNKNOWN, time, authority, "openssl" if shutil.which("openssl") else "rfc3161-client")
    return Stamp(INVALID, time, authority, why="its signature does not fit")


def wrapped(token: bytes) -> bytes:
    """A response around a bare token; a response as it is."""
    at = 2 if len(token) > 1 and token[1] < 0x80 else 2 + (token[1] & 0x7F) if len(token) > 1 else 0
    if token[:1] != b"\x30" or token[at:at + 1] != b"\x06":
        return token
    inner = bytes.fromhex("3003020100") + token
    size = len(inner)
    head = bytes([size]) if size < 0x80 else (count := (size.bit_length() + 7) // 8, bytes([0x80 | count])
                                              + size.to_bytes(count, "big"))[1]
    return b"\x30" + head + inner


def certificates(pem: bytes) -> list[Any]:
    """The certificates of a PEM file. Raises InputError for what holds none."""
    from cryptography.x509 import load_pem_x509_certificates
    if not pem.strip():
        return []
    try:
        return list(load_pem_x509_certificates(pem))
    except ValueError as why:
        raise InputError("The chain is no PEM file with certificates.") from why


def _decoded(whole: bytes) -> Any:
    """The decoded response, or why it cannot be decoded."""
    from rfc3161_client import decode_timestamp_response
    try:
        found = decode_timestamp_response(whole)
        return found if found.status == 0 else f"the authority refused (status {found.status})"
    except ValueError as why:
        return f"the strict reader refuses it: {str(why)[:120]}"


def _verified(found: Any, message: bytes, roots: list[Any]) -> str:
    from rfc3161_client import VerificationError, VerifierBuilder
    builder = VerifierBuilder()
    for root in roots:
        builder = builder.add_root_certificate(root)
    for extra in _embedded(found):
        builder = builder.add_intermediate_certificate(extra)
    try:
        builder.build().verify_message(found, message)
    except (VerificationError, ValueError) as why:
        return str(why)[:200] or "it does not verify by this chain"
    return ""


def _embedded(found: Any) -> list[Any]:
    from cryptography.x509 import load_der_x509_certificate
    out = []
    for data in found.signed_data.certificates:
        try:
            out.append(load_der_x509_certificate(data))
        except ValueError:
            continue
    return out


def _stamping(certs: list[Any]) -> str:
    """The name of the certificate that is made for time stamping; empty without one."""
    from cryptography.x509 import ExtendedKeyUsage, ExtensionNotFound
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
    for each in certs:
        try:
            usages = each.extensions.get_extension_for_class(ExtendedKeyUsage).value
        except (ExtensionNotFound, ValueError):
            continue
        if ExtendedKeyUsageOID.TIME_STAMPING in usages:
            names = each.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
            return str(names[0].value) if names else str(each.subject.rfc4514_string())
    return ""


def _signed_at_all(whole: bytes, message: bytes, found: Any) -> bool:
    """Whether the token's own certificate signed it, trusted or not."""
    own = _embedded(found)
    if not own:
        return False
    from cryptography.hazmat.primitives.serialization import Encoding
    pem = b"".join(each.public_bytes(Encoding.PEM) for each in own)
    if shutil.which("openssl"):
        return _openssl(whole, message, pem, "-partial_chain")[0]
    return any(not _verified(found, message, [each]) for each in own)


def _by_openssl(whole: bytes, message: bytes, chain: bytes, why: str) -> Stamp:
    """Ask openssl about a token that the strict reader refuses; without a chain, hold it to the certificates it brings."""
    if not shutil.which("openssl"):
        return Stamp(INVALID, why=why)
    own = b"" if chain.strip() else _brought(whole)
    good, told = _openssl(whole, message, chain) if not own else _openssl(whole, message, own, "-partial_chain")
    if not good:
        return Stamp(INVALID, why=why)
    return Stamp(UNKNOWN if own else TRUSTED, told, _named(own or chain), "openssl ts -verify")


def _brought(whole: bytes) -> bytes:
    """The certificates inside a token, as PEM, as openssl finds them."""
    token = subprocess.run(["openssl", "ts", "-reply", "-in", "/dev/stdin", "-token_out"], input=whole, capture_output=True,
                           timeout=30, check=False).stdout
    return subprocess.run(["openssl", "pkcs7", "-inform", "DER", "-print_certs"], input=token, capture_output=True,
                          timeout=30, check=False).stdout


def _named(pem: bytes) -> str:
    """The authority among some certificates."""
    try:
        found = _stamping(certificates(pem))
    except InputError:
        found = ""
    return found or "not named in the token"


def _openssl(whole: bytes, message: bytes, pem: bytes, *more: str) -> tuple[bool, str]:
    """(whether `openssl ts -verify` passes it, the time it prints)."""
    with tempfile.TemporaryDirectory(prefix="bearwitness-") as scratch:
        place = Path(scratch)
        for name, data in (("t.tsr", whole), ("m", message), ("ca.pem", pem)):
            (place / name).write_bytes(data)
        command = ["openssl", "ts", "-verify", "-in", "t.tsr", "-data", "m", "-CAfile", "ca.pem", *more]
        done = subprocess.run(command, cwd=place, capture_output=True, timeout=30, check=False)
        if done.returncode:
            return False, ""
        shown = subprocess.run(["openssl", "ts", "-reply", "-in", "t.tsr", "-text"], cwd=place, capture_output=True,
                               timeout=30, check=False).stdout.decode("utf-8", "replace")
    stamp = next((line.partition(":")[2].strip() for line in shown.splitlines() if line.startswith("Time stamp:")), "")
    try:
        return True, datetime.strptime(stamp, "%b %d %H:%M:%S %Y GMT").strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return True, stamp
