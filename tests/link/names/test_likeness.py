"""How alike two names are: variants of one name stand above two different names, in every pair of scripts."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.list_names import MEN, WOMEN, families
from tests.list_style import SCRIPTS, written

from bearwitness.link.names import align as alignment
from bearwitness.link.names import likeness, likeness_many, same_many, skeleton, skeletons
from bearwitness.link.names.known import known
from bearwitness.link.names.sounds import sounds
from bearwitness.rules import load

MEETING = [
    ["محمد", "Muhammad", "Mohamed", "Mohammad", "Мохаммед", "Mehemed"],
    ["خطيب", "Khatib", "al-Khateeb", "الخطيب", "Хатиб"],
    ["غزال", "Ghazal", "Gazal"],
    ["قدور", "Qadour", "Kadour", "Kaddour"],
    ["شێرکۆ", "Şêrko", "Sherko"],
    ["Коваленко", "Kovalenko"],
    ["عبد الرحمن", "Abdul Rahman", "Abdurrahman", "Абдуррахман"],
    ["صلاح الدين", "Salah al-Din"],
    ["پرویز", "Parviz"],
]
VARIANTS = [
    ("Qadour", "Kadour"),
    ("Khatib", "Khateeb"),
    ("Najjar", "Nadjar"),
    ("Moulay", "Mulay"),
    ("شكري", "Choukri"),
    ("قاسم", "Ghasem"),
    ("جمال", "Gamal"),
    ("رضوان", "Redouane"),
    ("Zaynab", "Zeinab"),
    ("Yousef", "يوسف"),
    ("ظاهر", "Daher"),
    ("فتحي", "Fathi"),
    ("أدهم", "Adham"),
    ("الحسين", "Al-Hussein"),
    ("عبد القادر", "Abdelkader"),
    ("Олексій", "Алексей"),
    ("Hryhorii", "Григорий"),
    ("Volodymyr", "Владимир"),
    ("Микола", "Nikolai"),
    ("Avîn", "ئاڤین"),
    ("Xelîl", "Khalil"),
    ("حوسێن", "Hussein"),
]
DIFFERENT = [
    ("محمد", "محمود"),
    ("Muhammad", "Mahmoud"),
    ("محمد", "Mahmoud"),
    ("حسن", "حسين"),
    ("Hassan", "Hussein"),
    ("حسن", "Hussein"),
    ("أحمد", "حمد"),
    ("Samir", "Samira"),
    ("سمير", "Samira"),
    ("أمين", "أمينة"),
    ("خالد", "خليل"),
    ("Khaled", "Khalil"),
    ("سعد", "سعيد"),
    ("عبد الرحمن", "عبد الرحيم"),
    ("Abdulrahman", "عبد الرحيم"),
    ("Ali", "Adi"),
    ("زياد", "إياد"),
    ("Олександр", "Олексій"),
    ("Іван", "Ігор"),
]


@pytest.mark.parametrize("spellings", MEETING, ids=lambda words: words[1])
def test_skeletons_meet_across_scripts(spellings: list[str]) -> None:
    own = set(skeletons(spellings[0]))
    for text in spellings[1:]:
        assert own & set(skeletons(text)), (spellings[0], text)


@pytest.mark.parametrize(("a", "b"), VARIANTS)
def test_variants_of_one_name_are_alike(a: str, b: str) -> None:
    assert likeness(a, b) >= 0.8


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_two_names_a_letter_apart_are_not(a: str, b: str) -> None:
    assert likeness(a, b) <= 0.6


@pytest.mark.parametrize("culture", [culture for culture in SCRIPTS if culture != "latin"])
def test_in_every_pair_of_scripts_the_nearest_name_is_mostly_the_same_name(culture: str) -> None:
    """Of all given names of a culture, each written in two ways, at least nine of ten find their own spelling first."""
    pool = list(dict.fromkeys(MEN[culture] + WOMEN[culture]))
    size = len(pool)
    i, j = np.divmod(np.arange(size * size), size)
    for one, other in combinations(dict.fromkeys(SCRIPTS[culture]), 2):
        vocabulary = [written(culture, one)(word) for word in pool] + [written(culture, other)(word) for word in pool]
        table = likeness_many(i, j + size, vocabulary).reshape(size, size)
        own = np.diag(table).copy()
        np.fill_diagonal(table, 0)
        assert (own >= table.max(1)).mean() >= 0.93, (one, other)
        assert np.quantile(own, 0.1) >= 0.7, (one, other)
        assert (table > 0.85).sum() / size <= 0.3, (one, other)


def test_rare_families_are_found_again_across_scripts() -> None:
    pool = families("arabic")[:300]
    vocabulary = [written("arabic", "native")(word) for word in pool] + [written("arabic", "press")(word) for word in pool]
    own = likeness_many(np.arange(300), np.arange(300) + 300, vocabulary)
    others = likeness_many(np.arange(300), np.roll(np.arange(300), 7) + 300, vocabulary)
    assert (own >= 0.75).mean() >= 0.97
    assert (others >= 0.75).mean() <= 0.03


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=14), st.text(max_size=14))
def test_likeness_is_a_share_the_same_from_both_sides(a: str, b: str) -> None:
    found = likeness(a, b)
    assert 0 <= found <= 1
    assert found == pytest.approx(likeness(b, a))


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abdhklmnrstuyiegq", min_size=2, max_size=12))
def test_a_part_is_wholly_like_itself(text: str) -> None:
    assert likeness(text, text) == 1
    assert likeness(text.upper(), text) == 1


def test_missing_parts_have_no_likeness() -> None:
    found = likeness_many(np.array([0, -1, 1, 0]), np.array([0, 0, 0, 1]), ["Ahmad", ""])
    assert found[0] == 1
    assert np.isnan(found[1:]).all()
    assert likeness("", "Ahmad") == 0


def test_a_code_beyond_the_vocabulary_is_refused() -> None:
    with pytest.raises(IndexError, match="vocabulary"):
        likeness_many(np.array([0]), np.array([2]), ["a", "b"])


def test_many_pairs_at_once_give_what_pairs_one_by_one_give() -> None:
    """The compiled loop and the interpreted one agree on every pair."""
    pool = [written("arabic", how)(word) for how in ("native", "french", "russian") for word in MEN["arabic"][:40]]
    i, j = np.divmod(np.arange(len(pool) ** 2), len(pool))
    assert len(i) > 2 * alignment.MANY
    together = likeness_many(i, j, pool)
    for start in range(0, len(i), 3001):
        part = slice(start, start + 20)
        assert np.array_equal(together[part], likeness_many(i[part], j[part], pool))


def test_same_many_is_defined_only_for_persons() -> None:
    from bearwitness.link.names import parse

    names = [parse(text) for text in ("Ahmad Omar", "أحمد عمر", "Unidentified", "Wife of Ahmad Omar")]
    found = same_many(np.array([0, 0, 0]), np.array([1, 2, 3]), names)
    assert found[0] > 0.9
    assert np.isnan(found[1:]).all()


# -- the tables ---------------------------------------------------------------------------------------------


def test_each_pair_of_sounds_stands_once_in_the_table() -> None:
    pairs = [frozenset(pair) for group in load("names/sounds")["near"].values() for pair in group]
    assert all(len(pair) == 2 for pair in pairs)
    assert len(pairs) == len(set(pairs))


def test_every_sound_a_letter_makes_is_one_that_the_tables_know() -> None:
    table = load("names/sounds")
    vowels = set(table["weight"])
    for name in ("arabic", "cyrillic", "latin"):
        for said in table[name].values():
            assert set(said) <= vowels | set(table["classes"]), said


def test_known_names_agree_with_their_spellings_and_disagree_with_each_other() -> None:
    names = load("names/given")["names"]
    for spellings in names.values():
        for text in spellings[1:]:
            assert likeness(spellings[0], text) >= 0.9, (spellings[0], text)
    assert known("Mohammad") == known("محمد") == "muhammad"
    assert known("Hamid") == ""  # حامد or حميد: nobody can tell
    assert sounds("محمد") == "mHmd"
    assert skeleton("Muhammad") == "MHMD"
