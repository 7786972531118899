"""Reading a log as an opponent would: every line, its form, its number and its link, one by one.

Pure: lines in, findings out. `Chain` keeps the tree over the raw lines whatever is wrong with them, so that
roots can be held against checkpoints. A changed entry shows where the next one's link points elsewhere;
`culprits` works out from the pattern of broken links which entry it was.
"""
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from bearwitness.seal import layout, strict, tree
from bearwitness.seal.acts import TWO_PERSONS
from bearwitness.seal.canonical import NotCanonical, decode
from bearwitness.seal.entry import Entry
from bearwitness.seal.kinds import SHAPE

FIELDS = frozenset("v seq prev nonce kind actor time clock tool refs body".split())
_WITHHELD = re.compile(rb'\{"leaf":"([0-9a-f]{64})","withheld":"[^"\\]*"\}\n')
TOLD = TWO_PERSONS | {"case.opened", "log.merged"}
_TYPES = {"seq": int, "prev": str, "nonce": str, "kind": str, "actor": str, "time": str, "clock": dict,
          "tool": dict, "refs": list, "body": dict}
FLAT = frozenset({str, int, bool, type(None)})
TOGETHER = 4096
"""How many leaf hashes go into the tree at a time."""


@dataclass(slots=True)
class Chain:
    """What the lines hold. tree: over all whole lines. torn: bytes after the last line end.

    faults: (entry, place, what). first: the first two entries, or fewer. bodies: digests of objects that hold
    a long body, by entry. named: digest of an object -> entry that names it. disposed: digests that may be
    gone. told: the entries about keys, other logs and acts of two persons; joins: whether it goes on from other logs.
    withheld: how many entries are not disclosed.
    """

    tree: tree.Tree = field(default_factory=tree.Tree)
    torn: int = 0
    faults: list[tuple[int, str, str]] = field(default_factory=list)
    first: list[dict[str, Any]] = field(default_factory=list)
    bodies: dict[int, str] = field(default_factory=dict)
    named: dict[str, int] = field(default_factory=dict)
    disposed: set[str] = field(default_factory=set)
    told: list[Entry] = field(default_factory=list)
    joins: bool = False
    withheld: int = 0


def read_chain(lines: Iterable[bytes], origin: str = "", *, withheld: bool = False) -> Chain:
    """Check every line of the log of `origin`: frame, form, fields, number and link.

    withheld: a line may be an undisclosed entry that stands as its leaf hash, as in a bundle.
    """
    chain, breaks, leaves = Chain(), set[int](), list[bytes]()
    follows: int | None = 0
    previous = layout.FIRST_PREV
    for at, line in enumerate(lines):
        if len(leaves) == TOGETHER:
            chain.tree.extend(leaves)
            leaves.clear()
        if line[-1:] != b"\n":
            chain.torn = len(line)
            break
        if withheld and (hidden := _WITHHELD.match(line)):
            chain.withheld += 1
            previous, follows = hidden[1].decode(), at + 1
            leaves.append(bytes.fromhex(previous))
            continue
        bare = line[:-1]
        seq: int | None
        quick = strict.read(bare) if at > 1 else None
        if quick is not None and quick.kind not in TOLD and not quick.kind.startswith("key."):
            seq, prev = quick.seq, quick.prev
            _gather(chain, at, quick.kind, quick.body, bare)
        else:
            seq, prev = _read(chain, at, bare, origin)
        if seq is not None:
            if follows is not None and seq != follows:
                chain.faults.append((at, "order", f"is numbered {seq} where {follows} follows"))
            if prev != previous:
                breaks.add(at)
        follows = None if seq is None else seq + 1
        leaf = sha256(b"\x00" + bare).digest()
        previous = leaf.hex()
        leaves.append(leaf)
    chain.tree.extend(leaves)
    _blame(chain, breaks)
    return chain


def culprits(breaks: set[int], known: set[int]) -> list[int]:
    """Entries that were changed, from the entries whose link does not fit.

    An entry changed outside its own link breaks the link of the next one; one changed in its link breaks its
    own and the next one's. known: entries already found changed, which explain the break after them.
    """
    found, done = [], set()
    for at in sorted(breaks):
        if at in done or at - 1 in known or at in known:
            continue
        if at + 1 in breaks or at == 0:
            found.append(at)
            done.add(at + 1)
        else:
            found.append(at - 1)
    return found


def pinned(first: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """(name, digest) of the plain files that `case.opened` pins."""
    files = first[0]["body"].get("files") if first else None
    pairs = files if isinstance(files, list) else []
    return [(pair[0], pair[1]) for pair in pairs
            if isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)]


def opening(first: list[dict[str, Any]], case: str, origin: str) -> list[tuple[int, str]]:
    """What is wrong with the two entries that open a log: (entry, what)."""
    if len(first) < 2:
        return [(len(first), "the entries that open the case and add its key cannot be read")]
    wrong = []
    opened, added = first
    if opened["kind"] != "case.opened" or opened["body"].get("case") != case:
        wrong.append((0, "does not open this case"))
    elif {name for name, _ in pinned(first)} != {layout.MARK, layout.README}:
        wrong.append((0, "does not give the digests of BEARWITNESS and README.txt"))
    public = added["body"].get("public")
    if added["kind"] != "key.added" or not isinstance(public, str) or not layout.HEX64.fullmatch(public):
        wrong.append((1, "does not add a key"))
    elif added["body"].get("origin") != origin or layout.fingerprint(bytes.fromhex(public)) not in origin:
        wrong.append((1, "adds another key than the one this log is named after"))
    return wrong


def digests(value: Any) -> Iterable[str]:
    """Every digest under a key `sha256`, at any depth: the objects a body names."""
    inside = [value]
    for each in inside:         # grows while it is walked
        if isinstance(each, list):
            inside += each
        elif isinstance(each, dict):
            for key, inner in each.items():
                if type(inner) is not str:
                    inside.append(inner)
                elif key == "sha256" and layout.HEX64.fullmatch(inner):
                    yield inner


def _read(chain: Chain, at: int, line: bytes, origin: str) -> tuple[int | None, str]:
    """Read any entry, and tell what is wrong with it; returns its number and its link, or None where it has none."""
    if len(line) > layout.MAX_LINE:
        chain.faults.append((at, "frame", f"is longer than {layout.MAX_LINE} bytes"))
        return None, ""
    try:
        entry = decode(line)
    except NotCanonical as why:
        chain.faults.append((at, "form", f"is {why}"))
        return None, ""
    wrong = _wrong_field(entry)
    if wrong:
        chain.faults.append((at, "fields", wrong))
        return None, ""
    kind, body = entry["kind"], entry["body"]
    if at < 2 and len(chain.first) == at:
        chain.first.append(entry)
        chain.joins = chain.joins or (at == 0 and "joins" in body)
    if kind in TOLD or kind.startswith("key."):
        chain.told.append(Entry(origin, at, "", kind, entry["actor"], entry["time"], tuple(entry["refs"]), body,
                                entry["tool"]))
    _gather(chain, at, kind, body, line)
    return entry["seq"], entry["prev"]


def _wrong_field(entry: Any) -> str:
    """What is wrong with an entry's fields, or nothing. Fields beyond the known ones are no fault."""
    if not isinstance(entry, dict) or not entry.keys() >= FIELDS:
        return "lacks a field that every entry has"
    if type(entry["v"]) is not int or entry["v"] != 1:
        return "is of a version that is not known here"
    for name, kind in _TYPES.items():
        if not isinstance(entry[name], kind) or isinstance(entry[name], bool):
            return f"has a field {name!r} of the wrong type"
    shapes = ((SHAPE, "kind"), (strict.TIME, "time"), (strict.HEX32, "nonce"), (layout.HEX64, "prev"))
    for shape, name in shapes:
        if not shape.fullmatch(entry[name]):
            return f"has a field {name!r} of the wrong shape"
    if entry["seq"] < 0 or not all(isinstance(ref, str) for ref in entry["refs"]):
        return "has a field of the wrong shape"
    return ""


def _gather(chain: Chain, at: int, kind: str, body: dict[str, Any], line: bytes) -> None:
    held = body.get("object") if len(body) == 1 else None
    if isinstance(held, str) and layout.HEX64.fullmatch(held):
        chain.bodies[at] = held
        chain.named.setdefault(held, at)
    if b'"sha256":' not in line:         # a key has one spelling, so most bodies need not be walked
        return
    for digest in (body.get("sha256"),) if FLAT.issuperset(map(type, body.values())) else digests(body):
        if type(digest) is not str or not layout.HEX64.fullmatch(digest):
            continue            # in a body of nothing but texts and numbers, only that key can name one
        chain.named.setdefault(digest, at)
        if kind == "exhibit.disposed":
            chain.disposed.add(digest)


def _blame(chain: Chain, breaks: set[int]) -> None:
    known = {at for at, _, _ in chain.faults}
    last = len(chain.tree) - 1
    for at in culprits(breaks, known):
        if at == last - 1 and last in breaks:
            what = f"does not fit the link in entry {last}: one of the two was changed"
        else:
            what = "was changed: its neighbours' links do not fit it"
        chain.faults.append((at, "link", what))
    chain.faults.sort()
