"""An entry of the usual shape, read strictly in one step; whatever is not sure to be right goes the long road (`chain`).

`msgspec` reads the line into the fields that this program writes, refusing any other field or type, and spells it
again; only the same bytes will do. What is left to look at is the body, and the shapes of four fields.
"""
from __future__ import annotations

import re
from typing import Annotated, Any, Literal

import msgspec

from bearwitness.seal import layout
from bearwitness.seal.canonical import MAX_INT, surely_fits, surely_flat
from bearwitness.seal.kinds import SHAPE

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
HEX32 = re.compile(r"[0-9a-f]{32}")
SHAPED = re.compile("\n".join(shape.pattern for shape in (SHAPE, TIME, HEX32, layout.HEX64)))
"""Shapes of kind, time, nonce and link, at once; none of them can match a line end, so each stands for itself."""

_Integer = Annotated[int, msgspec.Meta(ge=-MAX_INT, le=MAX_INT)]


class _Clock(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    mono: _Integer
    src: str
    unc_s: _Integer | str | None


class _Tool(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    build_sha256: str
    name: str
    ver: str


class Strict(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """The fields of an entry, in the order in which they are spelled."""

    actor: str
    body: dict[str, Any]
    clock: _Clock
    kind: str
    nonce: str
    prev: str
    refs: list[str]
    seq: Annotated[int, msgspec.Meta(ge=0, le=MAX_INT)]
    time: str
    tool: _Tool
    v: Literal[1]


_READ = msgspec.json.Decoder(Strict).decode
_SPELL = msgspec.json.Encoder(order="sorted").encode


def read(line: bytes) -> Strict | None:
    """An entry, without its line end, that is sure to be of the one spelling and the right shape; None says nothing."""
    if len(line) > layout.MAX_LINE:
        return None
    try:
        found = _READ(line)
        if _SPELL(found) != line or not (surely_flat(found.body) or surely_fits({"body": found.body})):
            return None
    except (ValueError, RecursionError):
        return None
    return found if SHAPED.fullmatch(f"{found.kind}\n{found.time}\n{found.nonce}\n{found.prev}") else None
