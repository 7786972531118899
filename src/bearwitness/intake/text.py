"""From bytes to text, strictly: nothing is replaced, nothing is guessed that can be read two ways.

UTF-8 (with or without a byte order mark) everywhere. CSV files may also be UTF-16 with a mark, and
Windows-1256 or Windows-1251 where the letters say clearly which. Latin-1 is never assumed.
Control and direction characters are kept as they stand, and asked about once per file.
"""

from __future__ import annotations

import codecs
import re

from bearwitness.errors import UnreadableArrival
from bearwitness.intake.desk import Desk
from bearwitness.intake.letters import guess

LIMITS = {".csv": 64 * 2**20, ".md": 4 * 2**20, ".toml": 2**20, ".xlsx": 64 * 2**20}
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c\u00ad"
_ODD = re.compile(f"[{BIDI}\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\x80-\\x9f]")
_LOST = re.compile("\ufffd|[ØÙ][\u0080-\u00bf\u2020-\u203a][ØÙ]|[ÐÑ][\u0080-\u00bf\u2020-\u203a][ÐÑ]")
_SAVE = 'Open the file and save it again as UTF-8 (in a spreadsheet: "CSV UTF-8").'


def decode(data: bytes, file: str, desk: Desk, *, legacy: bool = False) -> str:
    """The text of a file, lines ended by `\\n`, without a byte order mark.

    legacy: the file is a CSV, which may be UTF-16 with a mark, Windows-1256 or Windows-1251.
    Raises UnreadableArrival with file and line.
    """
    text = _characters(data, file, desk, legacy)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise UnreadableArrival("there is a NUL byte, which no text holds", where=f"{file}:{line}", fix=_SAVE)
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\n" not in text:
            text = text.replace("\r", "\n")
    _ask_about(text, file, desk)
    return text


def _characters(data: bytes, file: str, desk: Desk, legacy: bool) -> str:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise UnreadableArrival("this file is UTF-32", where=file, fix=_SAVE)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(data, file, legacy)
    if data.count(b"\x00") > len(data) // 8:
        raise UnreadableArrival("this looks like UTF-16 without its mark, or like no text at all", where=file, fix=_SAVE)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        start = why.start + (3 if data.startswith(codecs.BOM_UTF8) else 0)
        line = data.count(b"\n", 0, start) + 1
        where = f"{file}:{line}"
        if not legacy or data.startswith(codecs.BOM_UTF8) or _mostly_utf8(data):
            raise UnreadableArrival(f"byte 0x{data[start]:02x} is not UTF-8", where=where, fix=_SAVE) from why
    codec, name = guess(data)
    if not codec:
        raise UnreadableArrival(
            "this file is not UTF-8, and its letters do not say which old encoding it has",
            where=where,
            fix="Which program wrote it, and in which language? " + _SAVE,
        )
    if codec != "cp1252":
        desk.ask(
            file,
            f"{file} was read as {name}. Are its names right? Saving it as UTF-8 settles it.",
            f"{file}:encoding:{codec}",
        )
    return data.decode(codec)


def _utf16(data: bytes, file: str, legacy: bool) -> str:
    if not legacy:
        raise UnreadableArrival("this file is UTF-16", where=file, fix=_SAVE)
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as why:
        raise UnreadableArrival("this file says that it is UTF-16, but it is broken", where=file, fix=_SAVE) from why


def _mostly_utf8(data: bytes) -> bool:
    """Whether a file that is not UTF-8 was UTF-8 once: most of what is not ASCII in it decodes."""
    kept = sum(len(c.encode()) for c in data.decode("utf-8", "ignore") if c >= "\x80")
    return kept * 2 > sum(byte >= 0x80 for byte in data)


def _ask_about(text: str, file: str, desk: Desk) -> None:
    if text.isascii() and text.isprintable():
        return
    if odd := _ODD.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        what = "turns the direction of text" if odd[0] in BIDI else "is an invisible control character"
        desk.ask(
            f"{file}:{line}",
            f"U+{ord(odd[0]):04X} {what}. It is kept as written. Does it belong there?",
            f"{file}:control",
        )
    if lost := _LOST.search(text):
        line = text.count("\n", 0, lost.start()) + 1
        desk.ask(
            f"{file}:{line}",
            "letters seem to have been lost before this file arrived (the text shows "
            f"{lost[0]!r}). It is kept as written. Is there an older copy?",
            f"{file}:lost-letters",
        )
