"""What arrives is known by its content; its name can neither deceive the eye nor lead anywhere."""

from __future__ import annotations

import pytest

from bearwitness.intake.names import doubts, shown, stored
from bearwitness.intake.sniff import kind_of, letter_of, media_type

CONTENT = {
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "image/png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "image/gif": b"GIF89a\x01\0",
    "image/webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "image/tiff": b"II*\x00\x08\0\0\0",
    "application/pdf": b"%PDF-1.7\n",
    "application/zip": b"PK\x03\x04\x14\0\0\0\0\0a.txt",
    "video/mp4": b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2",
    "video/quicktime": b"\0\0\0\x14ftypqt  \0\0\0\0",
    "video/3gpp": b"\0\0\0\x18ftyp3gp4",
    "image/heic": b"\0\0\0\x18ftypheic",
    "audio/mp4": b"\0\0\0\x20ftypM4A ",
    "video/x-matroska": b"\x1a\x45\xdf\xa3\x93\x42\x82\x88matroska",
    "video/webm": b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm",
    "audio/mpeg": b"\xff\xfb\x90\x64\0\0",
    "audio/ogg": b"OggS\0\x02\0\0OpusHead",
    "audio/wav": b"RIFF\x24\0\0\0WAVEfmt ",
    "image/svg+xml": b"<?xml version='1.0'?>\n<svg xmlns='x'><script/></svg>",
    "text/html": b"\xef\xbb\xbf <!DOCTYPE html><p>",
    "text/plain": "المرصد السوري\n".encode(),
    "application/octet-stream": b"\x01\x02\x03\0\xff",
}


@pytest.mark.parametrize("media", CONTENT)
@pytest.mark.parametrize("name", ["", "x.jpg", "video.mp4"])
def test_the_type_is_that_of_the_content_whatever_the_name_says(media: str, name: str) -> None:
    assert media_type(CONTENT[media], name) == media


def test_ids_tell_pictures_from_recordings_and_what_can_run_a_script_is_no_picture() -> None:
    letters = {media: letter_of(media) for media in CONTENT}
    assert {media for media, letter in letters.items() if letter == "P"} == {
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/webp",
        "image/tiff",
        "image/heic",
    }
    assert letters["audio/ogg"] == letters["video/webm"] == "V"
    assert letters["image/svg+xml"] == letters["text/html"] == letters["application/pdf"] == "D"
    assert kind_of("image/svg+xml") == "other"


def test_plain_text_is_told_apart_by_its_name_only() -> None:
    assert media_type(b"id,name\n", "list.csv") == "text/csv"
    assert media_type(b"", "x.json") == "application/json"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("photo\u202egnp.exe", "photo<U+202E>gnp.exe"),
        ("a\x1b[31mb", "a<U+001B>[31mb"),
        ("سرمين 20.jpg", "سرمين 20.jpg"),
        ("a\nb", "a<U+000A>b"),
        ("a\udcffb", "a<U+DCFF>b"),
        ("a\u200db", "a<U+200D>b"),
    ],
)
def test_a_name_is_shown_so_that_nothing_in_it_acts(name: str, safe: str) -> None:
    assert shown(name) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\x.jpg", "x.jpg"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("", "_"),
        ("...", "_"),
        ("a:b?.png", "a_b_.png"),
        ("x" * 300 + ".jpeg", "x" * 195 + ".jpeg"),
        ("ends. ", "ends"),
        ("a\u202eb", "a_b"),
    ],
)
def test_a_name_for_a_copy_leads_nowhere_else(name: str, safe: str) -> None:
    assert stored(name) == safe


@pytest.mark.parametrize("name", ["a\u202egpj.exe", "../x", "COM1.txt", "photo.jpg.exe", "a\u200bb"])
def test_a_name_made_to_deceive_raises_a_doubt(name: str) -> None:
    assert doubts(name)
    assert doubts("صورة 1 (copy).jpg") == []
