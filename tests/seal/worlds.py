"""A small sealed case, and the standing verifier as a function, for the tests of this room."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import ModuleType

from bearwitness.seal import verify_standalone
from bearwitness.seal.canonical import encode
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.reading import Entry
from bearwitness.seal.release import seal_release

ACTOR = "researcher-1"


@dataclass(frozen=True)
class World:
    """A case with two commands' worth of records, one exhibit, one long body, and one release."""

    case: Path
    release: Path
    entries: list[Entry]

    @property
    def root(self) -> Path:
        return self.case / ".bearwitness"

    @property
    def log(self) -> Path:
        return next((self.root / "logs").iterdir())


def toll(number: int) -> tuple[str, dict[str, object], list[str]]:
    body = {
        "id": f"t{number}",
        "killed": "13",
        "words": "ثلاثة عشر قتيلا",
        "file": "tolls.csv",
        "line": str(number),
    }
    return "toll.stated", body, []


def make_world(folder: Path) -> World:
    case = folder / "case"
    with Notebook.create(case, actor=ACTOR) as notebook:
        said = notebook.append([toll(1), toll(2)])
    picture = case / "picture.bin"
    picture.write_bytes(b"made-up scene " * 40)
    with Notebook.open(case, write=True) as notebook:
        digest, size = notebook.seal_file(picture)
        said += notebook.append([("exhibit.sealed", {"id": "P001", "sha256": digest, "size": size}, [])])
        said += notebook.append(
            [("finding.proposed", {"id": "f1", "text": "long " * 13_000}, [said[0].leaf])]
        )
        release = case / "out" / "release-1"
        (release / "data").mkdir(parents=True)
        (release / "index.html").write_text("<p>Thirteen were killed.</p>\n", "utf-8")
        (release / "data" / "case.json").write_text('{"killed": "13"}\n', "utf-8")
        leaves = [entry.leaf for entry in said]
        seal_release(release, notebook, leaves=leaves, disclose=leaves[:1], about={"id": "release-1"})
    return World(case, release, said)


def covered(root: Path) -> list[Path]:
    """Every file under `root` that a digest must cover."""
    out = ("cache", "vault")
    return sorted(
        p
        for p in root.rglob("*")
        if p.is_file() and p.name != "lock" and p.relative_to(root).parts[0] not in out
    )


def standing(folder: Path) -> tuple[int, list[str]]:
    """What `verify.py` says of a folder: exit status and the names it gives."""
    module: ModuleType = verify_standalone
    module.faults.clear()
    module.notes.clear()
    with contextlib.redirect_stdout(io.StringIO()):
        status = module.main([str(folder)])
    return status, [name.split(" entry ")[0] for _, name, _ in module.faults]


def replace_bytes(path: Path, data: bytes) -> None:
    """Write over a sealed file, as somebody with a disk editor would."""
    path.chmod(0o600)
    path.write_bytes(data)


def rechain(lines: list[bytes]) -> bytes:
    """The log that a forger makes: numbers and links repaired, every line canonical."""
    previous, made = "0" * 64, []
    for seq, line in enumerate(lines):
        made.append(encode({**json.loads(line), "seq": seq, "prev": previous}))
        previous = sha256(b"\x00" + made[-1]).hexdigest()
    return b"".join(line + b"\n" for line in made)
