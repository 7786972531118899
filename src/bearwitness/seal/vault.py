"""The identity vault: what would identify a living person, encrypted to that person's own key, in files of its own.

    vault/<subject>/recipient        the person's public age key: whoever has it can add, and cannot read
    vault/<subject>/<n>.age          one sealed thing: names, contact, the account as it was given, a voice, a face
    vault/keys/<epoch>/<subject>.<custodian>.age      the person's secret key, wrapped to one custodian

A subject is a random id. Each sealed thing is padded to a power of the square root of two, so its size tells little, and
holds a random key `k` beside the content; the log has the digest of the ciphertext and the commitment
HMAC-SHA256(k, content), never a digest of the content, which could be guessed. Showing k and the content to a court
proves that it is what was sealed.
A device in the field needs only the recipients to add. To open takes a custodian. To erase: `erasing`.
Neglects: what a custodian copied or printed elsewhere; SSD remnants (they hold only what a destroyed key opened).
Sources: age (C2SP age.md); H. Krawczyk et al., RFC 2104 (HMAC).
"""
from __future__ import annotations

import hmac
import json
import math
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError, ProtectionError, VaultLocked
from bearwitness.seal import age, durable, layout, selftest
from bearwitness.seal.custodians import Custodian

LEAST = 2
"""How many custodians a vault needs, so that one lost passphrase loses nobody."""
SMALLEST = 512
"""No sealed thing is shorter than this [byte], before encryption."""
MAX_BYTES = 2_000_000_000


@dataclass(frozen=True, slots=True)
class SealedThing:
    """What the log may say of a sealed thing. size: of the padded content [byte]."""

    subject: str
    number: int
    ciphertext: str
    commitment: str
    size: int

    def body(self, what: str) -> dict[str, Any]:
        """The body of `identity.sealed`. what: the kind of thing, in the program's words, never the person's."""
        return {"id": f"{self.subject}:{self.number}", "subject": self.subject, "what": what,
                "ciphertext": self.ciphertext, "commitment": self.commitment, "size_bucket": self.size}


class Vault:
    """The vault of one case. root: its `.bearwitness` folder."""

    def __init__(self, root: Path) -> None:
        self.root, self.place = root, root / layout.VAULT

    @property
    def keys(self) -> Path:
        return self.place / "keys"

    def epochs(self) -> list[int]:
        """The epochs whose wrapped keys are here; more than one only while an erasure is at work or has died."""
        return sorted(int(p.name) for p in self.keys.glob("[0-9]*") if p.name.isdigit()) if self.keys.is_dir() else []

    def subjects(self) -> list[str]:
        return sorted(p.parent.name for p in self.place.glob("*/recipient")) if self.place.is_dir() else []

    def add_subject(self, recipients: Mapping[str, str]) -> str:
        """Make a person's key, wrap it to every custodian (role -> recipient), and forget it. Returns the subject's id.

        Raises ProtectionError with fewer than two custodians.
        """
        import pyrage
        selftest.vault()
        if len(recipients) < LEAST:
            raise ProtectionError(f"A vault needs {LEAST} custodians, so that one lost passphrase loses nobody; this case "
                                  f"has {len(recipients)}. Nothing was stored.", code="vault",
                                  fix="bearwitness key add --custodian --role custodian-1   (and another)")
        secret, subject = pyrage.x25519.Identity.generate(), secrets.token_hex(8)
        self.wrap(subject, str(secret), recipients, self.epochs()[-1] if self.epochs() else 1)
        self._write(self.place / subject / "recipient", str(secret.to_public()).encode() + b"\n")
        return subject

    def wrap(self, subject: str, secret: str, recipients: Mapping[str, str], epoch: int) -> None:
        """Write a subject's secret key for each custodian."""
        import pyrage
        for person, recipient in recipients.items():
            kept = pyrage.encrypt(secret.encode(), [pyrage.x25519.Recipient.from_str(recipient)])
            self._write(self.keys / str(epoch) / f"{subject}.{_safe(person)}.age", kept)

    def put(self, subject: str, header: Mapping[str, Any], content: bytes) -> SealedThing:
        """Seal content for a subject; needs no secret. header: what it is (name, media ...), sealed with it."""
        import pyrage
        if len(content) > MAX_BYTES:
            raise InputError(f"This is longer than {MAX_BYTES} bytes. Nothing was stored.")
        recipient = pyrage.x25519.Recipient.from_str(self._read(self.place / subject / "recipient").decode().strip())
        key = secrets.token_bytes(32)
        plain = pack({**header, "k": key.hex(), "size": len(content)}, content)
        kept = pyrage.encrypt(plain, [recipient])
        number = 1 + max((int(p.stem) for p in (self.place / subject).glob("*.age")), default=0)
        self._write(self.place / subject / f"{number}.age", kept)
        return SealedThing(subject, number, sha256(kept).hexdigest(), commitment(key, content), len(plain))

    def unlock(self, subject: str, custodians: Iterable[Custodian]) -> Any:
        """The subject's age identity, by any of these custodians. Raises VaultLocked when none of them can."""
        import pyrage
        for epoch in reversed(self.epochs()):
            for custodian in custodians:
                for path in sorted((self.keys / str(epoch)).glob(f"{subject}.*.age")):
                    if path.name != f"{subject}.{_safe(custodian.person)}.age" and custodian.path != Path():
                        continue
                    try:
                        opened = age.decrypt(self._read(path), [custodian.identity()])
                        return pyrage.x25519.Identity.from_str(opened.decode())
                    except (pyrage.DecryptError, pyrage.IdentityError, UnicodeDecodeError):
                        continue
        raise VaultLocked("No custodian here can open this identity. Nothing was opened.", where=subject,
                          fix="Use the device, the passphrase or the printed recovery identity of one of its custodians.")

    def open(self, subject: str, number: int, identity: Any) -> tuple[dict[str, Any], bytes]:
        """(header, content) of one sealed thing. Raises VaultLocked when it does not open, whatever the reason."""
        import pyrage
        try:
            return unpack(age.decrypt(self._read(self.place / subject / f"{number}.age"), [identity]))
        except (pyrage.DecryptError, ValueError, KeyError, TypeError) as why:
            raise VaultLocked("This file of the vault does not open: it was changed, or is of another key.",
                              where=f"{subject}/{number}.age", fix="Compare it with another copy of the case.") from why

    def things(self, subject: str) -> list[int]:
        return sorted(int(p.stem) for p in (self.place / subject).glob("*.age") if p.stem.isdigit())

    def losses(self, sealed: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
        """(about, thing, what is wrong) for every body of `identity.sealed` whose file is not here as it was sealed.

        Neglects: whether it opens, which takes a custodian.
        """
        found = []
        for body in sealed:
            subject, _, number = str(body["id"]).partition(":")
            path = self.place / subject / f"{number}.age"
            wrapped = any(path.name.startswith(f"{subject}.") for path in self.keys.glob("*/*.age"))
            state = "missing" if not path.is_file() else "" if _digest(path) == body["ciphertext"] else "changed"
            if state or not wrapped:
                found.append((str(body.get("about", "")), str(body["id"]), state or "without a key that opens it"))
        return found

    def _read(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as why:
            raise VaultLocked(f"A file of the vault cannot be read: {why.strerror or why}.", where=path.name,
                              fix="Take it from another copy of the case.") from why

    def _write(self, path: Path, data: bytes) -> None:
        try:
            durable.make_folder(path.parent)
            durable.replace(path, data, self.root / layout.CACHE, 0o600)
        except OSError as why:
            raise durable.disk_trouble(why, self.place) from why


def commitment(key: bytes, content: bytes) -> str:
    """What the log says of the content: HMAC-SHA256 under a random key that is sealed with it."""
    return hmac.new(key, content, sha256).hexdigest()


def pack(header: Mapping[str, Any], content: bytes) -> bytes:
    """One header line, the content, and zeros up to the next size of the scale."""
    plain = json.dumps(dict(header), ensure_ascii=False, sort_keys=True).encode() + b"\n" + content
    return plain + bytes(padded(len(plain)) - len(plain))


def unpack(plain: bytes) -> tuple[dict[str, Any], bytes]:
    line, _, rest = plain.partition(b"\n")
    header: dict[str, Any] = json.loads(line)
    return header, rest[:header["size"]]


def padded(size: int) -> int:
    """The smallest power of the square root of two that holds `size` [byte], never under 512."""
    step = math.ceil(2 * math.log2(max(size, SMALLEST)))
    while (found := math.isqrt(2**step)) < size:
        step += 1
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as kept:
        return file_digest(kept, "sha256").hexdigest()


def remove(path: Path) -> None:
    """Delete a file or a folder of the vault, durably; what was deleted already is no fault."""
    if path.is_dir():
        for inner in sorted(path.iterdir()):
            remove(inner)
        path.rmdir()
        durable.sync_folder(path.parent)
    elif path.exists():
        os.unlink(path)


def _safe(person: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in person)
