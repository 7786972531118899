"""Members of a tar, plain or under gzip, bzip2 or xz, read once from front to end.

Sources: POSIX pax (IEEE Std 1003.1); GNU tar manual, "Basic Tar Format"; RFC 1952; the .xz file format 1.2.
"""
from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Protocol

from bearwitness.intake.members import BLOCK, FREE, REST, Budget, Member, Refused, Spent, paid

LONGEST_HEADER = 64 << 10
"""Bytes of one extended header: it is held in memory whole, and names in it are shorter."""
XZ_MEMORY = 256 << 20
_HEADERS = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
_FAULTS = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RecursionError, OverflowError,
           IndexError, KeyError)
_COMPRESSED = ((b"\x1f\x8b", "gz"), (b"BZh", "bz2"), (b"\xfd7zXZ\x00", "xz"))
UNENDED = "it does not end as a tar ends: members may be missing, or bytes lie behind its end mark"


def compression(head: bytes) -> str:
    """gz, bz2, xz, or empty. head: the first bytes of a file."""
    return next((how for start, how in _COMPRESSED if head.startswith(start)), "")


class _Bytes(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Header(tarfile.TarInfo):
    """A header that does not make this process hold more than it should."""

    def _proc_member(self, tar: tarfile.TarFile) -> tarfile.TarInfo:
        if self.size < 0 or (self.type in _HEADERS and self.size > LONGEST_HEADER):
            raise tarfile.ReadError("a header says a size that it cannot have")
        return super()._proc_member(tar)       # type: ignore[misc, no-any-return]


class _Unxz:
    """xz, with the memory that its dictionary may take bounded; several streams behind one another are one."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._made = file, lzma.LZMADecompressor(lzma.FORMAT_XZ, XZ_MEMORY)

    def read(self, size: int, /) -> bytes:
        while True:
            raw = b""
            if self._made.eof:
                raw = (self._made.unused_data or self._file.read(BLOCK)).lstrip(b"\0")
                if not raw:
                    return b""
                self._made = lzma.LZMADecompressor(lzma.FORMAT_XZ, XZ_MEMORY)
            elif self._made.needs_input:
                raw = self._file.read(BLOCK)
                if not raw:
                    raise EOFError("it is cut short")
            if out := self._made.decompress(raw, size):
                return out


class _Metered:
    """A stream that ends the archive when too much comes out of it. tail: the last bytes that came."""

    def __init__(self, file: IO[bytes], how: str, ratio: int) -> None:
        self._file, self._ratio, self._out, self.tail = file, ratio, 0, b""
        made: dict[str, type] = {"gz": gzip.GzipFile, "bz2": bz2.BZ2File, "xz": _Unxz}
        self._stream: _Bytes = file
        if how == "gz":
            self._stream = gzip.GzipFile(fileobj=file)
        elif how in made:
            self._stream = made[how](file)

    def read(self, size: int = BLOCK) -> bytes:
        data = self._stream.read(size)
        self._out += len(data)
        if self._out > FREE and self._out > self._ratio * self._file.tell():
            raise Spent(f"more than {self._ratio} times its own size came out of the archive")
        if data:
            self.tail = (self.tail + data[-1024:])[-1024:]
        return data

    def drain(self) -> None:
        while self.read():
            pass


def members(path: Path, budget: Budget) -> Iterator[Member]:
    """Every member but folders. Ends with one that stands for what could not be reached, where the tar is damaged."""
    number = 0
    with path.open("rb") as file:
        how = compression(file.read(16))
        file.seek(0)
        stream = _Metered(file, how, budget.limits.ratio)
        try:
            with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Header, bufsize=BLOCK, encoding="utf-8",  # type: ignore[call-overload]
                              errors="surrogateescape") as archive:
                for number, info in enumerate(archive, 1):
                    if not info.isdir():
                        yield _member(archive, number, info, budget)
                    if budget.spent:
                        raise Spent(budget.spent)
                    if archive.offset > FREE + budget.limits.ratio * budget.archive:    # or it would be looked for
                        raise Spent("a header says that the next one lies further on than the archive is long")
                    archive.members = []            # else every header stays in memory
            stream.drain()
        except _FAULTS as why:
            yield Member(number + 1, REST, f"the archive is damaged from here on ({type(why).__name__})")
            return
    if stream.tail.strip(b"\0"):
        yield Member(number + 1, REST, UNENDED)


def _member(archive: tarfile.TarFile, number: int, info: tarfile.TarInfo, budget: Budget) -> Member:
    limits = budget.limits
    if info.issym() or info.islnk():
        why = "it is a link"
    elif not info.isreg():
        why = "it is not a file that holds bytes"
    elif info.size > FREE and info.size > limits.ratio * budget.archive:
        why = f"it says that it is more than {limits.ratio} times longer than the whole archive"
    elif info.size > budget.left:
        why = f"with it, more than {limits.total:,} bytes would come out of the archives of this batch"
    else:
        why = ""
    return Member(number, info.name, why, lambda: paid(_blocks(archive, info), budget))


def _blocks(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[bytes]:
    size = 0
    try:
        stream = archive.extractfile(info)
        while stream and (block := stream.read(BLOCK)):
            size += len(block)
            yield block
    except _FAULTS as why:
        raise Refused(f"it cannot be read whole ({type(why).__name__})") from why
    if size != info.size:
        raise Refused(f"{size:,} bytes came out where the tar says {info.size:,}")
