"""Archives give up their members as bytes, within limits; nothing is laid out; what is refused is named with its reason."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import stat
import struct
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from bearwitness.intake import archives
from bearwitness.intake.members import REST, Budget, Limits, Refused, Spent

FILES = {"a.txt": b"scene one", "day 1/b.txt": b"scene two" * 1000, "\u0633\u0631\u0645\u064a\u0646.txt": b"scene three"}
SMALL = Limits(entries=50, total=4 << 20)
Got = dict[str, bytes | str]


def read(path: Path, limits: Limits = SMALL, budget: Budget | None = None) -> list[tuple[str, bytes | str]]:
    """(name, its bytes or why not) of every member, in order."""
    with path.open("rb") as file:
        head = file.read(4096)
    what = archives.kind(head, "application/zip" if head[:2] == b"PK" else "", path.name)
    assert what, "not known as an archive"
    found: list[tuple[str, bytes | str]] = []
    for member in archives.members(path, what, budget or Budget(limits)):
        try:
            found.append((member.whole, member.why or b"".join(member.blocks())))
        except (Refused, Spent) as why:
            found.append((member.whole, str(why)))
    return found


def make_zip(path: Path, files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def make_tar(path: Path, files: dict[str, bytes], mode: str = "w", form: int = tarfile.PAX_FORMAT) -> Path:
    with tarfile.open(path, mode, format=form) as archive:         # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_every_member_of_a_zip_comes_out_as_it_went_in(tmp_path: Path, how: int) -> None:
    assert read(make_zip(tmp_path / "a.zip", FILES, how)) == list(FILES.items())


@pytest.mark.parametrize("ending,mode", [("tar", "w"), ("tar.gz", "w:gz"), ("tar.bz2", "w:bz2"), ("tar.xz", "w:xz"),
                                         ("tgz", "w:gz")])
@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_every_member_of_a_tar_comes_out_as_it_went_in(tmp_path: Path, ending: str, mode: str, form: int) -> None:
    files = {**FILES, "long/" * 60 + "name.txt": b"scene four"}
    assert read(make_tar(tmp_path / f"a.{ending}", files, mode, form)) == list(files.items())


def test_two_streams_behind_one_another_are_one_tar(tmp_path: Path) -> None:
    whole = make_tar(tmp_path / "a.tar", FILES).read_bytes()
    for ending, press in (("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)):
        path = tmp_path / f"b.tar.{ending}"
        path.write_bytes(press(whole[:1500]) + press(whole[1500:]))
        assert read(path) == list(FILES.items())


def test_a_name_said_twice_is_two_members(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.txt", "first")
        archive.writestr("a.txt", "second")
    assert read(tmp_path / "a.zip") == [("a.txt", b"first"), ("a.txt", b"second")]
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        for data in (b"first", b"second"):
            info = tarfile.TarInfo("a.txt")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    assert read(tmp_path / "a.tar") == [("a.txt", b"first"), ("a.txt", b"second")]


def test_names_that_lead_out_are_only_words(tmp_path: Path) -> None:
    hostile = {"../../evil.txt": b"1", "/etc/evil": b"2", "C:\\evil": b"3", "a\\..\\..\\evil": b"4"}
    for path in (make_zip(tmp_path / "a.zip", hostile), make_tar(tmp_path / "a.tar", hostile)):
        assert read(path) == list(hostile.items())
        assert [each.name for each in tmp_path.parent.rglob("evil*")] == []


def test_links_and_devices_are_refused_and_the_rest_comes(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        for name, kind in (("soft", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("disk", tarfile.BLKTYPE),
                           ("pipe", tarfile.FIFOTYPE), ("folder", tarfile.DIRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            tar.addfile(info)
        tar.addfile(tarfile.TarInfo("empty.txt"))
    found = read(tmp_path / "a.tar")
    assert [(name, bool(what)) for name, what in found] == [
        ("soft", True), ("hard", True), ("disk", True), ("pipe", True), ("empty.txt", False)]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        info = zipfile.ZipInfo("soft")
        info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr("a.txt", "scene")
    assert read(tmp_path / "a.zip") == [("soft", "it is a link"), ("a.txt", b"scene")]


def test_a_locked_member_is_said(tmp_path: Path) -> None:
    data = bytearray(make_zip(tmp_path / "a.zip", {"a.txt": b"scene", "b.txt": b"two"}).read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    assert read(tmp_path / "a.zip") == [("a.txt", "it is locked with a password"), ("b.txt", b"two")]


# -- made to harm -------------------------------------------------------------------------------------------


def test_a_bomb_ends_early_and_little_memory_is_used(tmp_path: Path) -> None:
    zeros = bytes(60 << 20)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", zeros)
        archive.writestr("a.txt", "scene")
    make_tar(tmp_path / "a.tar.gz", {"a.txt": b"scene", "bomb": zeros, "b.txt": b"two"}, "w:gz")
    make_tar(tmp_path / "a.tar.xz", {"bomb": zeros}, "w:xz")
    make_tar(tmp_path / "a.tar.bz2", {"bomb": zeros}, "w:bz2")
    del zeros
    tracemalloc.start()
    found = {path.name: read(path, Limits()) for path in sorted(tmp_path.iterdir())}
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found["a.zip"][1] == ("a.txt", b"scene") and "more than 200 times" in str(found["a.zip"][0][1])
    assert found["a.tar.gz"][0] == ("a.txt", b"scene")
    for name in ("a.tar.gz", "a.tar.xz", "a.tar.bz2"):
        assert any("200 times" in str(what) for _, what in found[name]), name
    assert peak < 24 << 20


def test_a_zip_that_lies_about_its_lengths_is_found_out(tmp_path: Path) -> None:
    data = bytearray(make_zip(tmp_path / "a.zip", {"bomb": bytes(30 << 20), "a.txt": b"scene"}).read_bytes())
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 100)       # says: 100 bytes when unpacked
    (tmp_path / "a.zip").write_bytes(data)
    (_, what), last = read(tmp_path / "a.zip")
    assert isinstance(what, str) and last == ("a.txt", b"scene")


def test_members_that_lie_over_one_another_are_refused(tmp_path: Path) -> None:
    """Two entries of the directory lead to the same stored bytes, as in a bomb without nesting."""
    data = make_zip(tmp_path / "a.zip", {"a.txt": b"scene" * 50}, zipfile.ZIP_STORED).read_bytes()
    at, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry, tail = data[at:end], bytearray(data[end:])
    struct.pack_into("<HHI", tail, 8, 3, 3, 3 * len(entry))
    (tmp_path / "a.zip").write_bytes(data[:at] + entry * 3 + tail)
    found = read(tmp_path / "a.zip")
    assert len(found) == 3 and all("lies over another" in str(what) for _, what in found[:-1])
    assert sum(isinstance(what, bytes) for _, what in found) <= 1


def test_too_many_entries_and_too_many_bytes_end_an_archive(tmp_path: Path) -> None:
    many = {f"{number}.txt": b"x" for number in range(60)}
    for path in (make_zip(tmp_path / "a.zip", many), make_tar(tmp_path / "a.tar", many)):
        found = read(path)
        assert len(found) == 51 and found[-1] == (REST, "it has more than 50 entries")
    big = {f"{number}.bin": random.Random(number).randbytes(1 << 20) for number in range(6)}
    budget = Budget(SMALL)
    for path in (make_zip(tmp_path / "b.zip", big), make_tar(tmp_path / "b.tar", big)):
        found = read(path, budget=budget)
        out = sum(len(what) for _, what in found if isinstance(what, bytes))
        assert out <= 4 << 20 and "would come out" in str(found[-1][1])
    assert sum(isinstance(what, bytes) for _, what in read(tmp_path / "b.tar", budget=budget)) == 0, "one budget for all"


def test_a_header_that_claims_gigabytes_is_not_believed(tmp_path: Path) -> None:
    info = tarfile.TarInfo("././@PaxHeader")
    info.type, info.size = tarfile.XHDTYPE, 4 << 30
    (tmp_path / "a.tar").write_bytes(make_tar(tmp_path / "b.tar", {"a.txt": b"scene"}).read_bytes()[:1024] + info.tobuf())
    found = read(tmp_path / "a.tar")
    assert found[0] == ("a.txt", b"scene") and found[-1][0] == REST
    info = tarfile.TarInfo("sparse")
    info.size = 900 << 30
    (tmp_path / "c.tar").write_bytes(info.tobuf(tarfile.GNU_FORMAT) + bytes(10240))
    found = read(tmp_path / "c.tar")
    assert "times longer than the whole archive" in str(found[0][1]) and "further on" in str(found[1][1])


def test_what_is_cut_short_or_goes_on_behind_its_end_is_said(tmp_path: Path) -> None:
    whole = make_tar(tmp_path / "a.tar", FILES).read_bytes()
    for name, data in (("cut", whole[:1024]), ("middle", whole[:2100]), ("behind", whole + b"hidden words" * 100)):
        path = tmp_path / f"{name}.tar"
        path.write_bytes(data)
        assert isinstance(read(path)[-1][1], str), name
    press = gzip.compress(whole)
    (tmp_path / "cut.tar.gz").write_bytes(press[:-20])
    assert isinstance(read(tmp_path / "cut.tar.gz")[-1][1], str)
    (tmp_path / "cut.zip").write_bytes(make_zip(tmp_path / "a.zip", FILES).read_bytes()[:-30])
    assert read(tmp_path / "cut.zip")[-1][0] == REST


def test_damage_never_brings_it_down(tmp_path: Path, sample, proof) -> None:
    """Bytes changed by chance: every member either comes out, or is refused with a reason."""
    chance, tried = random.Random(8), 0
    makers = [make_zip(tmp_path / "a.zip", FILES), make_tar(tmp_path / "a.tar", FILES),
              make_tar(tmp_path / "a.tar.gz", FILES, "w:gz"), make_tar(tmp_path / "a.tar.xz", FILES, "w:xz"),
              make_tar(tmp_path / "a.tar.bz2", FILES, "w:bz2"), make_tar(tmp_path / "b.tar", FILES, "w", tarfile.GNU_FORMAT)]
    for path in makers:
        data = path.read_bytes()
        for _ in range(sample(60, 3000)):
            bad = bytearray(data[:chance.randint(300, len(data))] if len(data) > 300 and chance.random() < 0.3 else data)
            for _ in range(chance.choice([1, 2, 8, 40])):
                bad[chance.randrange(6, len(bad))] = chance.randrange(256)
            hurt = tmp_path / f"hurt-{path.name}"
            hurt.write_bytes(bad)
            with hurt.open("rb") as file:
                head = file.read(4096)
            what = archives.ZIP if path.suffix == ".zip" else archives.TAR
            budget = Budget(SMALL)
            for member in archives.members(hurt, what, budget):
                try:
                    out = sum(map(len, member.blocks())) if not member.why else 0
                except (Refused, Spent):
                    continue
                assert out <= SMALL.total
            archives.kind(head, "", path.name)
            tried += 1
    proof(archives=tried, brought_down=0)


def test_formats_that_stay_closed_are_named(tmp_path: Path) -> None:
    assert archives.closed(b"7z\xbc\xaf\x27\x1c" + bytes(30)) == "7z"
    assert archives.closed(b"Rar!\x1a\x07\x01\x00") == "rar"
    assert archives.kind(make_zip(tmp_path / "a", FILES).read_bytes(), "application/vnd.openxmlformats", "a.docx") == ""
