"""The device's private key: one per case and device, in the user's own data folder, never in the case.

It signs checkpoints and releases. Whoever has it can add entries as this device; nobody can change what an
older checkpoint covers. Beside it this room keeps the newest checkpoint it signed, so that a case folder
that was set back to an older state is noticed by the device that wrote the newer one.

The file is readable by its owner only (mode 0600), and encrypted with age where a passphrase is given
($BEARWITNESS_PASSPHRASE, or typed). Without one, encrypt the disk. A key made for a demonstration says so in its file
and in the log. A rotation writes the next key beside the old one first (`stage`), and puts it in its place
(`promote`) when the log has it. Not done here: key cards. Which keys count: `standing`.
"""
from __future__ import annotations

import base64
import json
import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError, VaultLocked
from bearwitness.seal import age, durable, note
from bearwitness.seal.layout import Origin, fingerprint

FORMAT = "bearwitness-key/1"


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """origin: the log this key signs. public: 32 bytes. demo: True when made for a demonstration."""

    origin: Origin
    public: bytes
    demo: bool
    _seed: bytes = field(repr=False, compare=False)

    @property
    def fingerprint(self) -> str:
        return self.origin.fingerprint

    def sign_note(self, text: str) -> bytes:
        """A note of `text`, signed in the name of the log's origin."""
        return note.sign(text, str(self.origin), self.public, self.sign)

    def sign(self, message: bytes) -> bytes:
        """An Ed25519 signature, 64 bytes."""
        from bearwitness.seal import selftest
        selftest.signing()
        return bytes(matching(self._seed, self.public, _key_path(self.origin.case)).sign(message))


def data_folder(env: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """The user's own folder for keys: $BEARWITNESS_HOME, else what the system calls application data."""
    if env.get("BEARWITNESS_HOME"):
        return Path(env["BEARWITNESS_HOME"])
    home = Path.home()
    if platform == "win32":
        return Path(env.get("APPDATA") or home / "AppData" / "Roaming") / "Bearwitness"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "Bearwitness"
    return Path(env.get("XDG_DATA_HOME") or home / ".local" / "share") / "bearwitness"


def make_key(case: str, *, demo: bool = False, passphrase: str = "") -> DeviceKey:
    """A fresh key for this device and case, written to the data folder. case: 32 hexadecimal digits.

    Raises InputError when this device already has a key for the case.
    """
    key = fresh(case, demo=demo)
    _write(_key_path(case), _content(key, passphrase))
    return key


def fresh(case: str, *, demo: bool = False) -> DeviceKey:
    """A new key, kept nowhere yet."""
    seed = secrets.token_bytes(32)
    public = private(seed).public_key().public_bytes_raw()
    return DeviceKey(Origin(case, fingerprint(public)), public, demo, seed)


def stage(key: DeviceKey, passphrase: str = "") -> None:
    """Keep the key that will follow, beside the one in use."""
    _next_path(key.origin.case).unlink(missing_ok=True)
    _write(_next_path(key.origin.case), _content(key, passphrase))


def staged(case: str) -> DeviceKey | None:
    """The key that a rotation was about to put in place, if one was cut short."""
    path = _next_path(case)
    return _load(path, case) if path.is_file() else None


def promote(case: str) -> None:
    """Put the staged key in the place of the old one, which is gone then."""
    try:
        os.replace(_next_path(case), _key_path(case))
        durable.sync_folder(_key_path(case).parent)
    except OSError as why:
        raise durable.disk_trouble(why, _key_path(case)) from why


def unstage(case: str) -> None:
    """Forget a key that never came into use."""
    _next_path(case).unlink(missing_ok=True)


def _content(key: DeviceKey, passphrase: str) -> dict[str, Any]:
    held = ({"private_age": _lock(key._seed, passphrase)} if passphrase else {"private": key._seed.hex()})
    return {"format": FORMAT, "case": key.origin.case, "fingerprint": key.fingerprint, "epoch": key.origin.epoch,
            "algorithm": "ed25519", "public": key.public.hex(), **held, "demo": key.demo,
            "made": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}


def load_or_make(case: str, name: str) -> DeviceKey:
    """A key of this data folder that is of no case, such as a witness's own; made at its first use."""
    path = data_folder() / "keys" / f"{name}.json"
    if not path.is_file():
        _write(path, _content(fresh(case), os.environ.get("BEARWITNESS_PASSPHRASE", "")))
    return _load(path, case)


def has_key(case: str) -> bool:
    """True when this device can write to the case."""
    return _key_path(case).is_file()


def load_key(case: str) -> DeviceKey:
    """This device's key for the case. Raises InputError when there is none, or its file is damaged.

    Raises VaultLocked when the file is encrypted and the passphrase is not given, or another one.
    """
    return _load(_key_path(case), case)


def public_of(case: str) -> Origin | None:
    """Which log this device writes for the case, if it has a key; opens nothing that is encrypted."""
    try:
        kept = json.loads(_key_path(case).read_text("utf-8"))
        return Origin(case, fingerprint(bytes.fromhex(kept["public"])), int(kept["epoch"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _load(path: Path, case: str) -> DeviceKey:
    try:
        kept = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as why:
        raise _no_key(path) from why
    except (OSError, ValueError) as why:
        raise _damaged(path) from why
    try:
        seed = _unlock(kept["private_age"]) if "private_age" in kept else bytes.fromhex(kept["private"])
        public = bytes.fromhex(kept["public"])
        origin = Origin(case, fingerprint(public), int(kept["epoch"]))
        key = DeviceKey(origin, public, kept["demo"] is True, seed)
        whole = (kept["format"], kept["case"], len(seed), kept["fingerprint"])
    except (KeyError, TypeError, ValueError) as why:
        raise _damaged(path) from why
    if whole != (FORMAT, case, 32, key.fingerprint):
        raise _damaged(path)
    return key


def ask_passphrase(what: str) -> str:
    """The passphrase from $BEARWITNESS_PASSPHRASE, or typed where somebody sits at a terminal."""
    given = os.environ.get("BEARWITNESS_PASSPHRASE", "")
    if given or not sys.stdin.isatty():
        return given
    import getpass
    return getpass.getpass(f"Passphrase for {what}: ")


def _lock(seed: bytes, passphrase: str) -> str:
    from pyrage import passphrase as age
    return base64.b64encode(age.encrypt(seed, passphrase)).decode()


def _unlock(kept: str) -> bytes:
    import pyrage
    given = ask_passphrase("this device's signing key")
    if not given:
        raise VaultLocked("This device's signing key is under a passphrase. Nothing was changed.",
                          fix="Type it, or set BEARWITNESS_PASSPHRASE for this command.")
    try:
        return age.decrypt_by_passphrase(base64.b64decode(kept), given)
    except pyrage.DecryptError as why:
        raise VaultLocked("That is not the passphrase of this device's signing key. Nothing was changed.",
                          fix="Type it again; without it, add a new key: bearwitness key add.") from why


def forget_key(case: str) -> None:
    """Take back a key whose case was never opened."""
    _key_path(case).unlink(missing_ok=True)


def remember(case: str, checkpoint: bytes) -> None:
    """Keep the newest checkpoint outside the case; where nothing can be written, only this aid is lost."""
    try:
        durable.make_folder(data_folder() / "heads")
        durable.replace(_head_path(case), checkpoint, data_folder() / "heads", 0o600)
    except OSError:
        return


def remembered(case: str) -> bytes | None:
    """The newest checkpoint this device signed for the case, if it still knows."""
    try:
        return _head_path(case).read_bytes()
    except OSError:
        return None


def seed_of(key: DeviceKey) -> bytes:
    """The private half, for whoever keeps it in another file."""
    return key._seed


def private(seed: bytes) -> Any:
    """The signing key behind 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    return Ed25519PrivateKey.from_private_bytes(seed)


def matching(seed: bytes, public: bytes, where: Path) -> Any:
    """The signing key behind `seed`. Raises InputError unless `public` is its other half: else it signs what fails."""
    if len(seed) != 32 or (key := private(seed)).public_key().public_bytes_raw() != public:
        raise _damaged(where)
    return key


def _key_path(case: str) -> Path:
    return data_folder() / "keys" / f"{case}.json"


def _next_path(case: str) -> Path:
    return data_folder() / "keys" / f"{case}.next.json"


def _head_path(case: str) -> Path:
    return data_folder() / "heads" / f"{case}.checkpoint"


def _write(path: Path, content: dict[str, Any]) -> None:
    """Put a new key file in place, whole or not at all; one that is there is kept."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, part = durable.temporary(path.parent)
        try:
            try:
                durable.write_all(handle, (json.dumps(content, indent=1) + "\n").encode())
                durable.sync(handle)
            finally:
                os.close(handle)
            os.link(part, path)
        finally:
            part.unlink(missing_ok=True)
        durable.sync_folder(path.parent)
    except FileExistsError as why:
        raise InputError("This device already has a key for this case. It was kept.",
                         where=str(path)) from why
    except OSError as why:
        raise durable.disk_trouble(why, path) from why


def _no_key(path: Path) -> InputError:
    return InputError("This device has no key for this case, so it can read and verify it but not add to it. "
                      "The case is unchanged.", where=str(path),
                      fix="Work on the device that opened the case, or set BEARWITNESS_HOME to the folder "
                          "with its key.")


def _damaged(path: Path) -> InputError:
    return InputError("The key file is damaged, so nothing can be signed. The case itself is unchanged.",
                      where=str(path), fix="Put back your own copy of this key file.")
