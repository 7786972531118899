"""Outside time, and other people's eyes: bounds that nobody inside the case can move.

  bearwitness witness                                  what is anchored: each claimed time with its proven interval
  bearwitness witness request --out DIR                a time-stamp request (.tsq) for the newest checkpoint, to be carried
  bearwitness witness add DIR/REPLY.tsr --chain CA.pem check the reply (offline) and keep it; also .ots, .cosigned
  bearwitness witness stamp --online URL --chain CA.pem       ask an authority now; the only act here that uses the network
  bearwitness witness receipt FILE [--old N]           what a witness needs to see, on a file
  bearwitness witness cosign FILE --as-witness NAME    on the witness's device: sign it, if the log only grew
  bearwitness witness add FILE.cosigned --witness NAME+KEY    keep the witness's signature
  bearwitness witness check PROOF [FILE] [--chain CA.pem]     a token, OTS proof or WACZ that somebody else made

A stamp proves that something existed not later than its time, according to that authority; never who made it, nor that it
is true. Three states only: invalid; valid, signer unknown; valid and trusted by a chain you gave.
"""
from __future__ import annotations

import argparse
from pathlib import Path

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir
from bearwitness.errors import EngineError, InputError
from bearwitness.seal import anchors, durable, wacz, witnessing
from bearwitness.seal.notebook import Notebook

TYPE = "application/timestamp-query"


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = ["list", "request", "add", "stamp", "receipt", "cosign", "check"]
    parser.add_argument("act", nargs="?", default="list", choices=acts)
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--out", default=".", metavar="DIR", help="where to write requests")
    parser.add_argument("--chain", default="", metavar="PEM", help="the authority's root certificates, from its own site")
    parser.add_argument("--online", default="", metavar="URL", help="the authority's address; it learns a digest and when")
    parser.add_argument("--old", type=int, default=0, metavar="N", help="how many entries the witness saw last")
    parser.add_argument("--as-witness", default="", metavar="NAME", help="sign as this witness, a role")
    parser.add_argument("--witness", default="", metavar="NAME+KEY", help="the witness's card")


def run(args: argparse.Namespace) -> Outcome:
    acts = {"list": _list, "request": _request, "add": _add, "stamp": _stamp, "receipt": _receipt, "cosign": _cosign,
            "check": _check}
    return acts[args.act](args)


def _list(args: argparse.Namespace) -> Outcome:
    with Notebook.open(case_dir(args), write=False) as notebook:
        entries = notebook.history()
        size = notebook.size
    found = anchors.bounds(entries)
    lines = [f"{one.id}  the first {one.size} entries existed not later than {one.not_later or 'a time not proved yet'} "
             f"({one.authority}; {one.state}). Not earlier than: unknown." for one in found]
    own = [one for one in found if one.not_later]
    covered = max((one.size for one in own), default=0)
    lines.append(f"{covered} of {size} entries have an outside bound; the others have only this device's clock."
                 if found else "Nothing is anchored: every time here is only what this device's clock said.")
    return Outcome({"anchors": [{"id": one.id, "type": one.type, "size": one.size, "not_later": one.not_later,
                                 "not_earlier": "unknown", "authority": one.authority, "state": one.state,
                                 "verifier": one.by} for one in found], "covered": covered, "entries": size}, lines,
                   [] if found else ["bearwitness witness request --out DIR"])


def _request(args: argparse.Namespace) -> Outcome:
    query, about = anchors.ask(case_dir(args), Path(args.out))
    return Outcome({"request": str(query), "about": str(about)},
                   [f"{query.name}: carry it to a time-stamp authority; its reply goes beside it as {query.stem}.tsr",
                    f"{about.name}: keep it with the reply. {query.stem}.bin can be stamped with an OpenTimestamps client."],
                   [f"bearwitness witness add {query.with_suffix('.tsr')} --chain CA.pem"])


def _add(args: argparse.Namespace) -> Outcome:
    entry = anchors.add(case_dir(args), Path(_one(args)), chain=Path(args.chain) if args.chain else None,
                        witness=args.witness, actor=args.actor)
    body = entry.body
    return Outcome({key: body.get(key, "") for key in ("id", "type", "size", "not_later", "authority", "state", "verifier")},
                   [f"{body['id']}: the first {body['size']} entries existed not later than "
                    f"{body.get('not_later') or 'a time not proved yet'} ({body['authority']}; {body['state']})."])


def _stamp(args: argparse.Namespace) -> Outcome:
    if not args.online.startswith(("https://", "http://")):
        raise InputError("Stamping asks an outside authority, which learns a digest, the time and an address of yours.",
                         where="--online", fix="bearwitness witness stamp --online https://... --chain CA.pem")
    query, _ = anchors.ask(case_dir(args), Path(args.out))
    reply = query.with_suffix(".tsr")
    durable.replace(reply, _ask(args.online, query.read_bytes()), reply.parent)
    args.files = [str(reply)]
    return _add(args)


def _ask(url: str, query: bytes) -> bytes:
    """The authority's reply. No redirect is followed, and no more than a token is read."""
    import urllib.error
    import urllib.request

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object, **__: object) -> None:
            return None
    asked = urllib.request.Request(url, query, {"Content-Type": TYPE})
    try:
        with urllib.request.build_opener(Stay).open(asked, timeout=30) as reply:
            return bytes(reply.read(200_001))
    except (OSError, urllib.error.URLError, ValueError) as why:
        raise EngineError(f"The authority did not answer: {why}. The request is kept; nothing was recorded.", where=url,
                          fix="Try again later, or carry the .tsq by hand.") from why


def _receipt(args: argparse.Namespace) -> Outcome:
    path = Path(_one(args))
    with Notebook.open(case_dir(args), write=True) as notebook:
        data = witnessing.request(args.old, notebook.tree, notebook.checkpoint_note(), notebook.public_key)
        size, root, _ = notebook.head()
        origin = str(notebook.origin)
    durable.replace(path, data, path.parent)
    return Outcome({"file": str(path), "origin": origin, "size": size, "root": root},
                   [f"{path.name}: give it to a witness. On paper, these three lines are enough to find a rollback later:",
                    origin, str(size), root], [f"bearwitness witness cosign {path} --as-witness NAME"])


def _cosign(args: argparse.Namespace) -> Outcome:
    path = Path(_one(args))
    try:
        data = path.read_bytes()
    except OSError as why:
        raise InputError(f"This file cannot be read: {why.strerror or why}.", where=str(path)) from why
    signed, found = witnessing.cosign(data, args.as_witness)
    out = path.with_suffix(".cosigned")
    durable.replace(out, signed, out.parent)
    card = witnessing.card(args.as_witness)
    told = {"file": str(out), "origin": found.head.origin, "size": found.head.size, "time": found.time, "card": card}
    return Outcome(told, [f"{out.name}: {found.head.size} entries seen, {found.time}. Keep a copy yourself.",
                          f"Your card: {card}"])


def _check(args: argparse.Namespace) -> Outcome:
    if not args.files:
        raise InputError("Name the proof.", where="witness check")
    proof = Path(args.files[0])
    if proof.name.lower().endswith(".wacz"):
        found = wacz.check(proof)
        signed = f"it says it is signed by {found.signed}, which was not checked" if found.signed else "it is not signed"
        return Outcome({"type": "wacz", "whole": bool(found), "faults": found.faults, "files": found.files,
                        "signed": found.signed}, [f"{'whole' if found else 'not whole'}: {found.files} files; {signed}.",
                                                  *found.faults], exit=0 if found else 4, ok=bool(found))
    message = Path(args.files[1]).read_bytes() if len(args.files) > 1 else None
    body = anchors.look(proof, message, Path(args.chain).read_bytes() if args.chain else b"")
    about = "" if message is not None else " (which file it is about was not checked)"
    return Outcome(body, [f"{body['state']}: not later than {body['not_later'] or 'a time not proved'}, "
                          f"{body['authority']}{about}."])


def _one(args: argparse.Namespace) -> str:
    if len(args.files) != 1:
        raise InputError("Name one file.", where=f"witness {args.act}", fix="bearwitness witness --help")
    return str(args.files[0])
