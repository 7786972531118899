"""Rules of what a sentence adds to its record: R20 a name, R22 an offer to answer, R06 two roles made one person,
R14 an instrument put into a speaker's mouth, R15 and R17 a condition dropped.

Each holds the words of a stretch against the words of what it cites; nothing is known of the world beyond the case.
"""
from __future__ import annotations

import re
from collections.abc import Iterator

from bearwitness.model.records import Assertion
from bearwitness.reason.law.instruments import instrument, named_in, the
from bearwitness.tell.document import Fault
from bearwitness.tell.lexicon import in_any
from bearwitness.tell.refuse.stretch import Stretch

_PIECE = r"(?:[A-Z][\w'\u2019]+(?:-[A-Z]?[\w'\u2019]+)*|(?:al|el|an|ar|as|ash|at|az)-[A-Z][\w'\u2019]+)"
_PARTICLE = r"(?:bin|ibn|bint|abu|umm|de|van|von|der|di|da|al)"
_NAME = rf"{_PIECE}(?:\s+(?:{_PARTICLE}\s+)?{_PIECE}){{1,3}}"
_ROLE = re.compile(rf"(?P<role>[\w-]+)\s+(?P<name>{_NAME})")
_CALLED = re.compile(rf"\b(?:called|named|name (?:is|was))\s+(?P<name>{_PIECE}(?:\s+(?:{_PARTICLE}\s+)?{_PIECE}){{0,3}})")
_BEHIND = re.compile(rf"(?P<name>{_NAME}),\s+(?:(?:then )?aged? |\d{{1,2}}\b|who\b|whose\b|(?P<a>an?|the|then an?)\s+"
                     r"(?P<role>(?:[\w-]+\s){0,2}?[\w-]+)\b)")


def invented(s: Stretch) -> Iterator[Fault]:
    """R20: a person is named, and no record of the case holds the name. The name is not repeated in the fault."""
    if not any(c.isupper() for c in s.text[1:]):
        return
    for name in _persons(s):
        if not s.desk.holds(name):
            yield s.fault("R20", "a person is named whose name stands in no record", words="(not repeated here)",
                          mend="Take the name out and tell the role, or cite the record and the leave that carry the name.")
            return


def _persons(s: Stretch) -> Iterator[str]:
    """Names that stand where a person's name stands: behind a role, behind `called`, before an apposition."""
    for found in _CALLED.finditer(s.text):
        before = re.sub(r"(?:,|\bwho (?:is|was)|\b(?:is|was))\s*$", "", s.text[:found.start()].rstrip()).rstrip(" ,")
        last = before.split()[-1] if before.split() else ""
        if s.lexicon.word["person_role"].fullmatch(last) or found[0].startswith("name "):
            yield found["name"]
    for found in _ROLE.finditer(s.text):
        if s.lexicon.word["person_role"].fullmatch(found["role"]) and not s.has_in("body_word", found["name"]):
            yield found["name"]
    for found in _BEHIND.finditer(s.text):
        named = found["name"] if not s.has_in("body_word", found["name"]) else ""
        role = found["role"]
        if named and (role is None or s.has_in("person_role", role)):
            yield named


def asked(s: Stretch) -> Iterator[Fault]:
    """R22: somebody is said to have been asked, or given time, and neither the ledger nor the record says so."""
    if s.kind not in ("cite", "ours", "count", "plain"):
        return
    found = s.lexicon.has("offered_reply", s.text)
    if found is None or s.cited.replies or s.cited.searches or s.negated(found):
        return
    if s.lexicon.has("negative", s.text[max(0, found.start() - 40):found.end()]):      # `nobody was asked` is D12's
        return
    if in_any("offered_reply", _record_words(s)):
        return
    row = next((a for a in s.cited.assertions if a.about == "reply"), None)
    yield s.fault("R22", f"{found[0]!r}: no entry of the reply ledger, and no record cited, says that anybody was asked",
                  words=found[0], can_say=_own(s, row) if row is not None else "",
                  mend="" if row is not None else "Add the row to replies.csv (to whom, when, by when) and cite it.")


def _record_words(s: Stretch) -> str:
    rows = [row.says if isinstance(row, Assertion) else row.words for row in s.cited.rows]
    rows += [finding.text for finding in s.cited.findings] + [part.text for part in s.cited.parts]
    return " ".join([*rows, *(claim.title for claim in s.cited.claims)])


def _own(s: Stretch, row: Assertion) -> str:
    speaker = s.case.speaker(row.by)
    return f"{speaker.shown if speaker else row.by} says: {row.says} [@{row.id}]."


def one_person(s: Stretch) -> Iterator[Fault]:
    """R06: people of two records said to be one, with no judgement that says so."""
    if s.kind not in ("cite", "count", "ours") or s.cited.findings:
        return
    found = s.lexicon.has("same_person", s.text)
    if found is None or s.negated(found) or in_any("same_person", _record_words(s)):
        return
    roles = {role.casefold() for role in s.lexicon.word["person_role"].findall(found[0])} or {""}
    if len(roles) < 2 and "same" not in found[0].casefold():
        return
    yield s.fault("R06", f"{found[0]!r}: one person or two is a judgement, and none is cited", words=found[0],
                  mend="Tell each as its own speaker has it, or judge the pair: bearwitness match people.")


def mouthed(s: Stretch) -> Iterator[Fault]:
    """R14: an instrument told as a speaker's word, and the record of that speaker names none."""
    if s.kind != "cite" or not s.attributed or not s.cited.assertions or s.has("non_party"):
        return
    verb = s.lexicon.report.search(s.text)
    told = named_in(s.text[verb.end():]) if verb is not None else []
    if not told:
        return
    said = named_in(_record_words(s) + " " + " ".join(a.words for a in s.cited.assertions))
    documents = " ".join(d.what for ref in (*(r.doc for r in s.cited.rows), *s.cited.documents)
                         if (d := s.case.documents.get(ref)) is not None)
    for name in told:
        if name not in said and name not in named_in(documents):
            yield s.fault("R14", f"the record cited does not name {the(instrument(name))}: its speaker is made to say it",
                          can_say=_own(s, s.cited.assertions[0]))
            return


def condition(s: Stretch) -> Iterator[Fault]:
    """R15, R17: the record says it of a supposed case (`if ... would`), and the stretch says it outright."""
    if s.kind != "cite" or "?" in s.text or s.has("supposed") or s.lexicon.has("hedge", s.text):
        return
    for row in s.cited.assertions:
        for clause in re.split(r"[;]", row.says):
            supposed = s.lexicon.has("condition", clause)
            if supposed is None:
                continue
            weighed = s.lexicon.has("proportion", clause) is not None and s.has("proportion") != ""
            if weighed or _told(s, clause):
                yield s.fault("R15" if weighed else "R17", f"the record has a condition ({clause.strip()!r}); these words "
                              "have none", can_say=_own(s, row))
                return


def _told(s: Stretch, clause: str) -> bool:
    """Two content words of the conditional clause come back, by their first letters."""
    stems = {word[:5] for word in re.findall(r"\w{5,}", clause.casefold())} - {"would", "strik", "attac", "which", "there"}
    return len(stems & {word[:5] for word in re.findall(r"\w{5,}", s.text.casefold())}) >= 2
