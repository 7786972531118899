"""The plain files of a folder that is being verified, by their names below it. Reads only."""
from __future__ import annotations

import os
import stat
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from bearwitness.seal.report import Report

BLOCK = 1 << 20


class Files:
    """Every file under `root`, with `/` in names on every system. A link or a device is a fault at once.

    prefix: set before names in faults. skip: folders directly under `root` that are not looked into.
    """

    def __init__(self, root: Path, report: Report, *, prefix: str = "", skip: Collection[str] = ()) -> None:
        self.root, self.report, self.prefix = root, report, prefix
        self.names: set[str] = set()
        top = os.fspath(root)
        for folder, folders, files in os.walk(top):
            if folder == top:
                folders[:] = [name for name in folders if name not in skip]
            below = "" if folder == top else os.path.relpath(folder, top).replace(os.sep, "/") + "/"
            for name in (*files, *(each for each in folders if os.path.islink(os.path.join(folder, each)))):
                self._add(os.path.join(folder, name), below + name)

    def read(self, name: str) -> bytes | None:
        """A file's bytes; None when it is missing or cannot be read."""
        try:
            return (self.root / name).read_bytes() if name in self.names else None
        except OSError:
            return None

    def digest(self, name: str) -> str:
        """SHA-256 of a file; empty when it cannot be read."""
        total = sha256()
        try:
            with open(os.path.join(self.root, name), "rb", buffering=0) as kept:
                while block := kept.read(BLOCK):
                    total.update(block)
        except OSError:
            return ""
        return total.hexdigest()

    def _add(self, path: str, name: str) -> None:
        try:
            plain = stat.S_ISREG(os.lstat(path).st_mode)
        except OSError:
            plain = False
        if not plain:
            self.report.fault(self.prefix + name, "is a link or a device, not a file", place="stray")
        else:
            self.names.add(name)
