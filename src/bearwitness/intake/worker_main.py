"""The other side of `worker.parse_outside`: reads one file from standard input, prints one JSON object.

Runs as `python -I -m bearwitness.intake.worker_main READER LIMITS`. It takes its own limits before a
parser is even imported, so that a file made to do harm meets them. It opens no file and no connection.
Exit status: 0 result printed; 3 the file cannot be read (the reason is the result); anything else is a crash.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

REFUSED = 3
NOISE = 65536  # bytes of complaint that may be written; nothing else is
_ERROR_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*\bt=[\"']e[\"'][^>]*>")


class Refused(Exception):
    """This file cannot be read; the message says why, in words."""


def take_limits(limits: dict[str, int]) -> None:
    """Bind this process: memory [byte], processor time [s], files open; almost nothing written, no core."""
    try:
        import resource
    except ImportError:  # Windows has none of these: there the parent's clock is the only limit
        return
    for name, value in (
        ("RLIMIT_AS", limits["memory"]),
        ("RLIMIT_CPU", limits["seconds"]),
        ("RLIMIT_FSIZE", NOISE),
        ("RLIMIT_NOFILE", limits["files"]),
        ("RLIMIT_CORE", 0),
    ):
        which = getattr(resource, name, None)
        if which is not None:
            hard = resource.getrlimit(which)[1]
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(which, (value, value))


def no_network() -> None:
    """Opening a connection is a fault from here on, whatever a parser or its file asks for."""
    import socket

    def refuse(*args: object, **named: object) -> None:
        raise OSError("a reader opens no connection")

    for name in ("socket", "create_connection", "getaddrinfo"):
        setattr(socket, name, refuse)


def read_xlsx(data: bytes) -> dict[str, Any]:
    """Every sheet with its name, whether it is shown, how many cells are merged, and its rows as texts."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [_sheet(book, meta) for meta in book.sheets_metadata]
    except (python_calamine.CalamineError, ValueError, OverflowError) as why:
        raise Refused(f"the spreadsheet is damaged or is none ({type(why).__name__})") from why
    return {"sheets": sheets, "errors": _error_cells(data)}


def _error_cells(data: bytes) -> list[str]:
    """Cells that hold #REF! and the like: the parser hands them over as empty, so they are looked up here."""
    found = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for name in parts.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    for cell in _ERROR_CELL.findall(parts.read(name)):
                        place = re.search(rb"\br=[\"']([A-Z]+\d+)[\"']", cell)
                        found.append(place[1].decode("ascii") if place else "?")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as why:
        raise Refused(f"the spreadsheet is damaged ({type(why).__name__})") from why
    return found[:100]


def _sheet(book: Any, meta: Any) -> dict[str, Any]:
    if not str(meta.typ).endswith("WorkSheet"):
        return {"name": meta.name, "shown": True, "merged": 0, "rows": []}
    sheet = book.get_sheet_by_name(meta.name)
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    return {
        "name": meta.name,
        "shown": str(meta.visible).endswith("Visible"),
        "merged": len(sheet.merged_cell_ranges or ()),
        "rows": rows,
    }


def _text(cell: Any) -> str:
    """A cell as a person would write it: whole numbers without `.0`, dates as 2015-10-20."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    if hasattr(cell, "isoformat"):
        text = cell.isoformat()
        return str(text[:10] if text.endswith("T00:00:00") else text.replace("T", " ").removesuffix(":00"))
    return str(cell)


def read_grid(data: bytes) -> dict[str, Any]:
    """As `read_xlsx`, for every kind of spreadsheet, with merged spans (top, left, bottom, right) and hidden rows."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [_grid(book, meta) for meta in book.sheets_metadata if str(meta.typ).endswith("WorkSheet")]
    except (python_calamine.CalamineError, ValueError, OverflowError) as why:
        raise Refused(f"the spreadsheet is damaged or is none ({type(why).__name__})") from why
    hidden, errors = _hidden_rows(data), _error_cells(data) if data[:2] == b"PK" else []
    for number, sheet in enumerate(sheets):
        sheet["hidden"] = hidden.get(number, [])
        sheet["errors"] = errors if number == 0 else []
    return {"sheets": sheets}


def _grid(book: Any, meta: Any) -> dict[str, Any]:
    sheet = book.get_sheet_by_name(meta.name)
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    spans = [[top + 1, left, bottom + 1, right] for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    return {"name": meta.name, "shown": str(meta.visible).endswith("Visible"), "rows": rows, "spans": spans}


def _hidden_rows(data: bytes) -> dict[int, list[int]]:
    """Numbers of the rows each sheet hides (xlsx only; in its order of parts, which is that of the sheets as saved)."""
    found: dict[int, list[int]] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = sorted((name for name in parts.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)),
                           key=lambda name: int("".join(filter(str.isdigit, name))))
            for number, name in enumerate(names):
                rows = re.findall(rb"<(?:\w+:)?row\b([^>]*)>", parts.read(name))
                found[number] = [int(at[1]) for row in rows if re.search(rb"\bhidden=[\"'](?:1|true)", row)
                                 and (at := re.search(rb"\br=[\"'](\d+)", row))]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return {}
    return found


READERS: dict[str, Callable[[bytes], dict[str, Any]]] = {"xlsx": read_xlsx, "grid": read_grid}


def main(arguments: list[str]) -> int:
    reader, limits = READERS[arguments[0]], json.loads(arguments[1])
    take_limits(limits)
    no_network()
    data = sys.stdin.buffer.read(limits["input"] + 1)
    if len(data) > limits["input"]:
        return _answer(b'{"refused": "the file is too large"}', REFUSED)
    try:
        answer = json.dumps(reader(data)).encode("ascii")
    except Refused as why:
        return _answer(json.dumps({"refused": str(why)}).encode("ascii"), REFUSED)
    except (MemoryError, RecursionError):
        return _answer(b'{"refused": "the file needs more memory than a reader is given"}', REFUSED)
    if len(answer) > limits["output"]:
        return _answer(b'{"refused": "there is more in this file than a reader may hand back"}', REFUSED)
    return _answer(answer, 0)


def _answer(answer: bytes, status: int) -> int:
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
