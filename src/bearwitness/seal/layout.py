"""Where everything lies inside `.bearwitness/`, and how a log's origin becomes a folder name.

    BEARWITNESS                     format and case id
    README.txt                      what this folder is, for whoever finds it
    logs/<fingerprint>-<epoch>/     entries.jsonl  checkpoint  checkpoints/<size>  lock
    objects/ab/<sha256>             sealed bytes, read-only
    cache/  vault/                  not covered by a digest: one may be deleted, the other is encrypted

The origin of a log, `bearwitness/<case id>/<key fingerprint>/<epoch>`, names its key, and no person or host.
Folder names hold only what Windows, macOS and Linux allow.
"""
from __future__ import annotations

import os
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

ROOT = ".bearwitness"
MARK = "BEARWITNESS"
README = "README.txt"
LOGS, OBJECTS, CACHE, VAULT = "logs", "objects", "cache", "vault"
ENTRIES, CHECKPOINT, CHECKPOINTS, LOCK = "entries.jsonl", "checkpoint", "checkpoints", "lock"
UNCOVERED = (CACHE, VAULT)
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that a desktop drops into any folder it shows. They are named, and are nobody's fault."""

MAX_LINE = 65_535
"""Longest entry [byte], so that it fits the entry bundles of C2SP tlog-tiles."""
MAX_BODY = 60_000
"""Longest body [byte] kept inside an entry; a longer one is an object."""
FIRST_PREV = "0" * 64
HEX64 = re.compile(r"[0-9a-f]{64}")

_MARK = re.compile(r"bearwitness-case/1\ncase ([0-9a-f]{32})\n")
_ORIGIN = re.compile(r"bearwitness/([0-9a-f]{32})/([0-9a-f]{32})/([1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose log this is: case id and key fingerprint (32 hex digits each), and the epoch, from 1."""

    case: str
    fingerprint: str
    epoch: int = 1

    def __str__(self) -> str:
        return f"bearwitness/{self.case}/{self.fingerprint}/{self.epoch}"

    @property
    def folder(self) -> str:
        return f"{self.fingerprint}-{self.epoch}"

    @classmethod
    def parse(cls, text: str) -> Origin:
        """Raises ValueError when `text` is not an origin."""
        found = _ORIGIN.fullmatch(text)
        if not found:
            raise ValueError("not the origin of a log of this kind")
        return cls(found[1], found[2], int(found[3]))


def fingerprint(public: bytes) -> str:
    """The name of a public key: the first 128 bits of its SHA-256, in hexadecimal."""
    return sha256(public).hexdigest()[:32]


def mark_text(case: str) -> bytes:
    """The content of the file BEARWITNESS."""
    return f"bearwitness-case/1\ncase {case}\n".encode()


def read_mark(data: bytes) -> str:
    """The case id in the file BEARWITNESS. Raises ValueError for any other content."""
    found = _MARK.fullmatch(data.decode("utf-8", "replace"))
    if not found:
        raise ValueError("not the mark of a case in format 1")
    return found[1]


def object_path(root: Path, digest: str) -> Path:
    """Where the object with this SHA-256 lies under the `.bearwitness` folder `root`."""
    return Path(object_name(root, digest))


def object_name(root: Path, digest: str) -> str:
    """`object_path` as text: a Path for each of many objects costs as much as reading a small one."""
    if not HEX64.fullmatch(digest):
        raise ValueError("an object is named by 64 hexadecimal digits")
    return os.path.join(root, OBJECTS, digest[:2], digest)


def checkpoint_name(size: int) -> str:
    """File name of the checkpoint at `size`, sorting by age."""
    return f"{size:012d}"


README_TEXT = """\
This folder is the signed notebook of a Bearwitness case. Do not edit, rename or delete anything in it:
any change is found, and the originals in it may be the only copies.

  logs/      what was recorded, one line each, and the signed checkpoints over those lines
  objects/   sealed files, each named by the SHA-256 of its bytes
  cache/     may be deleted at any time

To check it without Bearwitness (Python 3.11 or later, nothing else is needed):
  python3 -I verify.py FOLDER        FOLDER is the case, the folder above this one;
                                     verify.py stands in every published release
By hand: `sha256sum objects/*/*` prints every name twice when no sealed file has changed.
The private key is not here. It stays with the person who signs.
"""
