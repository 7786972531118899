"""Sealing a published edition: a signed list of its files, and proofs for the records it cites.

`seal_release` is called last, when every file of the release is written. It adds
    verify.py       the verifier for outsiders, which needs Python and nothing else; verify_case.py, its second half
    RECORDS.jsonl   the log entries that may be shown in full, if any are named
    SHA256SUMS      for `sha256sum -c`
    RELEASE.json    files, key, checkpoint, and a proof for each cited record
    RELEASE.sig     the digest of RELEASE.json, signed by the device key
and records `release.made`. Other entries of the log stay out: their leaf hashes cannot be guessed, because
every entry holds a random nonce. The same files over the same log make the same bytes.
"""
from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError
from bearwitness.seal import durable, layout, note, reading
from bearwitness.seal.canonical import encode
from bearwitness.seal.folder import Files
from bearwitness.seal.layout import Origin
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.reading import Entry
from bearwitness.seal.report import Report
from bearwitness.seal.verify_release import (
    CASE_VERIFIER,
    FORMAT,
    LIST,
    RECORDS,
    SIGNATURE,
    SUMS,
    VERIFIER,
    readable,
    signed_text,
    verify_release,
)

__all__ = ["ReleaseSeal", "seal_release", "verify_release"]


@dataclass(frozen=True, slots=True)
class ReleaseSeal:
    """What was sealed. sha256: of RELEASE.json. size, root: of its checkpoint. entry: release.made."""

    sha256: str
    size: int
    root: str
    files: int
    entry: Entry


def seal_release(folder: Path, notebook: Notebook, *, leaves: Collection[str] = (),
                 disclose: Collection[str] = (), about: Mapping[str, Any] | None = None) -> ReleaseSeal:
    """Seal the files in `folder` and record the release.

    leaves: leaf hashes of the records it rests on. disclose: those of them whose whole entry may be read by
    anybody. about: fields for the record `release.made`, such as id and title. Raises InputError when the
    folder is sealed already or holds a name that not every system can have; ValueError for a leaf that is
    not in the log.
    """
    folder = Path(folder)
    if (folder / LIST).exists() or (folder / SIGNATURE).exists():
        raise InputError("This release is sealed already, and was left as it is.", where=str(folder),
                         fix="Make a new release; a published one is never changed.")
    notebook.checkpoint()
    head = note.parse_checkpoint(note.parse(notebook.checkpoint_note()).text)
    cited = _find(notebook, leaves, disclose)
    others = _elsewhere(notebook, (set(leaves) | set(disclose)) - {leaf for _, leaf in cited})
    for name, data in verifiers().items():
        _write(folder, name, data)
    if disclose:
        lines = notebook.lines({seq for seq, leaf in cited if leaf in set(disclose)})
        for origin, _, rows in others:
            lines += reading.lines(notebook.root, origin, {seq for seq, leaf in rows if leaf in set(disclose)})
        _write(folder, RECORDS, b"".join(line + b"\n" for line in lines))
    files = _list(folder)
    _write(folder, SUMS, "".join(f"{file['sha256']}  {file['name']}\n" for file in files).encode())
    files = _list(folder)
    data = encode({"format": FORMAT, "origin": str(notebook.origin), "public": notebook.public_key.hex(),
                   "demo": notebook.demo, "checkpoint": notebook.checkpoint_note().decode(), "files": files,
                   **_proofs(notebook, cited, head.size, others)})
    digest = sha256(data).hexdigest()
    _write(folder, LIST, data)
    _write(folder, SIGNATURE, notebook.sign_note(signed_text(str(notebook.origin), digest)))
    body = {**(about or {}), "manifest_sha256": digest, "size": head.size, "root": head.root.hex(),
            "files": len(files), "records": [leaf for _, leaf in cited + [row for _, _, rows in others for row in rows]]}
    made, = notebook.append([("release.made", body, [])])
    return ReleaseSeal(digest, head.size, head.root.hex(), len(files), made)


def verifiers() -> dict[str, bytes]:
    """The verifier for outsiders, by file name: for releases, and its second half for cases and bundles."""
    here = Path(__file__)
    return {VERIFIER: here.with_name("verify_standalone.py").read_bytes(),
            CASE_VERIFIER: here.with_name("verify_standalone_case.py").read_bytes()}


def _find(notebook: Notebook, leaves: Collection[str], disclose: Collection[str]) -> list[tuple[int, str]]:
    """(seq, leaf) of every cited record of this device's log, in its order."""
    wanted = set(leaves) | set(disclose)
    return [(seq, leaf) for seq, leaf in enumerate(notebook.leaves()) if leaf in wanted]


def _elsewhere(notebook: Notebook, wanted: set[str]) -> list[tuple[Origin, reading.Scan, list[tuple[int, str]]]]:
    """The other logs of the case that hold cited records, with (seq, leaf) of each. Raises ValueError for the rest."""
    found = []
    for origin in reading.find_logs(notebook.root)[1] if wanted else ():
        if origin == notebook.origin:
            continue
        seen = reading.scan(notebook.root, origin)
        sealed = (leaf.hex() for leaf in seen.tree.leaves(seen.sealed.size))
        cited = [(seq, leaf) for seq, leaf in enumerate(sealed) if leaf in wanted]
        wanted -= {leaf for _, leaf in cited}
        found += [(origin, seen, cited)] if cited else []
    if wanted:
        raise ValueError(f"{len(wanted)} of the records cited are not in the log")
    return found


def _proofs(notebook: Notebook, cited: list[tuple[int, str]], size: int,
            others: list[tuple[Origin, reading.Scan, list[tuple[int, str]]]]) -> dict[str, Any]:
    """Inclusion proofs that share their digests: `nodes` once, and for each record the numbers of its own.

    A record of another device's log names it by its number in `others`, from 0.
    """
    numbers: dict[bytes, int] = {}
    records: list[dict[str, Any]] = []
    for seq, leaf in cited:
        path = [numbers.setdefault(node, len(numbers)) for node in notebook.inclusion(seq, size)]
        records.append({"leaf": leaf, "index": seq, "proof": path})
    for at, (_, seen, rows) in enumerate(others):
        for seq, leaf in rows:
            path = [numbers.setdefault(node, len(numbers)) for node in seen.tree.inclusion(seq, seen.sealed.size)]
            records.append({"leaf": leaf, "index": seq, "proof": path, "log": at})
    logs = [{"origin": str(origin), "public": list(reading.entries(notebook.root, origin, 2))[1].body["public"],
             "checkpoint": seen.note.decode()} for origin, seen, _ in others]
    return {"nodes": [node.hex() for node in numbers], "records": records, **({"others": logs} if logs else {})}


def _list(folder: Path) -> list[dict[str, Any]]:
    """Name, size and digest of every file, sorted by name."""
    seen = Report("release", str(folder))
    files = Files(folder, seen)
    bad = [fault.file for fault in seen.faults] + [name for name in files.names if not readable(name)]
    if bad:
        raise InputError(f"A release cannot hold {bad[0]!r}: a link, or a name that does not work "
                         "everywhere. Nothing was signed.", where=str(folder),
                         fix="Rename it or leave it out.")
    return [{"name": name, "size": (folder / name).stat().st_size, "sha256": files.digest(name)}
            for name in sorted(files.names) if name.rpartition("/")[2] not in layout.LITTER]


def _write(folder: Path, name: str, data: bytes) -> None:
    try:
        (folder / name).write_bytes(data)
        with (folder / name).open("rb+") as kept:
            durable.sync(kept.fileno())
    except OSError as why:
        raise durable.disk_trouble(why, folder / name) from why
