"""Rule of attribution (R17): what others say is told as what they say; their words license no stronger ones."""
from __future__ import annotations

from collections.abc import Iterator

from bearwitness.model.records import Assertion
from bearwitness.tell.document import Fault
from bearwitness.tell.refuse.stretch import Stretch


def attributed(s: Stretch) -> Iterator[Fault]:
    """A [@...] stretch told as a fact, or with words that no record of others licenses."""
    if s.kind == "cite":
        strong = s.lexicon.claimed_level(s.text)
        if strong and strong[0] >= 2 and not s.attributed:
            yield s.fault("R17", f"{strong[1]!r} is our word for our findings; a record of others does not license it",
                          words=strong[1], can_say=_says(s))
        elif (words := s.has("intent")) and not s.attributed:
            yield s.fault("R17", f"{words!r} claims an aim that nothing cited establishes", words=words, can_say=_says(s))
        elif not s.reported:
            yield s.fault("R17", "what somebody says is told here as a fact", can_say=_says(s))
    elif s.kind in ("count", "ours") and (words := s.has("intent")):
        yield s.fault("R17", f"{words!r} claims an aim that nothing cited establishes", words=words)


def _says(s: Stretch) -> str:
    for row in s.cited.rows:
        speaker = s.case.speaker(row.by)
        if speaker is not None:
            words = row.says if isinstance(row, Assertion) else row.words
            return f"According to {speaker.shown}, {words} [@{row.id}]."
    return "Name who says so: according to ..."
