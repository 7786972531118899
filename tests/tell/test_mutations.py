"""What an opponent would do to a sound report, one change at a time: each is refused by name; a paraphrase never is.

The sentences were written from the method and the list of refusals, before the rules of R11, R12, R14-R16, R18 and
R25. The first run over them is in the decision page; what is printed here is this run, with Wilson intervals.
"""
from __future__ import annotations

from collections import Counter, defaultdict
from math import sqrt

import pytest
from tests.mutations import findings, law, numbers, people
from tests.mutations.findings import Mutation
from tests.mutations.ground import faults, ground
from tests.mutations.paraphrases import paraphrases

from bearwitness.seal.takein import Taken

MAKERS = (findings.ladder, findings.held_badly, findings.origins_merged, findings.two_origins, findings.parts_dropped,
          numbers.figures, numbers.sums, numbers.earlier, numbers.zones, numbers.points, law.sentences, people.consent,
          people.radius, people.altered)


def wilson(good: int, tried: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a rate (Wilson 1927)."""
    rate, n = good / tried, tried
    middle = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(rate * (1 - rate) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return middle - half, middle + half


def say(what: str, good: int, tried: int) -> str:
    low, high = wilson(good, tried)
    return f"{what} {good}/{tried} ({low:.3f}..{high:.3f})"


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    return ground(str(tmp_path_factory.mktemp("mutations")))


def _codes(one: Mutation, taken: Taken) -> set[str]:
    return {fault.code for fault in faults(one.case, taken, one.draft(one.text), **one.options)}


def test_each_mutation_of_a_sound_sentence_is_refused_by_name(taken: Taken) -> None:
    made = [one for maker in MAKERS for one in maker(taken)]
    assert len(made) >= 300
    clean: dict[str, list[str]] = defaultdict(list)
    missed: dict[str, list[str]] = defaultdict(list)
    refused, right, tried, kinds = 0, 0, 0, Counter[str]()
    for one in made:
        before = {f.code for f in faults(one.sound_case or taken.case, taken, one.draft(one.sound))}
        if before:
            clean[one.kind].append(f"{sorted(before)} {one.sound}")
            continue
        codes = _codes(one, taken)
        tried, kinds[one.kind] = tried + 1, kinds[one.kind] + 1
        refused += bool(codes)
        right += one.code in codes
        if one.code not in codes:
            missed[f"{one.kind} ({one.code})"].append(f"{sorted(codes) or 'passed'}: {one.text}")
    print("\n" + "; ".join((say("refused", refused, tried), say("by the right code", right, tried))), dict(kinds))
    for heading, lists in (("the sentence before was refused itself", clean), ("missed", missed)):
        for kind, examples in sorted(lists.items()):
            print(f"{heading}: {kind}: {len(examples)}", *dict.fromkeys(examples[:6]), sep="\n    ")
    assert tried >= 300 and not clean and not missed


def test_no_paraphrase_of_a_sound_sentence_is_refused(taken: Taken) -> None:
    wrong: list[str] = []
    made = paraphrases(taken)
    assert len(made) >= 300
    for place, sentence in made:
        anchor = f" {{#{place}}}" if place in taken.case.incidents else ""
        found = faults(taken.case, taken, f"## {place}{anchor}\n\n{sentence}\n")
        wrong += [f"{sorted({f.code for f in found})}: {found[0].words} | {sentence}"] if found else []
    print("\n" + say("paraphrases passed", len(made) - len(wrong), len(made)), *wrong, sep="\n    ")
    assert not wrong


def test_an_interval_is_wilsons() -> None:
    low, high = wilson(9, 10)
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)    # E. B. Wilson, JASA 22 (1927) 209-212
