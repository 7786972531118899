"""Accounts of people who must be protected: what may stand in the case stays, who they are goes into the vault.

  bearwitness interview                                      who is in the vault, by code; never who they are
  bearwitness interview add ~/usb/account.md                 part it: notes/ID.md stays, {{protected words}} and the
                                                             lines under `identity:` are sealed
  bearwitness interview seal w1 voice.m4a --what voice       seal a recording or a picture for the same person
  bearwitness interview open w1 --because "..." --out DIR    a custodian reads; that it was read is recorded first
  bearwitness interview erase w1 --because "..." --second ROLE     destroy what opens it; a second person signs
  bearwitness interview card field.card                      for a device in the field: it can seal, and cannot open
  bearwitness interview drop field.card voice.m4a --out DIR  on that device, with no case
  bearwitness interview add 3fa1c2.sealed                    on a custodian's device: take in what was dropped

A vault needs two custodians: bearwitness key add --custodian --role custodian-1. BEARWITNESS_CUSTODIAN_PASSPHRASE, or
typing it, opens a custodian's identity; --paper reads the printed recovery identity.
"""
from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir, plural
from bearwitness.cli.taken import take
from bearwitness.errors import InputError
from bearwitness.seal import custodians, durable, inbox, interviews, requests
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.requests import Request
from bearwitness.seal.standing import standing

REQUEST = "request-identity-erased-{number}.json"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", nargs="?", default="list", choices=["list", "add", "seal", "open", "erase", "card", "drop"])
    parser.add_argument("what_for", nargs="*", metavar="...", help="a source id, files, or a card; see above")
    parser.add_argument("--what", default="document", help=f"what it is: {', '.join(interviews.WHATS)}")
    parser.add_argument("--because", default="", help="why, in a sentence without names")
    parser.add_argument("--out", default="", metavar="DIR", help="where to write what is opened or dropped")
    parser.add_argument("--second", default="", metavar="ROLE,...", help="the person whose key lies here and who signs too")
    parser.add_argument("--by", default="", metavar="ROLE", help="the custodian who opens")
    parser.add_argument("--paper", action="store_true", help="open with the printed recovery identity (asked for)")
    parser.add_argument("--replace", action="store_true", help="the account lies in the case: overwrite it by what may stay")

    parser.add_argument("--everywhere", action="store_true", help="withhold a marked word also where it stands unmarked")


def run(args: argparse.Namespace) -> Outcome:
    acts = {"list": _list, "add": _add, "seal": _seal, "open": _open, "erase": _erase, "card": _card, "drop": _drop}
    return acts[args.act](args)


def _list(args: argparse.Namespace) -> Outcome:
    with Notebook.open(case_dir(args), write=False) as notebook:
        history = notebook.history()
    rows, keepers = interviews.overview(history), standing(history).custodians
    lines = [f"Custodians: {', '.join(sorted(keepers)) or 'none yet'}"]
    for row in rows:
        state = f"erased {row['erased'][:10]}" if row["erased"] else f"holds {', '.join(row['holds'])}"
        lines.append(f"{row['about']}  {state}; opened {plural(len(row['viewed']), 'time')}")
        lines += [f"  custodian {person} has not renewed an identity since the erasure" for person in row["absent"]]
    return Outcome({"custodians": sorted(keepers), "people": rows}, lines)


def _add(args: argparse.Namespace) -> Outcome:
    case, path = case_dir(args), Path(_only(args, "the account to take in"))
    if path.name.endswith(inbox.SUFFIX):
        return _add_drop(args, case, path)
    added = interviews.add(case, path, replace=args.replace, everywhere=args.everywhere, actor=args.actor)
    talk = take(case)[1]
    lines = [f"{added.note.name}: {plural(added.withheld, 'protected word')} and {plural(added.identity, 'identity line')} "
             f"sealed for {added.by}."]
    lines += ["The file you handed in still holds everything in clear. Delete it, or keep it where the case is not."
              if not args.replace else "The file was overwritten. The disk may keep remnants of it."]
    return Outcome({"id": added.id, "by": added.by, "subject": added.subject, "note": f"notes/{added.note.name}",
                    "withheld": added.withheld}, lines, [f"bearwitness interview open {added.by} --because WHY"], talk)


def _add_drop(args: argparse.Namespace, case: Path, path: Path) -> Outcome:
    with Notebook.open(case, write=False) as notebook:
        openers = custodians.here(notebook.origin.case)
    header, content = inbox.open_drop(path, openers)
    if not str(header.get("name", "")).endswith((".md", ".txt")):
        raise InputError("What was dropped is not an account in text. It was left sealed.", where=str(path),
                         fix="Seal it for its person: bearwitness interview seal SOURCE-ID FILE.sealed --what voice")
    with _opened(content) as aside:
        args.what_for = [str(aside)]
        return _add(args)


@contextmanager
def _opened(content: bytes) -> Iterator[Path]:
    """A path at which an opened account is read, for as long as the block lasts.

    On Linux it is in memory and has no name, so that a killed command leaves nothing. Elsewhere it is a file beside the
    keys; what a killed command left there an hour ago or more is deleted by the next one.
    """
    if hasattr(os, "memfd_create") and Path("/proc/self/fd").is_dir():
        handle = os.memfd_create("account")
        try:
            durable.write_all(handle, content)
            yield Path(f"/proc/self/fd/{handle}")
        finally:
            os.close(handle)
        return
    from bearwitness.seal import keys
    place = keys.data_folder() / "opened"
    durable.make_folder(place)
    for left in place.iterdir():
        if left.stat().st_mtime < time.time() - 3600:
            left.unlink()
    handle, path = durable.temporary(place)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        yield path
    finally:
        path.unlink(missing_ok=True)


def _seal(args: argparse.Namespace) -> Outcome:
    if len(args.what_for) < 2:
        raise InputError("Name the person by a source id, then the files.", where="interview seal",
                         fix="bearwitness interview seal w1 voice.m4a --what voice")
    by, *files = args.what_for
    bodies = interviews.seal(case_dir(args), by, [Path(file) for file in files], args.what, actor=args.actor)
    return Outcome({"by": by, "sealed": [{"id": body["id"], "what": body["what"]} for body in bodies]},
                   [f"{plural(len(bodies), 'file')} sealed for {by}. The case holds neither name nor digest of them.",
                    "The files you handed in are as they were: delete them, or keep them where the case is not."])


def _open(args: argparse.Namespace) -> Outcome:
    by = _only(args, "a source id")
    if not args.because:
        raise InputError("Say why it is opened; the log keeps it.", where="--because")
    paper = (os.environ.get("BEARWITNESS_PAPER", "") or _typed()) if args.paper else ""
    found = interviews.open_(case_dir(args), by, args.because, by_custodian=args.by, paper=paper, actor=args.actor)
    lines = [f"{plural(len(found), 'thing')} of {by} opened; that it was, by whom and why, is in the log."]
    if args.out:
        out = Path(args.out)
        durable.make_folder(out)
        for number, (header, content) in enumerate(found, 1):
            durable.replace(out / f"{number:03d}-{header['what']}", content, out, 0o600)
        lines.append(f"Written to {out}: {plural(len(found), 'file')}, in clear. Delete them after use.")
    else:
        lines.append("Nothing is shown on a screen that somebody else may see or keep: name a folder with --out.")
    return Outcome({"by": by, "things": [header["what"] for header, _ in found], "out": args.out}, lines)


def _erase(args: argparse.Namespace) -> Outcome:
    by = _only(args, "a source id")
    if not args.because:
        raise InputError("Say why this person is erased; the log keeps the reason.", where="--because")
    case = case_dir(args)
    seconds = [role.strip() for role in args.second.split(",") if role.strip()]
    done = interviews.erase(case, by, args.because, seconds=seconds, actor=args.actor)
    if isinstance(done, Request):
        number = 1
        while (path := case / REQUEST.format(number=number)).exists():
            number += 1
        requests.write(path, done)
        return Outcome({"erased": False, "request": str(path)},
                       ["Nothing was erased: a second person must sign. Run it again with --second ROLE on a device that "
                        f"has their key. What they would sign is in {path.name}."], exit=3)
    lines = [f"{by} is erased: no key on this device opens what the vault held, here or in a backup of this folder."]
    lines += [f"Custodian {person} was not here: their old identity still opens an old backup. Ask them to renew it."
              for person in done.absent]
    return Outcome({"erased": True, "by": by, "epoch": done.epoch, "absent": list(done.absent)}, lines,
                   exit=3 if done.absent else 0)


def _card(args: argparse.Namespace) -> Outcome:
    path = Path(_only(args, "where to write the card"))
    with Notebook.open(case_dir(args), write=False) as notebook:
        inbox.write_card(path, standing(notebook.history()).custodians)
    return Outcome({"card": str(path)}, [f"{path.name}: give it to the device in the field. It holds public keys only."])


def _drop(args: argparse.Namespace) -> Outcome:
    if len(args.what_for) < 2:
        raise InputError("Name the card, then the files.", where="interview drop")
    card, *files = args.what_for
    out = Path(args.out or ".")
    durable.make_folder(out)
    made = [inbox.drop(Path(card), Path(file), out) for file in files]
    return Outcome({"sealed": [str(path) for path in made]},
                   [f"{path.name}" for path in made] + ["This device cannot open them. Delete the clear files now."])


def _only(args: argparse.Namespace, what: str) -> str:
    if len(args.what_for) != 1:
        raise InputError(f"Name {what}.", where=f"interview {args.act}", fix="bearwitness interview --help")
    return str(args.what_for[0])


def _typed() -> str:
    import getpass
    return getpass.getpass("Recovery identity (AGE-SECRET-KEY-1...): ")
