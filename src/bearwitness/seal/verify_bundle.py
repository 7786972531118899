"""Is this bundle what was packed? Reads everything, writes nothing.

 0 Every file is what the bag's manifests list, and no file is there that they do not list.
 1-9 The notebook under data/ as in `verify`; an undisclosed entry stands as its leaf hash, which is counted.
10 Every proof text shows its entry under a checkpoint of that log.

Proves and does not prove: as `verify`, of what is disclosed. An undisclosed entry is shown to stand where it stands, and
nothing else about it.
"""
from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bearwitness.errors import InputError
from bearwitness.seal import layout, note, proof
from bearwitness.seal.bagit import ALGORITHMS, encoded
from bearwitness.seal.bagit_check import check_bag
from bearwitness.seal.folder import Files
from bearwitness.seal.report import Report
from bearwitness.seal.verify import CaseCheck

PAYLOAD, MARK = "data", "bagit.txt"
BESIDE = ("proofs", "anchors", "keys", "report", "claims.jsonl")
"""What a bundle holds under data/ beside the notebook; the bag's manifests cover it."""
_LINE = re.compile(r"[0-9a-f]{64}([0-9a-f]{64})?  [^\r]+")
MAX_BYTES = 50 * 2**30


def is_bundle(path: Path) -> bool:
    """True for a folder with a bag, or a file of the bundle's ending."""
    return (path / MARK).is_file() or (path.is_file() and path.suffix == ".bwpack")


def verify_bundle(path: Path) -> Report:
    """Check a bundle: a folder, or a stored zip. Raises InputError for what is neither, or is encrypted."""
    with _folder(Path(path)) as folder:
        report = Report("bundle", str(path))
        if not any((folder / PAYLOAD / name).exists() for name in (layout.MARK, layout.LOGS, layout.README)):
            return _plain_bag(folder, report)
        check = CaseCheck(folder / PAYLOAD, report, prefix=PAYLOAD + "/", beside=BESIDE)
        plan: list[tuple[str, Callable[[], str]]] = [
            ("The bag and every file in it", partial(_bag, folder, report)), *check.plan(),
            ("Every proof", partial(_proofs, folder, report))]
        for number, (title, act) in enumerate(plan):
            before = len(report.faults)
            report.step(number, title, act(), before)
        hidden = sum(log.chain.withheld for log in check.logs)
        if hidden:
            report.notes.append(f"{hidden} entries are not disclosed and stand as their hashes; see DISCLOSURE.json.")
        return report


def _plain_bag(folder: Path, report: Report) -> Report:
    """A bag of somebody else's: whole or not, and nothing about who made it."""
    report.subject = "bag"
    verdict = check_bag(folder)
    for words in verdict.faults:
        report.fault(folder.name, words, place="digest")
    report.notes += [*verdict.warnings, "This is a bag without a notebook: whole or not, nothing in it is signed."]
    report.step(0, "The bag and every file in it", "by BagIt alone", 0)
    return report


@contextmanager
def _folder(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield path
        return
    if not zipfile.is_zipfile(path):
        raise InputError("This is not a bundle, or it is encrypted.", where=str(path),
                         fix="Decrypt it first: age -d -i KEY BUNDLE.bwpack > BUNDLE.zip, rename it to .bwpack")
    with TemporaryDirectory(prefix="bearwitness-") as scratch, zipfile.ZipFile(path) as packed:
        yield _unpack(packed, Path(scratch), path)


def _unpack(packed: zipfile.ZipFile, scratch: Path, path: Path) -> Path:
    """Member by member into `scratch`; a name that leads elsewhere, a second one of a name, or too much is refused."""
    infos = [info for info in packed.infolist() if not info.is_dir()]
    names = [info.filename for info in infos]
    tops = {name.split("/")[0] for name in names}
    plain = all(part not in ("", ".", "..") and "\\" not in part and ":" not in part for name in names for part in
                name.split("/"))
    if not plain or len(tops) != 1 or len({name.casefold() for name in names}) != len(names) \
            or sum(info.file_size for info in infos) > MAX_BYTES:
        raise InputError("This file is not a bundle: its names lead elsewhere, or it is too large.", where=str(path))
    for info in infos:
        target = scratch / info.filename
        target.parent.mkdir(parents=True, exist_ok=True)
        with packed.open(info) as source, target.open("wb") as out:
            while block := source.read(1 << 20):
                out.write(block)
    return scratch / tops.pop()


def _bag(folder: Path, report: Report) -> str:  # step 0
    files = Files(folder, report)
    listed: dict[str, set[str]] = {algorithm: set() for algorithm in ALGORITHMS}
    for algorithm in ALGORITHMS:
        for kind in ("manifest", "tagmanifest"):
            name = f"{kind}-{algorithm}.txt"
            data = files.read(name)
            if data is None:
                report.fault(name, "is missing", place="missing")
                continue
            lines = data.decode("utf-8", "replace").split("\n")
            if lines.pop() or any(not _LINE.fullmatch(line) for line in lines):
                report.fault(name, "has a line that is none", place="form")
            for line in lines:
                digest, _, spelled = line.partition("  ")
                listed[algorithm].add(spelled)
                found = [each for each in files.names if encoded(each) == spelled] if "%" in spelled else [spelled]
                if not found or found[0] not in files.names:
                    report.fault(spelled, "is missing", place="missing")
                elif _digest(folder / found[0], algorithm) != digest:
                    report.fault(spelled, f"is not what {name} lists", place="digest")
    for name in sorted(files.names):
        if not name.startswith("tagmanifest-") and any(encoded(name) not in each for each in listed.values()):
            report.fault(name, "is in no manifest of the bag", place="stray")
    report.objects = len(files.names)
    return f"{len(files.names)} files"


def _digest(path: Path, algorithm: str) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, algorithm).hexdigest()


def _proofs(folder: Path, report: Report) -> str:  # step 10
    texts = sorted((folder / PAYLOAD / "proofs").glob("*.tlog-proof"))
    for path in texts:
        name = path.relative_to(folder).as_posix()
        try:
            _proved(path.read_bytes(), path.with_suffix(".entry").read_bytes(), folder)
        except (OSError, ValueError, IndexError, KeyError, TypeError) as why:
            report.fault(name, f"does not show its entry under a checkpoint of its log: {why}", place="proof")
    return f"{len(texts)} proofs"


def _proved(text: bytes, entry: bytes, folder: Path) -> None:
    origin = note.parse_checkpoint(note.parse(proof.parse(text).checkpoint).text).origin
    _, _, print_, epoch = origin.split("/")
    log = folder / PAYLOAD / "logs" / f"{print_}-{epoch}"
    with (log / "entries.jsonl").open("rb") as lines:
        head = list(islice(lines, 2))
    public = bytes.fromhex(json.loads(head[1])["body"]["public"])
    proof.check(text, entry, origin, public)
