"""Near-identical phrases: found in every script that a case may hold, and not where two people only say the same thing."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.link.likeness import Index, Text, find
from bearwitness.link.likeness_words import fold, read, skeleton

# One sentence of ours in four scripts, each written twice: with and without what editors change.
TWICE = [
    ("Latin", "Le premier missile a frappé le marché aux légumes à neuf heures, puis deux autres sont tombés dans la rue",
     "LE PREMIER MISSILE A FRAPPE LE MARCHE AUX LEGUMES A NEUF HEURES puis deux autres sont tombes dans la rue"),
    ("Arabic", "أصاب الصاروخ الأوّل سوق الخضار عند الساعة ٩ صباحًا ثم سقط صاروخان آخران في الشارع قرب المخبز",
     "اصاب الصاروخ الاول سوق الخضار عند الساعة 9 صباحا ثم سقط صاروخان اخران في الشارع قرب المخبز"),
    ("Cyrillic", "Первая ракета попала в овощной рынок в девять утра, а затем ещё две упали на улицу",
     "первая ракета попала в овощной рынок в девять утра а затем еще две упали на улицу"),
    ("Burmese", "ပထမဒုံးကျည်သည် နံနက် ၉ နာရီတွင် ဟင်းသီးဟင်းရွက်ဈေးကို ထိမှန်ပြီး နောက်ထပ်နှစ်လုံး လမ်းပေါ်ကျခဲ့သည်",
     "ပထမဒုံးကျည်သည် နံနက် 9 နာရီတွင် ဟင်းသီးဟင်းရွက်ဈေးကို ထိမှန်ပြီး နောက်ထပ်နှစ်လုံး လမ်းပေါ်ကျခဲ့သည်"),
]


@pytest.mark.parametrize(("script", "one", "other"), TWICE, ids=[row[0] for row in TWICE])
def test_a_copy_is_found_in_each_script_through_case_accents_digits_and_letter_forms(script, one, other):
    found = find([Text("a", "x", one), Text("b", "y", other)])
    assert [alike.kind for alike in found] == ["copy"]
    assert found[0].shared


def test_a_long_quotation_inside_two_different_texts_is_found_and_shown():
    quoted = "we dug with our hands because nobody had any machine left to lift the roof"
    a = f"A rescuer told the network by telephone yesterday: {quoted}. The network counts eleven attacks on such places."
    b = f"{quoted}, one man remembers; the agency could not reach the hospital, and the ministry did not answer its letter."
    (alike,) = find([Text("a", "x", a), Text("b", "y", b)])
    assert alike.kind == "quotation" and alike.shared == quoted


def test_a_copy_with_a_word_changed_in_every_line_is_still_a_copy_and_says_how_much_of_it():
    words = [f"{a}{b}{c}" for a in "bcdfg" for b in "aeiou" for c in "lmnp"][:64]
    other = [word if n % 16 else "changed" for n, word in enumerate(words)]
    (alike,) = find([Text("a", "x", " ".join(words)), Text("b", "y", " ".join(other))])
    assert alike.kind == "copy" and "per cent of the shorter text" in alike.why
    half = [word if n % 8 else "changed" for n, word in enumerate(words)]
    assert find([Text("a", "x", " ".join(words)), Text("b", "y", " ".join(half))]) == [], "eight in a row are no quotation"


def test_one_speaker_repeating_himself_is_no_likeness():
    assert find([Text("a", "x", TWICE[0][1]), Text("b", "x", TWICE[0][1])]) == []


def test_two_honest_counts_in_one_language_are_two():
    a = "Seventeen people were killed on 30 September, among them 3 children and 4 women; 72 were hurt, our office counted."
    b = "We buried 17 that day. Three of them were children, four were women. The clinic wrote down 72 wounded by evening."
    assert find([Text("a", "x", a), Text("b", "y", b)]) == []


def test_short_texts_show_nothing():
    assert find([Text("a", "x", "at least eighteen were killed"), Text("b", "y", "at least eighteen were killed")]) == []


def test_numbers_in_another_order_are_no_translation():
    english = "in Talbiseh 17 were killed, 3 children and 4 women, and 72 hurt"
    arabic = "في تلبيسة أصيب 72 وقتل 4 نساء و 3 أطفال و 17 رجلا في حمص"
    assert find([Text("a", "x", english), Text("b", "y", arabic)]) == []


def test_a_name_has_one_skeleton_in_three_scripts():
    assert skeleton(fold("Talbiseh")) == skeleton(fold("تلبيسة")) == skeleton(fold("Талбиса"))


def test_a_longest_text_costs_no_more_than_a_second():
    import time
    words = [f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676 % 26)}" for n in range(20_000)]
    texts = [Text("a", "x", " ".join(words)), Text("b", "y", " ".join(reversed(words)))]
    started = time.process_time()
    find(texts)
    assert time.process_time() - started < 2


WORDS = st.lists(st.sampled_from(["smoke", "market", "نار", "дым", "bread", "nine", "12", "roof"]), min_size=8, max_size=40)


@given(st.lists(st.tuples(st.sampled_from("xyz"), WORDS), max_size=6))
def test_an_index_that_was_changed_step_by_step_is_as_one_made_at_once(rows):
    texts = [Text(f"t{n}", speaker, " ".join(words)) for n, (speaker, words) in enumerate(rows)]
    index = Index()
    for text in texts:
        index.add(Text(text.ref, text.speaker, "something else that was said before, and not these words at all, ever"))
    for text in texts:
        index.add(text)
    assert index.all() == find(texts)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    words = read(text, 5)
    assert len(words.shingles) <= max(0, len(words.tokens) - words.size + 1)
