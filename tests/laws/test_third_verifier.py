"""A third opinion, by code that is not ours: Go's sumdb libraries read our checkpoints and proofs as we do.

Debian: apt-get install golang-go golang-golang-x-mod-dev. Without them the test says that it was left out.
"""
from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.seal.worlds import make_world, toll

from bearwitness.seal import proof as tlog
from bearwitness.seal.notebook import Notebook

SOURCE = Path(__file__).with_name("third")
LIBRARY = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog")
GO = shutil.which("go")


@pytest.fixture
def third(tmp_path: Path) -> Path:
    if not GO or not LIBRARY.is_dir():
        pytest.skip("no Go with golang-golang-x-mod-dev here: the third verifier is left out")
    made = tmp_path / "third"
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(tmp_path / "cache")}
    subprocess.run([GO, "build", "-o", str(made), "main.go"], cwd=SOURCE, env=environment, check=True)
    return made


def mutated(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    act, at = chance.choice(["flip", "drop", "double", "cut"]), chance.randrange(len(data))
    if act == "flip":
        changed[at] ^= 1 << chance.randrange(8)
    elif act == "drop":
        del changed[at]
    elif act == "double":
        changed.insert(at, changed[at])
    else:
        del changed[at:]
    return bytes(changed)


@pytest.mark.accept
def test_go_and_we_agree_on_every_proof(tmp_path: Path, third: Path, proof: Callable[..., None]) -> None:
    world, chance, many = make_world(tmp_path), random.Random(16), 1000
    with Notebook.open(world.case, write=True) as notebook:
        notebook.append([toll(number) for number in range(3, 203)])
    with Notebook.open(world.case, write=True) as notebook:
        size, head = notebook.size, notebook.checkpoint_note()
        origin, public = str(notebook.origin), notebook.public_key
        good = [(tlog.write(seq, notebook.inclusion(seq, size), head), notebook.lines({seq})[0]) for seq in range(size)]
    rows, ours = [], []
    for number in range(2 * many):
        text, entry = chance.choice(good)
        if number >= many:
            other = chance.choice(["text", "entry"])
            text = mutated(text, chance) if other == "text" else text
            entry = mutated(entry, chance) if other == "entry" else entry
        (tmp_path / f"{number}.p").write_bytes(text)
        (tmp_path / f"{number}.e").write_bytes(entry)
        rows.append(f"{tmp_path / str(number)}.p\t{tmp_path / str(number)}.e\t{origin}\t{public.hex()}\n")
        ours.append(verdict(text, entry, origin, public))
    done = subprocess.run([third], input="".join(rows), capture_output=True, text=True, check=True)
    theirs = [line == "good" for line in done.stdout.splitlines()]
    assert theirs[:many] == [True] * many == ours[:many]
    differ = [number for number in range(2 * many) if theirs[number] != ours[number]]
    assert not any(ours[number] for number in differ), "we never take what Go refuses"
    assert not differ, [(tmp_path / f"{number}.p").read_bytes() for number in differ[:3]]
    proof(good_proofs=many, bad_proofs=sum(not each for each in ours), disagreements=0)


def verdict(text: bytes, entry: bytes, origin: str, public: bytes) -> bool:
    try:
        tlog.check(text, entry, origin, public)
    except tlog.BadProof:
        return False
    return True
