"""The cases that python-tuf tests a client's trust in changing keys with, put to the authority of a case: same verdicts.

The rows (keys, threshold, who signs, whether it is refused) are those of python-tuf, tests/test_updater_key_rotations.py:
fifteen of root, and ten of other roles, which here are acts that an authority signs. More rows: test_many_logs.py.
"""
from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from tests.laws.test_many_logs import CASE, Step, entry
from tests.seal.many import signed

from bearwitness.seal import keys, verify_standalone
from bearwitness.seal.reading import Entry
from bearwitness.seal.standing import Standing

KEYS = [keys.fresh(CASE) for _ in range(10)]
OPENER = keys.fresh(CASE)
Version = tuple[list[int], int, list[int], bool]
FIVE, NEXT, OTHERS = [0, 1, 2, 3, 4], [0, 1, 3, 4, 5], [5, 6, 7, 8, 9]
ROOT: dict[str, list[Version]] = {
    "1-of-1": [([1], 1, [1], True), ([2], 1, [2, 1], True), ([2], 1, [2], True)],
    "1-of-1, unused signatures": [([1], 1, [3, 1, 4], True), ([2], 1, [3, 2, 1, 4], True), ([2], 1, [3, 2, 4], True)],
    "1-of-1, not by the old key": [([1], 1, [1], True), ([2], 1, [2, 3, 4], False)],
    "1-of-1, not by the new key": [([1], 1, [1], True), ([2], 1, [1, 3, 4], False)],
    "3-of-5, several combinations": [(FIVE, 3, by, True) for by in ([0, 2, 4], [0, 4, 1], [0, 1, 3], [0, 1, 3])],
    "3-of-5, one key changes": [(FIVE, 3, [0, 2, 4], True), (NEXT, 3, [0, 4, 1], True)],
    "3-of-5, not by three new ones": [(FIVE, 3, [0, 2, 4], True), (NEXT, 3, [0, 2, 4], False)],
    "3-of-5, not by three old ones": [(FIVE, 3, [0, 2, 4], True), (NEXT, 3, [0, 4, 5], False)],
    "3-of-5, one key, by a step between": [(FIVE, 3, [0, 2, 4], True), (NEXT, 3, [0, 2, 4, 5], True),
                                           (NEXT, 3, [0, 4, 5], True)],
    "3-of-5, all keys, by a step between": [(FIVE, 3, [0, 2, 4], True), (OTHERS, 3, [0, 2, 4, 5, 6, 7], True),
                                            (OTHERS, 3, [5, 6, 7], True)],
    "threshold 1 to 2 of 3": [([1, 2, 3], 1, [1], True), ([1, 2, 3], 2, [1, 2], True)],
    "threshold 1 to 2 of 3, not reached": [([1, 2, 3], 1, [1], True), ([1, 2, 3], 2, [2], False)],
    "threshold 2 to 1 of 3": [([1, 2, 3], 2, [1, 2], True), ([1, 2, 3], 1, [1, 2], True), ([1, 2, 3], 1, [1], True)],
    "threshold 2 to 1 of 3, old one not reached": [([1, 2, 3], 2, [1, 2], True), ([1, 2, 3], 1, [1], False)],
    "1-of-1 to 2-of-2": [([1], 1, [1], True), ([1, 2], 2, [1, 2], True)],
}
ROLES: dict[str, Version] = {
    "1-of-1": ([2], 1, [2], True),
    "1-of-1, unused signatures": ([1], 1, [3, 1, 4], True),
    "1-of-1, not by the new key": ([2], 1, [1, 3, 4], False),
    "3-of-5, one signer is none of them": (NEXT, 3, [0, 2, 4], False),
    "3-of-5, one signature missing": (NEXT, 3, [0, 4], False),
    **{f"3-of-5, combination {by}": (FIVE, 3, by, True)
       for by in ([0, 2, 4], [0, 4, 1], [0, 1, 3], [1, 2, 3], [2, 3, 4])},
}


def verdicts(log: list[Entry]) -> list[bool]:
    """Which entries both the program and the stand-alone verifier accept; they must agree on each."""
    ours, theirs = Standing(), verify_standalone.case_part().Keys()
    verify_standalone.faults.clear()
    said = []
    for each in log:
        before = len(ours.faults)
        ours.fold(each)
        outside = not theirs.take(SimpleNamespace(origin=each.origin, at=each.seq, kind=each.kind, body=each.body,
                                                  actor="person", by=each.origin.split("/")[2]))
        assert (len(ours.faults) == before) == outside
        said.append(outside)
    return said


def opened() -> list[Entry]:
    origin = str(OPENER.origin)
    return [entry(origin, 0, "case.opened", {"case": CASE}),
            entry(origin, 1, "key.added", {"public": OPENER.public.hex(), "origin": origin})]


def put(log: list[Entry], kind: str, body: dict[str, object], *by: keys.DeviceKey) -> None:
    log.append(entry(str(OPENER.origin), len(log), kind, signed(kind, CASE, body, *by)))


def authority(step: Step | tuple[int, list[int], int]) -> dict[str, object]:
    said = [{"public": KEYS[at].public.hex(), "person": f"person-{at}"} for at in step[1]]
    return {"authority": {"version": step[0], "threshold": step[2], "keys": said}}


@pytest.mark.parametrize("name", ROOT)
def test_the_authority_changes_as_tufs_root_does(name: str, proof: Callable[..., None]) -> None:
    log = opened()
    for version, (members, threshold, by, _) in enumerate(ROOT[name], 2):
        signers = [KEYS[at] for at in by] if version > 2 else [OPENER, *(KEYS[at] for at in {*by, *members})]
        put(log, "key.rotated", authority((version, members, threshold)), *signers)
    assert verdicts(log)[2:] == [good for *_, good in ROOT[name]]
    proof(rotation_rows=1, other_verdicts=0)


@pytest.mark.parametrize("name", ROLES)
def test_what_the_authority_signs_counts_as_in_tufs_other_roles(name: str, proof: Callable[..., None]) -> None:
    members, threshold, by, good = ROLES[name]
    log, new = opened(), keys.fresh(CASE)
    put(log, "key.rotated", authority((2, members, threshold)), OPENER, *(KEYS[at] for at in members))
    body = {"public": new.public.hex(), "person": "person-new", "purpose": "person", "fingerprint": new.fingerprint}
    put(log, "key.added", body, *(KEYS[at] for at in by))
    assert verdicts(log)[2:] == [True, good]
    proof(rotation_rows=1, other_verdicts=0)
