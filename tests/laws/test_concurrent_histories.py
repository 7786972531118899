"""Real folders of three devices: wrong clocks change no order, and whoever holds something later finds a folder set back.

The same acts are done twice, with clocks that are right and with clocks that are up to ten years behind or fifty ahead and
jump. And a case is put back to an older state, alone or worked on, and shown to each who holds something of the newer one.
"""
from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.seal.many import Devices, three
from tests.seal.worlds import standing as outsider

from bearwitness.errors import ForkedLog
from bearwitness.seal import entry, layout, note, witnessing
from bearwitness.seal.bundle import build
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.verify import verify_case
from bearwitness.seal.whole import everything

Act = tuple[str, str, int]
"""(device, another one to merge or an id to speak of, shift of its clock [day])"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("three")
    with pytest.MonkeyPatch.context() as patch:
        three(place, patch)
    return place


def acts(chance: random.Random) -> list[Act]:
    """What three devices do, and by how much the clock of each is wrong just then: it jumps, forwards and back."""
    made: list[Act] = []
    for _ in range(chance.randint(5, 10)):
        name, other = chance.sample("abc", 2)
        made.append((name, other if chance.random() < 0.4 else chance.choice(["t1", "t2"]), chance.randint(-3650, 18250)))
    return made


def done(world: Devices, made: list[Act], skewed: bool) -> list[tuple[str, int, str]]:
    """(log, entry, kind) in the order in which the case shows them, after the acts and a merge of all into `a`."""
    for name, what, days in made:
        with pytest.MonkeyPatch.context() as patch:
            if skewed:
                patch.setattr(entry, "datetime", _clock(days))
            if what in "abc":
                world.merge(name, what)
            else:
                world.write(name, ("toll.stated", {"id": what, "killed": str(abs(days))}))
    for other in "bc":
        world.merge("a", other)
    return [(e.origin, e.seq, e.kind) for e in everything(world.place / "a" / layout.ROOT)]


def _clock(days: int) -> type[datetime]:
    class Wrong(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime.now(UTC) + timedelta(days=days)

    return Wrong


def test_wrong_clocks_change_no_order(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                      sample: Callable[[int, int], int], proof: Callable[..., None]) -> None:
    chance, many, changed, jumped = random.Random(1510), sample(2, 60), 0, 0
    for _ in range(many):
        made, orders = acts(chance), []
        for skewed in (False, True):
            shutil.rmtree(tmp_path / "w", ignore_errors=True)
            shutil.copytree(built, tmp_path / "w")
            world = Devices(tmp_path / "w", monkeypatch)
            orders.append(done(world, made, skewed))
            assert verify_case(tmp_path / "w" / "a").exit_status == outsider(tmp_path / "w" / "a")[0] == 0
        times = [e.time for e in everything(tmp_path / "w" / "a" / layout.ROOT)]
        jumped += times != sorted(times)
        changed += orders[0] != orders[1]
    proof(skewed_folders=many, with_times_out_of_order=jumped, orders_changed=changed)
    assert not changed and jumped


def test_each_holder_of_something_later_finds_a_folder_set_back(
        built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample: Callable[[int, int], int],
        proof: Callable[..., None]) -> None:
    chance, many = random.Random(5), sample(2, 60)
    found = dict.fromkeys(["device", "later_checkpoint", "bundle", "witness", "peer", "peer_after_work"], 0)
    for number in range(many):
        place = tmp_path / f"w{number}"
        shutil.copytree(built, place)
        world = Devices(place, monkeypatch)
        shutil.copytree(place / "a", place / "old")
        shutil.copytree(place / "home-a", place / "home-old")           # a clone, or a thief, has no newer memory
        for at in range(chance.randint(1, 4)):
            world.write("a", ("toll.stated", {"id": f"late-{at}", "killed": "1"}))
        world.merge("b", "a")                                           # a peer who has seen the newer one
        build(place / "a", place / "bundle")
        with world.at("a") as case, Notebook.open(case, write=True) as notebook:
            receipt = notebook.checkpoint_note()
            newer = witnessing.request(0, notebook.tree, receipt, notebook.public_key)
        with world.at("witness"):
            witnessing.cosign(newer, "court")
        shutil.copytree(place / "old", place / "back")
        with world.at("a"), pytest.raises(ForkedLog):
            Notebook.open(place / "back", write=True)
        found["device"] += 1
        found["later_checkpoint"] += verify_case(place / "back", later=receipt).exit_status == 4
        packed = next((place / "bundle" / "data" / "logs").glob(f"{world.key('a').origin.folder}/checkpoint")).read_bytes()
        found["bundle"] += verify_case(place / "back", later=packed).exit_status == 4
        assert verify_case(place / "back"), "alone, an older state is a whole one: nothing in it can tell"
        found["peer"] += _kept_by_peer(world, "back")
        world.write("old", *(("toll.stated", {"id": f"other-{at}", "killed": "9"}) for at in range(chance.randint(1, 6))))
        with world.at("old") as case, Notebook.open(case, write=False) as notebook:
            seen = note.parse_checkpoint(note.parse(receipt).text).size
            request = witnessing.request(min(seen, notebook.size), notebook.tree, notebook.checkpoint_note(),
                                         world.key("a").public)
        with world.at("witness"), pytest.raises(ForkedLog):
            witnessing.cosign(request, "court")
        found["witness"] += 1
        found["peer_after_work"] += len(world.merge("b", "old").forks) == 1
        shutil.rmtree(place)
    proof(set_back=many, **{f"found_by_{who}": times for who, times in found.items()},
          missed=6 * many - sum(found.values()))
    assert set(found.values()) == {many}, found


def _kept_by_peer(world: Devices, back: str) -> bool:
    """A peer who merges the older copy loses nothing of the newer one, and gives it back whole."""
    origin = world.key("a").origin.folder
    held = (world.place / "b" / layout.ROOT / layout.LOGS / origin / layout.ENTRIES).read_bytes()
    older = (world.place / back / layout.ROOT / layout.LOGS / origin / layout.ENTRIES).read_bytes()
    merged = world.merge("b", back)
    now = (world.place / "b" / layout.ROOT / layout.LOGS / origin / layout.ENTRIES).read_bytes()
    return not merged.forks and now == held and len(held) > len(older)
