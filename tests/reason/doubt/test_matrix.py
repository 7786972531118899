"""Evidence held against hypotheses: what tells them apart, and what the order rests on."""
from __future__ import annotations

from tests.reason.weighed import finding, held, world

from bearwitness.intake.desk import Desk
from bearwitness.intake.findings import read_finding
from bearwitness.model.reading import read_finding as typed
from bearwitness.model.records import Finding, Reading
from bearwitness.reason.doubt import of, say
from bearwitness.reason.doubt.matrix import matrix
from bearwitness.reason.standards import standard_of

PAGE = """---
about: north
by: researcher-1
reviewed: researcher-2
grade: Weak because the two may be one
---
An aircraft struck the market.

for: [@w1; @m1]
against: [@r1]
rival: H3 another air force struck; open
rival: a gas bottle burst; excluded by [@e1]
needs: [@g]
fits: H3 consistent [@w1; @m1]; inconsistent [@e1]
fits: rival 2 strongly inconsistent [@w1]; neutral [@m1]
fits: finding C [@e1]
dissent: counsel-1; the crater was seen by nobody who measured it
"""


def read(text: str = PAGE) -> tuple[Finding | None, Desk]:
    desk = Desk()
    page = read_finding("findings/f.md", "f", text, desk)
    return (typed(page.body, Reading()) if page is not None and not desk.problems else None), desk


def test_a_finding_page_states_its_cells_its_needs_its_dissent_and_its_grade():
    found, desk = read()
    assert found is not None, desk.problems
    assert [(r.standing, r.text) for r in found.rivals] == [("H3", "another air force struck"), ("", "a gas bottle burst")]
    assert found.needs == ("g",) and (found.grade, found.grade_because) == ("Weak", "the two may be one")
    assert found.dissent[0].by == "counsel-1"
    grid = matrix(found)
    assert grid.cells["w1", "H3"] == "C" and grid.cells["w1", "rival 2"] == "II" and grid.cells["e1", "finding"] == "C"
    assert not desk.questions


def test_faults_in_the_cells_are_refused_with_their_line():
    for line, said in (("fits: H3 maybe [@w1]", "how the evidence fits"), ("fits: [@w1]", "which hypothesis"),
                       ("fits: H3", "no evidence"), ("dissent: counsel-1", "who dissents and why"),
                       ("needs: nothing", "only references")):
        _, desk = read(PAGE + line + "\n")
        assert [p for p in desk.problems if said in p.message and p.where == "findings/f.md:18"], line


def test_cells_for_a_hypothesis_that_is_not_there_are_refused():
    import pytest

    from bearwitness.model.cells import BadCell
    page = read_finding("findings/f.md", "f", PAGE.replace("fits: H3", "fits: H5"), Desk())
    assert page is not None
    with pytest.raises(BadCell, match="H5"):
        typed(page.body, Reading())


def test_an_old_finding_has_its_matrix_without_a_word_more():
    case = world(finding(for_=["w1", "m1"], against=["r1"]))
    grid = matrix(case.findings["f"])
    assert grid.cells == {("w1", "finding"): "C", ("m1", "finding"): "C", ("r1", "finding"): "I", ("w1", "rival 1"): "I"}
    assert grid.empty == 2


def test_what_fits_every_hypothesis_alike_tells_nothing_apart_and_is_said():
    case = world(finding(for_=["w1", "m1"], fits=[{"hypothesis": "rival 1", "score": "C", "refs": ["m1"]}]))
    grid = matrix(case.findings["f"])
    assert grid.diagnosticity("m1") == 0 and grid.diagnosticity("w1") == 1
    words = " ".join(say(of(case, standard_of(case), "f")))
    assert "The record m1 fits every explanation it is held against alike" in words


def test_the_one_record_that_carries_the_order_is_named():
    case = world(finding(for_=["w1", "m1"]))
    assert matrix(case.findings["f"]).carrying() == ("w1",), "without it the rival has as little against it"
    both = world(finding(for_=["w1", "m1"], rivals=[{"text": "x", "excluded_by": ["w1", "m1"]}]))
    assert matrix(both.findings["f"]).carrying() == ()


def test_dissent_is_read_aloud_whatever_the_level():
    case = world(finding(for_=["w1", "m1"], reviewed="researcher-2",
                         dissent=[{"by": "counsel-1", "words": "the admission reaches the town only"}]))
    assert held(case).computed.number == 2
    words = " ".join(say(of(case, standard_of(case), "f")))
    assert "Dissent: counsel-1 does not hold this finding: the admission reaches the town only" in words
