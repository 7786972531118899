"""A log is hashed a block of lines at a time; where the blocks end changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bearwitness.errors import BrokenChain
from bearwitness.seal import layout, reading, tree
from bearwitness.seal.notebook import Notebook


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, layout.Origin, Path]:
    monkeypatch.setenv("BEARWITNESS_HOME", str(tmp_path / "home"))
    with Notebook.create(tmp_path / "case", demo=True, actor="researcher") as notebook:
        notebook.append([("observation.made", {"text": "x" * (at * 37 % 211)}, []) for at in range(60)])
        origin = notebook.origin
    root = tmp_path / "case" / layout.ROOT
    return root, origin, root / layout.LOGS / origin.folder / layout.ENTRIES


@pytest.mark.parametrize("block", [1, 700, 5000, 1 << 20])
@pytest.mark.parametrize("tail", [b"", b'{"v":1,"se'])
def test_any_block_gives_the_same_tree_and_the_same_torn_tail(
        log: tuple[Path, layout.Origin, Path], monkeypatch: pytest.MonkeyPatch, block: int, tail: bytes) -> None:
    root, origin, path = log
    whole = path.read_bytes()
    path.write_bytes(whole + tail)
    monkeypatch.setattr(reading, "BLOCK", block)
    found = reading.scan(root, origin)
    assert (found.end, found.torn) == (len(whole), len(tail))
    assert found.tree.root() == tree.Tree(tree.leaf_hash(line) for line in whole.splitlines()).root() == found.sealed.root


@pytest.mark.parametrize("block", [1, 700, 1 << 20])
def test_a_changed_byte_is_refused_at_opening_in_whatever_block_it_stands(
        log: tuple[Path, layout.Origin, Path], monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    root, origin, path = log
    whole = path.read_bytes()
    monkeypatch.setattr(reading, "BLOCK", block)
    for at in range(5, len(whole), len(whole) // 25):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])
        with pytest.raises(BrokenChain):
            reading.scan(root, origin)
