"""File names as they may be shown and used: what arrives can carry a name made to deceive."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(?:\..*)?\Z", re.IGNORECASE)
_UNSAFE = frozenset('<>:"/\\|?*')
_HARMLESS = re.compile(r"[A-Za-z0-9_ ()+,=@~-]{1,100}(?:\.[A-Za-z0-9]{1,15})?")
LONGEST = 120  # characters shown
MOST_BYTES = 255  # of one name, on every common file system


def shown(name: str) -> str:
    """A name that is safe to print: what turns, hides or controls text is written as <U+202E>.

    Letters of every script stay. Bytes that were no text (surrogate escapes) are written out too.
    """
    if _HARMLESS.fullmatch(name):
        return name
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


def raw(name: str) -> bytes:
    """The bytes of a name as the system or the archive gave it, those that are no text among them."""
    try:
        return os.fsencode(name)
    except UnicodeEncodeError:  # half a character that no byte stands behind, as Windows allows in a name
        return name.encode("utf-8", "surrogatepass")


def twins(places: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of different names that are one name on some systems: only letter case or the spelling of accents differs."""
    first: dict[str, str] = {}
    found = []
    for place in places:
        key = place.lower() if place.isascii() else unicodedata.normalize("NFC", place).casefold()
        other = first.setdefault(key, place)
        if other != place:
            found.append((other, place))
    return found


def doubts(name: str) -> list[str]:
    """What is suspicious about a name, in words for a person; empty when nothing is."""
    if _HARMLESS.fullmatch(name) and not _RESERVED.match(name):
        return []
    found = []
    if any("\ud800" <= c <= "\udfff" for c in name):
        found.append("the name holds bytes that are no text")
    if len(raw(name)) > MOST_BYTES:
        found.append(f"the name is longer than {MOST_BYTES} bytes, which most systems cannot hold")
    if any(unicodedata.bidirectional(c) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI") for c in name):
        found.append("the name holds characters that turn its direction, so its ending may not be what it looks like")
    elif any(not _plain(c) and not "\ud800" <= c <= "\udfff" for c in name):
        found.append("the name holds invisible characters")
    if ".." in re.split(r"[/\\]", name) or re.match(r"[/\\]|[A-Za-z]:", name):
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
