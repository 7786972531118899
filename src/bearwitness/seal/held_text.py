"""The text of what is held: for comparing wordings, and for checking quotations. Read when asked for, never copied."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from bearwitness.errors import SealError
from bearwitness.model.case import Case
from bearwitness.seal import reading

PLAIN = ("text/plain", "text/markdown")
LONGEST = 1 << 20   # bytes of one text that are read


def text_reader(case: Case, root: Path, waiting: Mapping[str, Path]) -> Callable[[str], str | None]:
    """Exhibit id to its plain text; None where it is none, or no longer as it was sealed.

    root: the case's `.bearwitness` folder. waiting: files that are not sealed yet, by the id they would get.
    """
    def text_of(exhibit: str) -> str | None:
        one = case.exhibits.get(exhibit)
        if one is None or not one.media.startswith(PLAIN):
            return None
        if exhibit in waiting:
            with waiting[exhibit].open("rb") as file:
                return file.read(LONGEST).decode("utf-8", "replace")
        try:
            return reading.read_object(root, one.sha256)[:LONGEST].decode("utf-8", "replace")
        except SealError:
            return None
    return text_of
