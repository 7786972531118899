"""BW-JCS: one spelling per value, so that one value has one digest.

A profile of RFC 8785 that the standard library's `json` writes exactly: UTF-8, keys sorted, no spaces, no
floats, integers within 2**53 - 1, no lone surrogates, no key said twice. Strings are kept verbatim (never
normalised: they are evidence). Keys of an entry and of its body are `[a-z0-9_]+`; keys further inside (ids
that people chose) are any non-empty text of the Basic Multilingual Plane, where sorting by code point and
the UTF-16 sorting of RFC 8785 agree.

Does not: read or write files. A value outside the profile is the caller's own bug: ValueError or TypeError.
Source: RFC 8785, JSON Canonicalization Scheme, 2020.
"""
from __future__ import annotations

import json
import re
from typing import Any

MAX_INT = 2**53 - 1
MAX_DEPTH = 32
PLAIN_KEY_DEPTH = 2
"""How many levels of objects have plain keys: the entry itself and what stands directly inside it."""

_PLAIN = re.compile(r"[a-z0-9_]+")


class NotCanonical(ValueError):
    """These bytes are not the one spelling of a value."""


def encode(value: Any) -> bytes:
    """The one spelling of `value` (None, bool, int, str, list, tuple, dict), UTF-8, without a line end.

    Raises TypeError for any other type, floats included; ValueError for what the profile forbids.
    """
    _check(value, 0)
    try:
        return _spell(value)
    except UnicodeEncodeError as why:
        raise ValueError("a string holds half a character (a lone surrogate)") from why


def decode(data: bytes) -> Any:
    """The value that `data` spells. Raises NotCanonical when `encode` would write anything else."""
    try:
        text = data.decode("utf-8")
        value = _DECODE(text)
        again = encode(value)
        if again != data:
            _TELLING(text)      # slower; says it when a key is there twice, which written again it is not
    except (ValueError, TypeError, RecursionError) as why:
        raise NotCanonical(f"not canonical JSON: {why}") from why
    if again != data:
        raise NotCanonical("not canonical JSON: the same value is written in another way")
    return value


def _spell(value: Any) -> bytes:
    return _SPELL(value).encode("utf-8")


def _check(value: Any, depth: int) -> None:
    if value is None or isinstance(value, (str, bool)):    # a union would cost more here
        return
    if depth > MAX_DEPTH:
        raise ValueError(f"nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, int):
        if abs(value) > MAX_INT:
            raise ValueError(f"{value} is beyond 2**53 - 1; write it as text")
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check_key(key, depth)
            if type(inner) is not str:
                _check(inner, depth + 1)
    elif isinstance(value, list | tuple):
        for inner in value:
            if type(inner) is not str:
                _check(inner, depth + 1)
    else:
        raise TypeError(f"{type(value).__name__} cannot be recorded; write numbers with a fraction as text")


def _check_key(key: Any, depth: int) -> None:
    if not isinstance(key, str):
        raise TypeError(f"key {key!r} is not text")
    if depth < PLAIN_KEY_DEPTH:
        if not _PLAIN.fullmatch(key):
            raise ValueError(f"key {key!r} is not made of a-z, 0-9 and _")
    elif not key or max(key) > "\uffff":
        raise ValueError(f"key {key!r} is empty or has a character outside the basic plane")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is said twice")
    return found


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is not an integer")


_DECODE = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse).decode
_TELLING = json.JSONDecoder(object_pairs_hook=_pairs, parse_float=_refuse, parse_constant=_refuse).decode
_SPELL = json.JSONEncoder(check_circular=False, sort_keys=True, separators=(",", ":"),
                          ensure_ascii=False, allow_nan=False).encode
"""Made once: making them costs more than most values do."""
