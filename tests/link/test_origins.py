"""How many of those who speak speak for themselves: origins, never pages, each joining with its reason."""
from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from tests.world import assertion, case, document, incident, source

from bearwitness.link.origins import origins, roots, say_origins
from bearwitness.model.case import Case, Stated


def speakers(*rows: tuple[str, str], more=()) -> Case:
    return case(*(source(ref, relies_on=edges) for ref, edges in rows), *more, config={"sets": {}})


def test_a_copy_joins_its_original_and_the_reason_is_told():
    found = origins(speakers(("sohr", ""), ("agency", "sohr")), ["sohr", "agency"])
    assert found.groups == (("agency", "sohr"),)
    assert [m.why for m in found.merges] == ["Agency goes back to Sohr"]


def test_two_who_quote_one_witness_are_one_origin_although_he_is_not_cited():
    found = origins(speakers(("ana", ""), ("north", "ana"), ("south", "ana")), ["north", "south"])
    assert found.established == 1
    assert [m.why for m in found.merges] == ["both go back to Ana"]


def test_a_page_that_quotes_two_witnesses_does_not_make_the_two_one():
    found = origins(speakers(("ana", ""), ("ben", ""), ("page", "ana;ben")), ["ana", "ben", "page"])
    assert found.established == 2
    assert found.groups == (("ana", "page"), ("ben", "page"))
    assert found.merges, "the page is joined with each of them, and says so"


def test_pages_in_a_ring_that_share_witnesses_two_by_two_are_one_origin():
    ring = speakers(("a", ""), ("b", ""), ("c", ""), ("x", "a;b"), ("y", "b;c"), ("z", "c;a"))
    assert origins(ring, ["x", "y", "z"]).established == 1


def test_an_edge_that_is_not_known_adds_no_origin_and_is_said():
    world = speakers(("ana", ""), ("blog", "?"))
    found = origins(world, ["ana", "blog"])
    assert found.established == 1 and not found.complete
    assert "independence not known for Blog" in say_origins(world, found)


EDGES = st.lists(st.frozensets(st.integers(0, 4), max_size=3), min_size=1, max_size=7)


@given(EDGES)
def test_the_number_is_the_largest_set_of_speakers_no_two_of_whom_share_a_root(quoted):
    world = speakers(*((f"r{n}", "") for n in range(5)),
                     *((f"s{n}", ";".join(f"r{q}" for q in sorted(those))) for n, those in enumerate(quoted)))
    names = [f"s{n}" for n in range(len(quoted))]
    own = {name: roots(world.edges, name)[0] for name in names}
    largest = max(size for size in range(1, len(names) + 1) for chosen in combinations(names, size)
                  if all(not own[a] & own[b] for a, b in combinations(chosen, 2)))
    assert origins(world, names).established == largest


@given(EDGES, st.randoms())
def test_the_order_in_which_speakers_are_named_changes_nothing(quoted, rng):
    world = speakers(*((f"r{n}", "") for n in range(5)),
                     *((f"s{n}", ";".join(f"r{q}" for q in sorted(those))) for n, those in enumerate(quoted)))
    names = [f"s{n}" for n in range(len(quoted))]
    first = origins(world, names)
    rng.shuffle(names)
    assert origins(world, names) == first


# Alike in their words

SAID = "“the first missile hit the vegetable market at nine in the morning and then two more fell”"


def said(ref: str, by: str, words: str):
    return assertion(ref, "north", "effect", by, "a paraphrase", words=words)


def spoken(*rows) -> Case:
    return case(source("ana", "witness"), source("ben", "witness"), source("carl", "witness"), document(), incident("north"),
                *rows, config={"sets": {}})


def test_two_witnesses_in_the_same_words_are_presumed_one_origin_whatever_their_rows_say():
    world = spoken(said("a1", "ana", SAID), said("b1", "ben", SAID.replace("nine", "about nine")))
    found = origins(world, ["ana", "ben"])
    assert found.established == 1
    assert "nine in the morning and then two more fell" in found.merges[0].why and "[a1; b1]" in found.merges[0].why


def test_two_witnesses_in_their_own_words_stay_two():
    other = "“I was asleep; a blast threw me out of bed, and when I came to the market it was burning everywhere”"
    assert origins(spoken(said("a1", "ana", SAID), said("b1", "ben", other)), ["ana", "ben"]).established == 2


def test_a_paraphrase_by_the_researcher_makes_no_two_speakers_one():
    """Without “ ” the words are ours: of course they are alike."""
    words = SAID.strip("“”")
    assert origins(spoken(said("a1", "ana", words), said("b1", "ben", words)), ["ana", "ben"]).established == 2


def test_likeness_passes_from_one_to_the_next():
    tail = "and then two more fell on the street where the bakers have their ovens near the old bridge"
    world = spoken(said("a1", "ana", SAID), said("b1", "ben", SAID.strip("”") + " " + tail + "”"),
                   said("c1", "carl", f"“{tail}”"))
    assert origins(world, ["ana", "carl"]).established == 2
    assert origins(world, ["ana", "ben", "carl"]).established == 1


def test_a_likeness_across_scripts_opens_the_question_and_joins_nobody():
    english = "“on 30 September in Talbiseh 17 were killed, 3 children and 4 women, and 72 hurt, said the centre”"
    arabic = "“في 30 أيلول قتل 17 شخصا في تلبيسة بينهم 3 أطفال و 4 نساء وأصيب 72 بحسب المركز”"
    world = spoken(said("a1", "ana", english), said("b1", "ben", arabic))
    found = origins(world, ["ana", "ben"])
    assert found.established == 2 and found.doubtful
    assert "a likeness of their texts is not explained" in say_origins(world, found)
    assert "independent" not in say_origins(world, found)


def test_the_texts_of_held_documents_are_compared_where_one_speaker_alone_speaks_in_them():
    text = SAID.strip("“”")
    rows = (document("p1", held="D001"), document("p2", held="D002"),
            assertion("a1", "north", "effect", "ana", "x", **{"in": "p1"}),
            assertion("b1", "north", "effect", "ben", "y", **{"in": "p2"}))
    sealed = {"sha256": "0" * 64, "size": 1, "media": "text/plain"}
    exhibits = tuple(Stated("exhibit.sealed", ref, sealed | {"id": ref}, "log", n) for n, ref in enumerate(("D001", "D002")))
    world = spoken(*exhibits, *rows)
    assert origins(world, ["ana", "ben"]).established == 2, "nothing can be read"
    again = spoken(*exhibits, *rows)
    again.text_of = lambda exhibit: text
    assert origins(again, ["ana", "ben"]).established == 1
