"""What is this file, by its content? The name is never believed, and never opened as what it claims.

Sources: the signatures are those of the formats' own specifications (JPEG: ITU-T T.81; PNG: ISO 15948;
RIFF; ISO/IEC 14496-12 brands; Matroska RFC 9559; Ogg RFC 3533; PDF: ISO 32000; ZIP: APPNOTE).
"""

from __future__ import annotations

from pathlib import Path

HEAD = 4096  # bytes needed
PICTURE, VIDEO, SOUND, OTHER = "picture", "video", "sound", "other"
_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\x1a\x45\xdf\xa3", "video/x-matroska"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\x00\x00\x01\xba", "video/mpeg"),
    (b"\x00\x00\x01\xb3", "video/mpeg"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"FLV\x01", "video/x-flv"),
)
_BY_FIRST = {start[0]: tuple(pair for pair in _STARTS if pair[0][0] == start[0]) for start, _ in _STARTS}
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_BRANDS = {
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heif",
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"3gp4": "video/3gpp",
    b"3gp5": "video/3gpp",
    b"3gp6": "video/3gpp",
}
_OFFICE = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_ODD = bytes(set(range(32)) - set(b"\t\n\r\x0c\x1b"))
_SUFFIX_OF_TEXT = {".csv": "text/csv", ".md": "text/markdown", ".json": "application/json"}


def media_type(head: bytes, name: str = "") -> str:
    """The media type of a file from its first bytes.

    name: only tells kinds of plain text apart (csv, md, json), which have no signature.
    """
    for start, media in _BY_FIRST.get(head[0], ()) if head else ():
        if head.startswith(start):
            return _inside(media, head)
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], "application/octet-stream")
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    if head[4:8] in (b"moov", b"mdat", b"wide"):
        return "video/quicktime"
    if _is_mp3(head):
        return "audio/mpeg"
    return _text(head, name)


def _inside(media: str, head: bytes) -> str:
    """Formats that share a beginning."""
    if media == "application/zip":
        named = next((office for part, office in _OFFICE if part in head), media)
        return "application/epub+zip" if b"mimetypeapplication/epub+zip" in head else named
    if media == "video/x-matroska" and b"webm" in head[:64]:
        return "video/webm"
    if media == "audio/ogg" and b"theora" in head[:256]:
        return "video/ogg"
    if media == "image/bmp" and head[6:10] != b"\x00\x00\x00\x00":
        return "application/octet-stream"
    return media


def _is_mp3(head: bytes) -> bool:
    """An MPEG audio frame header (ISO/IEC 11172-3): sync, a layer, a bit rate, a sampling rate."""
    return (
        len(head) > 3
        and head[0] == 0xFF
        and head[1] & 0xE0 == 0xE0
        and head[1] & 0x06 != 0
        and head[2] & 0xF0 not in (0, 0xF0)
        and head[2] & 0x0C != 0x0C
    )


def _text(head: bytes, name: str) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text/plain"
    if b"\x00" in head:
        return "application/octet-stream"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script")):
        return "text/html"
    if start.startswith(b"<svg") or (start.startswith((b"<?xml", b"<!--", b"<!doctype svg")) and b"<svg" in start):
        return "image/svg+xml"
    if start.startswith(b"<?xml"):
        return "application/xhtml+xml" if b"<html" in start else "application/xml"
    odd = len(head) - len(head.translate(None, _ODD))
    if odd * 20 > len(head):
        return "application/octet-stream"
    return _SUFFIX_OF_TEXT.get(Path(name).suffix.lower(), "text/plain")


def kind_of(media: str) -> str:
    """picture, video, sound or other. What can carry a script (SVG, HTML) is never a picture."""
    if media == "image/svg+xml":
        return OTHER
    return {"image": PICTURE, "video": VIDEO, "audio": SOUND}.get(media.split("/")[0], OTHER)


def letter_of(media: str) -> str:
    """The first letter of an exhibit's id: P for pictures, V for video and sound, D for everything else."""
    return {PICTURE: "P", VIDEO: "V", SOUND: "V"}.get(kind_of(media), "D")
