"""What this device has hashed of a long log before, so that opening it need not hash every line and node again.

Two files, either of which may be deleted any day; without them, or where anything differs, every line is hashed:

    <the user's own folder>/heads/<case>-<log>.prefix   size, end, SHA-256 of the log up to there and of the tree
    <case>/.bearwitness/cache/tree-<log>                the digests of the tree, level by level

Nothing is trusted that lies in the case: both the bytes of the log and the digests of the tree are read whole and
held against digests kept where the private key is kept, so a changed byte is found as surely as without. It is
quicker because one SHA-256 over a long run costs a third of as many short ones. `verify` does not use it.
"""
from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from io import BufferedReader
from pathlib import Path
from typing import Any

from bearwitness.seal import durable, keys, layout
from bearwitness.seal.layout import Origin
from bearwitness.seal.tree import SIZE, Tree

FORMAT = "bearwitness-prefix/1"
LEAST = 50_000
"""Below so many new entries [1] keeping them is not worth the writing; nor below an eighth of the log."""

_FIELDS = {"format": str, "origin": str, "size": int, "end": int, "log": str, "tree": str}


def worth(size: int, kept: int) -> bool:
    """Whether a log of `size` entries should be kept anew, where `kept` are."""
    return size - kept >= max(LEAST, size // 8)


def keep(root: Path, origin: Origin, grown: Tree, end: int, seen: Any) -> None:
    """Keep a tree. end: where its last line ends [byte]; seen: a running SHA-256 over the log up to there.

    Where it cannot be written, only this aid is lost.
    """
    total, levels = sha256(), grown.levels()
    for level in levels:
        total.update(level)
    said = {"format": FORMAT, "origin": str(origin), "size": len(grown), "end": end, "log": seen.hexdigest(),
            "tree": total.hexdigest()}
    try:
        scratch = root / layout.CACHE
        durable.replace(_tree_path(root, origin), b"".join(levels), scratch, 0o600)
        record = _record_path(origin)
        durable.make_folder(record.parent)
        durable.replace(record, json.dumps(said, sort_keys=True).encode(), record.parent, 0o600)
    except OSError:
        return


def recall(root: Path, origin: Origin, log: BufferedReader) -> tuple[Tree, int, Any] | None:
    """The tree over the first part of a log, where that ends, and the running SHA-256 over it.

    log: the log, open; it stands at that end afterwards. None where nothing is kept or anything differs.
    """
    said = _record(origin)
    if said is None:
        return None
    try:
        grown = _read_tree(_tree_path(root, origin), said["size"], said["tree"])
    except OSError:
        return None
    seen, left = sha256(), said["end"]
    buffer = memoryview(bytearray(durable.BLOCK))
    while grown is not None and left and (many := log.readinto(buffer[:left])):
        seen.update(buffer[:many])
        left -= many
    if grown is None or left or seen.hexdigest() != said["log"]:
        return None
    return grown, said["end"], seen


def _record(origin: Origin) -> dict[str, Any] | None:
    try:
        said = json.loads(_record_path(origin).read_bytes())
    except (OSError, ValueError, RuntimeError):         # RuntimeError: a system where nobody has a home
        return None
    if not isinstance(said, dict) or any(type(said.get(name)) is not kind for name, kind in _FIELDS.items()):
        return None
    if said["format"] != FORMAT or said["origin"] != str(origin) or not 0 < said["size"] <= said["end"]:
        return None
    return said


def _read_tree(path: Path, size: int, digest: str) -> Tree | None:
    """Level `h` of a tree of `size` leaves holds the roots of its size // 2**h full subtrees."""
    total, levels = sha256(), []
    with path.open("rb", buffering=0) as kept:
        if path.stat().st_size != SIZE * sum(size >> height for height in range(size.bit_length())):
            return None
        for height in range(size.bit_length()):
            level = bytearray(SIZE * (size >> height))
            if not _fill(kept.readinto, level):
                return None
            total.update(level)
            levels.append(level)
    return Tree.of_levels(levels) if total.hexdigest() == digest else None


def _fill(read_into: Callable[[memoryview], int | None], room: bytearray) -> bool:
    view = memoryview(room)
    while view:
        many = read_into(view)
        if not many:
            return False
        view = view[many:]
    return True


def _record_path(origin: Origin) -> Path:
    return keys.data_folder() / "heads" / f"{origin.case}-{origin.folder}.prefix"


def _tree_path(root: Path, origin: Origin) -> Path:
    return root / layout.CACHE / f"tree-{origin.folder}"
