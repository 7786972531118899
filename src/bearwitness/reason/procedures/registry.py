"""Which procedure answers to which test name."""
from __future__ import annotations

from collections.abc import Callable

from bearwitness.model.case import Case
from bearwitness.model.records import Part
from bearwitness.reason.procedures.control import wrong_enemy
from bearwitness.reason.procedures.images import image_dated
from bearwitness.reason.procedures.physics import impossible
from bearwitness.reason.procedures.places import different_object, strike_video_elsewhere
from bearwitness.reason.procedures.result import Asked, Result
from bearwitness.reason.procedures.statements import definition_shift, negative_existence, own_words, silence

PROCEDURES: dict[str, Callable[[Asked], Result]] = {
    "different-object": different_object, "image-before-event": image_dated, "image-after-event": image_dated,
    "strike-video-elsewhere": strike_video_elsewhere, "wrong-enemy": wrong_enemy, "own-words": own_words,
    "silence": silence, "impossible": impossible, "negative-existence": negative_existence,
    "definition-shift": definition_shift,
}


def run(case: Case, part: Part) -> Result | None:
    """The outcome of the test that the part names; None where it names none."""
    if not part.test:
        return None
    return PROCEDURES[part.test](Asked(case, case.claims[part.claim], part))
