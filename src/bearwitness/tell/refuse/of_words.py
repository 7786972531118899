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
        elif not s.reported and not _our_look(s) and (s.cited.rows or not s.cited.searches):
            yield s.fault("R17", "what somebody says is told here as a fact", can_say=_says(s))
    elif s.kind in ("count", "ours") and (words := s.has("intent")):
        yield s.fault("R17", f"{words!r} claims an aim that nothing cited establishes", words=words)


def both(s: Stretch) -> Iterator[Fault]:
    """R17: how probable, and how well founded, in one sentence of ours: two scales that a reader would multiply."""
    likely, sure = s.lexicon.has("likelihood", s.text), s.lexicon.has("confidence", s.text)
    if s.kind in ("ours", "count") and likely is not None and sure is not None:
        yield s.fault("R17", f"{likely[0]!r} is a likelihood and {sure[0]!r} a confidence: a sentence carries one of them",
                      words=f"{likely[0]} ... {sure[0]}",
                      mend="Say how far the grounds carry it, in the words of its level.")


def _our_look(s: Stretch) -> bool:
    """What one of the team saw in an exhibit that is held: told as seen, with who looked in the note."""
    rows = s.cited.assertions
    return bool(rows) and len(rows) == len(s.cited.rows) and all(
        x.kind == "team" for x in s.speakers) and all(r.doc in s.case.exhibits or r.doc in s.case.documents
                                                     and s.case.documents[r.doc].held for r in rows)


def _says(s: Stretch) -> str:
    for row in s.cited.rows:
        speaker = s.case.speaker(row.by)
        if speaker is not None:
            words = row.says if isinstance(row, Assertion) else row.words
            return f"{speaker.shown} says: {words} [@{row.id}]."
    return "Name who says so: according to ..."
