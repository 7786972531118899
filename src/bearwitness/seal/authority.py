"""Acts on keys, step by step: admit a device or a person, rotate, revoke, replace the authority.

Each returns the act with the signatures that could be given here. When they suffice it is recorded at once; when not,
it is a request that travels (`requests`). Which signatures suffice is `standing`'s to say, for us and for the verifier.
"""
from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError
from bearwitness.seal import custodians, devices, keys, layout, people, reading, requests, whole
from bearwitness.seal.layout import Origin
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.requests import Request
from bearwitness.seal.standing import Standing, standing

Ask = Callable[[str], str]


def nothing(person: str) -> str:
    """No passphrase but that of the environment."""
    return ""


def who(case_dir: Path) -> Standing:
    """The keys of a case as its logs have them."""
    return standing(whole.everything(Path(case_dir) / layout.ROOT))


def admit(case_dir: Path, public: bytes, person: str, *, purpose: str = "device", signers: Sequence[str] = (),
          actor: str = "", ask: Ask = nothing) -> Request | None:
    """Add a key to the case. Returns None when it is recorded, the request when signatures are missing."""
    body = {"algorithm": "ed25519", "public": public.hex(), "fingerprint": layout.fingerprint(public), "person": person,
            "purpose": purpose}
    return act(case_dir, "key.added", body, signers, actor, ask)


def admit_log(case_dir: Path, fingerprint: str, person: str, *, signers: Sequence[str] = (), actor: str = "",
              ask: Ask = nothing) -> Request | None:
    """Admit a device whose log was merged, by (the start of) its fingerprint."""
    root = Path(case_dir) / layout.ROOT
    found = [origin for origin in reading.find_logs(root)[1] if origin.fingerprint.startswith(fingerprint)]
    if len(fingerprint) < 8 or len({origin.fingerprint for origin in found}) != 1:
        raise InputError(f"No single log here is of a key {fingerprint!r}. Nothing was recorded.", where=str(root),
                         fix="Merge a copy from that device first; give at least 8 digits of its fingerprint.")
    added = list(reading.entries(root, found[0], 2))[1]
    return admit(case_dir, bytes.fromhex(added.body["public"]), person, signers=signers, actor=actor, ask=ask)


def new_person(case_dir: Path, person: str, *, passphrase: str = "", signers: Sequence[str] = (), actor: str = "",
               ask: Ask = nothing) -> tuple[people.PersonKey, Request | None]:
    """Make a person's signing key in this data folder, and admit it; one that a command left which died is taken up."""
    case, _ = reading.find_logs(Path(case_dir) / layout.ROOT)
    known = who(case_dir).keys
    left = [each for each in people.people_here(case) if each.person == person and each.fingerprint not in known]
    key = left[0] if left and left[0].locked == bool(passphrase) else people.make_person(case, person, passphrase)
    return key, admit(case_dir, key.public, person, purpose="person", signers=signers, actor=actor, ask=ask)


def custodian_here(case_dir: Path, person: str, passphrase: str = "") -> str:
    """The recipient of a new custodian's identity in this data folder; one that a command left which died is taken up."""
    case, _ = reading.find_logs(Path(case_dir) / layout.ROOT)
    named = set(who(case_dir).custodians.values())
    left = [each for each in custodians.here(case) if each.person == person and each.recipient not in named]
    return (left[0] if left and left[0].locked == bool(passphrase) else custodians.make(case, person, passphrase)).recipient


def name_custodian(case_dir: Path, person: str, recipient: str, *, signers: Sequence[str] = (), actor: str = "",
                   ask: Ask = nothing) -> Request | None:
    """Let a custodian open what is sealed from now on. Raises InputError for what is no age recipient."""
    import pyrage
    try:
        pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as why:
        raise InputError("This is not an age recipient (age1...). Nothing was recorded.", where=recipient) from why
    body = {"purpose": "custodian", "person": person, "recipient": recipient}
    return act(case_dir, "key.added", body, signers, actor, ask)


def revoke(case_dir: Path, fingerprint: str, *, since: str, because: str, signers: Sequence[str] = (), actor: str = "",
           ask: Ask = nothing) -> Request | None:
    """End a key. since: the first moment its signatures are in doubt (UTC), or empty."""
    found = [name for name in who(case_dir).keys if name.startswith(fingerprint)]
    if len(fingerprint) < 8 or len(found) != 1:
        raise InputError(f"No single key of this case begins with {fingerprint!r}. Nothing was recorded.",
                         fix="bearwitness key lists them; give at least 8 digits.")
    body = {"fingerprint": found[0], "compromised_since": since, "because": because}
    return act(case_dir, "key.revoked", body, signers, actor, ask)


def replace_authority(case_dir: Path, members: Sequence[str], threshold: int, *, signers: Sequence[str] = (),
                      actor: str = "", ask: Ask = nothing) -> Request | None:
    """Name the keys (starts of fingerprints) that admit and revoke from now on, and how many of them it takes."""
    known = who(case_dir)
    chosen = [_key_named(known, name) for name in members]
    body = {"authority": {"version": known.authority.version + 1, "threshold": threshold,
                          "keys": [{"public": key.public.hex(), "person": key.person} for key in chosen]}}
    return act(case_dir, "key.rotated", body, signers, actor, ask)


def rotate(case_dir: Path, *, actor: str = "") -> Origin:
    """Give this device a new key. The old log says so, signed by both keys; the new key begins a log of its own."""
    passphrase = os.environ.get("BEARWITNESS_PASSPHRASE", "")
    with Notebook.open(case_dir, write=True, actor=actor) as notebook:
        old = notebook.key
        new = keys.fresh(old.origin.case, demo=old.demo)
        keys.stage(new, passphrase)
        body = devices.rotation(old.origin.case, old, new)
        notebook.append([("key.rotated", body, [])])
        actor = notebook.actor
    return devices.follow(case_dir, new, actor)


def _key_named(known: Standing, name: str) -> Any:
    found = [key for each, key in known.keys.items() if each.startswith(name) or key.person == name]
    if len(found) != 1:
        raise InputError(f"No single key of this case is {name!r}. Nothing was recorded.",
                         fix="bearwitness key lists them; name a role, or at least 8 digits.")
    return found[0]


def act(case_dir: Path, kind: str, body: Mapping[str, Any], signers: Sequence[str], actor: str = "",
        ask: Ask = nothing) -> Request | None:
    """Sign an act with this device's key and those of `signers`; record it where that suffices, else return the request."""
    with Notebook.open(case_dir, write=True, actor=actor) as notebook:
        request = Request(notebook.origin.case, kind, dict(body))
        request = requests.sign_here(request, notebook.key, signers, ask)
        try:
            requests.record(notebook, request)
        except InputError as why:
            if why.code != "signatures":
                raise
            return request
    return None
