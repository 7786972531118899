"""Handing a bundle over: recorded and signed by two persons, as one file, encrypted where recipients are named."""
from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

from bearwitness.errors import InputError
from bearwitness.seal import durable, requests
from bearwitness.seal.bundle import Bundle
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.reading import Entry
from bearwitness.seal.requests import Request

SUFFIX = ".bwpack"


def record(case_dir: Path, made: Bundle, to: str, seconds: Sequence[str], *, actor: str = "") -> Entry:
    """Record `exhibit.exported`, by this device and a second person. Raises InputError while that signature is missing."""
    with Notebook.open(case_dir, write=True, actor=actor) as notebook:
        number = 1 + sum(e.kind == "exhibit.exported" for e in notebook.history())
        body = {"id": f"export-{number}", "to": to, "bag": made.digest, "entries": made.entries,
                "withheld": sum(made.hidden.values()), "sealed_files": made.objects}
        request = requests.sign_here(Request(notebook.origin.case, "exhibit.exported", body), notebook.key, seconds)
        return requests.record(notebook, request)


def one_file(folder: Path, recipients: Sequence[str] = ()) -> Path:
    """The bundle as a stored zip beside it, encrypted with age where recipients are given; the folder is removed.

    Raises InputError for what is no recipient; then the folder stays.
    """
    target = folder.with_name(folder.name + SUFFIX)
    part = target.with_name(f".{target.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED, allowZip64=True) as out:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                info = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", (1980, 1, 1, 0, 0, 0))
                with path.open("rb") as file, out.open(info, "w") as member:
                    shutil.copyfileobj(file, member)
        if recipients:
            _encrypt(part, recipients)
        with part.open("rb+") as kept:
            durable.sync(kept.fileno())
        os.replace(part, target)
        durable.sync_folder(target.parent)
    except OSError as why:
        raise durable.disk_trouble(why, target) from why
    finally:
        part.unlink(missing_ok=True)
    shutil.rmtree(folder)
    return target


def _encrypt(part: Path, recipients: Sequence[str]) -> None:
    import pyrage
    try:
        keys = [pyrage.x25519.Recipient.from_str(each) for each in recipients]
    except pyrage.RecipientError as why:
        raise InputError("One of the recipients is not an age key (age1...). The bundle was left as a folder.") from why
    locked = part.with_name(f"{part.name}.age")
    pyrage.encrypt_file(str(part), str(locked), keys)
    os.replace(locked, part)
