"""Titles and ranks are kept apart from the name; a heading's order of names is followed; bare letters match dotted ones."""

from __future__ import annotations

import pytest

from bearwitness.link.names.fold import undotted
from bearwitness.link.names.headed import in_order, order_said
from bearwitness.link.names.normal import normal
from bearwitness.link.names.parse import parse
from bearwitness.link.names.titles import honorifics, without


@pytest.mark.parametrize(("cell", "title", "given"), [
    ("Capt. Ahmad Hasan Ali", "Capt.", "Ahmad"), ("Dr.Ahmad Hasan", "Dr", "Ahmad"), ("Dr. Ahmad", "Dr.", "Ahmad"),
    ("الملازم أول أحمد حسن علي", "الملازم أول", "أحمد"), ("الحاج محمد علي حسن", "الحاج", "محمد"),
    ("старший лейтенант Іван Петрович Петренко", "старший лейтенант", "Іван"),
    ("штаб-сержант Іван Петренко", "штаб-сержант", "Іван"),
    ("Haji Gul Agha", "Haji", "Gul"), ("Mrs. Jane Roe", "Mrs.", "Jane"), ("Ahmad Hasan", "", "Ahmad"),
])
def test_a_title_is_no_part_of_the_name(cell: str, title: str, given: str) -> None:
    name = parse(cell)
    assert (name.title, name.given) == (title, given) and name.original == cell


@pytest.mark.parametrize("cell", ["Sheikh Ali", "Major Singh", "Imam Hasan"])
def test_what_is_also_a_name_stays_where_one_word_would_be_left(cell: str) -> None:
    assert parse(cell).given == cell.split()[0]


def test_honorifics_are_known_by_the_habit_of_a_list() -> None:
    burmese = ["Ko Aung Kyaw", "Ma Thida Soe", "U Hla Min", "Daw Khin Win", "Ko Zaw Lin"]
    libyan = ["Daw Salem Ali", "Ahmad Salem", "Fatima Daw", "Khaled Omar", "Salem Ali Omar"]
    assert without("Ko Aung Kyaw", honorifics(burmese)) == "Aung Kyaw"
    assert without("Ko", honorifics(burmese)) == "Ko", "a name is left"
    assert not honorifics(libyan), "Daw is a name in Libya"


@pytest.mark.parametrize(("heading", "order"), [
    ("Prezime (ime oca) ime", ("family", "father", "given")), ("Ime (ime oca) prezime", ("given", "father", "family")),
    ("Apellidos y nombres", ("family", "given")), ("Прізвище, ім'я, по батькові", ("family", "given", "father")),
    ("Soyadı, Adı", ("family", "given")), ("Name", ()), ("Full name", ()), ("Father's name", ()),
])
def test_a_heading_tells_the_order_of_names(heading: str, order: tuple[str, ...]) -> None:
    assert order_said(heading) == order


def test_a_cell_is_read_as_its_heading_says_only_where_it_is_written_so() -> None:
    heading = "Prezime (ime oca) ime"
    assert in_order("Delić (Sead) Amra", heading) == {"family": "Delić", "father": "Sead", "given": "Amra"}
    assert in_order("Delić Amra", heading) == {}
    assert in_order("García Luis", "Apellidos y nombres") == {"family": "García", "given": "Luis"}
    assert in_order("García López Luis", "Apellidos y nombres") == {}, "nobody can tell where the family name ends"
    assert in_order("Luis, García", "Apellidos y nombres") == {}, "a comma has an order of its own"


def test_a_family_name_in_ic_is_no_patronymic() -> None:
    assert parse("Amra Mehmedović").family == "Mehmedović" and parse("Amra Mehmedovic").family == "Mehmedovic"
    assert parse("Ivan Petrovych").father == "Petrovych"


@pytest.mark.parametrize(("dotted", "bare"), [("Hodžić", "Hodzic"), ("Šefika", "Sefika"), ("Đemal", "Demal"),
                                              ("Şahîn", "Sahin")])
def test_a_name_without_its_diacritics(dotted: str, bare: str) -> None:
    assert undotted(dotted) == bare and normal(undotted(dotted)) == normal(bare)


def test_two_names_run_together_are_two() -> None:
    assert (parse("SenadHalilović").given, parse("SenadHalilović").family) == ("Senad", "Halilović")
    assert parse("McDonald").given == "McDonald"
