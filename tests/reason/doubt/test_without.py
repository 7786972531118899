"""One thing left out at a time: what falls with it, and what does not."""
from __future__ import annotations

from tests.reason.weighed import finding, world
from tests.world import assertion, document

from bearwitness.model.case import Stated
from bearwitness.reason.doubt import of, say
from bearwitness.reason.doubt.without import Dependence
from bearwitness.reason.standards import standard_of


def left_out(case, kind: str) -> dict[str, Dependence]:
    return {d.ids[0]: d for d in of(case, standard_of(case), "f").dependences if d.kind == kind}


def test_a_page_takes_its_reprints_with_it_and_a_reprint_takes_nothing_else():
    case = world(document("first"), document("again", copies="first"), document("third", copies="again"),
                 assertion("x1", "north", "effect", "ana", "x", **{"in": "first"}),
                 assertion("x2", "north", "effect", "paper", "y", **{"in": "third"}), finding(for_=["x1", "x2"]))
    found = left_out(case, "document")
    assert set(found["first"].refs) == {"x1", "x2"} and found["first"].after == 0
    assert set(found["third"].refs) == {"x2"} and found["third"].after == 1


def test_a_sealed_file_takes_every_document_that_was_read_in_it():
    sealed = Stated("exhibit.sealed", "D001", {"id": "D001", "sha256": "0" * 64, "size": 1, "media": "text/html"}, "log", 1)
    case = world(sealed, document("p1", held="D001"), document("p2", held="D001"),
                 assertion("x1", "north", "effect", "ana", "x", **{"in": "p1"}),
                 assertion("x2", "north", "effect", "paper", "y", **{"in": "p2"}),
                 assertion("x3", "north", "effect", "lab", "z", **{"in": "D001"}), finding(for_=["x1", "x2", "x3"]))
    (one,) = left_out(case, "exhibit").values()
    assert (one.before, one.after, set(one.refs)) == (2, 0, {"x1", "x2", "x3"})


def test_a_person_takes_those_who_go_back_to_him():
    case = world(finding(for_=["c1", "m1"]))
    assert left_out(case, "person")["ana"].refs == ("c1", "w1"), "the copy, and what excludes the rival"
    assert left_out(case, "person")["ana"].after == 1


def test_evidence_against_that_falls_raises_the_level_and_is_not_called_critical():
    case = world(finding(for_=["w1", "m1"], against=["r1"]))
    (one,) = [d for d in of(case, standard_of(case), "f").dependences if d.ids == ("rescue",) and d.kind == "origin"]
    assert (one.before, one.after, one.critical) == (1, 2, False)


def test_a_finding_on_nothing_says_so():
    case = world(finding(for_=[]))
    assert any("Nothing that can ground it" in text for text in say(of(case, standard_of(case), "f")))


def test_an_origin_that_carries_a_rivals_exclusion_is_critical_although_it_grounds_nothing():
    case = world(finding(for_=["m1", "r1"], rivals=[{"text": "another day", "excluded_by": ["w1"]}]))
    found = left_out(case, "origin")
    assert found["ana"].after == 1 and found["ana"].critical
