"""What is wrong with a case, or could become so, and what to do about each. Writes nothing.

It looks at what no single command sees: whether the seal holds, whether this folder was set back, whether keys and
custodians could be lost, what no outside time bounds, clocks that jumped, persons whose erasure somebody has not
acknowledged, tools that are missing, and whether this program computes right (known answers).
"""
from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir, plural
from bearwitness.seal import anchors, custodians, interviews, keys, layout, note, reading, selftest, whole
from bearwitness.seal.entry import Entry
from bearwitness.seal.notebook import exists
from bearwitness.seal.standing import standing
from bearwitness.seal.vault import LEAST, Vault
from bearwitness.seal.verify import verify_case

Finding = tuple[str, str, str]
"""How grave (fault, risk, note), what, and what to do."""
TOOLS = {"openssl": "time stamps that the strict reader refuses are checked with it",
         "chromium": "only needed to test pages"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="a sample of the sealed files instead of all")


def run(args: argparse.Namespace) -> Outcome:
    case = case_dir(args)
    right = selftest.full()
    found: list[Finding] = [*_program(), *(_case(case, args.quick) if exists(case) else _unsealed())]
    lines = [f"Known answers right: {', '.join(right)}."]
    lines += [f"{grave.upper():<5} {what}" + (f"\n      {mend}" if mend else "") for grave, what, mend in found]
    worst = {grave for grave, _, _ in found}
    lines.append("Nothing is wrong that this command can see." if not worst & {"fault", "risk"} else
                 f"{plural(sum(g == 'fault' for g, _, _ in found), 'fault')}, "
                 f"{plural(sum(g == 'risk' for g, _, _ in found), 'risk')}.")
    return Outcome({"known_answers": right, "findings": [{"grave": g, "what": w, "fix": m} for g, w, m in found]}, lines,
                   [], [], 4 if "fault" in worst else 3 if "risk" in worst else 0, "fault" not in worst)


def _program() -> Iterator[Finding]:
    yield "note", f"Python {sys.version.split()[0]}; keys in {keys.data_folder()}", ""
    if sys.version_info < (3, 11, 4):
        yield "note", "This Python has known faults in its archive reader; this program does not use it.", ""
    for name, why in TOOLS.items():
        if not shutil.which(name):
            yield "note", f"{name} is not installed: {why}.", ""


def _unsealed() -> Iterator[Finding]:
    yield "note", "Nothing is sealed in this folder.", "bearwitness init ."


def _case(case: Path, quick: bool) -> Iterator[Finding]:
    report = verify_case(case, quick)
    for fault in report.faults[:20]:
        yield "fault", str(fault), "Do not repair it. Compare with another copy: bearwitness verify --later RECEIPT"
    if report.faults:
        return
    for words in report.notes:
        yield "note", words, ""
    root = case / layout.ROOT
    entries = whole.everything(root)
    yield from _rollback(root, entries)
    yield from _keys(root, entries)
    yield from _vault(root, entries)
    yield from _time(entries)


def _rollback(root: Path, entries: list[Entry]) -> Iterator[Finding]:
    data = keys.remembered(reading.find_logs(root)[0])
    if data is None:
        return
    newest = note.parse_checkpoint(note.parse(data).text)
    here = sum(1 for entry in entries if entry.origin == newest.origin)
    if here < newest.size:
        yield ("fault", f"This device has signed {newest.size} entries of this log, and the folder holds {here}: it was set "
               "back.", "Find the newer copy. If there is none: bearwitness key rotate --after-restore")


def _keys(root: Path, entries: list[Entry]) -> Iterator[Finding]:
    case, logs = reading.find_logs(root)
    known = standing(entries)
    mine = keys.public_of(case)
    if mine is None:
        yield "note", "This device has no key for the case: it can read and verify, and not add.", ""
    elif not known.admits(mine.fingerprint):
        yield "risk", "This device's key is not admitted: what it records counts for nothing yet.", \
            f"On the first device: merge a copy, then bearwitness key add {mine.fingerprint[:8]} --role ROLE"
    elif not _locked(case):
        yield "note", "This device's signing key is not under a passphrase: encrypt the disk.", ""
    if known.authority.threshold == 1 and len(known.authority.keys) == 1:
        yield ("risk", "One key alone admits and revokes all others; lost, nobody can.",
               "bearwitness key rotate --authority A,B,C --threshold 2")
    strangers = [origin.fingerprint for origin in logs if not known.admits(origin.fingerprint)]
    if strangers:
        yield "note", f"{plural(len(strangers), 'log')} here of keys nobody admitted.", "bearwitness key"


def _locked(case: str) -> bool:
    try:
        return "private_age" in json.loads((keys.data_folder() / "keys" / f"{case}.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False


def _vault(root: Path, entries: list[Entry]) -> Iterator[Finding]:
    held = [row for row in interviews.overview(entries) if not row["erased"]]
    known = standing(entries).custodians
    if held and len(known) < LEAST:
        yield ("risk", f"{plural(len(held), 'person')} in the vault and {plural(len(known), 'custodian')}: a lost "
               "passphrase would lose them.", "bearwitness key add --custodian --role ROLE")
    here = {each.person for each in custodians.here(reading.find_logs(root)[0])}
    if held and len(here) > 1:
        yield ("risk", f"{len(here)} custodians' identities lie on this one device: who seizes it with one passphrase has "
               "all.", "Move one to another device, or print it and delete the file.")
    yield from _losses(root, entries)
    for row in interviews.overview(entries):
        for person in row["absent"]:
            yield ("risk", f"Custodian {person} has not renewed since {row['about']} was erased: their old identity "
                   "still opens an old backup.", "bearwitness key add --custodian, on their device; destroy the old file")


def _losses(root: Path, entries: list[Entry]) -> Iterator[Finding]:
    """What this device sealed must be in its vault; what others sealed may be in theirs only."""
    erased = {e.body["subject"] for e in entries if e.kind == "identity.erased"}
    mine = keys.public_of(reading.find_logs(root)[0])
    sealed = [e for e in entries if e.kind == "identity.sealed" and e.body["subject"] not in erased]
    vault = Vault(root)
    own = {str(e.body["id"]) for e in sealed if e.origin == str(mine) or (vault.place / e.body["subject"]).is_dir()}
    for about, thing, wrong in vault.losses([e.body for e in sealed]):
        yield ("fault" if thing in own else "note", f"What was sealed of {about} ({thing}) is {wrong} in this vault.",
               "Take .bearwitness/vault from another copy of this case, or from a backup made after it was sealed.")


def _time(entries: list[Entry]) -> Iterator[Finding]:
    bounds = anchors.bounds(entries)
    loose = [e for e in entries if e.kind == "exhibit.sealed" and anchors.covers(bounds, e.origin, e.seq) is None]
    if loose:
        yield ("note", f"{plural(len(loose), 'exhibit')} with no outside bound of time: only this device's clock says when.",
               "bearwitness witness request --out DIR")
    last: dict[str, Entry] = {}
    for entry in entries:
        before = last.get(entry.origin)
        if before is not None and entry.time < before.time:
            yield ("note", f"The clock of a device jumped back at entry {entry.seq}: from {before.time[:19]}Z to "
                   f"{entry.time[:19]}Z. The order of entries is not changed by it.", "")
        last[entry.origin] = entry
