"""What people answered is read back, holds against the program, and contradictions name their chain."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bearwitness.errors import BadTable, InputError
from bearwitness.link.people.judgements import DIFFERENT, SAME, UNSURE, Judgement, read, settled

A, B, C, D = (("a.csv", 1), ("b.csv", 7), ("c.csv", 3), ("d.csv", 9))


def judged(left: tuple[str, int], right: tuple[str, int], answer: str, where: str = "review.csv:2") -> Judgement:
    return Judgement(*sorted((left, right)), answer, where)


def test_contradictory_answers_are_told_with_the_whole_chain() -> None:
    given = [judged(A, B, SAME), judged(B, C, SAME), judged(C, D, SAME), judged(A, D, DIFFERENT, "second.csv:4")]
    with pytest.raises(InputError) as why:
        settled(given)
    for row in ("a.csv:1", "b.csv:7", "c.csv:3", "d.csv:9", "second.csv:4"):
        assert row in str(why.value)


def test_two_people_who_answer_one_pair_differently_are_told_so() -> None:
    with pytest.raises(InputError, match=r"a\.csv:1 is b\.csv:7.*a\.csv:1 is not b\.csv:7|is not.*but.*is"):
        settled([judged(A, B, SAME, "one.csv:2"), judged(A, B, DIFFERENT, "two.csv:2")])


def test_an_answer_outweighs_unsure_and_order_changes_nothing() -> None:
    given = [judged(A, B, UNSURE), judged(A, B, SAME), judged(C, D, DIFFERENT), judged(B, C, UNSURE)]
    first = settled(given)
    assert {one.answer for one in first if one.left == A} == {SAME}
    for seed in range(20):
        random.Random(seed).shuffle(given)
        assert settled(given) == first


HEAD = "left_list,left_row,right_list,right_row,answer\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("left_list,left_row\na.csv,1\n", "no column"),
        (HEAD + "a.csv,1,b.csv,2,perhaps\n", "none of same, different, unsure"),
        (HEAD + "a.csv,one,b.csv,2,same\n", "not the number of a row"),
        (HEAD + "a.csv,1,a.csv,1,same\n", "against itself"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "review.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(BadTable, match=said) as why:
        read(file)
    assert "review.csv" in why.value.where


def test_answers_are_read_from_the_separators_a_spreadsheet_saves(tmp_path: Path) -> None:
    for name, text in {
        "comma.csv": HEAD + "b.csv,2,a.csv,1,Same\n,,,,\n",
        "semicolon.csv": "\ufeff" + HEAD.replace(",", ";") + "b.csv;2;a.csv;1;yes\n",
        "tab.csv": HEAD.replace(",", "\t") + "b.csv\t2\ta.csv\t1\tنعم\n",
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
        found = read(tmp_path / name)
        assert [(one.left, one.right, one.answer) for one in found] == [(("a.csv", 1), ("b.csv", 2), SAME)]
