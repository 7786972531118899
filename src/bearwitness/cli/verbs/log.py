"""What was recorded, in words, oldest first. Writes nothing but a proof that was asked for.

  bearwitness log           everything
  bearwitness log t1        the history of one record
  bearwitness log t1 --proof t1.tlog-proof      also its newest entry, and the proof that it stands in the signed log
"""
from __future__ import annotations

import argparse
from pathlib import Path

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir
from bearwitness.errors import InputError
from bearwitness.seal import durable, proof
from bearwitness.seal.notebook import Notebook, exists
from bearwitness.seal.reading import Entry

WORDS = {"case.opened": "opened or described the case", "key.added": "added a signing key",
         "exhibit.sealed": "sealed an exhibit", "source.stated": "stated a source", "document.stated": "stated a document",
         "incident.stated": "stated an incident", "toll.stated": "stated a toll", "assertion.made": "noted an assertion",
         "claim.stated": "stated an official claim", "observation.made": "noted an observation",
         "search.made": "recorded a search", "reply.recorded": "recorded a right of reply",
         "finding.proposed": "proposed a finding", "consent.given": "recorded a consent",
         "consent.withdrawn": "recorded a consent withdrawn", "release.made": "made a release",
         "key.rotated": "changed who signs", "key.revoked": "revoked a key", "identity.sealed": "sealed into the vault",
         "identity.erased": "erased a person from the vault", "exhibit.viewed": "opened protected matter",
         "exhibit.exported": "handed a bundle over", "exhibit.derived": "recorded a derivative",
         "exhibit.disposed": "disposed of an exhibit", "judgement.given": "gave a judgement",
         "finding.approved": "approved a finding", "finding.withdrawn": "withdrew a finding", "log.merged": "took in a log",
         "anchor.added": "kept an outside time or witness", "restore.noted": "went on after a restore",
         "record.superseded": "replaced a record", "record.withdrawn": "withdrew a record",
         "gap.declared": "declared a gap or asked a question"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", default="", help="one record")
    parser.add_argument("--proof", default="", metavar="FILE", help="write the proof of its newest entry, and FILE.entry")


def run(args: argparse.Namespace) -> Outcome:
    case: Path = case_dir(args)
    if not exists(case):
        raise InputError("Nothing is sealed here yet.", where=str(case), fix="Run: bearwitness init .")
    with Notebook.open(case, write=False) as notebook:
        entries = [e for e in notebook.entries() if not args.id or e.body.get("id") == args.id]
        unsealed = notebook.unsealed()
        size = notebook.size
        written = _prove(notebook, args.id, entries, Path(args.proof)) if args.proof else []
    lines = [*(_say(e) for e in entries), *written]
    if unsealed:
        lines.append(f"The last {unsealed} of {size} entries are under no signature yet.")
    return Outcome({"entries": [{"seq": e.seq, "kind": e.kind, "id": e.body.get("id"), "by": e.actor, "time": e.time,
                                 "leaf": e.leaf, "refs": list(e.refs)} for e in entries],
                    "size": size, "unsealed": unsealed}, lines)


def _prove(notebook: Notebook, name: str, entries: list[Entry], path: Path) -> list[str]:
    size = notebook.head()[2]
    sealed = [e.seq for e in entries if e.seq < size]
    if not name or not sealed:
        raise InputError("Name one record that is under a signature; only that can be proved. Nothing was written.",
                         where=name, fix="bearwitness log ID --proof FILE")
    beside = path.with_name(path.name + ".entry")
    taken = next((each for each in (path, beside) if each.exists()), None)
    if taken:
        raise InputError("There is a file of that name already. It was left as it is.", where=str(taken))
    try:
        beside.write_bytes(notebook.lines({sealed[-1]})[0])
        path.write_bytes(proof.write(sealed[-1], notebook.inclusion(sealed[-1], size), notebook.checkpoint_note()))
    except OSError as why:
        raise durable.disk_trouble(why, path) from why
    return [f"{path} proves {beside} to be entry {sealed[-1]} of {size}. Whoever gets both can read the entry."]


def _say(entry: Entry) -> str:
    again = " again" if entry.refs and entry.kind not in ("record.withdrawn", "release.made") else ""
    return (f"{entry.seq:>6}  {entry.time[:19]}Z  {entry.actor} {WORDS.get(entry.kind, entry.kind)}{again}"
            f"  {entry.body.get('id', '')}  {entry.leaf[:12]}")
