"""Rules and nouns as data: standards of proof, wording ladders, refusals. Read with `load`."""
from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=64)
def load(name: str) -> dict[str, Any]:
    """The rule file of this name, as `standards/reasonable-grounds`. Raises FileNotFoundError."""
    path = files(__name__)
    for part in f"{name}.toml".split("/"):
        path = path / part
    return tomllib.loads(path.read_text(encoding="utf-8"))


def known(folder: str) -> list[str]:
    """The names of the rule files in a folder."""
    return sorted(p.name.removesuffix(".toml") for p in files(__name__).joinpath(folder).iterdir()
                  if p.name.endswith(".toml"))
