"""What was recorded, in words, oldest first. Writes nothing.

  bearwitness log           everything
  bearwitness log t1        the history of one record
"""
from __future__ import annotations

import argparse
from pathlib import Path

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir
from bearwitness.errors import InputError
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


def run(args: argparse.Namespace) -> Outcome:
    case: Path = case_dir(args)
    if not exists(case):
        raise InputError("Nothing is sealed here yet.", where=str(case), fix="Run: bearwitness init .")
    with Notebook.open(case, write=False) as notebook:
        entries = [e for e in notebook.entries() if not args.id or e.body.get("id") == args.id]
        unsealed = notebook.unsealed()
        size = notebook.size
    lines = [_say(e) for e in entries]
    if unsealed:
        lines.append(f"The last {unsealed} of {size} entries are under no signature yet.")
    return Outcome({"entries": [{"seq": e.seq, "kind": e.kind, "id": e.body.get("id"), "by": e.actor, "time": e.time,
                                 "leaf": e.leaf, "refs": list(e.refs)} for e in entries],
                    "size": size, "unsealed": unsealed}, lines)


def _say(entry: Entry) -> str:
    again = " again" if entry.refs and entry.kind not in ("record.withdrawn", "release.made") else ""
    return (f"{entry.seq:>6}  {entry.time[:19]}Z  {entry.actor} {WORDS.get(entry.kind, entry.kind)}{again}"
            f"  {entry.body.get('id', '')}  {entry.leaf[:12]}")
