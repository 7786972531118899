"""BW-JCS: one spelling per value, so that one value has one digest.

A profile of RFC 8785 that the standard library's `json` writes exactly: UTF-8, keys sorted, no spaces, no
floats, integers within 2**53 - 1, no lone surrogates, no key said twice. Strings are kept verbatim (never
normalised: they are evidence). Keys of an entry and of its body are `[a-z0-9_]+`; keys further inside (ids
that people chose) are any non-empty text of the Basic Multilingual Plane, where sorting by code point and
the UTF-16 sorting of RFC 8785 agree.

Two roads lead to the same answer. The long one, the standard library's `json` and a walk over every value, says what
the profile is, and names what is wrong. The short one reads and spells with `msgspec`, and is taken only where it
is sure to agree; whatever it is not sure of goes the long one.

Does not: read or write files. A value outside the profile is the caller's own bug: ValueError or TypeError.
Source: RFC 8785, JSON Canonicalization Scheme, 2020.
"""
from __future__ import annotations

import json
import re
from typing import Any

import msgspec

MAX_INT = 2**53 - 1
MAX_DEPTH = 32
PLAIN_KEY_DEPTH = 2
"""How many levels of objects have plain keys: the entry itself and what stands directly inside it."""

_PLAIN = re.compile(r"[a-z0-9_]+")
_COMMON = frozenset("v seq prev nonce kind actor time clock tool refs body src unc_s mono name ver build_sha256"
                    " id sha256 size media came_from within text".split())
"""Plain keys that most entries have: known to be so without looking."""
_SCALARS = frozenset({str, int, bool, type(None)})


class NotCanonical(ValueError):
    """These bytes are not the one spelling of a value."""


def encode(value: Any) -> bytes:
    """The one spelling of `value` (None, bool, int, str, list, tuple, dict), UTF-8, without a line end.

    Raises TypeError for any other type, floats included; ValueError for what the profile forbids.
    """
    try:
        data = _QUICK_SPELL(value)
        if surely_fits(value):
            return data
    except (TypeError, ValueError, RecursionError):
        pass                    # the long road tells what is wrong, if anything is
    _check(value, 0)
    try:
        return _spell(value)
    except UnicodeEncodeError as why:
        raise ValueError("a string holds half a character (a lone surrogate)") from why


def encode_body(body: dict[str, Any]) -> bytes:
    """The one spelling of the body of an entry, as it stands in `encode({"body": body})`; raises as that does."""
    if surely_flat(body):
        try:
            return _QUICK_SPELL(body)
        except ValueError:
            pass                # the long road tells what is wrong
    return encode({"body": body})[len('{"body":'):-1]


def surely_flat(body: dict[str, Any]) -> bool:
    """True only where a body holds nothing but texts and numbers that fit, under well-known keys; False says nothing."""
    values = body.values()
    if not (_COMMON.issuperset(body) and _SCALARS.issuperset(map(type, values))):
        return False
    return all([-MAX_INT <= value <= MAX_INT for value in values if type(value) is int])


def text(value: str) -> bytes:
    """The one spelling of a text. Raises ValueError where it holds half a character."""
    return _QUICK_SPELL(value)


def embed(fields: dict[str, Any], name: str, data: bytes) -> bytes:
    """The one spelling of `fields` with `data`, a value spelled already, at `name`.

    Looks at nothing: for fields that the program made itself. Raises as `encode` for half a character.
    """
    return _QUICK_SPELL({**fields, name: msgspec.Raw(data)})


def decode(data: bytes) -> Any:
    """The value that `data` spells. Raises NotCanonical when `encode` would write anything else."""
    try:
        value = _QUICK_READ(data)
        if _QUICK_SPELL(value) == data and surely_fits(value):
            return value
    except (ValueError, RecursionError):
        pass                    # the long road tells what is wrong, if anything is
    return _decode(data)


def _decode(data: bytes) -> Any:
    """`decode` by the long road."""
    try:
        text = data.decode("utf-8")
        value = _DECODE(text)
        _check(value, 0)
        again = _spell(value)
        if again != data:
            _TELLING(text)      # slower; says it when a key is there twice, which written again it is not
    except (ValueError, TypeError, RecursionError) as why:
        raise NotCanonical(f"not canonical JSON: {why}") from why
    if again != data:
        raise NotCanonical("not canonical JSON: the same value is written in another way")
    return value


def surely_fits(value: Any) -> bool:
    """True only where `encode` would find nothing wrong with its values and keys; False says nothing."""
    if type(value) is not dict:
        return False
    plain, other, inside, containers = [*value], list[str](), list[Any](), 1
    if _COMMON.issuperset(plain):
        plain.clear()
    for inner in value.values():
        if type(inner) is dict:
            containers += 1
            inside += inner.values()
            if not _COMMON.issuperset(inner):
                plain += inner
        else:
            inside.append(inner)
    for inner in inside:                # grows while it is walked
        kind = type(inner)
        if kind is str or inner is None or kind is bool:
            continue
        if kind is int:
            if not -MAX_INT <= inner <= MAX_INT:
                return False
            continue
        containers += 1                 # as many as that, and it is not known how deep they stand
        if containers > MAX_DEPTH:
            return False
        if kind is dict:
            other += inner
            inside += inner.values()
        elif kind is list or kind is tuple:
            inside += inner
        else:
            return False
    return _keys_fit(plain, other)


def _keys_fit(plain: list[str], other: list[str]) -> bool:
    """Whether these keys stand where plain ones must, and where any words may. TypeError where one is not text."""
    if other and ("" in other or max("".join(other)) > "\uffff"):
        return False
    return not plain or "" not in plain and _PLAIN.fullmatch("".join(plain)) is not None


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
_QUICK_READ = msgspec.json.Decoder(float_hook=_refuse).decode
_QUICK_SPELL = msgspec.json.Encoder(order="sorted").encode
_SPELL = json.JSONEncoder(check_circular=False, sort_keys=True, separators=(",", ":"),
                          ensure_ascii=False, allow_nan=False).encode
"""Made once: making them costs more than most values do."""
