"""One value has one spelling, and no other spelling is read."""

from __future__ import annotations

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.seal.canonical import MAX_INT, NotCanonical, decode, encode
from bearwitness.seal.verify_standalone import Bad, canonical

text = st.text(st.characters(exclude_categories=["Cs"]))
inner_key = st.text(st.characters(exclude_categories=["Cs"], max_codepoint=0xFFFF), min_size=1)
leaf = st.none() | st.booleans() | st.integers(-MAX_INT, MAX_INT) | text
inner = st.recursive(leaf, lambda below: st.lists(below) | st.dictionaries(inner_key, below), max_leaves=12)
key = st.text("abcdefghijklmnopqrstuvwxyz0123456789_", min_size=1)
body = st.dictionaries(key, st.dictionaries(key, inner) | inner.filter(lambda v: not isinstance(v, dict)))


@given(body)
def test_the_spelling_is_that_of_rfc_8785(value: object) -> None:
    assert encode(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(body)
def test_what_is_written_is_read_back_by_both_readers(value: object) -> None:
    assert decode(encode(value)) == value
    assert canonical(encode(value)) == value


@pytest.mark.parametrize(
    "data",
    [
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":1e2}',
        b'{"a":-0}',
        b'{"a":01}',
        b'{"a":NaN}',
        b'{"a":"\\u0041"}',
        b'{"a":"\\/"}',
        b'{"a":"\\ud800"}',
        b'{"a":9007199254740992}',
        b'{"A":1}',
        b'{"a":{"B c":1}}',
        b'{"a":1}\n',
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":"\xff"}',
        b"",
        b"{",
        b'{"a":"\\u000A"}',
        b'{"a":' + b"[" * 40 + b"]" * 40 + b"}",
        b"[" * 100_000,
        b'{"a":' + b"9" * 5000 + b"}",
    ],
    ids=lambda data: repr(data[:24]),
)
def test_every_other_spelling_is_refused_by_both_readers(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode(data)
    with pytest.raises(Bad):
        canonical(data)


@pytest.mark.parametrize("value", [{"a": 1.5}, {"a": object()}, {"a": b"bytes"}, {1: "a"}, {"a": {3, 4}}])
def test_what_has_no_exact_spelling_is_a_bug_of_the_caller(value: object) -> None:
    with pytest.raises(TypeError):
        encode(value)


@pytest.mark.parametrize(
    "value",
    [
        {"Name": "x"},
        {"a": {"with space": 1}},
        {"a": 2**53},
        {"a": "\ud800"},
        {"a": {"b": {"\U0001f600": 1}}},
        {"a": {"b": {"": 1}}},
    ],
)
def test_what_two_readers_could_spell_differently_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        encode(value)


def test_words_are_kept_as_they_were_written() -> None:
    """Evidence is not normalised: a composed and a decomposed letter stay two spellings."""
    assert decode(encode({"a": "e\u0301"})) == {"a": "e\u0301"}
    assert encode({"a": "e\u0301"}) != encode({"a": "\u00e9"})


def test_keys_that_people_chose_may_be_any_words_further_inside() -> None:
    assert decode(encode({"body": {"people": {"محقق-1": "role"}}}))["body"]["people"] == {"محقق-1": "role"}
