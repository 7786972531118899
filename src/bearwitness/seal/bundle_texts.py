"""The words of a bundle: how to check it with other people's tools, a crate's metadata, and a certificate to complete."""
from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bearwitness.seal.entry import Entry
from bearwitness.seal.layout import Origin
from bearwitness.seal.note import Checkpoint
from bearwitness.seal.tool import tool

_ED25519_DER = bytes.fromhex("302a300506032b6570032100")
"""What stands before the 32 bytes of an Ed25519 public key in a SubjectPublicKeyInfo (RFC 8410)."""


def pem(public: bytes) -> bytes:
    """A public key as openssl reads it."""
    text = base64.b64encode(_ED25519_DER + public).decode()
    return f"-----BEGIN PUBLIC KEY-----\n{text}\n-----END PUBLIC KEY-----\n".encode()


def info(entries: Sequence[Entry], title: str, handed_to: str) -> dict[str, str]:
    """bag-info.txt. The date is that of the newest entry, so that the same case makes the same bytes."""
    newest = max((entry.time for entry in entries), default="")
    return {"Bag-Software-Agent": f"bearwitness {tool()['ver']}", "Bagging-Date": newest[:10],
            "External-Description": title or "A case, sealed", "External-Identifier": entries[0].origin.split("/")[1],
            "Handed-Over-To": handed_to or "nobody recorded"}


def verify_text(logs: Sequence[Origin]) -> bytes:
    """VERIFY.txt: one page, three levels, none of which needs our program."""
    first = logs[0]
    base = f"data/logs/{first.folder}"
    more = "" if len(logs) == 1 else f"There are {len(logs)} logs, one for each device; repeat 1b for each.\n"
    return f"""\
HOW TO CHECK THIS BUNDLE WITHOUT TRUSTING WHO GAVE IT TO YOU

What it can show: nothing in it was changed, added, removed or put in another order since the signed checkpoints; which key
signed. What it cannot show: that what was recorded is true; whose key it is (compare the fingerprint, the first 32 digits
of the SHA-256 of the public key, with one learnt in another way); that no later checkpoint exists.

1. With coreutils and openssl (Linux, macOS, WSL)
   a. Every file is what the bag lists, and every sealed file is what its name says:
        sha256sum -c --quiet manifest-sha256.txt && sha256sum -c --quiet tagmanifest-sha256.txt && echo GOOD
        for f in data/objects/*/*; do [ "$(sha256sum < $f | cut -c1-64)" = "${{f##*/}}" ] || echo "CHANGED $f"; done
   b. The checkpoint is signed by the key (openssl 3):
        head -n 3 {base}/checkpoint > /tmp/text
        tail -n 1 {base}/checkpoint | cut -d' ' -f3 | base64 -d | tail -c 64 > /tmp/signature
        openssl pkeyutl -verify -pubin -inkey data/keys/{first.fingerprint}.pem -rawin -in /tmp/text -sigfile /tmp/signature
{more}
2. With Python 3.11 or later and nothing else
        python3 -I verify.py .
   It names each step and each file that is not as it was sealed, and ends with 0 when nothing changed. It is two short
   files, written to be read; compare them with the published ones, or write your own from the format (below).

3. With tools that others wrote
   - any BagIt validator reads the bag (RFC 8493);
   - data/proofs/*.tlog-proof are C2SP tlog-proof texts: the entry beside each (.entry) is the leaf, SHA-256(0x00 || entry);
     verifiers of RFC 6962 trees and C2SP signed notes (for example golang.org/x/mod/sumdb/note and tlog) check them;
   - data/anchors/*.tsr are RFC 3161 tokens: openssl ts -verify.

THE FORMAT. data/logs/*/entries.jsonl holds one entry a line. Its leaf is SHA-256(0x00 || line without its end); a line
{{"leaf": ..., "withheld": ...}} is an entry that is not disclosed, and stands for its leaf. The tree over the leaves is that
of RFC 6962; its root at a checkpoint's size is the base64 in the checkpoint's third line. `prev` in an entry is the leaf
before it. DISCLOSURE.json lists what is withheld, where it stands, and why.
""".encode()


def ro_crate(folder: Path, title: str, entries: Sequence[Entry]) -> bytes:
    """RO-Crate 1.1 metadata of the bag. Source: https://w3id.org/ro/crate/1.1"""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    newest = max((entry.time for entry in entries), default="")
    parts: list[dict[str, Any]] = [{"@id": name, "@type": "File"} for name in names]
    root = {"@id": "./", "@type": "Dataset", "name": title or "A sealed case", "datePublished": newest[:10],
            "description": "A case of sealed evidence as a self-verifying bundle", "license": "see DISCLOSURE.json",
            "hasPart": [{"@id": name} for name in names]}
    about = {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"},
             "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}}
    crate = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [about, root, *parts]}
    return (json.dumps(crate, indent=1, ensure_ascii=False) + "\n").encode()


def certificate(entries: Sequence[Entry], hidden: Mapping[str, str], head: Checkpoint) -> bytes:
    """A draft that a qualified person completes and signs, after US Federal Rules of Evidence 902(13) and (14)."""
    exhibits = [e for e in entries if e.kind == "exhibit.sealed" and e.leaf not in hidden]
    rows = "\n".join(f"  {e.body['id']:<8} {e.body.get('sha256', '')}  {e.body.get('size', '?')} bytes, "
                     f"sealed {e.time[:19]}Z" for e in exhibits) or "  (none)"
    return f"""\
DRAFT of a certificate of authenticity. Not signed; says nothing until a qualified person has completed and signed it.
Review by counsel needed: the form follows US Federal Rules of Evidence 902(13) and 902(14) (certified records generated by,
and data copied from, an electronic process); another court will want another form.

1. I am [role and qualification of the certifying person].
2. The items below were copied by a digital process that hashed each file while copying it and recorded the SHA-256 digest
   in an append-only, signed log before the copy was acknowledged. Program: bearwitness {tool()['ver']}, build
   {tool()['build_sha256']}.
3. On [date] I verified this bundle by the steps of VERIFY.txt; the result was [result].
4. The log {head.origin}
   had {head.size} entries under the checkpoint with root {head.root.hex()}.
5. Items:
{rows}
6. Withheld entries: {len(hidden)}; DISCLOSURE.json lists each, with its place and the reason.

I certify that the statements above are true to the best of my knowledge.
[signature, name, date, place]
""".encode()
