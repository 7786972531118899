"""One flipped bit in anything sealed is found and named, by the program's verifier and by the one for outsiders.

The law is checked on every file that a case and a release hold: objects, log lines, every checkpoint, the mark
of the case, its README, and each file of the release. BEARWITNESS_COUNT sets how many flips are tried.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.seal.worlds import World, covered, make_world, replace_bytes, standing

from bearwitness.seal.verify import verify_case
from bearwitness.seal.verify_release import verify_release


def flips(files: list[Path], many: int, chance: random.Random) -> Iterator[tuple[Path, int]]:
    """(file, number of a bit): each file gets its first and last bits, and its share of the rest by chance."""
    for path in files:
        bits = 8 * path.stat().st_size
        share = max(6, many // len(files))
        chosen = {0, 7, bits - 1, bits - 8} | {chance.randrange(bits) for _ in range(share)}
        yield from ((path, bit) for bit in sorted(chosen))


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def kind_of(world: World, path: Path) -> str:
    name = path.relative_to(world.root).as_posix() if world.root in path.parents else path.name
    return next((k for k in ("objects", "entries.jsonl", "checkpoint") if k in name), name)


def check(world: World, path: Path, folder: Path, bit: int) -> list[str]:
    """What either verifier misses about one flip."""
    data = path.read_bytes()
    replace_bytes(path, flipped(data, bit))
    case = folder == world.case
    report = verify_case(folder) if case else verify_release(folder)
    status, names = standing(folder)
    replace_bytes(path, data)
    name = path.relative_to(world.root if case else folder).as_posix()
    prefix = ".bearwitness/" if case else ""
    wrong = []
    if report.exit_status != 4 or prefix + name not in {fault.file for fault in report.faults}:
        wrong.append(f"verify misses bit {bit} of {name}: {report.reasons}")
    if status != 4 or name not in names:
        wrong.append(f"verify.py misses bit {bit} of {name}: {status} {names}")
    if name.endswith("entries.jsonl"):
        line = data[: bit // 8].count(b"\n")
        if not any(fault.seq == line for fault in report.faults):
            wrong.append(f"bit {bit} is in entry {line}, and verify names {report.reasons}")
    return wrong


def test_every_flipped_bit_is_found_and_its_file_named(
    tmp_path: Path, sample: Callable[[int, int], int], proof: Callable[..., None]
) -> None:
    world = make_world(tmp_path)
    many = int(os.environ.get("BEARWITNESS_COUNT") or sample(300, 16_000))
    tried: Counter[str] = Counter()
    wrong: list[str] = []
    sealed, published = covered(world.root), sorted(p for p in world.release.rglob("*") if p.is_file())
    for folder, files in ((world.case, sealed), (world.release, published)):
        for path, bit in flips(files, many // 2, random.Random(20151120)):
            tried[kind_of(world, path)] += 1
            wrong += check(world, path, folder, bit)
    proof(
        flips=tried.total(), missed=len(wrong), **{f"in {name}": many for name, many in sorted(tried.items())}
    )
    assert not wrong, wrong[:5]
    assert verify_case(world.case) and verify_release(world.release), (
        "after all flips are undone nothing is wrong"
    )


def test_a_file_cut_short_or_made_longer_is_found(tmp_path: Path, proof: Callable[..., None]) -> None:
    world = make_world(tmp_path)
    wrong, tried = [], 0
    for path in covered(world.root):
        data = path.read_bytes()
        for changed in (b"", data[:-1], data[: len(data) // 2], data + b"\0", data + data, b"\0" * len(data)):
            replace_bytes(path, changed)
            name = path.relative_to(world.root).as_posix()
            report, (status, _) = verify_case(world.case), standing(world.case)
            loose = name.endswith("entries.jsonl") and changed[: len(data)] == data
            least = (
                3 if loose and len(changed) == len(data) + 1 else 4
            )  # a piece of a line after the sealed ones
            if report.exit_status < least or status != report.exit_status:
                wrong.append(
                    f"{name} with {len(changed)} bytes: {report.exit_status} {status} {report.reasons}"
                )
            tried += 1
            replace_bytes(path, data)
    proof(cuts=tried, missed=len(wrong))
    assert not wrong, wrong[:5]


def test_whole_cases_raise_no_alarm(
    tmp_path: Path, sample: Callable[[int, int], int], proof: Callable[..., None]
) -> None:
    many = sample(5, 1_000)
    alarms = 0
    for number in range(many):
        world = make_world(tmp_path / str(number))
        alarms += not (verify_case(world.case) and verify_release(world.release))
        alarms += standing(world.case) != (0, []) or standing(world.release) != (0, [])
    proof(whole_cases=many, false_alarms=alarms)
    assert not alarms
