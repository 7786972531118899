"""D1: what is marked protected stands in the vault, or is refused here, and then nothing of it is kept.

A source that is protected may stand in sources.csv under the words it may be shown as, and under no other; who it is
goes into the vault (`bearwitness interview`). A word marked `{{...}}` never stands in a case file.

This runs before anything that was read is handed on, checked or reported, so that no message about
another fault can carry a protected word. A message from here holds no word of the file and no name of a
note. It errs on the side of refusing: whatever stands in a `protect` column and is not a plain "no" counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bearwitness.errors import ProtectionError
from bearwitness.model.case import Stated

_OPEN = frozenset({"", "no", "n", "0", "false", "not protected", "open", "public", "named", "none", "-"})
_MARK = re.compile(r"\{\{([^{}]*)\}\}")
_FRONT = re.compile(
    r"^[ \t]*[\"']?(identity|protect|protected|protection)[\"']?[ \t]*[:=](.*(?:\n[ \t]+.*)*)$",
    re.IGNORECASE | re.MULTILINE,
)
_FIX = (
    "Nothing of it was stored, not even a digest or a name. Move the file out of the case and take it in with "
    "`bearwitness interview add FILE`: what is marked goes into the vault. A protected source stands in sources.csv "
    "with the same code in `name` and in `shown_as`, and nothing else of who it is."
)


def check_texts(texts: Mapping[str, str]) -> None:
    """Raises ProtectionError where a text holds `{{...}}`, or front matter that marks an identity."""
    for file, text in sorted(texts.items()):
        note = file.startswith("notes/")
        if mark := re.search(r"\{\{|\}\}", text) if note else _marked(text):
            _refuse(_say(file, text, mark.start()), "a word is marked {{...}} as protected")
        if file.endswith((".md", ".toml")):
            for found in _FRONT.finditer(text, 0, _front_end(text)):
                if _protects(found[2]):
                    _refuse(_say(file, text, found.start(1)), "an identity is marked as protected")


def _marked(text: str) -> re.Match[str] | None:
    """The first `{{...}}` that holds a letter: outside of notes, braces may be somebody's template or code."""
    return next((found for found in _MARK.finditer(text) if any(c.isalpha() for c in found[1])), None)


def check_rows(rows: Iterable[Stated]) -> None:
    """Raises ProtectionError where a row says `protect`, by that or a similar column."""
    for row in rows:
        if "protect" not in row.body and "extra" not in row.body:
            continue
        similar = [value for name, value in row.body.get("extra", ()) if _is_mark(name)]
        if any(_protects(mark) for mark in (row.body.get("protect", ""), *similar)) and not _coded(row):
            _refuse(row.where, "a row is marked as protected, and says more than the code it may be shown as")


def _coded(row: Stated) -> bool:
    """True for a source that says nothing of who it is: its name is what it may be shown as."""
    shown = row.body.get("shown_as", "")
    told = [row.body.get(column, "") for column in ("name_local", "also", "note")]
    return (row.kind == "source.stated" and bool(shown) and row.body.get("name") == shown and not any(told)
            and "extra" not in row.body)


def _is_mark(column: str) -> bool:
    return "protect" in column.casefold() or column.strip().casefold() == "identity"


def _front_end(text: str) -> int:
    """Where the front matter ends; the end of the text where it is never closed, or where there is none."""
    second = text.find("\n---", 3) if text.lstrip().startswith("---") else -1
    return second if second >= 0 else len(text)


def _protects(value: str) -> bool:
    return re.sub(r"\s#\s.*", "", value).strip(" \t\"'").casefold() not in _OPEN


def _say(file: str, text: str, start: int) -> str:
    line = text.count("\n", 0, start) + 1
    folder = file.split("/")[0]
    return f"a file in {folder}/, line {line}" if "/" in file else f"{file}:{line}"


def _refuse(where: str, what: str) -> None:
    raise ProtectionError(f"{what}; it belongs into the vault", where=where, fix=_FIX)
