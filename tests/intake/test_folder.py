"""A case folder: all of it is read, what is not read is said, and nothing leads out of it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from tests.intake.small_case import FILES, write_case
from tests.intake.workbook import workbook
from tests.stories.broken_base import replaced, table

from bearwitness.errors import ProtectionError
from bearwitness.intake.folder import BadFolder, load, read_folder
from bearwitness.intake.starter import starter
from bearwitness.intake.table import Counted
from bearwitness.model.case import Stated
from bearwitness.model.reading import READERS
from bearwitness.model.records import Reading
from bearwitness.model.vocabulary import TABLES


def test_every_row_and_every_page_becomes_one_statement_with_its_place(tmp_path: Path) -> None:
    folder = read_folder(write_case(tmp_path / "case"))
    assert folder.counts == {
        "sources.csv": 4,
        "documents.csv": 3,
        "incidents.csv": 2,
        "tolls.csv": 3,
        "assertions.csv": 4,
        "searches.csv": 1,
        "replies.csv": 1,
        "claims/min-photo.md": 1,
        "findings/photo-older.md": 1,
        "notes/INT-001.md": 1,
    }
    assert folder.counted["sources.csv"] == Counted(rows=4, comments=1)
    assert folder.drafts == {"report/briefing.md": FILES["report/briefing.md"]}
    for one in folder.stated:
        assert one.id in FILES[one.file].split("\n")[one.line - 1] or one.file.endswith(".md")
    assert all("file" not in one.body and "line" not in one.body for one in folder.stated)


def test_a_body_holds_texts_lists_and_dicts_only(tmp_path: Path) -> None:
    def plain(value: object) -> bool:
        if isinstance(value, dict):
            return all(isinstance(name, str) and plain(item) for name, item in value.items())
        return isinstance(value, str) or (isinstance(value, list) and all(map(plain, value)))

    folder = read_folder(write_case(tmp_path / "case"))
    assert plain(folder.config) and all(plain(one.body) for one in folder.stated)


def test_a_second_reading_asks_the_same_questions_with_the_same_keys(tmp_path: Path) -> None:
    case = write_case(
        tmp_path / "case",
        {
            "tolls.csv": FILES["tolls.csv"]
            .replace("killed,", "kild,killed,")
            .replace(",2015-", ",2015-", 1)
            .replace(",12+,", ",x,12+,")
            .replace(",13,", ",,13,")
            .replace(",12..18,", ",,12..18,"),
            "toll.csv": "x",
            "people/l1.csv": "x",
            "notes/more/x.md": "x",
            "documents.ods": "x",
        },
    )
    first, second = read_folder(case).questions, read_folder(case).questions
    assert first == second
    assert {question.key for question in first} == {
        "tolls.csv:column:kild",
        "toll.csv:file",
        "notes/more:file",
        "documents.ods:file",
    }


def test_all_faults_of_all_files_are_found_in_one_pass(tmp_path: Path) -> None:
    with pytest.raises(BadFolder) as caught:
        read_folder(write_case(tmp_path / "case", {"tolls.csv": "id\n", "case.toml": "x =", "notes/INT-001.md": "x"}))
    assert {problem.where.split(":")[0] for problem in caught.value.problems} == {
        "tolls.csv",
        "case.toml",
        "notes/INT-001.md",
    }
    assert "more problems" in str(caught.value) and caught.value.as_dict()["where"] == "case.toml:1"


def test_exhibits_come_from_the_log(tmp_path: Path) -> None:
    case = write_case(
        tmp_path / "case", {"documents.csv": replaced("documents.csv", "monitor.example,no", "monitor.example,P001")}
    )
    with pytest.raises(BadFolder, match="P001"):
        load(case)
    sealed = Stated("exhibit.sealed", "P001", {"id": "P001", "sha256": "0" * 64, "size": "1"})
    assert load(case, exhibits=[sealed])[0].documents["report"].held == "P001"


def test_a_folder_that_uses_another_case_has_its_records_and_its_own_drafts(tmp_path: Path) -> None:
    write_case(tmp_path / "case")
    story = tmp_path / "story"
    (story / "report").mkdir(parents=True)
    (story / "case.toml").write_text('uses = "../case"\ntitle = "A story"\n')
    (story / "report/story.md").write_text("# A story\n")
    case, folder = load(story)
    assert (case.config.title, case.config.zone) == ("A story", "Asia/Damascus")
    assert folder.drafts == {"report/story.md": "# A story\n"} and folder.records.resolve() == tmp_path / "case"
    assert folder.uses == "../case" and len(folder.stated) == 21
    (story / "tolls.csv").write_text(FILES["tolls.csv"])
    with pytest.raises(BadFolder, match="another case's records"):
        load(story)


def test_a_fault_in_the_case_that_is_used_names_the_file_there(tmp_path: Path) -> None:
    write_case(tmp_path / "case", {"tolls.csv": replaced("tolls.csv", "12+", "-12")})
    (tmp_path / "story").mkdir()
    (tmp_path / "story/case.toml").write_text('uses = "../case"\n')
    with pytest.raises(BadFolder) as caught:
        load(tmp_path / "story")
    assert caught.value.where == "../case/tolls.csv:2, column killed"


def test_what_is_counted_cannot_be_said_differently_by_a_folder_that_uses_a_case(tmp_path: Path) -> None:
    write_case(tmp_path / "case")
    (tmp_path / "story").mkdir()
    (tmp_path / "story/case.toml").write_text('uses = "../case"\nzone = "UTC"\n')
    with pytest.raises(BadFolder, match="zone differs"):
        load(tmp_path / "story")


def test_what_is_protected_in_the_case_that_is_used_stops_everything(tmp_path: Path) -> None:
    write_case(tmp_path / "case", {"notes/INT-001.md": replaced("notes/INT-001.md", "market", "{{market}}")})
    (tmp_path / "story").mkdir()
    (tmp_path / "story/case.toml").write_text('uses = "../case"\n')
    with pytest.raises(ProtectionError):
        load(tmp_path / "story")


@pytest.mark.parametrize("name", ["notes/a\u202eb.md", "claims/a\x1b[2Jb.md", "findings/a\u200bb.md"])
def test_a_page_with_a_name_made_to_deceive_is_refused_and_its_name_shown_harmless(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadFolder) as caught:
        read_folder(write_case(tmp_path / "case", {name: FILES["notes/INT-001.md"]}))
    assert str(caught.value).isprintable() and "<U+" in caught.value.where


@pytest.mark.skipif(os.name == "nt", reason="links and pipes are POSIX")
def test_links_that_lead_out_pipes_and_folders_in_place_of_files_are_refused(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", {"tolls.csv": None, "searches.csv": None, "replies.csv": None})
    (tmp_path / "outside.csv").write_text(FILES["tolls.csv"])
    (case / "tolls.csv").symlink_to(tmp_path / "outside.csv")
    os.mkfifo(case / "searches.csv")
    (case / "replies.csv").mkdir()
    (case / "notes/gone.md").symlink_to(case / "nowhere.md")
    with pytest.raises(BadFolder) as caught:
        read_folder(case)
    assert [problem.where for problem in caught.value.problems] == [
        "tolls.csv",
        "searches.csv",
        "replies.csv",
        "notes/gone.md",
    ]


def test_a_table_may_be_a_spreadsheet_with_the_same_rules(tmp_path: Path) -> None:
    rows: list[list[object]] = [list(row) for row in table("tolls.csv")]
    rows.insert(1, ["# a comment"] + [""] * (len(rows[0]) - 1))
    case = write_case(
        tmp_path / "case",
        {"tolls.csv": None, "Tolls.xlsx": workbook({"notes": [["what we still have to do"]], "tolls": rows})},
    )
    loaded, folder = load(case)
    assert folder.counted["Tolls.xlsx"] == Counted(rows=3, comments=1)
    assert [(one.file, one.line) for one in folder.stated if one.id == "t2"] == [("Tolls.xlsx", 4)]
    assert str(loaded.tolls["t1"].figures["killed"]) == "12+"
    assert [question.key for question in folder.questions] == ["Tolls.xlsx:sheet:notes"]


def test_what_is_protected_in_a_spreadsheet_stops_everything(tmp_path: Path) -> None:
    rows = [["id", "name", "kind", "protect"], ["w1", "somebody", "witness", "yes"]]
    with pytest.raises(ProtectionError):
        load(write_case(tmp_path / "case", {"sources.csv": None, "sources.xlsx": workbook({"s": rows})}))


def test_a_new_case_is_sound_empty_and_asks_nothing(tmp_path: Path) -> None:
    files = starter('A "new" \\ case', "Asia/Damascus")
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    case, folder = load(tmp_path)
    assert case.config.title == 'A "new" \\ case' and folder.stated == [] and folder.questions == []
    assert set(files) == {"case.toml", *TABLES}
    assert all(count == Counted(comments=1) for count in folder.counted.values())


def test_each_example_of_a_new_case_can_be_read_once_its_comment_mark_is_gone(tmp_path: Path) -> None:
    for name, text in starter("x", "UTC").items():
        (tmp_path / name).write_text(text.replace("\n#", "\n") if name in TABLES else text)
    folder = read_folder(tmp_path)
    assert [one.file for one in folder.stated] == list(TABLES)
    for one in folder.stated:
        READERS[one.kind](one.body, Reading())


def test_a_large_case_is_read_in_about_a_second_of_processor_time(tmp_path: Path) -> None:
    for name, text in starter("large", "Asia/Damascus").items():
        (tmp_path / name).write_text(text)
    rows = {
        "sources.csv": [f"src{n},Source {n},media,mon" if n else "mon,Monitor,monitor," for n in range(500)],
        "documents.csv": [f'doc{n},"Page {n}, web",2015-10-{n % 28 + 1:02d},example,no' for n in range(2000)],
        "incidents.csv": [
            f"i{n},Strike {n},,2015-10-{n % 28 + 1:02d} ~13:00,35.{n:05d},36.7,town,,market" for n in range(1000)
        ],
        "assertions.csv": [
            f'a{n},i{n % 1000},effect,mon,doc{n % 2000},town,"a school, and more",hearsay,' for n in range(20000)
        ],
    }
    for name, lines in rows.items():
        with open(tmp_path / name, "a") as out:
            out.write("\n".join(lines) + "\n")
    start = time.process_time()
    _, folder = load(tmp_path)
    spent = time.process_time() - start
    assert len(folder.stated) == 23500
    assert spent < 3, f"{spent:.1f} s of processor time; about 0.5 s is usual"


@pytest.mark.parametrize(("encoding", "separator"), [("cp1256", ";"), ("utf-16", "\t"), ("utf-8-sig", ",")])
def test_a_table_saved_by_a_spreadsheet_in_its_own_way_says_the_same(encoding: str, separator: str, tmp_path: Path) -> None:
    text = replaced("sources.csv", "Министерство", "وزارة الدفاع")
    plain, _ = load(write_case(tmp_path / "plain", {"sources.csv": text}))
    saved = text.replace(",", separator).replace("\n", "\r\n").encode(encoding)
    other, folder = load(write_case(tmp_path / "saved", {"sources.csv": saved}))
    assert other.sources == plain.sources and other.sources["min"].name_local == "وزارة الدفاع"
    assert len(folder.questions) == (encoding == "cp1256")
