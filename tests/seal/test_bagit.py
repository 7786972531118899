"""Bags: what we write is valid by our strict check, and a hostile or broken one never passes nor leads outside."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from bearwitness.seal.bagit import write_bag
from bearwitness.seal.bagit_check import check_bag
from bearwitness.seal.verify_bundle import verify_bundle


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    folder = tmp_path / "bag"
    texts = {"data/a.txt": "one", "data/in/b 100%.txt": "two", "data/سوق.txt": "three", "notes.txt": "tag"}
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    write_bag(folder, {"External-Description": "made up"})
    return folder


def test_what_we_write_is_a_valid_bag(bag: Path) -> None:
    verdict = check_bag(bag)
    assert verdict and not verdict.warnings
    assert verify_bundle(bag)


@pytest.mark.parametrize("name", ["data/a.txt", "data/in/b 100%.txt", "bag-info.txt", "notes.txt", "manifest-sha512.txt"])
def test_a_changed_or_missing_file_is_named(bag: Path, name: str) -> None:
    (bag / name).write_bytes((bag / name).read_bytes() + b"x")
    assert any(Path(name).name in fault or "Payload-Oxum" in fault for fault in check_bag(bag).faults)
    (bag / name).unlink()
    assert not check_bag(bag) and not verify_bundle(bag)


def test_a_file_more_is_a_fault(bag: Path) -> None:
    (bag / "data" / "more.txt").write_text("x")
    assert not check_bag(bag)


STARTS = ("/", "//", "~/", "~root/", "C:\\", "C:/", "c:", "\\\\server\\", "\\\\?\\UNC\\s\\", "%HomeDrive%\\", "%TEMP%/",
          "../", "data/../../", "data/x/../../../", "..\\", "data\\..\\..\\", "./../", "data/./../../", "\\")
RESTS = ("x", "etc/passwd", "a b", "x.txt", "سوق", "CON", "\u202ex", "x" * 300, "a/b/c", "%0A", "x\u0301")
HOSTILE = [f"{start}{rest}" for start in STARTS for rest in RESTS]


def test_there_are_two_hundred_hostile_names() -> None:
    assert len(set(HOSTILE)) >= 200


@pytest.mark.parametrize("through", ["manifest", "fetch"])
def test_no_name_leads_outside(bag: Path, tmp_path: Path, through: str) -> None:
    """Each of 200 names, listed in a manifest or to be fetched, makes the bag invalid, and no file outside is touched."""
    before = sorted(path for path in tmp_path.rglob("*") if bag not in path.parents)
    for name in HOSTILE:
        copy = tmp_path / "copy"
        shutil.copytree(bag, copy)
        if through == "manifest":
            with (copy / "manifest-sha256.txt").open("a", encoding="utf-8") as file:
                file.write(f"{hashlib.sha256(b'one').hexdigest()}  {name}\n")
        else:
            (copy / "fetch.txt").write_text(f"https://example.org/x - {name}\n", "utf-8")
        assert any("outside" in fault for fault in check_bag(copy).faults), name
        shutil.rmtree(copy)
    assert sorted(path for path in tmp_path.rglob("*") if bag not in path.parents) == before


def test_links_are_not_followed(bag: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s")
    (bag / "data" / "a.txt").unlink()
    (bag / "data" / "a.txt").symlink_to(tmp_path / "secret")
    assert any("link" in fault for fault in check_bag(bag).faults)
