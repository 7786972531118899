"""What an edited case file adds to the log: records for what changed, and for nothing else.

Pure: entries and bodies in, drafts out. Where a row stands in its file is not what it says, so a row that
only moved is no change. A row that is gone is withdrawn, by its id and kind only: its words are not said
again. The old stays in the log.
"""
from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from bearwitness.seal.kinds import STATED
from bearwitness.seal.reading import Entry

Key = tuple[str, str]
"""A record's kind and id."""
Draft = tuple[str, dict[str, Any], list[str]]
"""What to append: kind, body, refs."""

POSITION = ("file", "line")


def current(entries: Iterable[Entry]) -> dict[Key, Entry]:
    """The latest entry of every record that has an id and is not withdrawn, in the order first stated."""
    found: dict[Key, Entry] = {}
    for entry in entries:
        body = entry.body
        if entry.kind in ("record.withdrawn", "record.superseded"):
            found.pop((body.get("kind", ""), body.get("id", "")), None)
        elif isinstance(body.get("id"), str):
            found[entry.kind, body["id"]] = entry
    return found


def changes(now: Mapping[Key, Entry], read: Iterable[tuple[str, str, dict[str, Any]]], *,
            kinds: Collection[str] = STATED) -> list[Draft]:
    """The batch that brings the log up to what was read.

    now: from `current`. read: (kind, id, body) of everything that stands in the files. kinds: which kinds
    those files hold; a record of one of them that was not read is withdrawn. Raises ValueError when a kind
    and id were read twice.
    """
    batch: list[Draft] = []
    seen: set[Key] = set()
    for kind, name, body in read:
        key = (kind, name)
        if key in seen:
            raise ValueError(f"{kind} {name} was read twice")
        seen.add(key)
        old = now.get(key)
        if old is None:
            batch.append((kind, body, []))
        elif said(old.body) != said(body):
            batch.append((kind, body, [old.leaf]))
    for key, old in now.items():
        if key[0] in kinds and key not in seen:
            batch.append(("record.withdrawn", {"kind": key[0], "id": key[1]}, [old.leaf]))
    return batch


def said(body: Mapping[str, Any]) -> dict[str, Any]:
    """A body without the positions in it and in the parts it lists; tuples become lists, as stored."""
    return {key: _inner(value) for key, value in body.items() if key not in POSITION}


def _inner(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [said(each) if isinstance(each, Mapping) else _inner(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _inner(each) for key, each in value.items()}
    return value
