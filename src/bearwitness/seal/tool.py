"""Which program wrote an entry: name, version and a digest over its own source files."""
from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


@cache
def tool() -> dict[str, str]:
    """{name, ver, build_sha256}. The digest covers every .py and .toml of the package, with their names."""
    try:
        number = version("bearwitness")
    except PackageNotFoundError:
        number = "unpackaged"
    return {"name": "bearwitness", "ver": number, "build_sha256": _build()}


def _build() -> str:
    root = Path(__file__).resolve().parents[1]
    total = sha256()
    for path in sorted(root.rglob("*"), key=lambda found: found.relative_to(root).as_posix()):
        if path.suffix in (".py", ".toml") and path.is_file():
            digest = sha256(path.read_bytes()).hexdigest()
            total.update(f"{digest}  {path.relative_to(root).as_posix()}\n".encode())
    return total.hexdigest()
