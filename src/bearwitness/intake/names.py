"""File names as they may be shown and used: what arrives can carry a name made to deceive."""

from __future__ import annotations

import re
import unicodedata

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(?:\..*)?\Z", re.IGNORECASE)
_UNSAFE = frozenset('<>:"/\\|?*')
LONGEST = 120  # characters shown


def shown(name: str) -> str:
    """A name that is safe to print: what turns, hides or controls text is written as <U+202E>.

    Letters of every script stay. Bytes that were no text (surrogate escapes) are written out too.
    """
    plain = "".join(c if _plain(c) else f"<U+{ord(c):04X}>" for c in name)
    return plain if len(plain) <= LONGEST else plain[: LONGEST // 2] + " ... " + plain[-LONGEST // 3 :]


def _plain(character: str) -> bool:
    return character == " " or unicodedata.category(character)[0] not in "CZ"


def stored(name: str) -> str:
    """A last path part that every common file system can hold and that leads nowhere else.

    Used for copies handed out; a sealed object is named by its digest and never by this.
    """
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join("_" if c in _UNSAFE or not _plain(c) else c for c in last).strip(" .")
    while len(plain.encode("utf-8", "replace")) > 200:
        stem, dot, suffix = plain.rpartition(".")
        plain = stem[:-1] + dot + suffix if dot and len(suffix) < 10 else plain[:-1]
    if not plain or _RESERVED.match(plain):
        plain = f"_{plain}"
    return plain


def doubts(name: str) -> list[str]:
    """What is suspicious about a name, in words for a person; empty when nothing is."""
    found = []
    if any(unicodedata.bidirectional(c) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI") for c in name):
        found.append("the name holds characters that turn its direction, so its ending may not be what it looks like")
    elif any(not _plain(c) for c in name):
        found.append("the name holds invisible characters")
    if ".." in re.split(r"[/\\]", name):
        found.append("the name tries to lead out of its folder")
    if _RESERVED.match(re.split(r"[/\\]", name)[-1]):
        found.append("the name is a device name on some systems")
    if re.search(
        r"\.(?:jpe?g|png|gif|mp4|mov|pdf|docx?)\.(?:exe|scr|js|vbs|bat|cmd|com|lnk|html?)\Z",
        name,
        re.IGNORECASE,
    ):
        found.append("the name has two endings, the last of which is a program or a page")
    return found
