"""A name is a word about a file and never a path: kept to the byte, shown so that it cannot deceive. And what only stands
for a file is kept and said."""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.seal.test_adding import adds_up, case, exhibits, fates, manifests, offer  # noqa: F401  (fixtures)

from bearwitness.cli.output import harmless
from bearwitness.intake import names, placeholders
from bearwitness.seal import whole_disk
from bearwitness.seal.adding import add
from bearwitness.seal.verify import verify_case

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux makes these names and files")
HOSTILE = [b"\xff\xfe.jpg", "\u202egpj.exe".encode(), "\u2066photo\u2069.png".encode(), b"a\nb.txt", b"a\x1b[31m.txt",
           b"CON", b"nul.txt", b"LPT1.jpg", b"photo.jpg.exe", b"..\\..\\evil.txt", b"C:\\evil.txt", b" ", b"-rf",
           b"a\x7f.txt", "e\u0301t\u00e9.txt".encode(), "\u00e9te\u0301.txt".encode(), b"x" * 255,
           "\u0633\u0631\u0645\u064a\u0646.jpg".encode(),
           b"\xed\xa0\x80.txt", b"=cmd()", b"$(touch x)", b"%2e%2e%2f", b"a" * 250 + b".mp4", "\ufeffbom.txt".encode()]


def made_up(many: int) -> list[bytes]:
    """Names of bytes by chance, such as no person gives; each fits a Linux file system."""
    chance = random.Random(4)
    found = {bytes(chance.choice(range(1, 256)) for _ in range(chance.randint(1, 60))).replace(b"/", b"_")
             for _ in range(many)}
    return sorted(found - {b".", b".."})


@linux
def test_two_hundred_hostile_names_are_kept_to_the_byte_and_never_used(case: Path, offer: Path, tmp_path: Path,  # noqa: F811
                                                                      sample, proof) -> None:
    given_names = HOSTILE + made_up(sample(180, 2000))
    for number, name in enumerate(given_names):
        with open(os.path.join(os.fsencode(offer), name), "wb") as file:
            file.write(b"scene %d" % number)
    outside = {path for path in tmp_path.rglob("*") if case not in path.parents}
    batch = add(case, [offer], came_from="made up")
    assert {path for path in tmp_path.rglob("*") if case not in path.parents} == outside, "something was written outside"
    adds_up(case, batch, len(given_names))
    kept = {bytes.fromhex(body["name_bytes"]) if "name_bytes" in body else os.fsencode(body["name"])
            for body in exhibits(case).values()}
    told = {bytes.fromhex(item["name_bytes"]) for item in manifests(case)[0]["items"] if "name_bytes" in item}
    assert kept | told >= set(given_names), "the bytes of a name are lost"
    assert all(harmless(each.place) == each.place for each in batch.arrived), "a terminal could be deceived"
    objects = {path.name for path in (case / ".bearwitness" / "objects").rglob("*") if path.is_file()}
    assert all(len(name) == 64 for name in objects) and verify_case(case)
    proof(names=len(given_names), outside=0)


@linux
def test_names_that_are_one_name_elsewhere_are_both_kept_and_said(case: Path, offer: Path) -> None:  # noqa: F811
    for number, name in enumerate(["e\u0301t\u00e9.txt", "\u00e9te\u0301.txt", "Scene.JPG", "scene.jpg"]):
        (offer / name).write_text(f"scene {number}")
    batch = add(case, [offer], came_from="made up")
    assert [each.fate for each in batch.arrived] == ["sealed"] * 4
    assert len(batch.doubts) == 2 and all("one name" in doubt for _, doubt in batch.doubts)
    assert {"e\u0301t\u00e9.txt", "\u00e9te\u0301.txt"} <= set(exhibits(case)), "names are not normalised: they are evidence"


@given(st.text(max_size=300))
def test_a_shown_name_can_be_shown_anywhere(name: str) -> None:
    shown = names.shown(name)
    shown.encode("utf-8")
    assert harmless(shown) == shown and "\n" not in shown and len(shown) < 1200
    assert names.stored(name) not in ("", ".", "..") and "/" not in names.stored(name)


STUBS = {".film.mp4.icloud": ("placeholder", b"bplist00\xd1"), "plan.gdoc": ("placeholder", b'{"doc_id": "1"}'),
         "film.mp4.cloud": ("placeholder", b"x"), "film.mp4.part": ("partial", b"half"),
         "film.mp4.crdownload": ("partial", b"half"), "film.mp4.!ut": ("partial", b"half2"),
         "film.download": ("partial", b"half3"), "film.mp4.partial": ("partial", b"half4"),
         "photo.jpg": ("placeholder", b""), "zeros.mp4": ("placeholder", bytes(70_000)),
         "talk.txt": ("sealed", b"words"), "a.nextcloud": ("placeholder", b"\n")}


def test_what_stands_for_a_file_is_kept_as_it_is_and_said(case: Path, offer: Path) -> None:  # noqa: F811
    for number, (name, (_, data)) in enumerate(STUBS.items()):
        (offer / name).write_bytes(data + (b"%d" % number if data.strip(b"\0") else b""))
    (offer / "Movie.mov.download").mkdir()
    (offer / "Movie.mov.download" / "Movie.mov").write_bytes(b"half of it")
    batch = add(case, [offer], came_from="made up")
    expected = {name: fate for name, (fate, _) in STUBS.items()}
    assert fates(batch) == {**expected, "Movie.mov.download/Movie.mov": "partial"}
    adds_up(case, batch, 13)
    assert batch.must_look
    for name, body in exhibits(case).items():
        assert ("state" in body and bool(body["because"])) == (name != "talk.txt"), name
    again = add(case, [offer], came_from="made up")
    assert set(fates(again).values()) == {"held"}


@linux
def test_a_file_with_holes_is_told_from_one_that_is_short(case: Path, offer: Path) -> None:  # noqa: F811
    with (offer / "half.mp4").open("wb") as file:
        file.write(b"the beginning of a film")
        file.truncate(4 << 20)
    if (offer / "half.mp4").stat().st_blocks * 512 >= 4 << 20:
        pytest.skip("this file system keeps no holes")
    (offer / "whole.mp4").write_bytes(b"a whole film" * 1000)
    assert fates(add(case, [offer], came_from="made up")) == {"half.mp4": "partial", "whole.mp4": "sealed"}


def test_flags_of_other_systems_are_understood() -> None:
    stood = {"st_size": 5, "st_blocks": 0}
    for more in ({"st_file_attributes": 0x400000}, {"st_file_attributes": 0x1000}, {"st_flags": 0x40000000}):
        told = placeholders.by_disk(SimpleNamespace(**stood, **more))       # type: ignore[arg-type]
        assert told == (placeholders.PLACEHOLDER, placeholders.ELSEWHERE)
    assert placeholders.by_disk(SimpleNamespace(**stood, st_file_attributes=0x20)) is None      # type: ignore[arg-type]
    assert placeholders.by_name("lecture.cloud", 5 << 20) is None, "what is long is no placeholder"


def test_without_one_flush_for_all_each_file_is_flushed(case: Path, offer: Path, monkeypatch) -> None:  # noqa: F811
    for number in range(30):
        (offer / f"{number}.txt").write_text(f"scene {number}")
    monkeypatch.setattr(whole_disk, "of", lambda folder: None)
    synced = []
    monkeypatch.setattr("bearwitness.seal.durable.sync", lambda handle: synced.append(handle) or os.fsync(handle))
    batch = add(case, [offer], came_from="made up")
    adds_up(case, batch, 30)
    assert len(synced) >= 30 and verify_case(case)
    assert json.dumps(manifests(case)[0])
