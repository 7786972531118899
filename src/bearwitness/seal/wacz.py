"""Web captures in WACZ, as others make them: is each file in it what its own list says, and is that list what it says?

Whole or not, and nothing more: who captured it, and that the page showed this, is not proved by it. A signature inside, by a
domain or by a key the capture brings along, is said and not relied on.
Source: WACZ format 1.1.1 (specs.webrecorder.net/wacz), datapackage.json and datapackage-digest.json; version 0.1 had the
digest of a file under `stats`.
"""
from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

MAX_LIST = 64 * 2**20
MAX_BYTES = 50 * 2**30


@dataclass(slots=True)
class Capture:
    """faults: what does not fit. files: how many were checked. signed: by whom, as it says; empty when unsigned."""

    faults: list[str] = field(default_factory=list)
    files: int = 0
    signed: str = ""
    created: str = ""

    def __bool__(self) -> bool:
        return not self.faults


def check(path: Path) -> Capture:
    """The verdict on a capture; what cannot be read is a fault, never an exception."""
    found = Capture()
    try:
        with zipfile.ZipFile(path) as packed:
            _check(packed, found)
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, TypeError, NotImplementedError, RuntimeError) as why:
        found.faults.append(f"it cannot be read as a capture: {type(why).__name__}")
    return found


def _check(packed: zipfile.ZipFile, found: Capture) -> None:
    names = set(packed.namelist())
    if "datapackage.json" not in names:
        found.faults.append("it has no datapackage.json")
        return
    listed = _read(packed, "datapackage.json")
    package: dict[str, Any] = json.loads(listed)
    found.created = str(package.get("created", ""))[:40]
    total = 0
    for row in package.get("resources", []):
        name, said = str(row["path"]), str(row.get("hash") or row.get("stats", {}).get("hash", ""))
        algorithm, _, digest = said.rpartition(":")
        if name not in names:
            found.faults.append(f"{name[:80]} is listed and missing")
            continue
        total += packed.getinfo(name).file_size
        if total > MAX_BYTES:
            found.faults.append("it unpacks to more than may be")
            return
        if algorithm not in ("", "sha256") or _digest(packed, name) != digest:
            found.faults.append(f"{name[:80]} is not what is listed")
        found.files += 1
    if "datapackage-digest.json" in names:
        about: dict[str, Any] = json.loads(_read(packed, "datapackage-digest.json"))
        if str(about.get("hash", "")).rpartition(":")[2] != sha256(listed).hexdigest():
            found.faults.append("datapackage-digest.json is about another list")
        signed = about.get("signedData") or {}
        found.signed = str(signed.get("domain") or ("a key it brings along" if signed.get("publicKey") else ""))[:100]


def _read(packed: zipfile.ZipFile, name: str) -> bytes:
    if packed.getinfo(name).file_size > MAX_LIST:
        raise ValueError("a list that is too long")
    return packed.read(name)


def _digest(packed: zipfile.ZipFile, name: str) -> str:
    total = sha256()
    with packed.open(name) as file:
        while block := file.read(1 << 20):
            total.update(block)
    return total.hexdigest()
