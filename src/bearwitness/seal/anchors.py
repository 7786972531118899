"""What stands outside of the case and bounds its time: stamps of authorities, proofs of calendars, witnesses' signatures.

Each is kept as a sealed object, named by `anchor.added` with what it is about and what was checked, and by which program.
Nothing here is needed to work, and nothing here asks the network, except `stamp`, which a person calls with an address.
An anchor bounds one side: what it covers existed not later than its time. How early it began to exist stays unknown.
"""
from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError
from bearwitness.seal import durable, note, ots, tokens, witnessing
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.reading import Entry

ENDINGS = (".tsr", ".tst", ".ots", ".cosigned")
FORMAT = "bearwitness-stamp-request/1"


@dataclass(frozen=True, slots=True)
class Bound:
    """What one anchor proves. size: entries of the log it covers. not_later: UTC; empty where nothing is proved yet."""

    id: str
    type: str
    origin: str
    size: int
    not_later: str
    authority: str
    state: str
    by: str


def ask(case_dir: Path, out: Path) -> tuple[Path, Path]:
    """Write a stamp request for the newest checkpoint: `NAME.tsq` (to be carried), `NAME.json`, `NAME.bin` (for OTS).

    What is stamped is the checkpoint and 16 random bytes, so that the authority learns nothing about the log.
    """
    with Notebook.open(case_dir, write=True) as notebook:
        checkpoint = notebook.checkpoint_note()
    nonce = secrets.token_bytes(16)
    head = note.parse_checkpoint(note.parse(checkpoint).text)
    about = {"format": FORMAT, "checkpoint": checkpoint.decode(), "nonce": nonce.hex()}
    stem = out / f"checkpoint-{head.size}-{nonce.hex()[:8]}"
    try:
        durable.make_folder(out)
        durable.replace(stem.with_suffix(".bin"), checkpoint + nonce, out)
        durable.replace(stem.with_suffix(".json"), (json.dumps(about, indent=1) + "\n").encode(), out)
        durable.replace(stem.with_suffix(".tsq"), tokens.request(checkpoint + nonce), out)
    except OSError as why:
        raise durable.disk_trouble(why, out) from why
    return stem.with_suffix(".tsq"), stem.with_suffix(".json")


def add(case_dir: Path, path: Path, *, chain: Path | None = None, witness: str = "", actor: str = "") -> Entry:
    """Check an anchor about a checkpoint of this case, and keep it. chain: roots as PEM; witness: `name+hex`.

    Raises InputError for one that is invalid or about something else; nothing is kept then.
    """
    data = _read(path)
    if path.name.endswith(".cosigned"):
        return _add_cosigned(case_dir, data, witness, actor)
    about = _request_of(path)
    checkpoint, nonce = about["checkpoint"].encode(), bytes.fromhex(about["nonce"])
    if path.name.endswith(".ots"):
        body = _of_ots(data, checkpoint + nonce)
    else:
        body = _of_token(data, checkpoint + nonce, _read(chain) if chain else b"")
    head = note.parse_checkpoint(note.parse(checkpoint).text)
    with Notebook.open(case_dir, write=True, actor=actor) as notebook:
        _ours(notebook, head)
        kept = {"sha256": notebook.put_bytes(data), "checkpoint": about["checkpoint"], "nonce": about["nonce"]}
        more = {"chain": {"sha256": notebook.put_bytes(_read(chain))}} if chain else {}
        return _append(notebook, {**body, "origin": head.origin, "size": head.size, "root": head.root.hex(),
                                  "token": kept, **more})


def bounds(entries: Sequence[Entry]) -> list[Bound]:
    """What the anchors of a case prove, the earliest first."""
    found = [Bound(e.body["id"], e.body["type"], e.body["origin"], e.body["size"], e.body.get("not_later", ""),
                   e.body.get("authority", ""), e.body.get("state", ""), e.body.get("verifier", ""))
             for e in entries if e.kind == "anchor.added"]
    return sorted(found, key=lambda one: (one.not_later or "9", one.size))


def covers(bounds_: Sequence[Bound], origin: str, seq: int) -> Bound | None:
    """The earliest anchor that covers an entry, if any."""
    return next((one for one in bounds_ if one.origin == origin and one.size > seq and one.not_later), None)


def say(entries: Sequence[Entry], size: int) -> str:
    """The widest outside bound of a log of this size, in words; empty without one."""
    found = [one for one in bounds(entries) if one.not_later]
    if not found:
        return ""
    best = max(found, key=lambda one: one.size)
    what = "all entries" if best.size >= size else f"the first {best.size} of {size} entries"
    return f"{what}: {best.not_later[:16].replace('T', ' ')} UTC ({best.authority}; {best.state})"


def look(path: Path, message: bytes | None, chain: bytes = b"") -> dict[str, Any]:
    """A proof that somebody else made, held to the bytes it should be about; keeps nothing. For tokens and OTS proofs."""
    data = _read(path)
    if data.startswith(ots.MAGIC):
        return _of_ots(data, message)
    if message is None:
        raise InputError("Say which file the token is about.", where=str(path))
    return _of_token(data, message, chain)


def _add_cosigned(case_dir: Path, data: bytes, witness: str, actor: str) -> Entry:
    name, plus, public = witness.rpartition("+")
    if not plus or len(public) != 64:
        raise InputError("Say which witness it is by: the card it gave you, NAME+KEY.", where="--witness")
    found = witnessing.read_cosigned(data, name, bytes.fromhex(public))
    with Notebook.open(case_dir, write=True, actor=actor) as notebook:
        _ours(notebook, found.head)
        body = {"type": "cosigned", "origin": found.head.origin, "size": found.head.size, "root": found.head.root.hex(),
                "authority": name, "witness": witness, "not_later": found.time, "state": tokens.TRUSTED,
                "verifier": "bearwitness", "token": {"sha256": notebook.put_bytes(data)}}
        return _append(notebook, body)


def _of_token(data: bytes, message: bytes, chain: bytes) -> dict[str, Any]:
    stamp = tokens.check(data, message, chain)
    if stamp.state == tokens.INVALID:
        raise InputError(f"This token is invalid: {stamp.why}. Nothing was kept.")
    return {"type": "tsr", "not_later": stamp.time, "authority": stamp.authority, "state": stamp.state, "verifier": stamp.by}


def _of_ots(data: bytes, message: bytes | None) -> dict[str, Any]:
    try:
        proof = ots.parse(data)
    except ots.BadProof as why:
        raise InputError(f"This is no OpenTimestamps proof that can be read: {why}. Nothing was kept.") from why
    if message is not None and (proof.algorithm != "sha256" or sha256(message).digest() != proof.digest):
        raise InputError("This proof is about other bytes. Nothing was kept.")
    blocks = sorted(int(each.detail) for each in proof.attestations if each.kind == "bitcoin")
    pending = [each.detail for each in proof.attestations if each.kind == "pending"]
    return {"type": "ots", "not_later": "", "authority": ", ".join(f"Bitcoin block {each}" for each in blocks) or
            ", ".join(pending), "state": "path whole; the block is for a Bitcoin node to confirm" if blocks else
            "pending: a promise of its calendars, not a proof", "verifier": "bearwitness",
            "attestations": [[each.kind, each.detail, each.message] for each in proof.attestations]}


def _append(notebook: Notebook, body: dict[str, Any]) -> Entry:
    entries = notebook.history()
    token = body["token"]["sha256"]
    same = [e for e in entries if e.kind == "anchor.added" and e.body.get("token", {}).get("sha256") == token
            and e.body.get("state") == body["state"]]
    if same:
        return same[0]
    number = 1 + sum(e.kind == "anchor.added" for e in entries)
    return notebook.append([("anchor.added", {"id": f"anchor-{number}", **body}, [])])[0]


def _ours(notebook: Notebook, head: note.Checkpoint) -> None:
    """Raises InputError unless the checkpoint is one of a log that is here, as it is here."""
    from bearwitness.seal import reading
    for origin in reading.find_logs(notebook.root)[1]:
        if str(origin) == head.origin:
            seen = reading.scan(notebook.root, origin)
            if head.size <= len(seen.tree) and seen.tree.root(head.size) == head.root:
                return
            raise InputError("It is about another history of this log than the one here. Nothing was kept.",
                             where=head.origin, fix="Keep the file: it may show that this copy was set back. "
                             "bearwitness verify --later FILE")
    raise InputError("It is about another case. Nothing was kept.", where=head.origin)


def _request_of(path: Path) -> dict[str, str]:
    beside = path.with_name(path.name.split(".")[0] + ".json")
    try:
        found = json.loads(beside.read_bytes())
        if found["format"] != FORMAT:
            raise ValueError
        bytes.fromhex(found["nonce"])
        note.parse_checkpoint(note.parse(found["checkpoint"].encode()).text)
        return dict(found)
    except (OSError, ValueError, KeyError, TypeError) as why:
        raise InputError("The file that says what was stamped is not beside it. Nothing was kept.", where=str(beside),
                         fix="Put the .json that `bearwitness witness request` wrote beside the reply.") from why


def _read(path: Path) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as why:
        raise InputError(f"This file cannot be read: {why.strerror or why}.", where=str(path)) from why
