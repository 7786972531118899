"""Members of a zip. The directory at its end says what there is; a member that contradicts it is refused.

Source: PKWARE APPNOTE 6.3.10, sections 4.3 and 4.4.
"""
from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from bearwitness.intake.members import BLOCK, FREE, REST, Budget, Member, Refused, paid

_END, _END64 = b"PK\x05\x06", b"PK\x06\x06"
_TAIL = 22 + 0xFFFF + 20 + 56
LONGEST_DIRECTORY = 64 << 20
"""Bytes of directory that are read: 100,000 entries with long names need a third of it."""
_ENCRYPTED, _UTF8 = 0x1, 0x800
_READ = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)     # LZMA here may ask for 4 GiB of memory
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError,
           struct.error, OverflowError)


def members(path: Path, budget: Budget) -> Iterator[Member]:
    """Every member but folders."""
    size = path.stat().st_size
    if _directory(path, size) > LONGEST_DIRECTORY:
        yield Member(1, REST, f"its directory is longer than {LONGEST_DIRECTORY:,} bytes")
        return
    try:
        archive = zipfile.ZipFile(path)
    except _FAULTS as why:
        yield Member(1, REST, f"the zip does not open: {_words(why)}")
        return
    with archive:
        shared = _overlapping(archive.infolist(), size)
        for number, info in enumerate(archive.infolist(), 1):
            if not info.is_dir():
                yield _member(archive, number, info, info.header_offset in shared, budget)


def _member(archive: zipfile.ZipFile, number: int, info: zipfile.ZipInfo, shared: bool, budget: Budget) -> Member:
    kind = stat.S_IFMT(info.external_attr >> 16) if info.create_system == 3 else 0
    ratio = budget.limits.ratio
    if budget.spent:
        why = budget.spent
    elif kind not in (0, stat.S_IFREG):
        why = "it is a link" if kind == stat.S_IFLNK else "it is not a file that holds bytes"
    elif info.flag_bits & _ENCRYPTED:
        why = "it is locked with a password"
    elif info.compress_type not in _READ:
        why = f"it is compressed by a method (number {info.compress_type}) that is not read here"
    elif shared:
        why = "it lies over another member, as in a zip made to deceive"
    elif info.file_size > FREE and info.file_size > ratio * max(1, info.compress_size):
        why = f"it says that it is more than {ratio} times longer than what is stored"
    elif info.file_size > budget.left:
        why = f"with it, more than {budget.limits.total:,} bytes would come out of the archives of this batch"
    else:
        why = ""
    return Member(number, _name(info), why, lambda: paid(_blocks(archive, info), budget))


def _blocks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    size = 0
    try:
        with archive.open(info) as stream:
            while block := stream.read(BLOCK):
                size += len(block)
                yield block
    except _FAULTS as why:
        raise Refused(f"it cannot be read: {_words(why)}") from why
    if size != info.file_size:
        raise Refused(f"{size:,} bytes came out where the zip says {info.file_size:,}")


def _name(info: zipfile.ZipInfo) -> str:
    """The name with its own bytes: not cut at a zero byte, and not turned into a path of this system."""
    raw = info.orig_filename
    if info.flag_bits & _UTF8:
        return raw
    return raw.encode("cp437", "replace").decode("utf-8", "surrogateescape")


def _overlapping(infos: list[zipfile.ZipInfo], size: int) -> set[int]:
    """Offsets of members whose stored bytes run into the next one's header."""
    ordered = sorted(infos, key=lambda info: info.header_offset)
    starts = [info.header_offset for info in ordered[1:]] + [size]
    return {info.header_offset for info, following in zip(ordered, starts, strict=True)
            if info.header_offset + 30 + info.compress_size > following}


def _directory(path: Path, size: int) -> int:
    """How long the directory says it is [byte]; 0 where none is found."""
    with path.open("rb") as file:
        file.seek(max(0, size - _TAIL))
        tail = file.read(_TAIL)
    at = tail.rfind(_END)
    if at < 0 or at + 22 > len(tail):
        return 0
    long = int(struct.unpack_from("<I", tail, at + 12)[0])
    at64 = tail.rfind(_END64, 0, at)
    if long == 0xFFFFFFFF and 0 <= at64 <= len(tail) - 56:
        return int(struct.unpack_from("<Q", tail, at64 + 40)[0])
    return 0 if long == 0xFFFFFFFF else long


def _words(why: BaseException) -> str:
    """What a library says, without names and paths."""
    return type(why).__name__ if isinstance(why, OSError) else str(why).split(" '")[0].split(" b'")[0] or type(why).__name__
