"""What a picture's own header says: format and size in pixels. Nothing is decoded.

A bounded reader of our own over the first bytes: no decoder touches hostile bytes. It does not say when or where a
picture was taken, or what it shows: a person says that, as an assertion about the exhibit.
Sources: PNG (ISO/IEC 15948) IHDR; JPEG (ITU-T T.81) SOF markers; GIF89a screen descriptor; WebP container.
"""
from __future__ import annotations

import struct
from dataclasses import dataclass

HEAD_BYTES = 1 << 18
METHOD = "picture-header/1"
_SOF = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """width, height [px] as the header states them."""

    format: str
    width: int
    height: int


def picture_facts(head: bytes) -> PictureFacts | None:
    """Facts from the first HEAD_BYTES bytes of a file; None where they are not there or make no sense."""
    for start, read in ((b"\x89PNG\r\n\x1a\n", _png), (b"\xff\xd8\xff", _jpeg), (b"GIF8", _gif), (b"RIFF", _webp)):
        if head.startswith(start):
            try:
                found = read(head)
            except (struct.error, IndexError):
                return None
            return found if found and found.width > 0 and found.height > 0 else None
    return None


def _png(head: bytes) -> PictureFacts | None:
    if head[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", head[16:24])
    return PictureFacts("png", width, height)


def _gif(head: bytes) -> PictureFacts:
    width, height = struct.unpack("<HH", head[6:10])
    return PictureFacts("gif", width, height)


def _jpeg(head: bytes) -> PictureFacts | None:
    at = 2
    while at + 9 < len(head) and head[at] == 0xFF:
        marker = head[at + 1]
        if marker in _SOF:
            height, width = struct.unpack(">HH", head[at + 5:at + 9])
            return PictureFacts("jpeg", width, height)
        at += 2 + max(2, struct.unpack(">H", head[at + 2:at + 4])[0])
    return None


def _webp(head: bytes) -> PictureFacts | None:
    if head[8:12] != b"WEBP":
        return None
    if head[12:16] == b"VP8X":
        return PictureFacts("webp", 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little"))
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return PictureFacts("webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    if head[12:16] == b"VP8 ":
        width, height = struct.unpack("<HH", head[26:30])
        return PictureFacts("webp", width & 0x3FFF, height & 0x3FFF)
    return None
