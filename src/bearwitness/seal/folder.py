"""The plain files of a folder that is being verified, by their names below it. Reads only."""
from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from bearwitness.seal import layout, plain
from bearwitness.seal.report import Report


class Files:
    """Every file under `root`, with `/` in names on every system. A link or a device is a fault at once.

    prefix: set before names in faults. skip: folders directly under `root` that are not looked into.
    """

    def __init__(self, root: Path, report: Report, *, prefix: str = "", skip: Collection[str] = ()) -> None:
        self.root, self.report, self.prefix = root, report, prefix
        self.names: set[str] = set()
        self._top = os.path.join(root, "")
        self._first = dict(self._newest())      # before the listing: what is published meanwhile is then not looked for
        folders = [("", frozenset(skip))]
        while folders:
            below, left_out = folders.pop()
            folders += ((f"{below}{name}/", frozenset()) for name in self._list(below, left_out))

    def read(self, name: str) -> bytes | None:
        """A file's bytes; None when it is missing or cannot be read."""
        try:
            return self._first.get(name) or plain.read(self._top + name) if name in self.names else None
        except OSError:
            return None

    def digest(self, name: str) -> str:
        """SHA-256 of a file; empty when it cannot be read."""
        try:
            return plain.digest(self._top + name)
        except OSError:
            return ""

    def _newest(self) -> Iterator[tuple[str, bytes]]:
        """The newest checkpoint of each log as it stood before anything else was read; its own file is older or as old.

        A writer publishes a checkpoint under its size first and then as the newest: read in the other order, both fit.
        """
        for path in sorted(self.root.glob(f"{layout.LOGS}/*/{layout.CHECKPOINT}")):
            with suppress(OSError):
                if path.is_file() and not path.is_symlink():
                    yield path.relative_to(self.root).as_posix(), path.read_bytes()

    def _list(self, below: str, left_out: Collection[str]) -> list[str]:
        """Take in the files of one folder; returns its folders, last first. What cannot be listed holds no names.

        The listing itself says what each name is, so that no file is looked at one by one.
        """
        folders, files, others = [], [], []
        try:
            with os.scandir(self._top + below) as found:
                for each in found:
                    kind = _kind(each)
                    if kind == "file":
                        files.append(below + each.name)
                    else:
                        others.append((each.name, kind))
        except OSError:
            return []
        self.names.update(files)
        for name, kind in sorted(others):
            if name in left_out:
                continue
            elif kind == "folder":
                folders.append(name)
            else:
                self.report.fault(self.prefix + below + name, "is a link or a device, not a file", place="stray")
        return folders[::-1]


def _kind(each: os.DirEntry[str]) -> str:
    try:
        return "file" if each.is_file(follow_symlinks=False) else "folder" if each.is_dir(follow_symlinks=False) else ""
    except OSError:
        return ""
