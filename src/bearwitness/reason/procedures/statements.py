"""M5 own words, M6 silence, M8 negative existence, M9 definition shift: what the speaker and others said."""
from __future__ import annotations

import re

from bearwitness.link.origins import origins, roots, say_origins
from bearwitness.link.places import compare
from bearwitness.model.records import Assertion
from bearwitness.model.where import say_distance
from bearwitness.reason.procedures.drift import one_body, statements_of
from bearwitness.reason.procedures.result import Asked, Result, outcome, refused, say_when
from bearwitness.rules import load


def own_words(asked: Asked) -> Result:
    """Contradicted when the same body said otherwise, unless the statement's target is another one."""
    own = [row for row in asked.assertions(asked.part.opposing) if row.how == "party"
           and one_body(asked.case, row.by, asked.claim.by)]
    if not own:
        return refused("own-words", "a statement of the same body under `against:` (how=party)")
    for row in own:
        if (elsewhere := _other_target(asked, row)):
            return outcome("own-words", "untested", f"The speaker's own statement {row.id} concerns another target: "
                           f"{elsewhere}.", [(row.id, row.says)], rests=(row.id,), strength="weak")
    row = own[0]
    when = f", on {say_when(row.as_of)}" if row.as_of else ""
    reach = f" Its words reach the {row.at}, and no further." if row.at else " How far its words reach is not stated."
    speaker = asked.case.speaker(row.by)
    words = f"The same body said otherwise{when}: {speaker.shown if speaker else row.by}: {row.says}.{reach}"
    return outcome("own-words", "contradicted", words, [(r.id, r.says) for r in own], rests=tuple(r.id for r in own))


def _other_target(asked: Asked, row: Assertion) -> str:
    """How far apart the statement's target and the part's own lie, where both are placed and differ."""
    for placed in asked.assertions((*asked.part.struck, *asked.part.shown)):
        apart = compare(row, placed)
        if apart is not None and apart.different:
            return f"it lies {say_distance(apart.distance)} from the object of this part"
    return ""


def silence(asked: Asked) -> Result:
    """Weak, and never alone: at most consistent with the object having been left out."""
    asked_for = [r for r in asked.case.replies.values() if r.claim in (asked.claim.id, f"{asked.claim.id}.{asked.part.id}")]
    if not asked_for:
        return refused("silence", "a row of the reply ledger that shows that the speaker was asked (replies.csv)")
    row = asked_for[0]
    answered = row.answered.strip().lower() not in ("", "no", "none")
    if answered and asked.part.claimed and re.search(re.escape(asked.part.claimed), row.words, re.IGNORECASE):
        return outcome("silence", "", f"Asked on {row.sent}, the speaker answered and named {asked.part.claimed}: "
                       "this is no silence.", [(row.id, row.words)])
    what = "answered without naming it" if answered else f"had not answered by {row.deadline or 'the day of writing'}"
    return outcome("silence", "", f"Asked on {row.sent}, the speaker {what}. Silence alone carries no verdict.",
                   [(row.id, row.words or "no answer")])


def negative_existence(asked: Asked) -> Result:
    """Contradicted by positive records from before the event; looking and finding nothing confirms nothing."""
    positive = [row for row in asked.assertions(asked.part.opposing) if row.supports != "no"
                and roots(asked.case.edges, row.by)[0] - roots(asked.case.edges, asked.claim.by)[0]]
    before = [row for row in positive if _before(asked, row)]
    searched = [ref for ref in asked.part.supporting if ref in asked.case.searches]
    if before:
        found = origins(asked.case, (row.by for row in before))
        return outcome("negative-existence", "contradicted", f"{say_origins(asked.case, found)} show that it stood there "
                       "before the event.", [(row.id, row.says) for row in before], rests=tuple(row.id for row in before))
    if positive:
        return outcome("negative-existence", "disputed", "Records say that it stood there; none is dated before the event.",
                       [(row.id, row.says) for row in positive], rests=tuple(r.id for r in positive), strength="weak")
    if searched:
        return outcome("negative-existence", "consistent", "It was looked for and not found. That does not show that it "
                       "was not there.", [(ref, asked.case.searches[ref].result) for ref in searched], strength="weak")
    return refused("negative-existence", "a record that it existed (`against:`), or a search for it (`for:` a row of "
                   "searches.csv)")


def _before(asked: Asked, row: Assertion) -> bool:
    when = row.window or row.as_of
    return when is not None and bool(asked.incidents) and all(when.start < i.when.start for i in asked.incidents)


def definition_shift(asked: Asked) -> Result:
    """A flag: the statements of one body in which the same word of a group stands, side by side."""
    text = f"{asked.claim.title} {asked.part.text} {asked.part.claimed}"
    words = [word for word in load("claims/subjects")["group_words"]
             if re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)]
    if not words:
        return refused("definition-shift", "a word for a group, in the part, whose meaning could shift")
    pattern = re.compile("|".join(rf"\b{re.escape(w)}\b" for w in words), re.IGNORECASE)
    said = [s for s in statements_of(asked.case, asked.claim.by) if pattern.search(s.words)]
    if len({s.when.start for s in said}) < 2:
        return refused("definition-shift", f"a second dated statement of this body that uses {', '.join(words)}")
    return outcome("definition-shift", "disputed", f"{len(said)} statements of one body use {', '.join(words)}. What the "
                   "word covers is not defined in them: the records are held against the word's plain meaning, and the "
                   "part is disputed, not contradicted.", [(s.ref, f"{say_when(s.when)}: {s.words}") for s in said])
