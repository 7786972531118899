"""Rule of pictures (R11): a caption is a statement of the one who shows the picture; it dates nothing by itself.

What bounds a date: something in the picture that is dated by others, or a catalogue that is not its owner's.
"""
from __future__ import annotations

import re
from collections.abc import Iterator

from bearwitness.model.records import Assertion
from bearwitness.tell.document import Fault
from bearwitness.tell.numbers import dates_in
from bearwitness.tell.refuse.stretch import Stretch

_REACH = 48   # letters between the word for a picture and its date
_WAS = re.compile(r"\b(?:was|were|been|is|are)\b", re.IGNORECASE)


def dated_by_caption(s: Stretch) -> Iterator[Fault]:
    """R11: a picture told with a date that only the one who shows it gives."""
    if s.kind not in ("cite", "ours", "count") or s.cited.parts:
        return
    shown = [row for row in s.cited.assertions if row.about == "image"]
    if s.kind == "ours" and any(_features(s, ref) for f in s.cited.findings for ref in f.supporting):
        return
    from_above = s.lexicon.has("from_above", s.text + " ".join(row.says for row in shown)) is not None
    for picture in s.lexicon.word["image"].finditer(s.text) if shown or from_above else ():
        for dated in dates_in(s.text[picture.end():]):
            between = s.text[picture.end():].split(dated.words, 1)[0]
            if _told_as_fact(s, picture, between) and not any(_by_features(row) for row in shown):
                yield s.fault("R11", f"the date {dated.words} of this picture is the word of the one who shows it",
                              words=f"{picture[0]}{between}{dated.words}".strip(), can_say=_says(s, shown, dated.words))
                return
            break


def _told_as_fact(s: Stretch, picture: re.Match[str], between: str) -> bool:
    """`a photograph taken on ...` and `said that the photograph shows ...`, and not `said that it was taken on ...`."""
    if len(between) > _REACH or re.search(r"[.;]", between) or not s.lexicon.has("image_dating", between.strip()):
        return False
    if s.lexicon.has("image_dated_by", between):
        return False
    said = s.lexicon.has("says", s.text[:picture.start()]) is not None
    return not (said and _WAS.search(between))


def _by_features(row: Assertion) -> bool:
    """A record of somebody who looked at the picture and says when it was taken."""
    return row.how in ("expert", "aftermath") and (row.window is not None or bool(dates_in(row.says)))


def _features(s: Stretch, ref: str) -> bool:
    row = s.case.assertions.get(ref)
    return row is not None and row.about == "image" and row.how not in ("party", "hearsay")


def _says(s: Stretch, shown: list[Assertion], day: str) -> str:
    for row in shown:
        speaker = s.case.speaker(row.by)
        if speaker is not None:
            return f"{speaker.shown} showed a picture that it dates to {day} [@{row.id}]."
    return "Say whose date it is: a picture that ... dates to ..."
