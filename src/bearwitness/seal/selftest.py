"""Known answers, asked before anything is written: a program whose hash, spelling, tree or signature is off must not seal.

`quick` runs whenever a case is opened for writing (well under a millisecond), `signing` before the first signature, `full`
when somebody asks (`bearwitness doctor`). A wrong answer raises EngineError, and nothing is written.
Sources: FIPS 180-4 (abc); RFC 8032 section 7.1, test 1; RFC 6962 (tree of one leaf and of two); RFC 8785 section 3.2.
"""
from __future__ import annotations

from functools import cache
from hashlib import sha256

from bearwitness.errors import EngineError
from bearwitness.seal.canonical import encode
from bearwitness.seal.tree import Tree, check_consistency, check_inclusion, leaf_hash

_SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
_PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
_SIGNATURE = bytes.fromhex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                           "d25bf5f0595bbe24655141438e7a100b")


@cache
def quick() -> None:
    """Hash, canonical spelling, tree. Raises EngineError."""
    if sha256(b"abc").hexdigest() != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad":
        _wrong("SHA-256")
    if encode({"b": [1, None, True, "\u20ac\n"], "a": ""}) != b'{"a":"","b":[1,null,true,"\xe2\x82\xac\\n"]}':
        _wrong("the canonical spelling")
    leaves = [leaf_hash(bytes([number])) for number in range(5)]
    grown = Tree(leaves)
    if Tree([leaves[0]]).root() != sha256(b"\x00\x00").digest() \
            or Tree(leaves[:2]).root() != sha256(b"\x01" + leaves[0] + leaves[1]).digest() \
            or not check_inclusion(leaves[3], 3, 5, grown.inclusion(3), grown.root()) \
            or check_inclusion(leaves[2], 3, 5, grown.inclusion(3), grown.root()) \
            or not check_consistency(3, 5, grown.root(3), grown.root(), grown.consistency(3)):
        _wrong("the tree")


@cache
def signing() -> None:
    """Ed25519, both ways. Raises EngineError."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from bearwitness.seal.note import verify_ed25519
    if Ed25519PrivateKey.from_private_bytes(_SEED).sign(b"") != _SIGNATURE or not verify_ed25519(_PUBLIC, _SIGNATURE, b"") \
            or verify_ed25519(_PUBLIC, _SIGNATURE, b"x"):
        _wrong("Ed25519")


@cache
def vault() -> None:
    """age: what is sealed to a key opens with it, with no other, and not when changed. Raises EngineError."""
    import pyrage
    one, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    kept = pyrage.encrypt(b"known", [one.to_public()])
    if pyrage.decrypt(kept, [one]) != b"known":
        _wrong("age")
    for data, key in ((kept, other), (kept[:-1] + bytes([kept[-1] ^ 1]), one)):
        try:
            pyrage.decrypt(data, [key])
        except pyrage.DecryptError:
            continue
        _wrong("age")


def full() -> list[str]:
    """Run every known answer; returns the names of what was right. Raises EngineError at the first that is not."""
    quick()
    signing()
    vault()
    return ["SHA-256", "canonical spelling", "Merkle tree", "Ed25519", "age"]


def _wrong(what: str) -> None:
    raise EngineError(f"The self-test failed: {what} gives a wrong answer on this machine. Nothing was written.",
                      fix="Do not work with this installation. Install the program anew, on another machine if it recurs.")
