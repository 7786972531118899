"""Two names held against each other: what a list leaves out or turns round does not make two people of one."""

from __future__ import annotations

import numpy as np
import pytest

from bearwitness.link.names import Frequencies, parse, same_many, same_name


def score(a: str, b: str) -> float:
    return same_name(parse(a), parse(b)).score


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("محمد أحمد الخطيب", "Mohammed Ahmad al-Khateeb"),
        ("محمد أحمد الخطيب", "محمد الخطيب"),
        ("محمد أحمد الخطيب", "Mohammed al-Khateeb"),
        ("محمد أحمد خالد الخطيب", "محمد احمد الخطيب"),
        ("Шевченко Тарас Григорович", "Taras Shevchenko"),
        ("Коваленко Олександр Іванович", "Александр Иванович Коваленко"),
        ("Khatib Ahmad", "Ahmad Khatib"),
        ("شێرکۆ عەلی", "Sherko Ali"),
        ("Abd al-Rahman Omar", "عبدالرحمن عمر"),
        ("Ahmad Omar (Abu Khaled)", "أحمد عمر"),
    ],
)
def test_one_name_in_two_lists(a: str, b: str) -> None:
    assert score(a, b) >= 0.85


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("محمد أحمد الخطيب", "محمود أحمد الخطيب"),
        ("Hassan Ali Khatib", "Hussein Ali Khatib"),
        ("Fatima Ahmad Omar", "Zainab Ahmad Omar"),
        ("Олена Іванівна Коваленко", "Олександр Іванович Коваленко"),
    ],
)
def test_brothers_and_sisters_stay_below_one_name_in_two_lists(a: str, b: str) -> None:
    found = same_name(parse(a), parse(b))
    assert found.score < 0.85
    assert found.given is not None and found.given <= 0.6
    assert found.against


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Wife of Khaled Omar", "Khaled Omar"),
        ("Unidentified 1", "Unidentified 1"),
        ("Family of Omar", "Omar Khaled"),
        ("Wife of Khaled Omar", "Son of Khaled Omar"),
        ("Son of Khaled Omar 1", "Son of Khaled Omar 2"),
    ],
)
def test_placeholders_never_agree_with_people_nor_with_other_placeholders(a: str, b: str) -> None:
    found = same_name(parse(a), parse(b))
    assert found.score == 0
    assert found.against


def test_two_mentions_of_one_placeholder_agree_across_scripts() -> None:
    assert score("Wife of Khaled Omar", "زوجة خالد العمر") >= 0.85


def test_the_turned_order_is_told() -> None:
    found = same_name(parse("Khatib Ahmad"), parse("Ahmad Khatib"))
    assert found.swapped
    assert found.score < 1


def test_many_names_at_once_score_as_one_by_one() -> None:
    texts = [
        "محمد أحمد الخطيب",
        "Mohammed al-Khateeb",
        "Hassan Ali",
        "Ali Hassan",
        "Ahmad",
        "Ahmad Omar Khaled Yousef Salem",
        "فاطمة علي",
    ]
    names = [parse(text) for text in texts]
    i, j = np.divmod(np.arange(len(names) ** 2), len(names))
    single = [same_name(names[a], names[b]).score for a, b in zip(i, j, strict=True)]
    assert same_many(i, j, names) == pytest.approx(single, abs=1e-3)


# -- rarity -------------------------------------------------------------------------------------------------


def test_a_shared_rare_name_weighs_more_than_a_common_one_in_any_spelling() -> None:
    found = Frequencies.of(["محمد", "Mohammad", "Muhammed", "Mohamed", "حسن", "Hussein", "Zakwan", ""])
    assert found.total == 7
    assert found.weight("Мохаммед") == pytest.approx(np.log2(7 / 4))
    assert found.weight("زكوان") == found.weight("Zakwan") == pytest.approx(np.log2(7))
    assert found.weight("حسن") == found.weight("حسين")  # one cell each: Hassan and Hussein are not counted together
    assert found.weight("") == 0


def test_a_name_never_seen_weighs_most() -> None:
    found = Frequencies.of(["Ahmad"] * 9 + ["Qays"])
    assert found.weight("Taras") > found.weight("Qays") > found.weight("Ahmad")
    assert list(found.shares(["Ahmad", "Qays"])) == [0.9, 0.1]
