"""Mutations of consent, of what is held, of exact words, and of looking: withdrawn, altered, reworded, left out."""
from __future__ import annotations

from collections.abc import Iterator

from tests.mutations.findings import Mutation
from tests.mutations.ground import changed

from bearwitness.seal.takein import Taken

NOTE = "INT-001"
TOLD = ("A market worker told us that the stalls were open [@INT-001 p1].",
        "A market worker said that the street was full of people [@INT-001 p1].",
        "According to a market worker, an aircraft was heard [@INT-001 p2].",
        "A market worker described dust after an aircraft [@INT-001 p2].")
QUOTED = "> “The stalls were open and the street was full of people”, a market worker said [@INT-001 p1]."


def consent(taken: Taken) -> Iterator[Mutation]:
    use = taken.case.stated[NOTE].body["consent"]
    refused = {**use, "publish-anonymised": ["no", "2016-01-20"]}
    later = {**use, "publish-anonymised": ["no", "2016-03-01"]}
    gone = {k: v for k, v in use.items() if k != "publish-anonymised"}
    for sound in TOLD:
        for kind, code, cells in (("consent refused", "R21", refused), ("consent withdrawn", "D16", later),
                                  ("consent missing", "R21", gone)):
            case = changed(taken, NOTE, consent=cells)  # type: ignore[arg-type]
            yield Mutation(kind, code, "ariha", sound, sound, case, {}, taken.case)
        yield Mutation("consent withdrawn", "D16", "ariha", sound, sound, taken.case,
                       {"withdrawn": [(NOTE, "publish-anonymised")]}, taken.case)
        named = sound.replace("A market worker", "Aspen").replace("a market worker", "aspen")
        yield Mutation("code name printed", "R20", "ariha", sound, named, taken.case)
    mute = {**use, "verbatim": ["no", "2016-01-20"]}
    yield Mutation("consent refused", "R21", "ariha", QUOTED, QUOTED, changed(taken, NOTE, consent=mute), {},  # type: ignore[arg-type]
                   taken.case)
    for worse in ("“The stalls were shut and the street was full of people”", "“The stalls were open and the street was "
                  "full of soldiers”", "“The stalls were open and the road was full of people”"):
        text = f"> {worse}, a market worker said [@INT-001 p1]."
        yield Mutation("quotation reworded", "D10", "ariha", QUOTED, text, taken.case)


def radius(taken: Taken) -> Iterator[Mutation]:
    """No military target: the radius left out of the sentence, or radius, window or observers out of the record."""
    for place in ("talbiseh", "ghantu", "sarmin", "ariha"):
        ref = f"zz-near-{place}"
        row = taken.case.assertions[ref]
        assert row.radius_m is not None
        sound = (f"Within {row.radius_m:.0f} m there was no military target that day, two observers of the Watch Post say "
                 f"[@{ref}].")
        for text in ("There was no military target in the vicinity that day, two observers of the Watch Post say [@{}].",
                     "Nearby stood no military target that day, two observers of the Watch Post say [@{}].",
                     "The place had no military objective, two observers of the Watch Post say [@{}]."):
            yield Mutation("radius removed", "R26", place, sound, text.format(ref), taken.case)
        for cell in ("radius_m", "window", "observers"):
            without = changed(taken, ref, **{cell: None})
            yield Mutation(f"{cell} removed", "R26", place, sound, sound, without, {}, taken.case)


def altered(taken: Taken) -> Iterator[Mutation]:
    sentences = {"D001": "The Syrian Archive says that its collection holds documentation of 1418 attacks [@x-sa].",
                 "D003": "The Syrian Archive writes that gaps exist [@x-sa-gap].",
                 "D002": "The Syrian Archive writes that its datasets are a best present understanding [@x-sa-err].",
                 "P001": "The two mosques are drawn 634 m apart, as our own drawing has it [@c-draw]."}
    for exhibit, sound in sentences.items():
        yield Mutation("a byte changed", "R23", "jisr", sound, sound, taken.case, {"altered": [exhibit]}, taken.case)
