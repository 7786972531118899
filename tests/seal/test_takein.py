"""Taking in: one batch of what changed and nothing else; what cannot be read or is protected leaves no trace."""
from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.example import EXAMPLE

from bearwitness.errors import InputError, ProtectionError
from bearwitness.seal.adding import add
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.takein import take_in


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns(".bearwitness", "out"))
    with Notebook.create(folder, demo=True, actor="researcher-1"):
        pass
    add(folder, [folder / "inbox"], came_from="delivered with the example")
    take_in(folder)
    return folder


def entries(case: Path) -> list[tuple[str, str]]:
    with Notebook.open(case, write=False) as notebook:
        return [(e.kind, str(e.body.get("id", ""))) for e in notebook.entries()]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def test_counts_in_are_counts_out(sealed):
    taken = take_in(sealed)
    stated = [kind for kind, _ in entries(sealed)]
    for file, kind in (("sources.csv", "source.stated"), ("tolls.csv", "toll.stated"), ("assertions.csv", "assertion.made"),
                       ("incidents.csv", "incident.stated"), ("searches.csv", "search.made")):
        assert taken.folder.counts[file] == stated.count(kind)


def test_taking_in_twice_records_nothing_new(sealed):
    before = entries(sealed)
    assert not take_in(sealed).changed
    assert entries(sealed) == before


def test_one_edited_cell_is_one_record_and_the_old_one_stays(sealed):
    before = entries(sealed)
    edit(sealed / "tolls.csv", "49 civilians killed and many injured", "49 civilians killed; many injured")
    taken = take_in(sealed)
    assert dict(taken.changed) == {"changed": 1}
    assert entries(sealed) == [*before, ("toll.stated", "t-ari-amn")]


def test_a_row_that_is_gone_is_withdrawn_by_its_id_alone(sealed):
    lines = (sealed / "assertions.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("r-repeat,")]
    assert len(kept) == len(lines) - 1
    (sealed / "assertions.csv").write_text("".join(kept), encoding="utf-8", newline="\n")
    taken = take_in(sealed)
    assert dict(taken.changed) == {"withdrawn": 1} and "r-repeat" not in taken.case.assertions
    with Notebook.open(sealed, write=False) as notebook:
        last = list(notebook.entries())[-1]
    assert last.kind == "record.withdrawn" and set(last.body) <= {"id", "kind"}


def test_a_question_is_asked_once(sealed):
    edit(sealed / "sources.csv", ",media,", ",newsroom,")
    assert [q.where.split(":")[0] for q in take_in(sealed).asked] == ["sources.csv"]
    assert take_in(sealed).asked == []


def test_one_bad_cell_and_nothing_is_recorded(sealed):
    before = entries(sealed)
    edit(sealed / "tolls.csv", "49 civilians killed and many injured", "changed too")
    edit(sealed / "incidents.csv", "2015-10-20 ~13:00", "2015-13-20")
    with pytest.raises(InputError, match="possible date"):
        take_in(sealed)
    assert entries(sealed) == before


def everything(case: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted((case / ".bearwitness").rglob("*")) if p.is_file())


def test_a_protected_source_is_refused_and_no_byte_of_it_is_kept(sealed):
    before = everything(sealed)
    with (sealed / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("zz,Canary Namewitness,witness,,,,\n")
    text = (sealed / "sources.csv").read_text(encoding="utf-8").splitlines()
    rows = [text[0] + ",protect"] + [row + (",yes" if row.startswith("zz") else ",") for row in text[1:]]
    (sealed / "sources.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    with pytest.raises(ProtectionError) as why:
        take_in(sealed)
    assert "Canary" not in str(why.value)
    assert everything(sealed) == before


def test_a_protected_file_is_refused_and_neither_bytes_nor_name_nor_digest_is_kept(sealed, tmp_path):
    secret = tmp_path / "canary-name-of-a-witness.txt"
    secret.write_text("canary words", encoding="utf-8")
    before = everything(sealed)
    with pytest.raises(ProtectionError) as why:
        add(sealed, [secret], came_from="by hand", protected=True)
    assert "canary" not in str(why.value).lower()
    assert everything(sealed) == before


def test_without_a_key_the_case_is_read_and_the_reason_is_said(sealed, monkeypatch, tmp_path):
    edit(sealed / "tolls.csv", "49 civilians killed and many injured", "49 civilians killed; many injured")
    monkeypatch.setenv("BEARWITNESS_HOME", str(tmp_path / "elsewhere"))
    before = entries(sealed)
    taken = take_in(sealed)
    assert taken.held_back and dict(taken.changed) == {"changed": 1}
    assert entries(sealed) == before


def test_the_same_bytes_twice_are_one_exhibit_and_nothing_is_lost(sealed, tmp_path):
    copy = tmp_path / "copy.md"
    copy.write_bytes((sealed / "inbox" / "methodology.md").read_bytes())
    done = add(sealed, [copy], came_from="a second hand")
    assert done.arrived[0].again and done.arrived[0].id.startswith("D")
