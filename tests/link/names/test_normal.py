"""One name, many hands: the normal form folds what is written differently and keeps apart what differs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.list_spelling import joined_forms

from bearwitness.link.names.fold import fold
from bearwitness.link.names.normal import normal
from bearwitness.rules import load

ONE = [
    ["أحمد", "احمد", "أَحْمَد", "احـــمد", "\u200fأحمد\u200e"],
    ["فاطمة", "فاطمه", "فاطمۃ"],
    ["مصطفى", "مصطفي", "مصطفی"],
    ["عبد الرحمن", "عبدالرحمن", "عَبدُ الرَّحمن", "عبد  الرحمن"],
    ["عبد الله", "عبدالله", "عبد اللہ"],
    ["صلاح الدين", "صلاح  الدين", "صلاح‌الدين"],
    ["الخطيب", "خطيب", "لخطيب"[1:]],
    ["علی", "علي", "على"],
    ["کریم", "كريم"],
    ["أبو زيد", "ابو زيد", "أبوزيد"],
    ["Abd al-Rahman", "Abdurrahman", "Abdel Rahman", "Abdul-Rahman", "ABDULRAHMAN", "ʿAbd al-Raḥmān", "Abd ar-Rahman"],
    ["Abdullah", "Abd Allah", "Abdallah", "Abdulla"],
    ["Salah al-Din", "Salah Al Din", "Salah ad-Din"],
    ["al-Khatib", "Al Khatib", "El-Khatib", "el Khatib", "Khatib", "Alkhatib", "Elkhatib"],
    ["al-Mohammed", "Almohammed", "Mohammed"],
    ["Abu Zaid", "Abo Zaid", "abou-zaid"],
    ["Фёдор", "Федор"],
    ["Кам'янко", "Кам’янко", "Камʼянко"],
    ["аль-Хасан", "Аль Хасан", "Хасан"],
    ["Şêrko", "sherko", "ŞÊRKO"],
    ["bin Ali", "Ali", "ibn Ali"],
]


@pytest.mark.parametrize("spellings", ONE, ids=lambda words: words[0])
def test_spellings_of_one_hand_and_another_have_one_normal_form(spellings: list[str]) -> None:
    assert {normal(text) for text in spellings} == {normal(spellings[0])}
    assert normal(spellings[0])


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("حسن", "حسين"),
        ("محمد", "محمود"),
        ("سمير", "سميرة"),
        ("Hassan", "Hussein"),
        ("Albert", "Bert"),
        ("Elias", "Ias"),
        ("Allawi", "Lawi"),
        ("عبد الرحمن", "عبد الرحيم"),
        ("إلياس", "ياس"),
    ],
)
def test_two_names_keep_two_normal_forms(a: str, b: str) -> None:
    assert normal(a) != normal(b)


@pytest.mark.parametrize("text", ["محمد علي الخطيب", "فاطمة سليمان", "عبد الرحمن حسين"])
def test_presentation_forms_of_a_pdf_read_as_the_letters_they_draw(text: str) -> None:
    drawn = joined_forms(text)
    assert drawn != text
    assert normal(drawn) == normal(text)


@pytest.mark.parametrize("text", ["محمد علي الخطيب", "فاطمة سليمان", "حسين خليل"])
def test_presentation_forms_in_visual_order_are_turned_round(text: str) -> None:
    assert normal(joined_forms(text)[::-1]) == normal(text)


def test_every_letter_that_folds_is_folded_to_letters_that_stay() -> None:
    """Folding twice is folding once, for each letter of the table by itself and inside a word."""
    for table in load("names/letters").values():
        for sign in table:
            assert fold(fold(sign)) == fold(sign)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_no_text_breaks_the_normal_form_and_white_space_never_survives(text: str) -> None:
    found = normal(text)
    assert found == " ".join(found.split())


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ابتجحدرسعفقكلمنهويةىأإء َُِـ", max_size=25))
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)
