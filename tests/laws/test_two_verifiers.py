"""Whatever is put before them, the program's verifier and the one for outsiders give the same verdict.

Changes here are of structure, not of bits: a value of another type, a key renamed or dropped, a list turned round.
They are made in a release's list and in log entries, as found and with every link and number repaired; and, because
a forger may have a key of his own, also in a log that he signs.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.seal.worlds import World, make_world, rechain, replace_bytes, standing

from bearwitness.seal import keys, layout, note
from bearwitness.seal.canonical import encode
from bearwitness.seal.tree import Tree, leaf_hash
from bearwitness.seal.verify import verify_case
from bearwitness.seal.verify_release import verify_release

STRANGE: list[Any] = [
    None,
    True,
    0,
    -1,
    2**53 - 1,
    "",
    "x",
    "0" * 64,
    [],
    {},
    [[]],
    {"sha256": "0" * 64},
    "\x00",
    "é",
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inner:
        yield from places(below, (*path, key))


def changed(value: Any, chance: random.Random) -> Any:
    """The value with one place in it changed."""
    whole = {"v": json.loads(json.dumps(value))}
    path = ("v", *chance.choice([p for p in places(value) if p] or [()]))
    at: Any = whole
    for key in path[:-1]:
        at = at[key]
    act = chance.choice(["put", "drop", "rename", "turn"])
    if act == "drop":
        del at[path[-1]]
    elif act == "rename" and isinstance(at, dict) and len(path) > 1:
        at["renamed"] = at.pop(path[-1])
    elif act == "turn" and isinstance(at[path[-1]], list | str):
        at[path[-1]] = at[path[-1]][::-1]
    else:
        at[path[-1]] = chance.choice(STRANGE)
    return whole.get("v", {})


def spelled(value: Any) -> bytes:
    try:
        return encode(value)
    except (ValueError, TypeError):
        return json.dumps(value).encode()


def verdicts(folder: Path, release: bool) -> tuple[int, int]:
    report = verify_release(folder) if release else verify_case(folder)
    return report.exit_status, standing(folder)[0]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


def test_on_a_changed_list_of_a_release(
    world: World, sample: Callable[[int, int], int], proof: Callable[..., None]
) -> None:
    path, chance, many = world.release / "RELEASE.json", random.Random(3), sample(150, 3_000)
    listed = json.loads(path.read_bytes())
    for _ in range(many):
        other = changed(listed, chance)
        replace_bytes(path, spelled(other))
        program, outsider = verdicts(world.release, True)
        assert program == outsider, other
        assert program == 4 or other == listed
    proof(lists=many, disagreements=0)


def test_on_a_changed_list_that_its_maker_signed(
    world: World, sample: Callable[[int, int], int], proof: Callable[..., None]
) -> None:
    path, chance, many = world.release / "RELEASE.json", random.Random(4), sample(150, 3_000)
    listed = json.loads(path.read_bytes())
    key = keys.load_key(listed["origin"].split("/")[1])
    from hashlib import sha256

    for _ in range(many):
        data = spelled(changed(listed, chance))
        replace_bytes(path, data)
        text = f"bearwitness-release/1\n{listed['origin']}\n{sha256(data).hexdigest()}\n"
        replace_bytes(world.release / "RELEASE.sig", key.sign_note(text))
        program, outsider = verdicts(world.release, True)
        assert program == outsider, data
    proof(signed_lists=many, disagreements=0)


@pytest.mark.parametrize("repaired", [False, True])
def test_on_a_changed_entry(
    world: World, repaired: bool, sample: Callable[[int, int], int], proof: Callable[..., None]
) -> None:
    log, chance, many = world.log / "entries.jsonl", random.Random(5), sample(120, 3_000)
    lines = log.read_bytes().splitlines()
    for _ in range(many):
        at = chance.randrange(len(lines))
        other = changed(json.loads(lines[at]), chance)
        data = b"".join(line + b"\n" for line in [*lines[:at], spelled(other), *lines[at + 1 :]])
        if repaired and isinstance(other, dict):
            try:
                data = rechain(data.splitlines())
            except (ValueError, TypeError):
                continue
        replace_bytes(log, data)
        program, outsider = verdicts(world.case, False)
        assert program == outsider, other
        assert program == 4 or data.splitlines() == lines
    proof(entries=many, disagreements=0)


def test_on_a_changed_log_that_its_maker_signed(
    world: World, sample: Callable[[int, int], int], proof: Callable[..., None]
) -> None:
    """Whoever holds the key can sign nonsense; the two must still call the same things nonsense."""
    log, chance, many = world.log / "entries.jsonl", random.Random(6), sample(150, 3_000)
    lines = log.read_bytes().splitlines()
    origin = layout.Origin.parse(world.entries[0].origin)
    key = keys.load_key(origin.case)
    for path in (world.log / "checkpoints").iterdir():
        path.unlink()
    for _ in range(many):
        at = chance.randrange(len(lines))
        other = [*lines[:at], spelled(changed(json.loads(lines[at]), chance)), *lines[at + 1 :]]
        replace_bytes(log, b"".join(line + b"\n" for line in other))
        root = Tree(leaf_hash(line) for line in other).root()
        head = key.sign_note(note.Checkpoint(str(origin), len(other), root).text())
        replace_bytes(world.log / "checkpoint", head)
        newest = world.log / "checkpoints" / layout.checkpoint_name(len(other))
        if newest.exists():
            newest.chmod(0o600)
        newest.write_bytes(head)
        program, outsider = verdicts(world.case, False)
        assert program == outsider, other[at]
    proof(signed_logs=many, disagreements=0)
