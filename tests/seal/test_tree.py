"""The tree gives the roots that the standard gives, and its proofs convince exactly when they should."""

from __future__ import annotations

from hashlib import sha256

import pytest

from bearwitness.seal import verify_standalone
from bearwitness.seal.tree import EMPTY, Tree, check_consistency, check_inclusion, leaf_hash, node_hash

# Leaves and roots of the reference tests of Certificate Transparency (google/certificate-transparency,
# cpp/merkletree/merkle_tree_test.cc), which test RFC 6962.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
MANY = [leaf_hash(bytes([number])) for number in range(40)]


def by_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(by_definition(leaves[:split]), by_definition(leaves[split:]))


def test_roots_are_those_of_the_reference_vectors() -> None:
    tree = Tree()
    assert tree.root() == EMPTY
    for leaf, root in zip(LEAVES, ROOTS, strict=True):
        tree.append(leaf_hash(bytes.fromhex(leaf)))
        assert tree.root().hex() == root


def test_every_prefix_has_its_root_in_both_implementations() -> None:
    tree, stack = Tree(MANY), []
    for size in range(len(MANY) + 1):
        assert tree.root(size) == by_definition(MANY[:size])
        assert verify_standalone.root_of(stack) == tree.root(size)
        if size < len(MANY):
            verify_standalone.grow(stack, MANY[size], size)


def test_inclusion_convinces_for_the_right_leaf_and_for_no_other() -> None:
    tree = Tree(MANY)
    for size in range(1, len(MANY) + 1):
        root = tree.root(size)
        for index in range(size):
            proof = tree.inclusion(index, size)
            for check in (check_inclusion, verify_standalone.proved):
                assert check(MANY[index], index, size, proof, root)
                assert not check(MANY[(index + 1) % len(MANY)], index, size, proof, root)
                assert not check(MANY[index], index, size, [*proof, MANY[0]], root)
                assert not check(MANY[index], index, size, proof[:-1], root) or size == 1
                assert not check(MANY[index], size, size, proof, root)
                if size > 1:
                    assert not check(MANY[index], (index + 1) % size, size, proof, root)


def test_consistency_convinces_only_for_a_real_prefix() -> None:
    tree, other = Tree(MANY), Tree([*MANY[:3], leaf_hash(b"another"), *MANY[4:]])
    for size in range(1, len(MANY) + 1):
        for old in range(1, size + 1):
            proof = tree.consistency(old, size)
            assert check_consistency(old, size, tree.root(old), tree.root(size), proof)
            if old > 3:
                assert not check_consistency(old, size, other.root(old), tree.root(size), proof)
                assert not check_consistency(
                    old, size, other.root(old), tree.root(size), other.consistency(old, size)
                )
            if proof:
                assert not check_consistency(old, size, tree.root(old), tree.root(size), proof[:-1])
                assert not check_consistency(old, size, tree.root(old), tree.root(size), [*proof, MANY[0]])


@pytest.mark.parametrize(
    "ask", [lambda t: t.root(41), lambda t: t.inclusion(40), lambda t: t.consistency(0, 3)]
)
def test_a_tree_does_not_speak_about_what_it_does_not_have(ask) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError):
        ask(Tree(MANY))


def test_leaves_added_together_make_the_tree_that_they_make_one_by_one() -> None:
    for first in range(len(MANY) + 1):
        for more in range(len(MANY) - first + 1):
            together, single = Tree(MANY[:first]), Tree()
            together.extend(MANY[first:first + more])
            for leaf in MANY[:first + more]:
                single.append(leaf)
            assert len(together) == len(single) == first + more
            assert list(together.leaves()) == list(single.leaves()) == MANY[:first + more]
            assert all(together.root(size) == by_definition(MANY[:size]) for size in (first, first + more))
            assert together.root() == single.root()


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_digest_of_another_length_is_refused_and_changes_nothing(length: int) -> None:
    tree = Tree(MANY[:5])
    with pytest.raises(ValueError):
        tree.append(bytes(length))
    with pytest.raises(ValueError):
        tree.extend([MANY[5], bytes(length)])
    assert len(tree) == 5 and tree.root() == by_definition(MANY[:5])
    with pytest.raises(IndexError):
        tree.leaf(5)
    with pytest.raises(IndexError):
        tree.leaf(-1)
