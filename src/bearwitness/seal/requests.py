"""An act that needs more signatures than this device has, as a file that travels: sign it, hand it on, record it.

    {"format": "bearwitness-request/1", "case": ..., "kind": ..., "body": {..., "signatures": [...]}}

A signature covers kind, case and body, so a request that was changed on its way carries no good signature.
"""
from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError
from bearwitness.seal import acts, durable, keys, people
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.reading import Entry

FORMAT = "bearwitness-request/1"
MAX_BYTES = 1_000_000
KINDS = acts.TWO_PERSONS | {"key.added", "key.rotated", "key.revoked"}


@dataclass(frozen=True, slots=True)
class Request:
    """An act with the signatures it has so far."""

    case: str
    kind: str
    body: dict[str, Any]

    def signed(self, signature: dict[str, str]) -> Request:
        """With one more signature; a second one by the same key takes the place of the first."""
        kept = [line for line in self.body.get("signatures", []) if line["key"] != signature["key"]]
        return Request(self.case, self.kind, {**self.body, "signatures": [*kept, signature]})


def sign_here(request: Request, device: keys.DeviceKey | None, persons: Sequence[str],
              passphrase: Callable[[str], str] = lambda person: "") -> Request:
    """Sign with this device's key, and with those of the persons (roles) whose keys lie in this data folder.

    Raises InputError for a role that has no key here.
    """
    if device is not None:
        request = request.signed(acts.sign(request.kind, request.case, request.body, device.public, device.sign))
    here = {key.person: key for key in people.people_here(request.case)}
    for person in persons:
        if person not in here:
            raise InputError(f"There is no key of {person} on this device. Nothing was signed.", where=person,
                             fix="Make one (bearwitness key add --person --role ROLE), or carry the request to theirs.")
        signature = here[person].signature(request.kind, request.case, request.body, passphrase(person))
        request = request.signed(signature)
    return request


def read(path: Path) -> Request:
    """Raises InputError when the file is not a request."""
    try:
        data = path.read_bytes()
        found = json.loads(data) if len(data) <= MAX_BYTES else {}
        request = Request(found["case"], found["kind"], found["body"])
        lines = request.body.get("signatures", [])
        whole = (found["format"] == FORMAT and request.kind in KINDS and isinstance(request.case, str)
                 and all(isinstance(line["key"], str) for line in lines))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as why:
        raise InputError("This is not a request for a signature. Nothing was signed.", where=str(path)) from why
    if not whole:
        raise InputError("This is not a request of a known form. Nothing was signed.", where=str(path))
    return request


def write(path: Path, request: Request) -> None:
    content = {"format": FORMAT, "case": request.case, "kind": request.kind, "body": request.body}
    try:
        durable.replace(path, (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode(), path.parent)
    except OSError as why:
        raise durable.disk_trouble(why, path) from why


def record(notebook: Notebook, request: Request) -> Entry:
    """Append the act. Raises InputError for another case, or while signatures are missing."""
    if request.case != notebook.origin.case:
        raise InputError("This request is of another case. Nothing was recorded.")
    return notebook.append([(request.kind, request.body, [])])[0]
