"""The Merkle tree over a log: one digest for any prefix, and short proofs about it.

Leaf = SHA-256(0x00 || entry), node = SHA-256(0x01 || left || right), the empty tree = SHA-256 of nothing.
`Tree` keeps every full subtree, so a root, an inclusion and a consistency proof cost O(log n) digests and
appending costs two on average. The two `check_*` functions need no tree: an outsider holds only the proof.

Hashes are 32 raw bytes here; files show them as lower-case hexadecimal or, in checkpoints, base64.
Source: RFC 6962 section 2.1; the checks follow RFC 9162 sections 2.1.3.2 and 2.1.4.2.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()
SIZE = 32
PAIR = 2 * SIZE
"""Length of a digest, and of two side by side [byte]."""
_NODE = sha256(b"\x01")
"""How the digest of every node begins: a copy of it costs less than a fresh one."""


def leaf_hash(entry: bytes) -> bytes:
    """Digest of one entry: its line without the line end."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Digest of two subtrees side by side."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A growing tree; the root of the full subtree over leaves i*2**h to (i+1)*2**h is digest i of level h.

    Each level is one flat run of digests: 64 bytes a leaf over all levels, 72 with the room Python keeps to grow.
    """

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels = [bytearray()]
        self.extend(leaves)

    @classmethod
    def of_levels(cls, levels: list[bytearray]) -> Tree:
        """The tree with these levels, as `levels` gave them; the caller has made sure that they are the same."""
        grown = cls()
        grown._levels = levels or grown._levels
        return grown

    def levels(self) -> list[bytes]:
        """Every digest it holds, level by level from the leaves up."""
        return [bytes(level) for level in self._levels if level]

    def __len__(self) -> int:
        return len(self._levels[0]) // SIZE

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash at the right edge. Raises ValueError when it is not 32 bytes long."""
        if len(leaf) != SIZE:
            raise ValueError(f"a leaf hash has {SIZE} bytes, not {len(leaf)}")
        level, height, levels = self._levels[0], 0, self._levels
        level += leaf
        while not len(level) % PAIR:
            node = _NODE.copy()
            node.update(level[-PAIR:])
            height += 1
            if len(levels) == height:
                levels.append(bytearray())
            level = levels[height]
            level += node.digest()

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add many leaf hashes, level by level: the same tree as one by one, in half the time."""
        leaves = list(leaves)
        if not {SIZE}.issuperset(map(len, leaves)):
            raise ValueError(f"a leaf hash has {SIZE} bytes")
        fresh, height = b"".join(leaves), 0
        while fresh:
            if len(self._levels) == height:
                self._levels.append(bytearray())
            level = self._levels[height]
            start = len(level) - len(level) % PAIR       # what stands before it has its parents already
            level += fresh
            pairs = bytes(level[start:len(level) - len(level) % PAIR])
            fresh = b"".join([sha256(b"\x01" + pairs[at:at + PAIR]).digest() for at in range(0, len(pairs), PAIR)])
            height += 1

    def leaf(self, index: int) -> bytes:
        """Leaf hash number `index`. Raises IndexError when there are fewer."""
        return self._node(0, index)

    def leaves(self, size: int | None = None) -> Iterator[bytes]:
        """The leaf hashes in order, or the first `size` of them."""
        return (self._node(0, index) for index in range(len(self) if size is None else min(size, len(self))))

    def root(self, size: int | None = None) -> bytes:
        """Root over the first `size` leaves (all by default). Raises ValueError when there are fewer."""
        size = len(self) if size is None else size
        if not 0 <= size <= len(self):
            raise ValueError(f"no root at {size}: the tree has {len(self)} leaves")
        return self._span(0, size) if size else EMPTY

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Proof that leaf `index` stands in the tree of the first `size` leaves, lowest digest first."""
        size = len(self) if size is None else size
        if not 0 <= index < size <= len(self):
            raise ValueError(f"no proof for leaf {index} in a tree of {size}")
        return self._path(index, 0, size)

    def consistency(self, old: int, size: int | None = None) -> list[bytes]:
        """Proof that the tree of `old` leaves is a prefix of the tree of `size` leaves."""
        size = len(self) if size is None else size
        if not 0 < old <= size <= len(self):
            raise ValueError(f"no proof from {old} to {size}")
        return self._subproof(old, 0, size, True)

    def _node(self, height: int, index: int) -> bytes:
        digest = bytes(self._levels[height][index * SIZE:index * SIZE + SIZE])
        if index < 0 or not digest:
            raise IndexError(f"no digest {index} at height {height}")
        return digest

    def _span(self, low: int, high: int) -> bytes:
        width = high - low
        if not width & (width - 1):
            return self._node(width.bit_length() - 1, low // width)
        middle = low + _split(width)
        return node_hash(self._span(low, middle), self._span(middle, high))

    def _path(self, index: int, low: int, high: int) -> list[bytes]:
        if high - low == 1:
            return []
        middle = low + _split(high - low)
        if index < middle:
            return [*self._path(index, low, middle), self._span(middle, high)]
        return [*self._path(index, middle, high), self._span(low, middle)]

    def _subproof(self, old: int, low: int, high: int, known: bool) -> list[bytes]:
        if old == high:
            return [] if known else [self._span(low, high)]
        middle = low + _split(high - low)
        if old <= middle:
            return [*self._subproof(old, low, middle, known), self._span(middle, high)]
        return [*self._subproof(old, middle, high, False), self._span(low, middle)]


def _split(width: int) -> int:
    """The largest power of two smaller than `width`."""
    return 1 << ((width - 1).bit_length() - 1)


def check_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """True when `proof` shows that `leaf` is number `index` of the `size` leaves under `root`."""
    if not 0 <= index < size:
        return False
    at, last, digest = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            digest = node_hash(step, digest)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            digest = node_hash(digest, step)
        at, last = at >> 1, last >> 1
    return last == 0 and digest == root


def check_consistency(old: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> bool:
    """True when `proof` shows that the tree of `old` leaves is a prefix of the tree of `size` leaves."""
    if not 0 < old <= size:
        return False
    if old == size:
        return not proof and old_root == root
    path = [old_root, *proof] if not old & (old - 1) else list(proof)
    if not path:
        return False
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node_hash(second, step)
        at, last = at >> 1, last >> 1
    return last == 0 and first == old_root and second == root
