"""C2SP's vectors for age, through the vault's own opening: nothing is opened that must not be.

What the vault refuses although the format allows it is told apart: it fails safe (armour, which it never writes). An
exception of another kind than the one the program catches would be a fault of ours. Vectors for recipients that the vault
does not have (post-quantum) are counted as left out. Source: github.com/C2SP/CCTV, folder age.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyrage
import pytest

from bearwitness.errors import VaultLocked
from bearwitness.seal import age, custodians
from bearwitness.seal.vault import Vault

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "data" / "age-cctv" / "testdata"
pytestmark = pytest.mark.accept


@dataclass(frozen=True)
class Vector:
    """expect: what must come of it. payload: SHA-256 of what is inside."""

    name: str
    expect: str
    payload: str
    identities: tuple[str, ...]
    passphrase: str
    data: bytes


def read(path: Path) -> Vector:
    head, _, data = path.read_bytes().partition(b"\n\n")
    fields: dict[str, list[str]] = {}
    for line in head.decode().splitlines():
        key, _, value = line.partition(": ")
        fields.setdefault(key, []).append(value)
    if fields.get("compressed"):
        data = zlib.decompress(data)
    return Vector(path.name, fields["expect"][0], fields.get("payload", [""])[0], tuple(fields.get("identity", ())),
                  fields.get("passphrase", [""])[0], data)


def vectors() -> list[Vector]:
    if not VECTORS.is_dir():
        pytest.skip("the vectors of age are not here")
    return [read(path) for path in sorted(VECTORS.iterdir())]


def opened(vector: Vector) -> bytes | None:
    """What is given out, or None where it is refused, in the one way that the program catches."""
    try:
        if vector.passphrase:
            return age.decrypt_by_passphrase(vector.data, vector.passphrase)
        return age.decrypt(vector.data, [pyrage.x25519.Identity.from_str(each) for each in vector.identities])
    except pyrage.DecryptError:
        return None


def known(vector: Vector) -> bool:
    """Whether the vault has such keys at all."""
    return not any("-PQ-" in each for each in vector.identities)


def test_nothing_is_opened_that_must_not_be(proof: Callable[..., None]) -> None:
    told: Counter[str] = Counter()
    wrong = []
    for vector in vectors():
        if not known(vector):
            told["left_out"] += 1
            continue
        plain = opened(vector)
        right = vector.expect == "success"
        if plain is not None and (not right or hashlib.sha256(plain).hexdigest() != vector.payload):
            wrong.append(vector.name)
        armoured = vector.data.lstrip().startswith(b"-----BEGIN")
        told["right" if (plain is not None) == right else "armour_refused" if armoured else "refused_though_good"] += 1
    proof(vectors=told.total(), false_accepts=len(wrong), **told)
    assert not wrong and not told["refused_though_good"] and told["right"] >= 110, (wrong, told)


def test_a_header_in_an_old_spelling_is_refused_which_the_library_reads() -> None:
    """Why the header is held to the grammar here: without that, these would open."""
    old = [each for each in vectors() if each.name in ("stanza_missing_body", "stanza_missing_final_line")]
    for vector in old:
        assert pyrage.decrypt(vector.data, [pyrage.x25519.Identity.from_str(each) for each in vector.identities]) == b"age"
        assert opened(vector) is None
    assert len(old) == 2


def test_the_vault_says_so_whatever_stands_in_its_file(tmp_path: Path, proof: Callable[..., None]) -> None:
    """As files of the vault: every vector, also a good one that holds nothing of ours, is told as one that does not open."""
    vault, told = Vault(tmp_path), 0
    (tmp_path / "vault" / "s").mkdir(parents=True)
    (tmp_path / "vault" / "keys" / "1").mkdir(parents=True)
    for vector in [each for each in vectors() if known(each) and each.identities]:
        (tmp_path / "vault" / "s" / "1.age").write_bytes(vector.data)
        with pytest.raises(VaultLocked):
            vault.open("s", 1, pyrage.x25519.Identity.from_str(vector.identities[0]))
        (tmp_path / "vault" / "keys" / "1" / "s.custodian-1.age").write_bytes(vector.data)
        with pytest.raises(VaultLocked):
            vault.unlock("s", [custodians.from_paper("custodian-1", vector.identities[0])])
        told += 1
    proof(strange_files=told, told_as_locked=told)
    assert told > 60
