"""An entry that is read in one step is one that the long road finds nothing wrong with, whatever was done to its line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.seal import chain, strict
from bearwitness.seal.canonical import NotCanonical, decode
from bearwitness.seal.entry import make_entry, spell

BODY: dict[str, Any] = {"id": "P1", "sha256": "ab" * 32, "notes": [{"محقق-1": [1, None, True]}], "text": "قُتل 43"}
LINE = spell(make_entry(5, "0f" * 32, "observation.made", "researcher", BODY, ["object:" + "1" * 64]))
PLACES = [
    b'"v":1}', b'"seq":5', b'"time":"', b'"nonce":"', b'"prev":"0', b'"kind":"observation', b'"refs":["', b'"unc_s":null',
    b'"mono":', b'"src":"system"', b'"ver":"', b'"actor":"researcher"', b'"id":"P1"', b"[1,null,true]", b'"sha256":"ab',
]  # fmt: skip
PUT = [
    b"1.0", b"true", b"null", b'"1"', b"-1", b"9007199254740992", b"-0", b"1e3", b"{}", b"[]", b'"x":1,', b'"a":1,', b" ",
    b"\\u0041", b"\xff", b'"', b"", b"A", b"\n", b'"nonce":"x",', "٣".encode(), b'"z":{"B c":1},', b"[" * 40,
]  # fmt: skip


def slowly(line: bytes) -> str:
    """What the long road finds wrong."""
    try:
        entry = decode(line)
    except NotCanonical as why:
        return str(why)
    return chain._wrong_field(entry)


def test_a_line_as_it_is_written_is_read_in_one_step() -> None:
    found = strict.read(LINE)
    assert found is not None and found.body == BODY and (found.seq, found.prev) == (5, "0f" * 32)


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(PLACES), st.integers(-1, 20), st.integers(0, 4), st.sampled_from(PUT))
def test_no_line_is_read_in_one_step_that_the_long_road_refuses(place: bytes, off: int, cut: int, put: bytes) -> None:
    at = LINE.index(place) + off
    changed = LINE[:at] + put + LINE[at + cut :]
    found = strict.read(changed)
    if found is not None:
        assert slowly(changed) == ""
        assert json.loads(changed)["body"] == found.body


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2}, {"v": True}, {"seq": -1}, {"seq": True}, {"seq": 2**53}, {"refs": [1]}, {"refs": {}}, {"time": "2026"},
        {"nonce": "G" * 32}, {"prev": "0" * 63}, {"kind": "a.b\nc"}, {"actor": 1}, {"body": []}, {"clock": []},
        {"tool": None}, {"body": {"B": 1}}, {"body": {"a": 2**53}}, {"body": {"a": {"": 1}}}, {"body": {"a": 1.5}},
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_field_is_never_read_in_one_step(change: dict[str, Any]) -> None:
    line = json.dumps({**json.loads(LINE), **change}, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert slowly(line)
    assert strict.read(line) is None


@pytest.mark.parametrize("name", ["extra", "clock", "tool"])
def test_fields_that_this_program_does_not_know_are_left_to_the_long_road_and_are_no_fault(name: str) -> None:
    entry = json.loads(LINE)
    entry[name] = {**entry[name], "more": 1} if name in entry else [1]
    line = spell(entry)
    assert strict.read(line) is None and slowly(line) == ""
    lines = [line + b"\n"] * 3
    assert [place for _, place, _ in chain.read_chain(lines).faults if place in ("form", "fields")] == []
