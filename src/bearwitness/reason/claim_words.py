"""A tested part as paragraphs a lawyer can read aloud: who said it, the test, its inputs with sources, the outcome,
how far it carries, and what would change it. Every sentence comes from the records or from the rule; none is judged here.
"""
from __future__ import annotations

import re
from collections.abc import Iterable

from bearwitness.model.case import Case
from bearwitness.model.records import Claim
from bearwitness.reason.claims import Tested, say_set, test_claim
from bearwitness.reason.levels import Standard
from bearwitness.reason.procedures.drift import chain_of, drift_of, say_drift, say_statement
from bearwitness.reason.procedures.result import rule, say_when

VERDICT_WORDS = {
    "supported": "This part is supported",
    "consistent": "This part is consistent with the records, which is less than supported",
    "untested": "This part is untested", "disputed": "This part is disputed", "contradicted": "This part is contradicted",
    "other object": "This part concerns another object, so it is neither true nor false of the one said to be struck",
}


def say_part(case: Case, tested: Tested) -> list[str]:
    """The paragraphs of one part: statement, test, grounds, verdict, what would change it."""
    claim = case.claims[tested.part.claim]
    lines = [_stated(case, claim, tested)]
    if test := _test(case, tested):
        lines.append(test)
    lines += _grounds(case, tested)
    lines.append(_verdict(tested))
    lines.append("What would change it: " + _changes(tested))
    return lines


def _stated(case: Case, claim: Claim, tested: Tested) -> str:
    speaker, document = case.speaker(claim.by), case.documents.get(claim.doc)
    read = f", read: {document.read}" if document and document.partly_read else ""
    return (f"{tested.ref}. {speaker.shown if speaker else claim.by} stated on {say_when(claim.date)}: {tested.part.text}. "
            f"(In: {document.what if document else claim.doc}{read}.)")


def _test(case: Case, tested: Tested) -> str:
    result = tested.result
    if result is None:
        return "No procedure is named for it: the records attached to it decide."
    head = f"Test {result.code}, {result.name}: it asks {rule(result.test)['asks']}."
    if not result.ran:
        return f"{head} It could not be run: it lacks {'; '.join(result.missing)}.{_instead(tested)}"
    inputs = "; ".join(f"{words} ({_source(case, ref)})" for ref, words in result.inputs)
    return f"{head} Inputs: {inputs}. Outcome: {result.words} Limit: {result.limit}" if inputs else \
        f"{head} Outcome: {result.words} Limit: {result.limit}"


def _instead(tested: Tested) -> str:
    """Where a verdict stands all the same: what it comes from. A test that did not run gives none."""
    if tested.verdict == "untested":
        return ""
    return " So the verdict below is no outcome of that test: it comes from the records attached to this part."


def _source(case: Case, ref: str) -> str:
    """`c-struck, Syrian Archive, in its page on the mosque`; the bare id where it is no record.

    A document whose title opens with its speaker names the speaker already: `a5, Bellingcat, article on the hospital`.
    """
    row = case.assertions.get(ref) or case.tolls.get(ref)
    if row is None:
        return ref
    speaker, document = case.speaker(row.by), case.documents.get(row.doc)
    name, what = speaker.shown if speaker else row.by, document.what if document else row.doc
    return ", ".join((ref, what) if re.match(rf"{re.escape(name)}\b", what) else (ref, name, what))


def _grounds(case: Case, tested: Tested) -> list[str]:
    said = []
    shown = {ref for ref, _ in tested.result.inputs} if tested.result is not None else set()
    for word, refs in (("For it", tested.part.supporting), ("Against it", tested.part.opposing)):
        rows = [f"{_says(case, ref)} ({_source(case, ref.split(' ', 1)[0])})" for ref in refs if ref not in shown]
        if rows:
            said.append(f"{word}: {'; '.join(rows)}.")
    if not said and not shown:
        said.append("No record stands for it or against it.")
    return said


def _says(case: Case, ref: str) -> str:
    name = ref.split(" ", 1)[0]
    if name in case.assertions:
        return case.assertions[name].says
    if name in case.tolls:
        toll = case.tolls[name]
        return toll.words or ", ".join(f"{n} {figure}" for figure, n in toll.figures.items())
    if name in case.searches:
        return case.searches[name].result
    return "see there"


def _verdict(tested: Tested) -> str:
    words = VERDICT_WORDS[tested.verdict]
    if tested.verdict == "untested":
        return f"{words}: {tested.reason or 'nothing tests it'}."
    said = tested.result is not None and tested.result.ran
    if tested.reason and (not said or tested.reason.startswith("self-")):
        words += f" ({tested.reason.split('; ')[0]})"
    level = tested.level
    caps = f" It is held there because {'; '.join(level.caps)}." if level.caps else ""
    partly = f" Read in part: {', '.join(level.partly_read)}." if level.partly_read else ""
    return f"{words}, at level {level.number} ({level.name}), resting on {level.origins_words}.{caps}{partly}"


def _changes(tested: Tested) -> str:
    if tested.result is not None and tested.result.ran:
        return tested.result.changes[:1].lower() + tested.result.changes[1:]
    if tested.result is not None:
        return f"what the test lacks, so that it can be run: {'; '.join(tested.result.missing)}."
    if tested.verdict == "untested":
        return "a record by somebody other than the speaker, for it or against it."
    return "a record of a further, independent origin on the other side, or the withdrawal of a record named here."


def say_claim(case: Case, standard: Standard, claim: Claim) -> list[str]:
    """All parts, then the set of verdicts, then how the speaker's statements on these subjects changed over time."""
    tested = test_claim(case, standard, claim)
    lines: list[str] = [f"{claim.id}: {claim.title}"]
    for one in tested:
        lines += ["", *say_part(case, one)]
    lines += ["", f"Together: {say_set(tested)}. A claim has no verdict beyond that of its parts."]
    return lines + say_changes(case, claim)


def say_changes(case: Case, claim: Claim) -> list[str]:
    """What the body said on this strike on other days, and the subjects on which its statements changed."""
    lines: list[str] = []
    if chain := chain_of(case, claim):
        lines += ["", "The same body on this strike, on other days:", *_indent(say_statement(case, one) for one in chain)]
    own = {f"{claim.id}.{part.id}" for part in claim.parts}
    for drift in drift_of(case, claim.by):
        if drift.changes and own & {s.ref for s in drift.statements}:
            lines += ["", f"The same body on {drift.subject}, by date:", *_indent(say_drift(case, drift))]
    return lines


def _indent(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]
