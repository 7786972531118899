"""Devices that work apart say the same in the end: whatever the order of merges, whatever their clocks."""
from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.seal.many import Devices, signed, three
from tests.seal.worlds import rechain
from tests.seal.worlds import standing as outsider

from bearwitness.errors import SealError
from bearwitness.seal import keys, layout, verify_standalone
from bearwitness.seal.devices import go_on_after_restore
from bearwitness.seal.history import ordered, versions
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.reading import Entry
from bearwitness.seal.standing import Standing
from bearwitness.seal.verify import verify_case
from bearwitness.seal.whole import everything

CASE = "c" * 32
NAMES = [f"bearwitness/{CASE}/{digit * 32}/1" for digit in "123"]
Logs = dict[str, list[Entry]]


def entry(origin: str, seq: int, kind: str, body: dict[str, Any], time: str = "") -> Entry:
    return Entry(origin, seq, f"{origin[45]}-{seq}", kind, "person", time, (), body, {})


def history(chance: random.Random) -> tuple[Logs, dict[str, set[str]]]:
    """Three logs of devices that speak and merge at random, and, for each entry, every entry it knew."""
    logs: Logs = {name: [] for name in NAMES}
    here = {name: dict.fromkeys(NAMES, 0) for name in NAMES}
    knew: dict[str, set[str]] = {}

    def write(name: str, kind: str, body: dict[str, Any], more: set[str]) -> None:
        before = logs[name][-1:]
        made = entry(name, len(logs[name]), kind, body, f"{chance.randint(2010, 2070)}-01-01T00:00:00.000000Z")
        knew[made.leaf] = more | {e.leaf for e in before} | (knew[before[0].leaf] if before else set())
        logs[name].append(made)
        here[name][name] = len(logs[name])

    for _ in range(chance.randint(6, 30)):
        name, other = chance.sample(NAMES, 2)
        if chance.random() < 0.6:
            write(name, "toll.stated", {"id": chance.choice("xyz"), "killed": str(chance.randint(0, 3))}, set())
            continue
        for origin in NAMES:
            if origin != name and here[other][origin] > here[name][origin]:
                size = here[name][origin] = here[other][origin]
                last = logs[origin][size - 1].leaf
                write(name, "log.merged", {"origin": origin, "size": size, "root": ""}, {last} | knew[last])
    return logs, knew


def state(logs: Logs) -> dict[Any, list[tuple[str, bool]]]:
    return {key: sorted((v.entry.leaf, v.withdrawn) for v in each) for key, each in versions(ordered(logs)).items()}


def merged(one: Logs, other: Logs) -> Logs:
    """What a folder holds after a merge: of each log the longer copy."""
    return {name: max(one.get(name, []), other.get(name, []), key=len) for name in [*other, *one]}


def test_any_order_of_merges_gives_one_state(sample: Callable[[int, int], int], proof: Callable[..., None]) -> None:
    chance, many, conflicts = random.Random(20151020), sample(1000, 20_000), 0
    for _ in range(many):
        logs, knew = history(chance)
        parts = [{origin: each[:chance.randint(0, len(each))] for origin, each in logs.items()} for _ in NAMES]
        for name, part in zip(NAMES, parts, strict=True):
            part[name] = logs[name]
        whole = state(logs)
        for a, b, c in permutations(parts):
            assert state(merged(merged(a, b), c)) == state(merged(a, merged(b, c))) == whole
        assert state(merged(logs, logs)) == state(merged(logs, parts[0])) == whole
        said = [e for each in logs.values() for e in each if "id" in e.body]
        for key, stands in whole.items():
            mine = [e for e in said if (e.kind, e.body["id"]) == key]
            free = sorted(e.leaf for e in mine if not any(e.leaf in knew[later.leaf] for later in mine))
            assert [leaf for leaf, _ in stands] == free, "what stands is what nobody who knew of it replaced"
            conflicts += len(stands) > 1
    assert conflicts > many // 10, "histories without disagreement would show nothing"
    proof(histories=many, conflict_sets=conflicts, differences=0)


def test_clocks_change_no_order(sample: Callable[[int, int], int], proof: Callable[..., None]) -> None:
    chance, many = random.Random(15), sample(200, 5_000)
    for _ in range(many):
        logs, knew = history(chance)
        order = [e.leaf for e in ordered(logs)]
        skewed = {name: [entry(e.origin, e.seq, e.kind, dict(e.body), f"{2020 + shift}-01-01T00:00:00.000000Z")
                         for e in each]
                  for shift, (name, each) in zip(chance.sample(range(-10, 51), 3), reversed(logs.items()),
                                                 strict=True)}
        assert [e.leaf for e in ordered(skewed)] == order
        place = {leaf: at for at, leaf in enumerate(order)}
        assert all(place[known] < place[leaf] for leaf in order for known in knew[leaf])
    proof(skewed_histories=many, orders_changed=0)


# --- the authority of a case: the cases that a TUF client's rotation tests go through
KEYS = [keys.fresh(CASE) for _ in range(9)]
Step = tuple[int, list[int], int, list[int]]                # version, members, threshold, signers
MATRIX: list[tuple[str, list[Step], list[bool]]] = [
    ("1-of-1 rotates", [(2, [1], 1, [0, 1])], [True]),
    ("1-of-1, unused signatures beside", [(2, [1], 1, [0, 1, 5, 6])], [True]),
    ("1-of-1, not signed by the old", [(2, [1], 1, [1])], [False]),
    ("1-of-1, not signed by the new", [(2, [1], 1, [0])], [False]),
    ("1-of-1, signed by others only", [(2, [1], 1, [5, 6])], [False]),
    ("3-of-5 begins", [(2, [1, 2, 3, 4, 5], 3, [0, 1, 2, 3])], [True]),
    ("3-of-5 begins with two of three", [(2, [1, 2, 3, 4, 5], 3, [0, 1, 2])], [False]),
    ("3-of-5, other three sign", [(2, [1, 2, 3, 4, 5], 3, [0, 1, 3, 5]), (3, [1, 2, 3, 4, 5], 3, [2, 4, 5])], [True, True]),
    ("3-of-5, one rotates", [(2, [1, 2, 3, 4, 5], 3, [0, 1, 2, 3]), (3, [2, 3, 4, 5, 6], 3, [2, 3, 4])], [True, True]),
    ("3-of-5, all rotate at once, both sign", [(2, [1, 2, 3], 3, [0, 1, 2, 3]), (3, [4, 5, 6], 3, [1, 2, 3, 4, 5, 6])],
     [True, True]),
    ("all rotate, not enough old", [(2, [1, 2, 3], 3, [0, 1, 2, 3]), (3, [4, 5, 6], 3, [1, 2, 4, 5, 6])], [True, False]),
    ("all rotate, not enough new", [(2, [1, 2, 3], 3, [0, 1, 2, 3]), (3, [4, 5, 6], 3, [1, 2, 3, 4, 5])], [True, False]),
    ("all rotate by an intermediate step",
     [(2, [1, 2, 3], 2, [0, 1, 2]), (3, [3, 4, 5], 2, [2, 3, 4]), (4, [6, 7], 2, [4, 5, 6, 7])], [True, True, True]),
    ("threshold up", [(2, [1, 2], 1, [0, 1]), (3, [1, 2], 2, [1, 2])], [True, True]),
    ("threshold up, the new one not met", [(2, [1, 2], 1, [0, 1]), (3, [1, 2], 2, [1])], [True, False]),
    ("threshold down", [(2, [1, 2], 2, [0, 1, 2]), (3, [1, 2], 1, [1, 2])], [True, True]),
    ("threshold down, the old one not met", [(2, [1, 2], 2, [0, 1, 2]), (3, [1, 2], 1, [1])], [True, False]),
    ("a version left out", [(3, [1], 1, [0, 1])], [False]), ("the same version again", [(1, [1], 1, [0, 1])], [False]),
    ("back to an older version", [(2, [1], 1, [0, 1]), (1, [0], 1, [0, 1])], [True, False]),
    ("a threshold nobody can meet", [(2, [1, 2], 3, [0, 1, 2])], [False]),
    ("a threshold of none", [(2, [1], 0, [0, 1])], [False]), ("one key named twice", [(2, [1, 1], 2, [0, 1])], [False]),
    ("one key signs twice", [(2, [1, 2], 2, [0, 1, 1])], [False]),
    ("after a refusal the old one stands", [(2, [1], 1, [1]), (2, [2], 1, [0, 2])], [False, True]),
]


@pytest.mark.parametrize(("name", "steps", "verdicts"), MATRIX, ids=[row[0] for row in MATRIX])
def test_rotation_of_the_authority(name: str, steps: list[Step], verdicts: list[bool]) -> None:
    origin = str(KEYS[0].origin)
    log = [entry(origin, 0, "case.opened", {"case": CASE}),
           entry(origin, 1, "key.added", {"public": KEYS[0].public.hex(), "origin": origin})]
    for version, members, threshold, by in steps:
        said = [{"public": KEYS[at].public.hex(), "person": f"person-{at}"} for at in members]
        body = {"authority": {"version": version, "threshold": threshold, "keys": said}}
        log.append(entry(origin, len(log), "key.rotated", signed("key.rotated", CASE, body, *(KEYS[at] for at in by))))
    ours, theirs = Standing(), verify_standalone.case_part().Keys()
    verify_standalone.faults.clear()
    program, outside = [], []
    for each in log:
        before = len(ours.faults)
        ours.fold(each)
        program.append(len(ours.faults) == before)
        outside.append(not theirs.take(SimpleNamespace(
            origin=origin, at=each.seq, kind=each.kind, body=each.body, actor="person", by=origin.split("/")[2])))
    assert program == outside == [True, True, *verdicts]


# --- real folders
@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("three")
    with pytest.MonkeyPatch.context() as patch:
        three(place, patch)
    return place


@pytest.fixture
def world(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Devices:
    shutil.copytree(built, tmp_path / "w")
    return Devices(tmp_path / "w", monkeypatch)


def said(world: Devices, name: str) -> Any:
    found = versions(everything(world.place / name / layout.ROOT))
    return {key: sorted(v.entry.leaf for v in each) for key, each in found.items() if key[0] == "toll.stated"}


def test_folders_that_merged_in_any_order_say_the_same(world: Devices) -> None:
    for pair in (("b", "a"), ("c", "b"), ("a", "c"), ("b", "c"), ("c", "a")):
        world.merge(*pair)
    assert said(world, "a") == said(world, "b") == said(world, "c")
    assert len(said(world, "a")["toll.stated", "t1"]) == 3, "three said it apart; all three stand"
    before = (world.place / "a" / layout.ROOT / "logs" / world.key("a").origin.folder / "entries.jsonl").read_bytes()
    for other in ("b", "c", "b"):
        again = world.merge("a", other)
        assert not again.forks
    world.write("a", ("toll.stated", {"id": "t1", "killed": "settled"}))
    assert len(said(world, "a")["toll.stated", "t1"]) == 1, "who knows all of them ends it"
    log = (world.place / "a" / layout.ROOT / "logs" / world.key("a").origin.folder / "entries.jsonl").read_bytes()
    assert log.startswith(before)


def test_two_histories_of_one_log_are_both_kept(world: Devices) -> None:
    shutil.copytree(world.place / "b", world.place / "clone")
    world.write("b", ("toll.stated", {"id": "t9", "killed": "5"}))
    world.forge("b", "clone", "toll.stated", {"id": "t9", "killed": "50"})
    world.merge("a", "b")
    found = world.merge("a", "clone")
    assert len(found.forks) == 1 and found.forks[0].here != found.forks[0].there
    gaps = [e for e in everything(world.place / "a" / layout.ROOT) if e.body.get("reason") == "fork"]
    assert len(gaps) == 1 and verify_case(world.place / "a").exit_status == outsider(world.place / "a")[0] == 0
    kept = (world.place / "a" / layout.ROOT / "objects" / gaps[0].body["sha256"][:2] / gaps[0].body["sha256"]).read_bytes()
    assert b'"killed":"50"' in kept, "the other history is evidence"


def test_a_backup_put_back_needs_a_new_epoch(world: Devices) -> None:
    shutil.copytree(world.place / "b", world.place / "backup")
    world.write("b", ("toll.stated", {"id": "t9", "killed": "5"}))
    shutil.rmtree(world.place / "b")
    (world.place / "backup").rename(world.place / "b")
    with world.at("b") as case:
        with pytest.raises(SealError), Notebook.open(case, write=True) as notebook:
            notebook.append([("toll.stated", {"id": "t9", "killed": "6"}, [])])
        assert go_on_after_restore(case, "person-b").epoch == 2
    world.write("b", ("toll.stated", {"id": "t9", "killed": "6"}))
    assert verify_case(world.place / "b").exit_status == outsider(world.place / "b")[0] == 0
    world.merge("a", "b")
    assert verify_case(world.place / "a").exit_status == outsider(world.place / "a")[0] == 0


def test_spliced_logs_with_every_hash_repaired_are_found(world: Devices, sample: Callable[[int, int], int],
                                                         proof: Callable[..., None]) -> None:
    """Lines dropped, doubled, moved within a log or into another one, with numbers and links made to fit again.

    Below the last checkpoint each must be named a fault; lines put behind it must be reported as not sealed.
    """
    chance, many, missed = random.Random(4), sample(60, 2_000), 0
    logs = sorted((world.place / "a" / layout.ROOT / "logs").iterdir())
    kept = {log: (log / "entries.jsonl").read_bytes().splitlines() for log in logs}
    for _ in range(many):
        log, other = chance.sample(logs, 2)
        lines, act = list(kept[log]), chance.choice(["drop", "double", "move", "splice", "swap"])
        at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
        if act == "drop":
            del lines[at]
        elif act == "double":
            lines.insert(to, lines[at])
        elif act == "move":
            lines.insert(to, lines.pop(at))
        elif act == "splice":
            lines.insert(to, chance.choice(kept[other]))
        else:
            lines = list(kept[other])
        data = rechain(lines)
        (log / "entries.jsonl").write_bytes(data)
        program, (outside, _) = verify_case(world.place / "a").exit_status, outsider(world.place / "a")
        assert program == outside
        behind = data.splitlines()[:len(kept[log])] == kept[log]
        missed += data.splitlines() != kept[log] and program != (3 if behind else 4)
        (log / "entries.jsonl").write_bytes(b"".join(line + b"\n" for line in kept[log]))
    assert not missed and verify_case(world.place / "a").exit_status == 0
    proof(splices=many, missed=missed)
