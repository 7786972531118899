"""The short road of the strict reader and writer gives the answers of the long one, and no others."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bearwitness.seal import canonical
from bearwitness.seal.canonical import MAX_INT, NotCanonical, decode, encode
from bearwitness.seal.entry import Pen, make_entry, spell

any_text = st.text(max_size=6) | st.text('"\\:,{}[]\x00\n\x7f\u2028é0123456789', max_size=8)
keys = any_text | st.integers(0, 3)
number = st.integers(-(2**70), 2**70) | st.integers(MAX_INT - 2, MAX_INT + 2) | st.integers(-MAX_INT - 2, -MAX_INT + 2)
leaf = st.none() | st.booleans() | number | st.floats() | any_text | st.binary(max_size=2)
anything = st.recursive(
    leaf,
    lambda below: st.lists(below, max_size=4) | st.tuples(below, below) | st.dictionaries(keys, below),
    max_leaves=10,
)
plain = st.text("abcxyz0189_", min_size=1, max_size=3)
entry_like = st.dictionaries(plain, anything | st.dictionaries(plain, anything, max_size=4), max_size=5)
fits = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INT, MAX_INT) | any_text,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(any_text.filter(bool), below, max_size=4),
    max_leaves=10,
)
written = st.dictionaries(plain, fits | st.dictionaries(plain, fits, max_size=4), max_size=5)


def slowly_spelled(value: Any) -> bytes:
    canonical._check(value, 0)
    return canonical._spell(value)


def outcome(act: Any, given_: Any) -> Any:
    """What came of it: a result, or the kind of refusal."""
    try:
        return "result", act(given_)
    except NotCanonical:
        return "refused", NotCanonical
    except (TypeError, UnicodeEncodeError, ValueError) as why:
        return "refused", TypeError if isinstance(why, TypeError) else ValueError


@settings(max_examples=400, deadline=None)
@given(anything | entry_like)
@example({"a": {"": 1}})
@example({"a": {"b": {"\U0001f600": 1}}})
@example({"a": {"b": {3: 1}}})
@example({"a": [[[{"k": 2**53}]]]})
@example({"a": {"b\n": 1}})
@example({})
def test_writing_agrees_with_the_long_road(value: Any) -> None:
    assert outcome(encode, value) == outcome(slowly_spelled, value)


@settings(max_examples=400, deadline=None)
@given(written, st.data())
def test_reading_agrees_with_the_long_road_also_on_what_was_changed(value: Any, draw: st.DataObject) -> None:
    try:
        data = encode(value)
    except ValueError:
        return
    assert outcome(decode, data) == outcome(canonical._decode, data) == ("result", value)
    at = draw.draw(st.integers(0, len(data)))
    cut = draw.draw(st.integers(0, 2))
    put = draw.draw(
        st.binary(max_size=2) | st.sampled_from([b" ", b"1.0", b"1e3", b"-0", b"\\u0041", b"\xff", b'"a":1,', b"[", b"\n"])
    )
    changed = data[:at] + put + data[at + cut :]
    assert outcome(decode, changed) == outcome(canonical._decode, changed)


@pytest.mark.parametrize("depth", range(28, 36))
def test_both_roads_stop_at_the_same_depth(depth: int) -> None:
    for inner in (b"", b"1", b'"x"', b"{}"):
        data = b'{"a":' + b"[" * depth + inner + b"]" * depth + b"}"
        assert outcome(decode, data) == outcome(canonical._decode, data)


def test_every_character_is_spelled_alike_by_both_writers() -> None:
    """Escapes are where two writers differ, if they do."""
    points = [chr(point) for point in range(0x110000) if not 0xD800 <= point < 0xE000]
    for start in range(0, len(points), 4096):
        text = "".join(points[start : start + 4096])
        assert canonical._QUICK_SPELL(text) == canonical._spell(text)


def test_a_record_as_they_are_written_takes_the_short_road(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canonical, "_decode", None)
    monkeypatch.setattr(canonical, "_check", None)
    body = {"text": "قُتل 43", "n": [1, {"محقق": None}]}
    record = {"v": 1, "refs": ["object:" + "0" * 64], "body": body, "clock": {"unc_s": None}}
    assert decode(encode(record)) == record


@settings(max_examples=100, deadline=None)
@given(written, st.lists(any_text, max_size=3), any_text)
def test_a_body_spelled_before_gives_the_line_of_the_whole(body: dict[str, Any], refs: list[str], actor: str) -> None:
    fields = make_entry(7, "0" * 64, "observation.made", actor, body, refs)
    try:
        whole = spell(fields)
    except ValueError:
        return
    assert spell({**fields, "body": None}, encode({"body": body})[len(b'{"body":') : -1]) == whole


@pytest.mark.parametrize("change", [{"actor": 3}, {"refs": ["a", 1]}, {"refs": [b"x"]}])
def test_an_actor_and_refs_are_text_also_where_the_body_was_spelled_before(change: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        spell({**make_entry(7, "0" * 64, "observation.made", "researcher", {}, []), **change}, b"{}")


@settings(max_examples=100, deadline=None)
@given(written, st.lists(any_text, max_size=3), any_text)
def test_a_pen_writes_the_line_of_the_whole(body: dict[str, Any], refs: list[str], actor: str) -> None:
    """What is spelled piece by piece is, byte for byte, the one spelling of the entry it gives when read again."""
    try:
        line = Pen(actor, 2).line(1, 7, "0" * 64, "observation.made", canonical.encode_body(body), refs)
    except ValueError:
        with pytest.raises(ValueError):
            spell(make_entry(7, "0" * 64, "observation.made", actor, body, refs))
        return
    found = decode(line)
    whole = make_entry(7, "0" * 64, "observation.made", actor, body, refs)
    own = {name: found[name] for name in ("nonce", "time", "clock")}
    assert line == spell({**whole, **own}) and found.keys() == whole.keys()
    assert own.keys() <= whole.keys() and own["clock"].keys() == whole["clock"].keys()


def test_a_pen_gives_each_line_its_own_nonce_and_refuses_what_is_no_text() -> None:
    pen = Pen("researcher", 3)
    lines = [decode(pen.line(at, at, "0" * 64, "observation.made", b"{}", [])) for at in range(3)]
    assert len({line["nonce"] for line in lines}) == 3 and all(len(line["nonce"]) == 32 for line in lines)
    with pytest.raises(TypeError):
        Pen(3, 1)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        pen.line(0, 0, "0" * 64, "observation.made", b"{}", ["a", 1])  # type: ignore[list-item]
    with pytest.raises(ValueError):
        pen.line(0, 0, "0" * 64, "no.such", b"{}", [])


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(["id", "text", "size", "name", "odd", "Odd", ""]), leaf, max_size=5))
def test_a_flat_body_is_spelled_as_the_long_road_spells_it(body: dict[str, Any]) -> None:
    try:
        whole = encode({"body": body})[len(b'{"body":') : -1]
    except (TypeError, ValueError) as why:
        with pytest.raises(type(why)):
            canonical.encode_body(body)
        return
    assert canonical.encode_body(body) == whole
