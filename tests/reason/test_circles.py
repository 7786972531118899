"""Grounds that go in a circle are found, each once, and named."""
from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.reason.weighed import finding, world
from tests.world import document

from bearwitness.model.case import Stated
from bearwitness.reason.circles import circle_of, circles
from bearwitness.reason.findings import weigh
from bearwitness.reason.standards import standard_of


def claim(against: list[str]) -> Stated:
    body = {"id": "denial", "by": "ministry", "in": "doc", "date": "2015-12-01", "about": "north", "title": "No strike",
            "reply": "not asked", "reason": "made up", "parts": [{"id": "a", "text": "no strike", "kind": "harm",
                                                                  "against": against}]}
    return Stated("claim.stated", "denial", body, "claims/denial.md", 1)


def test_a_circle_through_a_claim_part_is_found_with_its_way():
    case = world(claim(["f"]), finding(for_=["denial.a"]))
    assert circle_of(case, "f") == ("f", "denial.a", "f")
    assert [c.members for c in circles(case)] == [("f", "denial.a", "f")]


def test_a_contradiction_that_rests_on_the_author_of_the_allegation_is_one_speakers_word():
    (circle,) = circles(world(claim(["c1"]), finding(for_=["w1"])))
    assert circle.kind == "contradiction" and "one speaker's word" in circle.words


def test_a_contradiction_by_somebody_else_is_none():
    assert circles(world(claim(["m1"]), finding(for_=["w1"]))) == []


def test_an_allegation_with_two_origins_is_not_one_speakers():
    assert circles(world(claim(["w1"]), finding(for_=["w1", "m1"]))) == []


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12))
def test_any_web_of_findings_is_weighed_to_an_end_and_every_circle_is_named(edges):
    rests = {n: [f"f{b}" for a, b in edges if a == n] for n in range(6)}
    case = world(*(finding(f"f{n}", for_=["w1", *refs]) for n, refs in rests.items()), document("other"))

    def reaches(start: int) -> set[int]:
        seen: set[int] = set()
        todo = [b for a, b in edges if a == start]
        while todo:
            node = todo.pop()
            if node not in seen:
                seen.add(node)
                todo += [b for a, b in edges if a == node]
        return seen
    for n in range(6):
        one = weigh(case, standard_of(case), case.findings[f"f{n}"])
        assert one.computed.number == 1, "one witness, however often he is cited"
        assert bool(circle_of(case, f"f{n}")) == (n in reaches(n)) == any(code == "R04" for code, _ in one.faults)
