"""What lies in an archive, member by member, as bytes that stream out within limits; nothing is ever laid out on a disk.

Zip, tar, and tar under gzip, bzip2 or xz. A member's name is only a word about it and never becomes a path. Links, devices
and folders hold no bytes of their own. Names said twice are two members. What is refused is told with its reason, and the
members after it still come, where the format lets them be found.
Does not: open 7z, rar or cab (`closed` names them), guess passwords, repair. Decompressors are those of the standard
library and run in this process: what they can be made to use up is bounded by `Limits`, a fault in them is not.

Sources: PKWARE APPNOTE 6.3.10; POSIX pax (IEEE Std 1003.1); GNU tar manual; D. Fifield, "A better zip bomb", WOOT 2019.
"""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bearwitness.intake import tars, zips
from bearwitness.intake.members import REST, Budget, Member, Spent
from bearwitness.intake.tars import compression

ZIP, TAR = "zip", "tar"
_CLOSED = ((b"7z\xbc\xaf\x27\x1c", "7z"), (b"Rar!\x1a\x07", "rar"), (b"MSCF", "cab"))


def kind(head: bytes, media: str, name: str) -> str:
    """ZIP, TAR, or empty for what is no archive (an office document and a book are files, though they are zips inside).

    head: the first 512 bytes or more. A compressed file counts where its name says that a tar is in it.
    """
    if media == "application/zip":
        return ZIP
    if head[257:262] == b"ustar":
        return TAR
    tarred = name.lower().endswith((".tgz", ".tbz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz"))
    return TAR if tarred and compression(head) else ""


def closed(head: bytes) -> str:
    """The name of an archive format that is recognised and not opened; else empty."""
    return next((how for start, how in _CLOSED if head.startswith(start)), "")


def members(path: Path, what: str, budget: Budget) -> Iterator[Member]:
    """Every member of an archive in order. what: from `kind`. Take a member's bytes before asking for the next.

    A last member with the name of nothing and a reason stands for what could not be reached. budget: shared by archives.
    """
    budget.begin(path.stat().st_size)
    opened = zips.members(path, budget) if what == ZIP else tars.members(path, budget)
    number = 0
    try:
        for member in opened:
            number = member.number
            if number > budget.limits.entries:
                raise Spent(f"it has more than {budget.limits.entries:,} entries")
            yield member
    except Spent as why:
        yield Member(number + 1, REST, str(why))
