"""A bundle for somebody who has none of our software and no reason to trust us: a BagIt bag that checks itself.

    data/BEARWITNESS README.txt logs/ objects/    the notebook, an undisclosed entry standing as its leaf hash only
    data/proofs/<id>.tlog-proof                   for each disclosed exhibit: entry, position, path, signed checkpoint
    data/anchors/ keys/                           time stamps and receipts; public keys as PEM
    data/report/ claims.jsonl                     the newest release, and every disclosed record with its leaf
    verify.py verify_case.py VERIFY.txt DISCLOSURE.json ro-crate-metadata.json certificate-draft.txt

Every leaf hash is there, so the tree and its signed roots are recomputed from the bundle alone. A withheld entry holds a
random nonce, so its hash cannot be guessed. Nothing of the vault is ever in a bundle.
The same case at the same size makes the same bytes.
"""
from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError
from bearwitness.seal import bundle_texts, durable, layout, note, proof, reading, tree, whole, whole_disk
from bearwitness.seal.bagit import write_bag
from bearwitness.seal.canonical import encode
from bearwitness.seal.chain import digests
from bearwitness.seal.choosing import withheld
from bearwitness.seal.entry import Entry
from bearwitness.seal.layout import Origin
from bearwitness.seal.release import verifiers
from bearwitness.seal.standing import standing

PAYLOAD = "data"


@dataclass(slots=True)
class Bundle:
    """What was packed. digest: SHA-256 of the tag manifest. hidden: reason -> entries. objects, left: sealed files."""

    folder: Path
    digest: str = ""
    entries: int = 0
    hidden: dict[str, int] = field(default_factory=dict)
    objects: int = 0
    left: int = 0
    missing: list[str] = field(default_factory=list)


def build(case_dir: Path, folder: Path, *, only: Collection[str] = (), without: Mapping[str, str] | None = None,
          lists: bool = False, release: Path | None = None, title: str = "", handed_to: str = "") -> Bundle:
    """Write a bundle into a new folder. Raises InputError when it exists, and leaves nothing behind on a failure.

    release: the folder of the release that goes with it, if any.
    """
    root = Path(case_dir) / layout.ROOT
    if folder.exists():
        raise InputError("There is something of that name already. Nothing was packed.", where=str(folder))
    entries = whole.everything(root)
    hidden = withheld(entries, only=only, without=without, lists=lists)
    aside = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(aside, ignore_errors=True)
    made = Bundle(folder, entries=len(entries))
    for reason in hidden.values():
        made.hidden[reason] = made.hidden.get(reason, 0) + 1
    try:
        with whole_disk.settled(aside):
            _fill(root, aside, entries, hidden, made, release)
            _tags(aside, root, entries, hidden, made, title, handed_to)
            made.digest = write_bag(aside, bundle_texts.info(entries, title, handed_to))
        aside.rename(folder)
        durable.sync_folder(folder.parent)
    except OSError as why:
        raise durable.disk_trouble(why, folder) from why
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return made


def _fill(root: Path, aside: Path, entries: list[Entry], hidden: Mapping[str, str], made: Bundle,
          release: Path | None) -> None:
    data = aside / PAYLOAD
    (data / "keys").mkdir(parents=True)
    for name in (layout.MARK, layout.README):
        shutil.copyfile(root / name, data / name)
    wanted: set[str] = set()
    for origin in reading.find_logs(root)[1]:
        wanted |= _log(root, data, origin, hidden)
    for digest in sorted(wanted):
        _object(root, data, digest, made)
    made.left = sum(1 for _ in (root / layout.OBJECTS).glob("??/*")) - made.objects
    for key in standing(entries).keys.values():
        (data / "keys" / f"{key.fingerprint}.pem").write_bytes(bundle_texts.pem(key.public))
    _proofs(root, data, entries, hidden)
    _anchors(root, data, entries, hidden)
    rows = [{"id": e.body["id"], "kind": e.kind, "leaf": e.leaf, "log": e.origin, "entry": e.seq, "says": _bare(e.body)}
            for e in entries if e.leaf not in hidden and isinstance(e.body.get("id"), str)]
    (data / "claims.jsonl").write_bytes(b"".join(encode({"row": row})[len(b'{"row":'):-1] + b"\n" for row in rows))
    if release:
        shutil.copytree(release, data / "report" / release.name)


def _log(root: Path, data: Path, origin: Origin, hidden: Mapping[str, str]) -> set[str]:
    """Copy a log as far as it is sealed, withheld lines as their leaves; returns the objects its disclosed lines name."""
    source, target = root / layout.LOGS / origin.folder, data / layout.LOGS / origin.folder
    (target / layout.CHECKPOINTS).mkdir(parents=True)
    size = reading.scan(root, origin).sealed.size
    wanted: set[str] = set()
    with (target / layout.ENTRIES).open("wb") as out:
        for line in _first(source / layout.ENTRIES, size):
            leaf = tree.leaf_hash(line).hex()
            if leaf in hidden:
                line = encode({"leaf": leaf, "withheld": hidden[leaf]})
            else:
                body = json.loads(line)["body"]
                wanted |= set(digests(body))
                if body.keys() == {"object"}:
                    wanted |= {body["object"], *digests(reading.read_body(root, body["object"]))}
            out.write(line + b"\n")
    for path in sorted((source / layout.CHECKPOINTS).iterdir()):
        if path.name.isdigit() and int(path.name) <= size:
            shutil.copyfile(path, target / layout.CHECKPOINTS / path.name)
    shutil.copyfile(source / layout.CHECKPOINT, target / layout.CHECKPOINT)
    return wanted


def _first(path: Path, size: int) -> Iterator[bytes]:
    with path.open("rb") as lines:
        for _, line in zip(range(size), lines, strict=False):
            yield line[:-1]


def _object(root: Path, data: Path, digest: str, made: Bundle) -> None:
    source, target = layout.object_path(root, digest), data / layout.OBJECTS / digest[:2] / digest
    if not source.is_file():
        made.missing.append(digest)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    made.objects += 1


def _proofs(root: Path, data: Path, entries: list[Entry], hidden: Mapping[str, str]) -> None:
    """A tlog-proof beside each disclosed exhibit: text anybody's verifier reads."""
    (data / "proofs").mkdir()
    scans = {str(origin): reading.scan(root, origin) for origin in reading.find_logs(root)[1]}
    for entry in entries:
        seen = scans[entry.origin]
        if entry.kind != "exhibit.sealed" or entry.leaf in hidden or entry.seq >= seen.sealed.size:
            continue
        text = proof.write(entry.seq, seen.tree.inclusion(entry.seq, seen.sealed.size), seen.note)
        name = f"{entry.body['id']}-{entry.leaf[:8]}"
        (data / "proofs" / f"{name}.tlog-proof").write_bytes(text)
        origin = Origin.parse(entry.origin)
        (data / "proofs" / f"{name}.entry").write_bytes(reading.lines(root, origin, {entry.seq})[0])


def _anchors(root: Path, data: Path, entries: list[Entry], hidden: Mapping[str, str]) -> None:
    """Time stamps and receipts under names a person can use; the same bytes lie in objects/."""
    (data / "anchors").mkdir()
    for entry in entries:
        if entry.kind == "anchor.added" and entry.leaf not in hidden:
            for number, digest in enumerate(digests(entry.body)):
                name = f"{entry.body.get('id', entry.leaf[:8])}-{number}.{entry.body.get('type', 'anchor')}"
                (data / "anchors" / name.replace("/", "_")).write_bytes(reading.read_object(root, digest))


def _tags(aside: Path, root: Path, entries: list[Entry], hidden: Mapping[str, str], made: Bundle, title: str,
          handed_to: str) -> None:
    rows = [{"log": e.origin, "entry": e.seq, "leaf": e.leaf, "reason": hidden[e.leaf]} for e in entries if e.leaf in hidden]
    disclosure: dict[str, Any] = {
        "format": "bearwitness-disclosure/1", "entries": made.entries, "withheld": rows, "handed_to": handed_to,
        "sealed_files": made.objects, "sealed_files_not_included": made.left,
        "contrary_evidence": "included, but for what this list names"}
    head = note.parse_checkpoint(note.parse(reading.newest_checkpoint(
        root / layout.LOGS / reading.find_log(root).folder, reading.find_log(root))[1]).text)
    files = {**verifiers(), "VERIFY.txt": bundle_texts.verify_text(reading.find_logs(root)[1]),
             "DISCLOSURE.json": (json.dumps(disclosure, indent=1, ensure_ascii=False) + "\n").encode(),
             "ro-crate-metadata.json": bundle_texts.ro_crate(aside, title, entries),
             "certificate-draft.txt": bundle_texts.certificate(entries, hidden, head)}
    for name, data in files.items():
        (aside / name).write_bytes(data)


def _bare(body: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key not in ("file", "line")}
