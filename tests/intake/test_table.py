"""A table says exactly what stands in it: nothing is repaired, nothing is lost, every row has its line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.intake import cells
from bearwitness.intake.desk import Desk
from bearwitness.intake.table import Counted, read_csv
from bearwitness.model.case import Stated
from bearwitness.model.vocabulary import TABLES

SPEC = TABLES["sources.csv"]


def read(text: str) -> tuple[list[Stated], Counted, Desk]:
    desk = Desk()
    rows, counted = read_csv(SPEC, "sources.csv", text, desk)
    return rows, counted, desk


@given(
    st.lists(
        st.lists(
            st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\r\n\x00"), max_size=6),
            min_size=2,
            max_size=4,
        ),
        max_size=5,
    )
)
def test_what_a_csv_writer_writes_is_read_back_cell_by_cell(table: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    desk = Desk()
    comments = sum(row[0].lstrip().startswith("#") and any('"' in cell for cell in row) for row in table)
    found = [row for _, row in cells.rows(out.getvalue(), ",", "x.csv", desk)]
    if not comments:  # a comment is not taken apart into cells
        assert found == table
        assert desk.problems == []


def test_a_line_break_in_quotes_stays_and_the_next_row_knows_its_line() -> None:
    rows, _, desk = read('id,name,kind\na,"one\n\ntwo ""three"", four",media\nb,B,media\n')
    assert [(row.line, row.body["name"]) for row in rows] == [(2, 'one\n\ntwo "three", four'), (5, "B")]
    assert desk.problems == []


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_by_the_header(separator: str) -> None:
    text = "id,name,kind\na,A,media\n".replace(",", separator)
    assert read(text)[0][0].body == {"id": "a", "name": "A", "kind": "media"}


def test_the_separator_line_of_a_spreadsheet_is_no_header() -> None:
    rows, _, _ = read("sep=;\nid;name;kind\na;A, B;media\n")
    assert (rows[0].line, rows[0].body["name"]) == (3, "A, B")


def test_rows_comments_and_blanks_are_counted_and_nothing_else_happens_to_them() -> None:
    text = 'id,name,kind\n\n# b,B,media\na,A,media\n"# c, ""C""",x,y\n,,\n  \nd,D,media\n# it\'s "odd\n'
    rows, counted, desk = read(text)
    assert [row.id for row in rows] == ["a", "d"]
    assert counted == Counted(rows=2, comments=3, blank=3)
    assert desk.problems == [] and counted.rows + counted.comments + counted.blank + 1 == text.count("\n")


def test_a_column_that_is_not_known_is_kept_and_asked_about_once() -> None:
    rows, _, desk = read("id,name,kind,Wether\na,A,media,rain\nb,B,media,\nc,C,media,sun\n")
    assert [row.body.get("extra") for row in rows] == [[["Wether", "rain"]], None, [["Wether", "sun"]]]
    assert [question.key for question in desk.questions] == ["sources.csv:column:wether"]


def test_a_near_miss_of_a_column_is_asked_about_with_the_right_name() -> None:
    assert "'relies_on'" in read("id,name,kind,relyes_on\n")[2].questions[0].text


def test_an_unknown_word_is_kept_and_asked_about_once() -> None:
    rows, _, desk = read("id,name,kind\na,A,moniter\nb,B,moniter\n")
    assert rows[0].body["kind"] == "moniter"
    assert [question.key for question in desk.questions] == ["sources.csv:kind:moniter"]
    assert "'monitor'" in desk.questions[0].text


def test_a_missing_column_is_named_with_the_one_that_comes_nearest() -> None:
    problem = read("id,nam,kind\na,A,media\n")[2].problems[0]
    assert problem.where == "sources.csv:1" and "'name'" in problem.message and "'nam'" in problem.fix


def test_capitals_spaces_and_invisible_letters_in_a_header_do_not_matter() -> None:
    rows, _, desk = read("\u200eID, Name ,Kind,Name-local\na,A,media,ا\n")
    assert rows[0].body == {"id": "a", "name": "A", "kind": "media", "name_local": "ا"}
    assert desk.questions == []


def test_adding_an_empty_column_changes_no_statement() -> None:
    assert read("id,name,kind\na,A,media\n")[0] == read("id,name,kind,note\na,A,media,\n")[0]


def test_empty_columns_past_the_last_name_are_those_of_a_spreadsheet() -> None:
    rows, _, desk = read("id,name,kind,,\na,A,media,,\n")
    assert rows[0].body == {"id": "a", "name": "A", "kind": "media"} and desk.problems == []


def test_a_quote_that_is_never_closed_is_reported_where_it_opens() -> None:
    text = 'id,name,kind\na,"A,media\n' + "".join(f"s{n},S,media\n" for n in range(1000))
    problems = read(text)[2].problems
    assert [problem.where for problem in problems] == ["sources.csv:2"]


def test_reading_goes_on_after_a_ragged_row_so_that_all_faults_show_at_once() -> None:
    rows, counted, desk = read("id,name,kind\na,A\nb,B,media\nc,C,media,x\n")
    assert [problem.where for problem in desk.problems] == ["sources.csv:2", "sources.csv:4"]
    assert [row.id for row in rows] == ["b"] and counted.refused == 2
