"""Bytes of files, and the names of a folder, as a plainer and slower reader would find them."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from bearwitness.seal import plain
from bearwitness.seal.folder import Files
from bearwitness.seal.report import Report

SIZES = (0, 1, plain.SMALL - 1, plain.SMALL, plain.SMALL + 1, plain.BLOCK + plain.SMALL + 1, 3 << 20)


@pytest.mark.parametrize("size", SIZES)
def test_every_byte_of_a_file_is_read_and_digested(tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    (tmp_path / "file").write_bytes(data)
    assert plain.read(str(tmp_path / "file")) == data
    assert plain.digest(str(tmp_path / "file")) == sha256(data).hexdigest()


def test_a_short_read_is_no_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system may hand over less than was asked for, anywhere in a file."""
    data = os.urandom(5000)
    (tmp_path / "file").write_bytes(data)
    real = os.read
    monkeypatch.setattr(plain.os, "read", lambda handle, size: real(handle, min(size, 700)))
    assert plain.read(str(tmp_path / "file")) == data
    assert plain.digest(str(tmp_path / "file")) == sha256(data).hexdigest()


def test_a_folder_is_listed_whole_and_links_are_named_as_faults(tmp_path: Path) -> None:
    for name in ("a", "sub/b", "sub/deep/c", "cache/d", "sub/cache/e", "é/f"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "sub" / "to-file").symlink_to(tmp_path / "a")
    (tmp_path / "to-folder").symlink_to(tmp_path / "sub")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "pipe")
    report = Report("case", str(tmp_path))
    files = Files(tmp_path, report, prefix="p/", skip={"cache"})
    assert files.names == {"a", "sub/b", "sub/deep/c", "sub/cache/e", "é/f"}
    assert {fault.file for fault in report.faults} == {"p/sub/to-file", "p/to-folder", "p/nowhere", "p/pipe"}
    assert files.read("sub/b") == b"x" and files.read("nowhere") is None and files.digest("gone") == ""
