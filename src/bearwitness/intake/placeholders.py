"""Is this the file, or only something that stands for it? Cloud placeholders, unfinished downloads, holes and emptiness.

Such a thing is kept as it is, because it is what was handed over, and said: who relies on it must know that the picture or
the video itself is not held. Told by the name, by what the file system says of it, and by its first bytes; nothing is
fetched, and a flag is believed only to warn. Does not: recognise a placeholder that a provider disguises as a full file.

Sources: macOS `stat.h` (SF_DATALESS); Windows "File Attribute Constants" (RECALL_ON_DATA_ACCESS, RECALL_ON_OPEN, OFFLINE);
the endings are those that browsers, download tools and sync clients give.
"""
from __future__ import annotations

import os
from collections.abc import Mapping

PLACEHOLDER, PARTIAL = "placeholder", "partial"
Told = tuple[str, str]
"""PLACEHOLDER or PARTIAL, and why in words."""

_CLOUD: Mapping[str, str] = {
    "icloud": "iCloud", "cloud": "a cloud service", "cloudf": "a cloud service", "nextcloud": "Nextcloud",
    "owncloud": "ownCloud", "paper": "Dropbox Paper", "gdoc": "Google Drive", "gsheet": "Google Drive",
    "gslides": "Google Drive", "gform": "Google Drive", "gdraw": "Google Drive", "gtable": "Google Drive",
    "gsite": "Google Drive", "gmap": "Google Drive", "gjam": "Google Drive", "glink": "Google Drive",
    "gscript": "Google Drive", "gnote": "Google Drive"}
_UNFINISHED = frozenset({"part", "crdownload", "download", "!ut", "partial", "!qb", "opdownload", "aria2", "filepart",
                         "ytdl", "bc!", "dtapart", "fdmdownload"})
_STUB = 16 << 10      # bytes: a placeholder with one of these endings is no longer than that
_AWAY = 0x400000 | 0x40000 | 0x1000
_DATALESS = 0x40000000
EMPTY = "it holds no bytes at all"
ZEROS = "it holds nothing but zero bytes: room was kept for it and nothing was written"
HOLES = "parts of it were never written (it has holes): a download or a copy that did not end"
ELSEWHERE = "its bytes are not on this disk: the system says that they are kept by a cloud service"


def by_name(name: str, size: int) -> Told | None:
    """What the ending of a name says. size: [byte]; a long file is no placeholder, whatever it is called."""
    ending = name.rpartition(".")[2].lower()
    if ending in _CLOUD and size <= _STUB:
        return PLACEHOLDER, f"by its name it stands for a file that {_CLOUD[ending]} holds; the file itself is not here"
    if ending in _UNFINISHED or ".part-frag" in name.lower():
        return PARTIAL, f"by its name (.{ending}) it is a download that did not end"
    return None


def by_folder(within: str) -> Told | None:
    """What the folders around it say: Safari keeps an unfinished download in a folder called NAME.download."""
    if within.lower().endswith(".download"):
        return PARTIAL, "it lies in a folder of a download that did not end"
    return None


def by_disk(found: os.stat_result) -> Told | None:
    """What the file system says of its bytes, without reading them."""
    if not found.st_size:
        return PLACEHOLDER, EMPTY
    if getattr(found, "st_file_attributes", 0) & _AWAY or getattr(found, "st_flags", 0) & _DATALESS:
        return PLACEHOLDER, ELSEWHERE
    return None


def has_holes(handle: int, found: os.stat_result) -> bool:
    """Whether parts of an open file were never written. Costs a call only where fewer blocks than bytes are kept."""
    blocks = getattr(found, "st_blocks", None)
    if blocks is None or blocks * 512 >= found.st_size or not hasattr(os, "SEEK_HOLE"):
        return False
    try:
        hole = os.lseek(handle, 0, os.SEEK_HOLE)
        os.lseek(handle, 0, os.SEEK_SET)
    except OSError:         # a file system that cannot tell
        return False
    return hole < found.st_size
