"""Sound sentences said in other ways: none of them may be refused."""
from __future__ import annotations

import re
from collections.abc import Iterator

from tests.mutations.findings import HELD, PHRASES
from tests.mutations.numbers import NAMES, name, plain_tolls

from bearwitness.model.case import Case
from bearwitness.seal.takein import Taken

FRAMES = ("According to {who}, {says} [@{ref}].", "{Who} says this: {says} [@{ref}].", "{Who} reports that {says} [@{ref}].",
          "In the account of {who}, {says} [@{ref}].", "{Who} maintains: {says} [@{ref}].")
# Words of a record that carry their own burden in a sentence (hours want a zone, negatives a search, and so on).
BURDENED = re.compile(r"\d{1,2}:\d\d|\bdozens\b|\bnone\b|\bonly\b|\bnever\b|\bprohibited\b|\bno \w|\bevery\b|\ball\b|"
                      r"\bnot\b|aerial photograph|\d{4}-\d{2}-\d{2}|disproportion|independent|war crime|-?\d+\.\d{3}", re.I)
ABOUTS = ("object", "effect", "munition-count", "aircraft", "control", "attacker", "scope", "method", "image",
          "prior-strikes", "denial", "reply", "object-use", "media", "interviews", "context", "recommendation")


def records(case: Case) -> Iterator[tuple[str, str]]:
    """What a record says, told as its speaker's, in five frames."""
    for row in case.assertions.values():
        speaker = case.speaker(row.by)
        document = case.documents.get(row.doc)
        if row.about not in ABOUTS or speaker is None or BURDENED.search(row.says) or speaker.kind == "team":
            continue
        if (document is not None and document.recalled) or (row.incident == "?" and row.about in ("effect", "object")):
            continue
        who = speaker.shown.split(" (")[0]
        place = row.incident if row.incident in case.incidents else "method"
        for frame in FRAMES:
            yield place, frame.format(who=who, Who=who[0].upper() + who[1:], says=row.says, ref=row.id)


def tolls(case: Case) -> Iterator[tuple[str, str]]:
    for toll in plain_tolls(case):
        count = toll.figures["killed"]
        least = "at least " if count.open_top else "about " if count.about else ""
        who, where = name(case, toll.by), NAMES[toll.incident]
        number = f"{least}{count.low}"
        for said in (f"{who} gives {number} killed at {where}", f"At {where}, by the account of {who}, {number} people died",
                     f"{who} puts the dead at {number}", f"{number} deaths are reported by {who}",
                     f"{who} recorded {number} dead at {where}"):
            yield toll.incident, f"{said[0].upper()}{said[1:]} [@{toll.id}]."


def held(case: Case) -> Iterator[tuple[str, str]]:
    for ref, (level, place, ways) in HELD.items():
        for way in ways:
            for phrase in PHRASES[level]:
                yield place, f"{phrase} {way} [={ref}]."


def paraphrases(taken: Taken) -> list[tuple[str, str]]:
    """(strike or place, sentence)."""
    return [*held(taken.case), *tolls(taken.case), *records(taken.case)]
