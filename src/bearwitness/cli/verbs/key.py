"""Who may sign in this case: list, add, rotate, revoke.

  bearwitness key                                        every key, and the authority that admits them
  bearwitness key add --role researcher-2                on a new device, in its copy of the case: join it
  bearwitness key add 3fa1c2d4 --role researcher-2       on the first device, after a merge: admit that one
  bearwitness key add --person --role reviewer-1         a person's own signing key, kept on this device
  bearwitness key add reviewer.pub --role reviewer-1     a person's key that was made elsewhere
  bearwitness key add --custodian --role custodian-1     who can open the vault; it needs two
  bearwitness key add --custodian --role paper --print   a recovery identity, to be printed and kept on paper only
  bearwitness key add age1... --custodian --role custodian-2      a custodian whose identity lies elsewhere
  bearwitness key rotate                                 this device goes on with a new key
  bearwitness key rotate --after-restore                 this folder was put back from a backup: begin a new epoch
  bearwitness key rotate --authority reviewer-1,lead --threshold 2      who admits and revokes from now on
  bearwitness key revoke 3fa1c2d4 --since 2026-03-01T00:00Z --because "laptop seized"
  bearwitness key approve photo-older --by reviewer-1    a second person approves a finding, as it stands now
  bearwitness key sign request.json --by reviewer-1      put a signature under an act that travels
  bearwitness key record request.json                    record it, once its signatures suffice

Keys lie in the user's own data folder ($BEARWITNESS_HOME), never in the case. BEARWITNESS_PASSPHRASE puts this
device's key under a passphrase when it is made; BEARWITNESS_PERSON_PASSPHRASE a person's.
"""
from __future__ import annotations

import argparse
import os
from pathlib import Path

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir
from bearwitness.errors import InputError
from bearwitness.seal import approvals, authority, custodians, devices, keys, layout, reading, requests
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.requests import Request

REQUEST = "request-{kind}-{number}.json"


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = ["list", "add", "rotate", "revoke", "approve", "sign", "record"]
    parser.add_argument("act", nargs="?", default="list", choices=acts)
    parser.add_argument("what", nargs="?", default="", help="a fingerprint (8 digits or more), a .pub file, or a request")
    parser.add_argument("--role", default="", help="whose key it is, by role, without a name")
    parser.add_argument("--person", action="store_true", help="a person's key, not a device's")
    parser.add_argument("--custodian", action="store_true", help="somebody who can open the vault")
    parser.add_argument("--print", action="store_true", dest="paper", help="show the identity once, and keep it nowhere")
    parser.add_argument("--authority", default="", metavar="A,B", help="the roles or fingerprints that admit and revoke")
    parser.add_argument("--threshold", type=int, default=1, help="how many of them it takes")
    parser.add_argument("--since", default="", help="first moment the key's signatures are in doubt (UTC)")
    parser.add_argument("--because", default="", help="why, in a sentence without names")
    parser.add_argument("--dissent", default="", metavar="WORDS", help="what the approving person does not share")
    parser.add_argument("--by", default="", metavar="ROLE,...", help="persons whose keys lie here and who sign too")
    parser.add_argument("--after-restore", action="store_true", help="begin a new epoch after a backup was put back")


def run(args: argparse.Namespace) -> Outcome:
    acts = {"list": _list, "add": _add, "rotate": _rotate, "revoke": _revoke, "approve": _approve, "sign": _sign,
            "record": _record}
    return acts[args.act](args, case_dir(args))


def _by(args: argparse.Namespace) -> list[str]:
    return [role.strip() for role in args.by.split(",") if role.strip()]


def _list(args: argparse.Namespace, case: Path) -> Outcome:
    known = authority.who(case)
    lines = [f"Authority {known.authority.version}: {known.authority.threshold} of {len(known.authority.keys)} must sign"]
    rows = []
    for key in known.keys.values():
        state = ("revoked" + (f", in doubt since {key.since}" if key.since else "") if key.revoked
                 else f"followed by {key.succeeded_by[:16]}" if key.succeeded_by else "may sign")
        in_authority = key.fingerprint in known.authority.keys
        mark = "  (authority)" if in_authority else ""
        lines.append(f"{key.fingerprint}  {key.purpose:<6}  {key.person}  {state}{mark}")
        rows.append({"fingerprint": key.fingerprint, "person": key.person, "purpose": key.purpose, "revoked": key.revoked,
                     "compromised_since": key.since, "authority": in_authority, "succeeded_by": key.succeeded_by})
    strangers = [origin.fingerprint for origin in reading.find_logs(case / layout.ROOT)[1]
                 if not known.admits(origin.fingerprint)]
    lines += [f"{name}  not admitted: its log counts for nothing until: bearwitness key add {name[:8]} --role ROLE"
              for name in strangers]
    return Outcome({"authority": {"version": known.authority.version, "threshold": known.authority.threshold,
                                  "keys": sorted(known.authority.keys)}, "keys": rows, "strangers": strangers}, lines)


def _add(args: argparse.Namespace, case: Path) -> Outcome:
    if not args.role:
        raise InputError("Say whose key it is, by role.", where="--role", fix="For example: --role researcher-2")
    if args.custodian:
        return _custodian(args, case)
    if args.person:
        key, request = authority.new_person(case, args.role, signers=_by(args), actor=args.actor,
                                            passphrase=os.environ.get("BEARWITNESS_PERSON_PASSPHRASE", ""))
        return _done(case, request, f"{args.role} signs with key {key.fingerprint}, kept in {key.path.parent}",
                     {"fingerprint": key.fingerprint, "public": key.public.hex(), "person": args.role})
    if args.what.endswith(".pub"):
        public = _public(Path(args.what))
        request = authority.admit(case, public, args.role, purpose="person", signers=_by(args), actor=args.actor)
        name = layout.fingerprint(public)
        return _done(case, request, f"{args.role} signs with key {name}", {"fingerprint": name, "person": args.role})
    if args.what:
        request = authority.admit_log(case, args.what, args.role, signers=_by(args), actor=args.actor)
        return _done(case, request, f"The device {args.what} is admitted, for {args.role}",
                     {"fingerprint": args.what, "person": args.role})
    origin = devices.join(case, person=args.role)
    return Outcome({"fingerprint": origin.fingerprint, "origin": str(origin), "person": args.role, "joined": True},
                   [f"This device has joined the case with key {origin.fingerprint}.",
                    "What it records counts once the first device has merged a copy and admitted the key. Tell them the",
                    "fingerprint by voice or on paper, not only in the copy."], ["bearwitness merge OTHER-COPY"])


def _custodian(args: argparse.Namespace, case: Path) -> Outcome:
    printed = ""
    if args.what:
        recipient = args.what
    elif args.paper:
        printed, recipient = custodians.on_paper()
    else:
        recipient = authority.custodian_here(case, args.role, os.environ.get("BEARWITNESS_CUSTODIAN_PASSPHRASE", ""))
    request = authority.name_custodian(case, args.role, recipient, signers=_by(args), actor=args.actor)
    done = _done(case, request, f"{args.role} can open the vault, with {recipient}",
                 {"person": args.role, "recipient": recipient, **({"identity": printed} if printed else {})})
    if printed:
        done.lines += ["Print this line, check the print, and keep it where the case is not. It is shown once:", printed]
    return done


def _public(path: Path) -> bytes:
    try:
        public = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as why:
        raise InputError("This is not a public key: 64 hexadecimal digits in a file.", where=str(path)) from why
    if len(public) != 32:
        raise InputError("This is not a public key: 64 hexadecimal digits in a file.", where=str(path))
    return public


def _rotate(args: argparse.Namespace, case: Path) -> Outcome:
    if args.authority:
        members = [name.strip() for name in args.authority.split(",") if name.strip()]
        request = authority.replace_authority(case, members, args.threshold, signers=_by(args), actor=args.actor)
        return _done(case, request, f"From now on {args.threshold} of {len(members)} admit and revoke keys",
                     {"authority": members, "threshold": args.threshold})
    if args.after_restore:
        origin = devices.go_on_after_restore(case, args.actor or "operator")
        return Outcome({"origin": str(origin), "epoch": origin.epoch},
                       [f"This device goes on in epoch {origin.epoch}. Both heads are kept in its log: what this folder "
                        "holds, and the newer checkpoint this device remembers.",
                        "If a copy with the newer entries turns up: bearwitness merge THAT-COPY"])
    origin = authority.rotate(case, actor=args.actor)
    return Outcome({"fingerprint": origin.fingerprint, "origin": str(origin)},
                   [f"This device goes on with key {origin.fingerprint}. The old key is gone; its log stands."])


def _revoke(args: argparse.Namespace, case: Path) -> Outcome:
    if not args.what or not args.because:
        raise InputError("Name the key and say why.", where="key revoke",
                         fix='bearwitness key revoke FINGERPRINT --because "laptop seized" [--since TIME]')
    request = authority.revoke(case, args.what, since=args.since, because=args.because, signers=_by(args), actor=args.actor)
    return _done(case, request, f"Key {args.what} is revoked" + (f", in doubt since {args.since}" if args.since else ""),
                 {"fingerprint": args.what, "compromised_since": args.since})


def _approve(args: argparse.Namespace, case: Path) -> Outcome:
    if not args.what or not _by(args):
        raise InputError("Name the finding, and who approves it by role.", where="key approve",
                         fix="bearwitness key approve FINDING --by ROLE")
    request = approvals.approve(case, args.what, _by(args), dissent=args.dissent, actor=args.actor)
    return _done(case, request, f"{args.what} is approved by {args.by}, as it stands now",
                 {"finding": args.what, "by": _by(args), "dissent": args.dissent})


def _sign(args: argparse.Namespace, case: Path) -> Outcome:
    path = Path(args.what)
    request = requests.read(path)
    device = None if _by(args) else keys.load_key(request.case)
    signed = requests.sign_here(request, device, _by(args))
    requests.write(path, signed)
    lines = [f"Signed: {signed.kind}. Read what it says before you hand it on:"]
    lines += [f"  {key}: {value}" for key, value in signed.body.items() if key != "signatures"]
    return Outcome({"kind": signed.kind, "signatures": [line["key"] for line in signed.body["signatures"]]}, lines,
                   [f"bearwitness key record {path}"])


def _record(args: argparse.Namespace, case: Path) -> Outcome:
    request = requests.read(Path(args.what))
    with Notebook.open(case, write=True, actor=args.actor) as notebook:
        entry = requests.record(notebook, request)
    return Outcome({"kind": entry.kind, "seq": entry.seq, "leaf": entry.leaf},
                   [f"Recorded: {entry.kind}, entry {entry.seq}."])


def _done(case: Path, request: Request | None, words: str, data: dict[str, object]) -> Outcome:
    if request is None:
        return Outcome({**data, "recorded": True}, [words + "."])
    number = 1
    while (path := case / REQUEST.format(kind=request.kind.replace(".", "-"), number=number)).exists():
        number += 1
    requests.write(path, request)
    return Outcome({**data, "recorded": False, "request": str(path)},
                   [f"Not recorded yet: it needs more signatures. The request is {path.name}."],
                   [f"bearwitness key sign {path.name} --by ROLE", f"bearwitness key record {path.name}"], exit=3)
