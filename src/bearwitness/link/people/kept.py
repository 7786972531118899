"""What the lists alone say, kept beside the answers, so that a judgement given later costs a moment.

The file is named by nothing and trusted by its digest: it holds the digest of every list, of what was declared of them and
of this program's way of linking; where one of them changed, everything is computed anew. It may be deleted any day. Like
the lists themselves it holds names.
"""
from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from bearwitness.intake.lists.told import FILE as COLUMNS
from bearwitness.link.people.engine import Prepared
from bearwitness.link.people.learn import Model, Pairs
from bearwitness.link.people.partners import Free
from bearwitness.seal.tool import tool

FILE = ".match-people.npz"
_MODEL = ("shared", "unshared", "siblings", "numbers")


def digest(lists: Iterable[Path], declared: Iterable[str]) -> str:
    """One digest of all that the result depends on, whatever the order of the lists."""
    parts = [tool()["build_sha256"], *sorted(declared)]      # another program may weigh the same lists in another way
    told = {path.parent / COLUMNS for path in lists if (path.parent / COLUMNS).is_file()}
    for path in sorted([*lists, *told], key=lambda one: one.name):
        with path.open("rb") as file:
            parts.append(f"{path.name} {hashlib.file_digest(file, 'sha256').hexdigest()}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def keep(folder: Path, key: str, prepared: Prepared, apart: list[tuple[str, int, str]], says: Callable[[int], str],
         notes: list[str]) -> None:
    """Write the file, in place of an older one."""
    pairs = prepared.pairs
    rows = np.unique(np.concatenate([pairs.left, pairs.right]))
    arrays: dict[str, Any] = {
        "key": _pack([key]), "lists": _pack(prepared.lists), "whose": prepared.whose, "row": prepared.row,
        "left": pairs.left, "right": pairs.right, "stratum": pairs.stratum, "odds": prepared.odds,
        "caution": prepared.caution, "reasons": _pack(prepared.reasons), "candidates": np.array([prepared.candidates]),
        "missed": np.array([prepared.missed]), "company": prepared.company,
        "free": np.array([[one.stratum, *one.sizes, one.paired, one.doubt] for one in prepared.free], float).reshape(-1, 5),
        "repeats": np.array([prepared.repeats[name] for name in prepared.lists]), "notes": _pack(notes),
        "apart": _pack([f"{row}\x1e{kind}\x1e{name}" for name, row, kind in apart]),
        "kin": prepared.placeholders[0], "named": prepared.placeholders[1], "spoken": rows,
        "says": _pack([says(int(at)) for at in rows]),
    }
    for name in _MODEL:
        arrays |= {f"model.{name}.{field}": values for field, values in getattr(prepared.model, name).items()}
    arrays |= {f"level.{field}": values for field, values in pairs.levels.items()}
    arrays |= {f"rarity.{field}": values for field, values in pairs.rarity.items()}
    new = folder / f"{FILE}.new"
    with new.open("wb") as out:
        np.savez(out, **arrays)
    new.replace(folder / FILE)


Kept = tuple[Prepared, list[tuple[str, int, str]], Callable[[int], str], list[str]]


def find(folder: Path, key: str) -> Kept | None:
    """What was kept under this key; None where there is nothing, or something else."""
    try:
        with np.load(folder / FILE, allow_pickle=False) as held:
            if _unpack(held["key"]) != [key]:
                return None
            return _read({name: held[name] for name in held.files})
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _read(held: dict[str, Any]) -> Kept:
    def named(prefix: str) -> dict[str, Any]:
        return {name[len(prefix):]: values for name, values in held.items() if name.startswith(prefix)}

    lists = tuple(_unpack(held["lists"]))
    model = Model(*(named(f"model.{name}.") for name in _MODEL))
    pairs = Pairs(held["left"], held["right"], held["stratum"], named("level."), named("rarity."))
    prepared = Prepared(lists, held["whose"], held["row"], model, pairs, held["odds"], held["caution"],
                        _unpack(held["reasons"]), dict(zip(lists, held["repeats"].tolist(), strict=True)),
                        int(held["candidates"][0]), (held["kin"], held["named"]),
                        float(held["missed"][0]), held["company"],
                        [Free(int(at), (int(a), int(b)), *rest) for at, a, b, *rest in held["free"].tolist()])
    apart = [(name, int(row), kind) for row, kind, name in (one.split("\x1e") for one in _unpack(held["apart"]))]
    spoken = dict(zip(held["spoken"].tolist(), _unpack(held["says"]), strict=True))
    return prepared, apart, lambda at: spoken.get(at, ""), _unpack(held["notes"])


def _pack(texts: Iterable[str]) -> Any:
    whole = "".join(f"{text}\x1f" for text in (text.replace("\x1f", " ") for text in texts))
    return np.frombuffer(whole.encode("utf-8", "surrogatepass"), np.uint8)


def _unpack(packed: Any) -> list[str]:
    return bytes(packed).decode("utf-8", "surrogatepass").split("\x1f")[:-1]
