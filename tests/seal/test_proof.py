"""A proof handed to somebody: it shows its entry, and nothing that was changed in it shows anything."""
from __future__ import annotations

from pathlib import Path

import pytest
from tests.seal.worlds import World, make_world

from bearwitness.cli.main import main
from bearwitness.seal import proof
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.tree import Tree, leaf_hash


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


def parts(world: World, name: str = "t2") -> tuple[bytes, bytes, str, bytes]:
    """The proof, the line, the log's name and its key, as the command gives them."""
    path = world.case.parent / "one.tlog-proof"
    assert main(["log", name, "--proof", str(path), "--case", str(world.case)]) == 0
    with Notebook.open(world.case, write=True) as notebook:
        origin, public = str(notebook.origin), notebook.public_key
    return path.read_bytes(), path.with_name("one.tlog-proof.entry").read_bytes(), origin, public


def test_it_proves_its_entry_and_no_other(world: World) -> None:
    text, line, origin, public = parts(world)
    assert text.startswith(b"c2sp.org/tlog-proof@v1\nindex 3\n") and b'"id":"t2"' in line
    found = proof.check(text, line, origin, public)
    assert proof.write(found.index, found.path, found.checkpoint) == text
    for wrong in (line + b" ", line[:-1], line.replace(b"13", b"14")):
        with pytest.raises(proof.BadProof):
            proof.check(text, wrong, origin, public)


def test_any_flipped_bit_in_it_is_found(world: World) -> None:
    text, line, origin, public = parts(world)
    for bit in range(8 * len(text)):
        changed = bytearray(text)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(proof.BadProof):
            proof.check(bytes(changed), line, origin, public)


def test_another_key_or_log_proves_nothing(world: World) -> None:
    text, line, origin, public = parts(world)
    for name, key in ((origin[:-1] + "2", public), (origin, bytes(32))):
        with pytest.raises(proof.BadProof):
            proof.check(text, line, name, key)


@pytest.mark.parametrize("text", [b"", b"c2sp.org/tlog-proof@v1\n\n", b"c2sp.org/tlog-proof@v1\nindex 03\n\nx",
                                  b"c2sp.org/tlog-proof@v1\nindex 3\nAAAA\n\nx", b"index 3\n\n", b"\xff\n\n"])
def test_what_is_no_proof_is_refused(text: bytes) -> None:
    with pytest.raises(proof.BadProof):
        proof.parse(text)


def test_growth_from_one_checkpoint_to_another(world: World) -> None:
    heads = {int(path.name): path.read_bytes() for path in (world.log / "checkpoints").iterdir()}
    leaves = [leaf_hash(line) for line in (world.log / "entries.jsonl").read_bytes().splitlines()]
    _, _, origin, public = parts(world)
    old, new = min(heads), max(heads)
    path = Tree(leaves).consistency(old, new)
    assert old < new and proof.check_growth(heads[old], heads[new], path, origin, public)
    assert not proof.check_growth(heads[old], heads[new], path[:-1], origin, public)
    assert not proof.check_growth(heads[new], heads[old], path, origin, public)
    other = Tree([leaf_hash(b"x"), *leaves[1:]]).consistency(old, new)
    assert not proof.check_growth(heads[old], heads[new], other, origin, public) or other == path


def test_the_command_writes_over_nothing_and_needs_one_record(world: World, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("mine")
    assert main(["log", "t1", "--proof", str(there), "--case", str(world.case)]) == 1 and there.read_text() == "mine"
    assert main(["log", "--proof", str(tmp_path / "new"), "--case", str(world.case)]) == 1
    assert not (tmp_path / "new").exists()
