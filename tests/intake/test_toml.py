"""case.toml: what it says, with numbers and dates as the words they were written with."""

from __future__ import annotations

from bearwitness.intake.desk import Desk
from bearwitness.intake.toml import line_of, read_toml


def test_numbers_dates_and_truth_become_words_and_nothing_is_rounded() -> None:
    body = read_toml('title="x"\nopened = 2015-10-20\nx = 0.10\ny = 1_000\nz = true\n[sets]\na = []\n', Desk())
    assert body == {"title": "x", "opened": "2015-10-20", "x": "0.10", "y": "1000", "z": "yes", "sets": {"a": []}}


def test_an_unknown_key_is_kept_and_asked_about_once() -> None:
    desk = Desk()
    assert read_toml('titel = "x"\n', desk)["titel"] == "x"
    assert [(q.where, q.key) for q in desk.questions] == [("case.toml:1", "case.toml:key:titel")]
    assert "'title'" in desk.questions[0].text


def test_a_fault_has_the_line_of_the_file() -> None:
    desk = Desk()
    assert read_toml('title = "x"\nzone = Asia\n', desk) == {}
    assert desk.problems[0].where == "case.toml:2"


def test_the_line_of_a_key_is_found_in_tables_too() -> None:
    text = 'title = "x"\n[sets]\n"my set" = []\n[people]\nb = "x"\n'
    assert [line_of(text, name) for name in ("title", "my set", "sets", "b", "nothing")] == [1, 3, 2, 5, 1]


def test_deep_nesting_is_refused_and_does_not_stop_the_program() -> None:
    desk = Desk()
    assert read_toml("a = " + "[" * 100000, desk) == {}
    assert len(desk.problems) == 1
