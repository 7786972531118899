"""The one way to a parser that is not ours: in another process, with limits, and its answer checked.

Promised: a file that makes a parser crash, hang or swell stops that process, never this one; what comes
back is small, of the stated shape, and holds texts only. Not promised yet: that a parser taken over by
its file cannot read what this user can read; that is a sandbox's work, and goes in behind this function.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from bearwitness.errors import EngineError, UnreadableArrival
from bearwitness.intake.worker_main import READERS, REFUSED

_MEND = "Nothing was taken in. Open the file in the program it came from and save it as CSV (UTF-8)."
_NO_MEMORY = b"MemoryError"


@dataclass(frozen=True, slots=True)
class Limits:
    """memory [byte], seconds of processor time, wall seconds, files open at once, input and output [byte]."""

    memory: int = 2**30
    seconds: int = 20
    wall: int = 40
    files: int = 64
    input: int = 64 * 2**20
    output: int = 32 * 2**20


def parse_outside(reader: str, path: Path, *, limits: Limits | None = None) -> dict[str, Any]:
    """What a named reader (`xlsx`) finds in a file: a JSON object of the shape that reader promises.

    Raises UnreadableArrival for whatever goes wrong with the file, EngineError where no process can be
    started, ValueError for a reader that does not exist.
    """
    if reader not in READERS:
        raise ValueError(f"there is no reader {reader!r}")
    limits = limits or Limits()
    try:
        if path.stat().st_size > limits.input:
            raise _unreadable(path, f"this file is larger than {limits.input // 2**20} MiB")
        with open(path, "rb") as data:
            status, answer, noise = _run(reader, data, limits)
    except OSError as why:
        raise _unreadable(path, f"this file cannot be opened ({why.strerror or why})") from why
    if status not in (0, REFUSED):
        raise _unreadable(path, _why(status, noise, len(answer) > limits.output))
    return _checked(reader, path, status, answer)


def _run(reader: str, data: IO[bytes], limits: Limits) -> tuple[int, bytes, bytes]:
    """Exit status (negative when killed), standard output, and the end of standard error."""
    told = json.dumps(asdict(limits))
    command = [sys.executable, "-I", "-m", "bearwitness.intake.worker_main", reader, told]
    with tempfile.TemporaryDirectory(prefix="bearwitness-") as nowhere, tempfile.TemporaryFile() as noise:
        process = _start(command, data, noise, nowhere)
        clock = threading.Timer(limits.wall, process.kill)
        clock.start()
        try:
            with process:
                answer = process.stdout.read(limits.output + 1) if process.stdout else b""
                if len(answer) > limits.output:
                    process.kill()
        finally:
            clock.cancel()
        noise.seek(max(0, noise.seek(0, os.SEEK_END) - 2000))
        return process.returncode, answer, noise.read()


def _start(command: list[str], data: IO[bytes], noise: IO[bytes], folder: str) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            command,
            stdin=data,
            stdout=subprocess.PIPE,
            stderr=noise,
            cwd=folder,
            env=_environment(),
            close_fds=True,
        )
    except OSError as why:
        raise EngineError(
            "no process can be started to read this file",
            where=sys.executable,
            fix="Run `bearwitness doctor`.",
        ) from why


def _environment() -> dict[str, str]:
    """Nothing of the user's: no home, no keys, no proxies."""
    kept = ("SYSTEMROOT", "PATH") if os.name == "nt" else ()
    return {
        "LC_ALL": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        **{name: os.environ[name] for name in kept if name in os.environ},
    }


def _why(status: int, noise: bytes, too_much: bool) -> str:
    if too_much:
        return "the reader found more in this file than it may hand back"
    if _NO_MEMORY in noise or b"memory allocation" in noise or status == -6:
        return "the file needs more memory than a reader is given"
    if status < 0:
        return "the reader was stopped: the file takes too long, or made it fail"
    return "the reader failed on this file"


def _checked(reader: str, path: Path, status: int, answer: bytes) -> dict[str, Any]:
    try:
        result = json.loads(answer)
    except (ValueError, RecursionError) as why:
        raise _unreadable(path, "the reader gave no answer that can be used") from why
    if status == REFUSED and isinstance(result, dict) and isinstance(result.get("refused"), str):
        raise _unreadable(path, result["refused"][:200])
    if status != 0 or not _SHAPES[reader](result):
        raise _unreadable(path, "the reader gave no answer that can be used")
    return dict(result)


def _is_workbook(result: Any) -> bool:
    return (
        isinstance(result, dict)
        and set(result) == {"sheets", "errors"}
        and isinstance(result["errors"], list)
        and all(isinstance(cell, str) for cell in result["errors"])
        and isinstance(result["sheets"], list)
        and all(_is_sheet(sheet) for sheet in result["sheets"])
    )


def _is_sheet(sheet: Any) -> bool:
    return (
        isinstance(sheet, dict)
        and isinstance(sheet.get("name"), str)
        and isinstance(sheet.get("shown"), bool)
        and type(sheet.get("merged")) is int
        and isinstance(sheet.get("rows"), list)
        and all(isinstance(row, list) and all(isinstance(cell, str) for cell in row) for row in sheet["rows"])
    )


def _is_grid(result: Any) -> bool:
    return isinstance(result, dict) and isinstance(result.get("sheets"), list) and all(
        isinstance(sheet, dict)
        and isinstance(sheet.get("name"), str)
        and isinstance(sheet.get("shown"), bool)
        and all(isinstance(row, list) and all(isinstance(cell, str) for cell in row) for row in sheet.get("rows", ()))
        and all(type(at) is int for at in sheet.get("hidden", ()))
        and all(isinstance(cell, str) for cell in sheet.get("errors", ()))
        and all(len(span) == 4 and all(type(at) is int for at in span) for span in sheet.get("spans", ()))
        for sheet in result["sheets"]
    )


_SHAPES: dict[str, Callable[[Any], bool]] = {"xlsx": _is_workbook, "grid": _is_grid}


def _unreadable(path: Path, message: str) -> UnreadableArrival:
    return UnreadableArrival(message, where=path.name, fix=_MEND)
