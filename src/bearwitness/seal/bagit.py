"""BagIt: a folder that lists its own files with digests, as archives and courts exchange them: making one.

Layout: `bagit.txt`, `bag-info.txt`, `manifest-<algorithm>.txt` over everything under `data/`, `tagmanifest-<algorithm>.txt`
over the rest. Two algorithms, sha256 and sha512. Names are percent-encoded where they hold CR, LF or %.
Checking one: `bagit_check`. Source: RFC 8493, The BagIt File Packaging Format (V1.0), 2018.
"""
from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from bearwitness.seal import durable

ALGORITHMS = ("sha256", "sha512")
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def write_bag(folder: Path, info: Mapping[str, str]) -> str:
    """Make a folder with a `data/` a bag; returns the SHA-256 of its tag manifest, which covers everything.

    info: fields of bag-info.txt, in order; Payload-Oxum is added. Raises EngineError when the disk refuses.
    """
    payload = sorted(path for path in (folder / "data").rglob("*") if path.is_file())
    size = sum(path.stat().st_size for path in payload)
    lines = [f"{key}: {' '.join(value.split())}" for key, value in info.items()]
    lines.append(f"Payload-Oxum: {size}.{len(payload)}")
    try:
        _write(folder / "bagit.txt", DECLARATION)
        _write(folder / "bag-info.txt", "\n".join(lines) + "\n")
        _manifests(folder, payload, "manifest")
        tags = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("tagmanifest-"))
        _manifests(folder, tags, "tagmanifest")
    except OSError as why:
        raise durable.disk_trouble(why, folder) from why
    return hashlib.sha256((folder / "tagmanifest-sha256.txt").read_bytes()).hexdigest()


def encoded(name: str) -> str:
    """A name as a manifest spells it."""
    return name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _manifests(folder: Path, paths: list[Path], kind: str) -> None:
    digests = {path: _digests(path) for path in paths}
    for algorithm in ALGORITHMS:
        _write(folder / f"{kind}-{algorithm}.txt",
               "".join(f"{digests[path][algorithm]}  {encoded(path.relative_to(folder).as_posix())}\n" for path in paths))


def _digests(path: Path) -> dict[str, str]:
    totals = {name: hashlib.new(name) for name in ALGORITHMS}
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            for total in totals.values():
                total.update(block)
    return {name: total.hexdigest() for name, total in totals.items()}


def _write(path: Path, text: str) -> None:
    with path.open("wb") as file:
        file.write(text.encode())
        file.flush()
        durable.sync(file.fileno())
