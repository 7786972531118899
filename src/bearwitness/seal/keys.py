"""The device's private key: one per case and device, in the user's own data folder, never in the case.

It signs checkpoints and releases. Whoever has it can add entries as this device; nobody can change what an
older checkpoint covers. Beside it this room keeps the newest checkpoint it signed, so that a case folder
that was set back to an older state is noticed by the device that wrote the newer one.

The file is readable by its owner only (mode 0600); it is not encrypted: encrypt the disk. A key made for a
demonstration says so in its file and in the log. Not done here: rotation, revocation, key cards.
"""
from __future__ import annotations

import json
import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError
from bearwitness.seal import durable, note
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
        return note.sign(text, str(self.origin), self.public, _private(self._seed).sign)


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


def make_key(case: str, *, demo: bool = False) -> DeviceKey:
    """A fresh key for this device and case, written to the data folder. case: 32 hexadecimal digits.

    Raises InputError when this device already has a key for the case.
    """
    seed = secrets.token_bytes(32)
    public = _private(seed).public_key().public_bytes_raw()
    key = DeviceKey(Origin(case, fingerprint(public)), public, demo, seed)
    _write(_key_path(case), {"format": FORMAT, "case": case, "fingerprint": key.fingerprint, "epoch": 1,
                             "algorithm": "ed25519", "public": public.hex(),
                             "private": seed.hex(), "demo": demo,
                             "made": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")})
    return key


def has_key(case: str) -> bool:
    """True when this device can write to the case."""
    return _key_path(case).is_file()


def load_key(case: str) -> DeviceKey:
    """This device's key for the case. Raises InputError when there is none, or its file is damaged."""
    path = _key_path(case)
    try:
        kept = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as why:
        raise _no_key(path) from why
    except (OSError, ValueError) as why:
        raise _damaged(path) from why
    try:
        seed, public = bytes.fromhex(kept["private"]), bytes.fromhex(kept["public"])
        origin = Origin(case, fingerprint(public), int(kept["epoch"]))
        key = DeviceKey(origin, public, kept["demo"] is True, seed)
        whole = (kept["format"], kept["case"], len(seed), kept["fingerprint"])
    except (KeyError, TypeError, ValueError) as why:
        raise _damaged(path) from why
    if whole != (FORMAT, case, 32, key.fingerprint):
        raise _damaged(path)
    return key


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


def _private(seed: bytes) -> Any:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    return Ed25519PrivateKey.from_private_bytes(seed)


def _key_path(case: str) -> Path:
    return data_folder() / "keys" / f"{case}.json"


def _head_path(case: str) -> Path:
    return data_folder() / "heads" / f"{case}.checkpoint"


def _write(path: Path, content: dict[str, Any]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            durable.write_all(handle, (json.dumps(content, indent=1) + "\n").encode())
            durable.sync(handle)
        finally:
            os.close(handle)
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
