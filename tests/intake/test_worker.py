"""A parser that is not ours runs apart: whatever a file does to it, this process gets a refusal and goes on."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from tests.intake.workbook import workbook

from bearwitness.errors import UnreadableArrival
from bearwitness.intake import worker
from bearwitness.intake.worker import Limits, parse_outside


def put(folder: Path, data: bytes) -> Path:
    path = folder / "tolls.xlsx"
    path.write_bytes(data)
    return path


def test_a_spreadsheet_becomes_texts_as_a_person_would_write_them(tmp_path: Path) -> None:
    book = workbook(
        {
            "tolls": [
                ["id", "killed", "as_of", "words"],
                ["t1", 12.0, ("date", 42297), "سرمين"],
                [],
                ["t2", 0.5, ("date", 42297.5), ("formula", "1+1", 2.0)],
            ],
            "other": [["x"]],
        },
        hidden=("other",),
        merged="A1:B1",
    )
    found = parse_outside("xlsx", put(tmp_path, book))
    assert found["sheets"][0] == {
        "name": "tolls",
        "shown": True,
        "merged": 1,
        "rows": [
            ["id", "killed", "as_of", "words"],
            ["t1", "12", "2015-10-20", "سرمين"],
            ["", "", "", ""],
            ["t2", "0.5", "2015-10-20 12:00", "2"],
        ],
    }
    assert (found["sheets"][1]["name"], found["sheets"][1]["shown"]) == ("other", False)


BIG = workbook({"a": [["x" * 1000] * 100] * 3000})
BAD = {
    "empty": (b"", Limits()),
    "no archive": (b"hello", Limits()),
    "cut in half": (BIG[: len(BIG) // 2], Limits()),
    "another archive": (b"PK\x05\x06" + b"\0" * 18, Limits()),
    "a grid of 17 thousand million cells": (workbook({"a": [["id"], ("at", "XFD1048576", "x")]}), Limits()),
    "more than may be handed back": (workbook({"a": [["x" * 1000] * 100] * 30}), Limits(output=2**20)),
    "more memory than allowed": (BIG, Limits(memory=200 * 2**20)),
    "more time than allowed": (BIG, Limits(wall=0)),
    "larger than allowed": (BIG, Limits(input=1000)),
}


@pytest.mark.skipif(os.name == "nt", reason="limits of a process are POSIX")
@pytest.mark.parametrize("name", BAD)
def test_a_file_that_harms_its_reader_is_refused_with_a_mend(name: str, tmp_path: Path) -> None:
    data, limits = BAD[name]
    with pytest.raises(UnreadableArrival) as caught:
        parse_outside("xlsx", put(tmp_path, data), limits=limits)
    assert caught.value.where == "tolls.xlsx" and caught.value.fix and str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "no json",
        "[]",
        '{"sheets": 1, "errors": []}',
        '{"sheets": [], "errors": [1]}',
        '{"sheets": [{"name": "a", "shown": true, "merged": 0, "rows": [[1]]}], "errors": []}',
        "[" * 100000,
    ],
)
def test_an_answer_of_another_shape_is_refused(answer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_run", lambda *_: (0, answer.encode(), b""))
    with pytest.raises(UnreadableArrival):
        parse_outside("xlsx", put(tmp_path, b"PK"))


def test_the_reader_sees_nothing_of_the_user_and_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEARWITNESS_HOME", "/secret")
    assert not {"HOME", "BEARWITNESS_HOME", "HTTPS_PROXY"} & worker._environment().keys()
    code = (
        "from bearwitness.intake.worker_main import no_network; no_network(); import socket\n"
        "try: socket.create_connection(('127.0.0.1', 9))\n"
        "except OSError as why: print(why)"
    )
    import subprocess

    out = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "a reader opens no connection"


def test_a_reader_that_does_not_exist_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no reader"):
        parse_outside("docx", tmp_path / "x")
