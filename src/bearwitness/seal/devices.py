"""How a device gets a log of its own in a case: it opens the case, joins it, goes on with a new key, or goes on
after a backup was put back.

A log starts with two entries: `case.opened` (for every log but the first with `joins`, the state of the logs it goes
on from) and `key.added` (the key it is named after). A new log is laid out aside and gets its place in one step, so a
crash leaves either none or a whole one; a rotation that was cut short is finished, or forgotten, by `settle`, which
every opening for writing calls.
Not done here: whether the key counts. That is for the authority of the case to say (`standing`).
"""
from __future__ import annotations

import os
import secrets
import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError
from bearwitness.seal import acts, durable, keys, layout, note, reading
from bearwitness.seal.entry import make_entry, spell
from bearwitness.seal.layout import Origin
from bearwitness.seal.log import LogWriter


def lay_out(root: Path, key: keys.DeviceKey, actor: str) -> None:
    """Make everything a new case's `.bearwitness` folder holds, in `root`."""
    files = {layout.MARK: layout.mark_text(key.origin.case), layout.README: layout.README_TEXT.encode()}
    durable.make_folder(root / layout.CACHE)
    durable.make_folder(root / layout.OBJECTS)
    for name, data in files.items():
        durable.replace(root / name, data, root / layout.CACHE, 0o444)
    LogWriter.begin(root, key, _opening(root, key, actor, []))


def join(case_dir: Path, *, person: str, demo: bool = False) -> Origin:
    """Give this device a key and a log in a case that another device opened; returns the origin of that log.

    person: by role. Raises InputError when this device has a key for the case already. Until the case's authority
    adds the key, what this log says is kept and does not count.
    """
    root = Path(case_dir) / layout.ROOT
    case, _ = reading.find_logs(root)
    key = _left(root, case) or keys.make_key(case, demo=demo, passphrase=os.environ.get("BEARWITNESS_PASSPHRASE", ""))
    try:
        _begin(root, key, _opening(root, key, person, _seen(root)))
    except OSError as why:
        keys.forget_key(case)
        raise durable.disk_trouble(why, root) from why
    return key.origin


def _left(root: Path, case: str) -> keys.DeviceKey | None:
    """The key of a joining that died before its log began: it has signed nothing yet, anywhere."""
    if not keys.has_key(case) or keys.remembered(case) is not None:
        return None
    key = keys.load_key(case)
    return key if key.origin not in reading.find_logs(root)[1] else None


def rotation(case: str, old: keys.DeviceKey, new: keys.DeviceKey) -> dict[str, Any]:
    """The body of `key.rotated`, signed by both keys."""
    body: dict[str, Any] = {"from": old.fingerprint, "to": {"algorithm": "ed25519", "public": new.public.hex()}}
    return {**body, "signatures": [acts.sign("key.rotated", case, body, key.public, key.sign) for key in (old, new)]}


def follow(case_dir: Path, new: keys.DeviceKey, actor: str) -> Origin:
    """Begin the log of a staged key, and put the key in the place of the old one."""
    root = Path(case_dir) / layout.ROOT
    try:
        _begin(root, new, _opening(root, new, actor, _seen(root)))
    except OSError as why:
        raise durable.disk_trouble(why, root) from why
    keys.promote(new.origin.case)
    return new.origin


def go_on_after_restore(case_dir: Path, actor: str) -> Origin:
    """Begin a new epoch, because this folder was set back to an older state. Both heads are kept in its third entry.

    Raises InputError where this device remembers nothing newer than the folder holds.
    """
    root = Path(case_dir) / layout.ROOT
    case, _ = reading.find_logs(root)
    old = keys.load_key(case)
    kept, found = keys.remembered(case), reading.scan(root, old.origin)
    newest = note.parse_checkpoint(note.parse(kept).text) if kept else None
    if newest is None or newest.origin != str(old.origin) or _holds(found, newest):
        raise InputError("This folder is not behind what this device signed, so nothing was restored.",
                         where=str(root), fix="Go on working in it.")
    new = replace(old, origin=replace(old.origin, epoch=old.origin.epoch + 1))
    keys.stage(new, os.environ.get("BEARWITNESS_PASSPHRASE", ""))
    body = {"signed": kept.decode() if kept else "", "found": {"size": len(found.tree), "root": found.tree.root().hex()}}
    lines = _opening(root, new, actor, _seen(root))
    lines.append(spell(make_entry(2, sha256(b"\x00" + lines[-1]).hexdigest(), "restore.noted", actor, body, [])))
    try:
        _begin(root, new, lines)
    except OSError as why:
        raise durable.disk_trouble(why, root) from why
    keys.promote(case)
    return new.origin


def settle(root: Path, case: str) -> None:
    """Finish, or forget, a change of key that a crash cut short."""
    new = keys.staged(case)
    if new is None:
        return
    old = keys.public_of(case)
    logs = reading.find_logs(root)[1]
    if new.origin in logs:
        keys.promote(case)
    elif old in logs and old is not None and _rotated(root, old, new.fingerprint):
        first = next(reading.entries(root, old, 1))
        follow(root.parent, new, first.actor)
    else:
        keys.unstage(case)


def _rotated(root: Path, old: Origin, new: str) -> bool:
    size = len(reading.scan(root, old).tree)
    last = list(reading.entries(root, old, size, max(0, size - 8)))
    return any(e.kind == "key.rotated" and layout.fingerprint(bytes.fromhex(e.body["to"]["public"])) == new
               for e in last if isinstance(e.body.get("to"), dict))


def _holds(found: reading.Scan, newest: note.Checkpoint) -> bool:
    return newest.size <= len(found.tree) and found.tree.root(newest.size) == newest.root


def _seen(root: Path) -> list[dict[str, Any]]:
    """The state of every log that is here: what a new one goes on from."""
    found = []
    for origin in reading.find_logs(root)[1]:
        seen = reading.scan(root, origin)
        found.append({"origin": str(origin), "size": len(seen.tree), "root": seen.tree.root().hex()})
    return found


def _opening(root: Path, key: keys.DeviceKey, actor: str, joins: list[dict[str, Any]]) -> list[bytes]:
    files = [[name, sha256((root / name).read_bytes()).hexdigest()] for name in (layout.MARK, layout.README)]
    opened = {"format": 1, "case": key.origin.case, "files": files, **({"joins": joins} if joins else {})}
    added = {"algorithm": "ed25519", "public": key.public.hex(), "fingerprint": key.fingerprint,
             "origin": str(key.origin), "demo": key.demo}
    first = spell(make_entry(0, layout.FIRST_PREV, "case.opened", actor, opened, []))
    leaf = sha256(b"\x00" + first).hexdigest()
    return [first, spell(make_entry(1, leaf, "key.added", actor, added, []))]


def _begin(root: Path, key: keys.DeviceKey, lines: list[bytes]) -> None:
    """Lay the log out aside, then move it to its place."""
    aside = root / layout.CACHE / f"log-{secrets.token_hex(8)}"
    try:
        LogWriter.begin(aside, key, lines)
        durable.sync_folder(aside / layout.LOGS / key.origin.folder)
        os.rename(aside / layout.LOGS / key.origin.folder, root / layout.LOGS / key.origin.folder)
        durable.sync_folder(root / layout.LOGS)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
