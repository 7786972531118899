"""Opening a long log from what was hashed before finds all that hashing every line finds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bearwitness.errors import BrokenChain, ForkedLog
from bearwitness.seal import keys, layout, prefix, reading
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.tree import Tree, check_inclusion, leaf_hash
from bearwitness.seal.verify import verify_case

MANY = 30


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BEARWITNESS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(prefix, "LEAST", 8)
    return tmp_path / "home"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    with Notebook.create(folder, demo=True, actor="researcher") as notebook:
        add(notebook, MANY)
    return folder


def add(notebook: Notebook, many: int) -> None:
    notebook.append([("observation.made", {"text": f"Note number {number}."}, []) for number in range(many)])


def log_of(case: Path) -> Path:
    return next((case / layout.ROOT).glob(f"logs/*/{layout.ENTRIES}"))


def tree_of(case: Path) -> Path:
    return next((case / layout.ROOT / layout.CACHE).glob("tree-*"))


def record_of(home: Path) -> Path:
    return next(home.glob("heads/*.prefix"))


def scan(case: Path) -> reading.Scan:
    _, found = reading.find_logs(case / layout.ROOT)
    return reading.scan(case / layout.ROOT, found[0], recall=prefix.recall)


def true_tree(case: Path) -> Tree:
    return Tree(leaf_hash(line) for line in log_of(case).read_bytes().splitlines())


def test_what_is_recalled_is_the_tree_of_the_lines(case: Path) -> None:
    found = scan(case)
    assert found.known == len(found.tree) == MANY + 2
    assert found.end == log_of(case).stat().st_size
    assert found.tree.levels() == true_tree(case).levels()


def test_a_log_that_grew_is_kept_anew_only_when_it_is_worth_the_writing(case: Path) -> None:
    for step in range(4):
        with Notebook.open(case, write=True) as notebook:
            add(notebook, 5)
        found = scan(case)
        assert found.known == (MANY + 2 if step == 0 else MANY + 12 if step < 3 else MANY + 22)
        assert found.tree.levels() == true_tree(case).levels()
    with Notebook.open(case, write=False) as notebook:
        size, tree = notebook.size, notebook.tree
        for at in range(size):
            assert check_inclusion(tree.leaf(at), at, size, notebook.inclusion(at, size), tree.root())
    assert not verify_case(case).faults


def test_every_changed_byte_of_the_log_is_found(case: Path) -> None:
    path = log_of(case)
    data = path.read_bytes()
    for at in range(0, len(data), 97):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        with pytest.raises(BrokenChain):
            scan(case)


def test_a_change_with_the_tree_in_the_case_made_to_fit_is_found(case: Path) -> None:
    """Whoever can write to the case folder can change both; the digests that count are not there."""
    path = log_of(case)
    path.write_bytes(path.read_bytes().replace(b"Note number 7.", b"Note number 8."))
    tree_of(case).write_bytes(b"".join(true_tree(case).levels()))
    with pytest.raises(BrokenChain):
        scan(case)


@pytest.mark.parametrize("where", ["tree", "record"])
def test_what_was_kept_and_is_damaged_or_gone_is_not_used(case: Path, home: Path, where: str) -> None:
    path = tree_of(case) if where == "tree" else record_of(home)
    data, true = path.read_bytes(), true_tree(case).levels()
    for changed in [*(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] for at in range(0, len(data), 61)), data[:-1], b""]:
        path.write_bytes(changed)
        found = scan(case)
        assert found.tree.levels() == true
        assert found.known == 0 or where == "record" and json.loads(changed) == json.loads(data)
    path.unlink()
    assert scan(case).known == 0


def test_a_record_of_another_log_or_shape_is_not_used(case: Path, home: Path) -> None:
    path = record_of(home)
    said = json.loads(path.read_bytes())
    wrong = {"origin": "bearwitness/x"}, {"size": 0}, {"size": True}, {"end": 10**9}, {"size": 10**12, "end": 10**13}
    for change in wrong:
        path.write_text(json.dumps({**said, **change}))
        assert scan(case).known == 0
    path.write_text("[]")
    assert scan(case).known == 0


def test_a_torn_tail_behind_what_was_kept_is_cut_and_told(case: Path) -> None:
    path = log_of(case)
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"actor":"resea')
    with Notebook.open(case, write=True) as notebook:
        assert [entry.kind for entry in notebook.entries()][-1] == "gap.declared"
        add(notebook, 20)
    assert path.read_bytes().startswith(whole)
    assert scan(case).tree.levels() == true_tree(case).levels()
    assert not verify_case(case).faults


def test_a_case_set_back_behind_what_was_kept_is_refused(case: Path) -> None:
    """The device remembers the newer head; that it had hashed more changes nothing."""
    root = case / layout.ROOT
    older = {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and layout.CACHE not in path.parts}
    with Notebook.open(case, write=True) as notebook:
        add(notebook, 20)
    for path in [path for path in root.rglob("[0-9]*") if path.parent.name == layout.CHECKPOINTS and path not in older]:
        path.unlink()
    for path, data in older.items():
        path.chmod(0o600)
        path.write_bytes(data)
    assert scan(case).known == 0
    with pytest.raises(ForkedLog):
        Notebook.open(case, write=True)


def test_nothing_is_kept_where_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(prefix.durable, "make_folder", refuse)
    prefix.keep(tmp_path, layout.Origin("0" * 32, "1" * 32), Tree([b"x" * 32]), 1, __import__("hashlib").sha256())
    assert not list(keys.data_folder().glob("heads/*.prefix"))
