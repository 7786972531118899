"""Statements of one body by date: a change is shown and not judged."""
from __future__ import annotations

from tests.example import taken
from tests.reason.procedures.cases import case_of, row

from bearwitness.reason.claim_words import say_claim
from bearwitness.reason.procedures.drift import chain_of, drift_of, say_drift, statements_of
from bearwitness.reason.standards import Standard


def test_from_no_cluster_bombs_to_lawful_means_of_warfare() -> None:
    """The example: denied on 23 December 2015, called lawful in December 2016."""
    case = taken().case
    found = {drift.subject: drift for drift in drift_of(case, "mod")}
    drift = found["cluster munitions"]
    assert [s.ref for s in drift.statements][-1] == "o-drift" and drift.changes[-1][1] == "o-drift"
    said = "\n".join(say_drift(case, drift))
    assert "23 December 2015" in said and "December 2016" in said and "no contradiction by itself" in said


def test_a_claim_on_the_subject_prints_the_change() -> None:
    case = taken().case
    said = "\n".join(say_claim(case, Standard(case.config.standard), case.claims["mod-answer"]))
    assert "lawful means of warfare" in said


def test_a_ministry_and_its_spokesman_are_one_body_and_a_broadcaster_is_not() -> None:
    case = case_of({}, row("d1", "denial", "min", "no hospital was hit", how="party", as_of="2015-10-21"),
                   row("d2", "denial", "spok", "the hospital was a base", how="party", as_of="2015-11-21"),
                   row("d3", "denial", "tv", "no hospital there", how="party", as_of="2015-12-21"))
    assert {s.by for s in statements_of(case, "min")} == {"min", "spok"}
    assert [d.subject for d in drift_of(case, "min") if d.changes] == ["hospitals"]


def test_the_chain_at_the_mosque_runs_from_the_command_post_to_the_picture() -> None:
    """On 1 October a command post destroyed, on 30 October a mosque undamaged: both are printed, neither is judged."""
    case = taken().case
    chain = chain_of(case, case.claims["gs-mosque"])
    assert "c-own" in {s.ref for s in chain} and not any(s.ref.startswith("gs-mosque") for s in chain)
    assert chain_of(case, case.claims["russia-terror"]) == (), "a claim about all six is no chain"


def test_two_statements_that_say_the_same_are_no_change() -> None:
    case = case_of({}, row("d1", "denial", "min", "no hospital was hit", how="party", as_of="2015-10-21"),
                   row("d2", "denial", "spok", "the hospital was not hit", how="party", as_of="2015-11-21"))
    assert not [d for d in drift_of(case, "min") if d.changes]
